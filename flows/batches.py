"""The files of a run -> staged frames, batch by batch: while one is digested the next one is read, or digested too."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from contextvars import copy_context
from functools import partial
from itertools import accumulate, groupby
from pathlib import Path
from typing import Final

import polars as pl

from flows.landing.file import LandingFile
from flows.landing.read import Reading, readings
from flows.landing.sources import Sources
from flows.logs import about, log
from flows.terms import FRESH, Night, Progress, Step
from flows.vocabulary import known_forms, stage_lexemes
from flows.warehouse.place import Place
from transforms.digest import digest

_WORTH_A_CORE: Final = 2_000_000
"""Bytes of files: so much takes much longer to digest than the patterns take to compile."""

_FORM_NO: Final = pl.col("form").cast(pl.Categorical).to_physical().alias("form_no")
"""The number of a form in its batch: what joins the words with their forms, quicker than letters do."""


def stage(
    night: Night,
    place: Place,
    files: list[LandingFile],
    sources: Sources,
    staging: Path,
    step: Step,
    progress: Progress,
) -> None:
    """Writes what the files hold below the staging folder: `batch=0001`, `batch=0002` …, a Parquet file each frame.

    Beside them `lexeme.parquet`, the words that the warehouse does not know, each analysed once a run.
    """
    batch_bytes = night.settings.batch_bytes
    batches = list(_batches(files, batch_bytes))
    with ThreadPoolExecutor(max_workers=1) as background:
        # The lexicon gets ready while the batches are digested.
        warming = background.submit(known_forms, place, staging, night.settings.cache, night.task in FRESH)
        read = (reading for batch in batches for reading in readings(batch, sources, batch_bytes))
        digests = (
            partial(step, f"digest-{number}", partial(_digest, reading, staging / f"batch={number:04}"))
            for number, reading in enumerate(read, 1)
        )
        for done, _ in enumerate(_side_by_side(digests), 1):
            progress("digest", done, max(done, len(batches)))
        step("lexicon", partial(stage_lexemes, warming.result(), staging))


def _batches(files: list[LandingFile], batch_bytes: int) -> Iterator[list[LandingFile]]:
    """The files in their order, in batches of like size that hold at most about so many bytes.

    Where there are many, the first is half as long: the cores wait for it to be read.
    """
    total = sum(item.size for item in files)
    cores = pl.thread_pool_size()
    count = max(-(-total // batch_bytes), min(total // _WORTH_A_CORE, cores), 1)
    size = max(-(-total // count), 1)
    size_before = accumulate((item.size for item in files), initial=size // 2 if count > cores else 0)
    for _, batch in groupby(zip(files, size_before, strict=False), key=lambda pair: pair[1] // size):
        yield [item for item, _ in batch]


def _side_by_side(calls: Iterable[Callable[[], None]]) -> Iterator[None]:
    """Tells of each call that is done; the next one is asked for while there is room beside those under way.

    A batch is mostly on one core: two more than there are cores, as one is being written and the next one is still to
    be read when one is done; at most six, as each takes up to half a gigabyte.
    """
    at_once = min(pl.thread_pool_size(), 4) + 2
    under_way: set[Future[None]] = set()
    with ThreadPoolExecutor(max_workers=at_once) as cores:
        for call in calls:
            under_way.add(cores.submit(copy_context().run, call))
            if len(under_way) == at_once:
                done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        yield from (future.result() for future in as_completed(under_way))


def _digest(reading: Reading, folder: Path) -> None:
    """Digests one batch and writes its frames, a Parquet file each."""
    frames = digest(reading.raw)
    rejection = pl.concat([reading.rejection, frames.rejection])
    numbered = {"form": frames.form.with_columns(_FORM_NO), "word": frames.word.with_columns(_FORM_NO).drop("form")}
    staged = {**vars(frames), **numbered, "file": reading.file, "rejection": rejection}
    folder.mkdir()
    for name, frame in staged.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="lz4", statistics=False)
    with about(batch=folder.name.removeprefix("batch=")):
        log.info(
            "%s: %d files, %d articles, %d rejected, %d sentences, %d words",
            folder.name, len(reading.file), len(frames.article), len(rejection), len(frames.sentence), len(frames.word),
        )  # fmt: skip
