"""One night, read top to bottom: discover, digest batches, load, check, publish."""

import logging
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

import polars as pl

from flows.landing.discover import LandingFile, changed, discover
from flows.landing.read import Reading, read
from flows.landing.sources import Sources, read_sources
from flows.settings import Settings
from flows.warehouse import checks, connection, runs, versions
from flows.warehouse.build import Load, Progress, copy_published, load
from flows.warehouse.lock import only_run
from flows.warehouse.place import Place
from flows.warehouse.queries import known_files, summary_of
from transforms.cores import on_cores
from transforms.digest import digest

log: Final = logging.getLogger("mustawda")
Result = TypeVar("Result")


class Step(Protocol):
    """How a named step of the night is run: as a plain call, or as a task of Prefect."""

    def __call__(self, name: str, call: Callable[[], Result]) -> Result:
        """The result of the call."""


@dataclass(frozen=True)
class Night:
    """A run: its settings, its label (which selects nothing), and the flow run that it is part of."""

    settings: Settings
    label: date
    flow_run_id: str | None = None


@dataclass(frozen=True)
class Summary:
    """What a night did; `load_id` and what follows are empty where nothing was new."""

    night: date
    started_at: datetime
    files_seen: int
    load_id: str | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def outcome(self) -> str:
        """published, or nothing_new."""
        return "published" if self.load_id else "nothing_new"


def plainly(name: str, call: Callable[[], Result]) -> Result:
    """A step as a plain call."""
    log.debug("step %s", name)
    return call()


def silently(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def run_night(night: Night, step: Step = plainly, progress: Progress = silently) -> Summary:
    """Publishes everything new in the landing as one version, or nothing where nothing is new.

    Whatever goes wrong, the published version stays as it was; the failure is noted in runs.jsonl and raised.
    """
    started_at = _now()
    place = Place(night.settings.warehouse)
    place.prepare()
    with only_run(place):
        try:
            summary = _run(night, place, started_at, step, progress)
        except BaseException as error:
            failure = {"outcome": "failed", "error": f"{type(error).__name__}: {error}"}
            runs.note(place, {"night": night.label, "started_at": started_at, **failure})
            raise
        summary = replace(summary, seconds=(_now() - started_at).total_seconds())
        runs.note(place, {"outcome": summary.outcome, **asdict(summary)})
        return summary


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _run(night: Night, place: Place, started_at: datetime, step: Step, progress: Progress) -> Summary:
    settings = night.settings
    sources = read_sources(settings.sources)
    files = step("discover", lambda: discover(settings.landing))
    new = changed(files, known_files(place))
    log.info("%d files in the landing, %d new or changed", len(files), len(new))
    if not new:
        return Summary(night.label, started_at, len(files))
    load_id = versions.next_load_id(place, started_at)
    run = Load(load_id, night.label, started_at, night.flow_run_id, version("mustawda"), len(files))
    with _staging(place, load_id) as staging:
        sources.frame().write_parquet(staging / "source.parquet")
        batches = list(_batches(new, settings.batch_bytes))
        for number, reading in enumerate(_read_ahead(batches, sources), 1):
            step(f"digest-{number}", partial(_digest, reading, staging / f"batch={number:04}"))
            progress("digest", number, len(batches))
        built = staging / "warehouse.duckdb"
        summary = step("load", partial(_load, place, built, run, settings.memory_limit, progress))
        step("publish", partial(_publish, place, built, load_id, settings.kept_versions))
    return summary


def _batches(files: list[LandingFile], batch_bytes: int) -> Iterator[list[LandingFile]]:
    """The files in their order, in batches of like size that hold at most about so many bytes."""
    total = sum(item.size for item in files)
    size = max(-(-total // max(-(-total // batch_bytes), 1)), 1)
    size_before = accumulate((item.size for item in files), initial=0)
    for _, batch in groupby(zip(files, size_before, strict=False), key=lambda pair: pair[1] // size):
        yield [item for item, _ in batch]


@contextmanager
def _staging(place: Place, load_id: str) -> Iterator[Path]:
    """An empty folder for the run; what dead runs left behind goes first, as the lock says that none is alive."""
    for leftover in place.staging.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    folder = place.staging / load_id
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _read_ahead(batches: list[list[LandingFile]], sources: Sources) -> Iterator[Reading]:
    """The readings of the batches; while one is digested the next is read."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        ahead = [reader.submit(read, batch, sources) for batch in batches[:1]]
        for batch in [*batches[1:], []]:
            reading = ahead.pop().result()
            ahead.append(reader.submit(read, batch, sources))
            yield reading


def _digest(reading: Reading, folder: Path) -> None:
    """Digests one batch and writes its frames, a Parquet file each."""
    frames = digest(reading.raw)
    rejection = pl.concat([reading.rejection, frames.rejection])
    folder.mkdir()
    staged = {**vars(frames), "file": reading.file, "rejection": rejection}
    on_cores(lambda name: staged[name].write_parquet(folder / f"{name}.parquet", compression="lz4"), list(staged))
    log.info(
        "%s: %d files, %d articles, %d rejected, %d sentences, %d words",
        folder.name, len(reading.file), len(frames.article), len(rejection), len(frames.sentence), len(frames.word),
    )  # fmt: skip


def _load(place: Place, built: Path, run: Load, memory_limit: str, progress: Progress) -> Summary:
    """Builds the next version beside the published one and holds every claim for the rows of the night."""
    copy_published(place, built)
    with connection.write(built, memory_limit) as database:
        load(database, built.parent, run, progress)
        claims = checks.hold(database, run.load_id, progress)
        log.info("%d claims hold", len(claims))
        counts, rejected = summary_of(database, run.load_id)
    return Summary(run.night, run.started_at, run.files_seen, run.load_id, counts, rejected)


def _publish(place: Place, built: Path, load_id: str, kept: int) -> None:
    version_file = versions.publish(place, built, load_id)
    dropped = versions.drop_old(place, kept)
    log.info("published %s (%d MB), dropped %d old", version_file.name, version_file.stat().st_size >> 20, len(dropped))
