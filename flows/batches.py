"""The files of a run -> staged frames, batch by batch; while one batch is digested, the next one is read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import accumulate, groupby
from pathlib import Path

import polars as pl

from flows.landing.file import LandingFile
from flows.landing.read import Reading, readings
from flows.landing.sources import Sources
from flows.logs import about, log
from flows.terms import FRESH, Night, Progress, Step
from flows.vocabulary import known_forms
from flows.warehouse.place import Place
from transforms.cores import on_cores
from transforms.digest import digest


def stage(
    night: Night,
    place: Place,
    files: list[LandingFile],
    sources: Sources,
    staging: Path,
    step: Step,
    progress: Progress,
) -> None:
    """Writes what the files hold below the staging folder: `batch=0001`, `batch=0002` …, a Parquet file each frame."""
    batch_bytes = night.settings.batch_bytes
    batches = list(_batches(files, batch_bytes))
    with ThreadPoolExecutor(max_workers=1) as background:
        # The lexicon gets ready while the first batch is read.
        warming = background.submit(known_forms, place, staging, night.settings.cache, night.task in FRESH)
        forms: list[pl.DataFrame] = []  # known to the warehouse or from an earlier batch: a word is analysed once a run
        for number, reading in enumerate(_read_ahead(batches, sources, batch_bytes), 1):
            forms = forms or [warming.result()]
            digest_batch = partial(_digest, reading, pl.concat(forms), staging / f"batch={number:04}")
            forms.append(step(f"digest-{number}", digest_batch))
            progress("digest", number, max(number, len(batches)))


def _batches(files: list[LandingFile], batch_bytes: int) -> Iterator[list[LandingFile]]:
    """The files in their order, in batches of like size that hold at most about so many bytes."""
    total = sum(item.size for item in files)
    size = max(-(-total // max(-(-total // batch_bytes), 1)), 1)
    size_before = accumulate((item.size for item in files), initial=0)
    for _, batch in groupby(zip(files, size_before, strict=False), key=lambda pair: pair[1] // size):
        yield [item for item, _ in batch]


def _read_ahead(batches: list[list[LandingFile]], sources: Sources, batch_bytes: int) -> Iterator[Reading]:
    """The readings of the batches, more than one where archives hold much; while one is digested the next is read."""
    upcoming = (reading for batch in batches for reading in readings(batch, sources, batch_bytes))
    with ThreadPoolExecutor(max_workers=1) as reader:
        ahead = reader.submit(next, upcoming, None)
        while reading := ahead.result():
            ahead = reader.submit(next, upcoming, None)
            yield reading


def _digest(reading: Reading, forms: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """Digests one batch and writes its frames, a Parquet file each; returns the forms that it had to analyse."""
    frames = digest(reading.raw, forms)
    rejection = pl.concat([reading.rejection, frames.rejection])
    staged = {**vars(frames), "file": reading.file, "rejection": rejection}
    folder.mkdir()
    on_cores(lambda name: staged[name].write_parquet(folder / f"{name}.parquet", compression="lz4"), list(staged))
    with about(batch=folder.name.removeprefix("batch=")):
        log.info(
            "%s: %d files, %d articles, %d rejected, %d sentences, %d words",
            folder.name, len(reading.file), len(frames.article), len(rejection), len(frames.sentence), len(frames.word),
        )  # fmt: skip
    return frames.lexeme.select("form")
