"""One night, read top to bottom: discover, digest batches, load, check, publish."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, Final

import polars as pl

from flows.clock import utc_now
from flows.code_version import code_version
from flows.landing.discover import LandingFile, changed, discover
from flows.landing.read import Reading, readings
from flows.landing.sources import Sources, read_sources
from flows.logs import about, log
from flows.terms import Night, Progress, Step, Summary, plainly, silently
from flows.trouble import Trouble
from flows.vocabulary import known_forms
from flows.warehouse import build, checks, connection, content, copies, health, known, runs, versions
from flows.warehouse.lock import only_run
from flows.warehouse.place import Place
from transforms.cores import on_cores
from transforms.digest import digest
from transforms.lexicon.version import lexicon_version

FRESH: Final = ("rebuild", "verify")
"""Tasks that build on nothing."""


class MissingFiles(Trouble):
    """A rebuild would lose the articles of files that the landing no longer has."""


def run_night(night: Night, step: Step = plainly, progress: Progress = silently) -> Summary:
    """Publishes everything new in the landing as one version, or nothing where nothing is new.

    Whatever goes wrong, the published version stays as it was; the failure is noted in runs.jsonl and raised.
    """
    started_at = utc_now()
    place = Place(night.settings.warehouse)
    place.prepare()
    with only_run(place):
        try:
            with copies.full_disk_told(place):
                summary = _run(night, place, started_at, step, progress)
        except BaseException as error:
            failure = {"outcome": "failed", "night": night.label, "started_at": started_at}
            _note(place, {**failure, "error": f"{type(error).__name__}: {error}"})
            raise
        summary = replace(summary, seconds=(utc_now() - started_at).total_seconds())
        _note(place, {**asdict(summary), "claims": len(summary.claims)})
        return summary


def _run(night: Night, place: Place, started_at: datetime, step: Step, progress: Progress) -> Summary:
    settings = night.settings
    _remove_leftovers(place)
    if (pin := versions.pinned(place)) and night.task != "verify":
        log.warning("pinned at %s by a rollback: nothing is loaded until «mustawda rollback --release»", pin)
        return Summary("pinned", night.label, started_at, version=pin)
    dropped = versions.drop_abandoned(place) if night.task != "verify" else []
    if dropped:
        log.info("dropped %d abandoned versions: %s", len(dropped), ", ".join(dropped))
    sources = read_sources(settings.sources)
    files = step("discover", lambda: discover(settings.landing, settings.settle_seconds))
    due = _due(night, place, files, sources)
    log.info("%d files in the landing, %d to load", len(files), len(due))
    if not due:
        silent = _warned(health.still_silent(place, night.label))
        version = known.published_version(place)
        return Summary("nothing_new", night.label, started_at, len(files), version, warnings=silent)
    copies.check_room(place, sum(item.size for item in due))
    load_id = versions.next_name(place, started_at, dropped)
    run = build.Load(
        load_id, night.label, started_at, night.flow_run_id,
        code_version(), sources.sha256, lexicon_version(), len(files),
    )  # fmt: skip
    with about(load_id=load_id), _staging(place, load_id) as staging, ThreadPoolExecutor(max_workers=1) as background:
        # The lexicon gets ready while the first batch is read.
        warming = background.submit(known_forms, place, staging, settings.cache, night.task in FRESH)
        sources.frame().write_parquet(staging / "source.parquet")
        pl.DataFrame({"file": [item.file for item in files]}).write_parquet(staging / "seen.parquet")
        batches = list(_batches(due, settings.batch_bytes))
        forms: list[pl.DataFrame] = []  # known to the warehouse or from an earlier batch: a word is analysed once a run
        for number, reading in enumerate(_read_ahead(batches, sources, settings.batch_bytes), 1):
            forms = forms or [warming.result()]
            digest_batch = partial(_digest, reading, pl.concat(forms), staging / f"batch={number:04}")
            forms.append(step(f"digest-{number}", digest_batch))
            progress("digest", number, max(number, len(batches)))
        if not any(staging.glob("batch=*")):  # every file changed while it was read
            return Summary("nothing_new", night.label, started_at, len(files), known.published_version(place))
        built = staging / "warehouse.duckdb"
        summary = step("load", partial(_load, night, place, built, run, progress))
        if night.task == "verify":
            differing = content.differing(content.content_of(place.published()), content.content_of(built))
            return replace(summary, outcome="verified", version=place.published().stem, differing=differing)
        step("publish", partial(_publish, place, built, load_id, settings.kept_versions))
    return summary


def _due(night: Night, place: Place, files: list[LandingFile], sources: Sources) -> list[LandingFile]:
    """The files that this run loads: the new and changed ones, with those to replay, or all for a rebuild."""
    files_known = known.files(place)
    if night.task in FRESH:
        gone = set(files_known["file"]) - {item.file for item in files}
        if gone and not night.drop_missing:
            raise MissingFiles(
                f"{len(gone)} files that the warehouse knows are no longer in the landing, e.g. {min(gone)}; a rebuild "
                "would lose their articles: bring them back, or say --drop-missing"
            )
        return files
    if stale := known.stale(place, code_version(), sources.sha256):
        log.warning("%s changed since the last load: «mustawda rebuild» reads older articles anew", stale)
    rejected = known.rejected_files(place) if night.task == "replay" else set()
    due = {item.file for item in changed(files, files_known)} | rejected
    return [item for item in files if item.file in due]


def _batches(files: list[LandingFile], batch_bytes: int) -> Iterator[list[LandingFile]]:
    """The files in their order, in batches of like size that hold at most about so many bytes."""
    total = sum(item.size for item in files)
    size = max(-(-total // max(-(-total // batch_bytes), 1)), 1)
    size_before = accumulate((item.size for item in files), initial=0)
    for _, batch in groupby(zip(files, size_before, strict=False), key=lambda pair: pair[1] // size):
        yield [item for item, _ in batch]


def _remove_leftovers(place: Place) -> None:
    """Removes what dead runs left behind; the lock says that none is alive."""
    for leftover in place.staging.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


@contextmanager
def _staging(place: Place, load_id: str) -> Iterator[Path]:
    """A folder for the run, which goes with it."""
    folder = place.staging / load_id
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def _load(night: Night, place: Place, built: Path, run: build.Load, progress: Progress) -> Summary:
    """Builds the next version beside the published one and holds every claim for the rows of the night."""
    memory_limit = night.settings.memory_limit
    is_fresh = night.task in FRESH
    if not is_fresh:
        copies.copy_published(place, built)
    with connection.write(built, memory_limit) as database:
        build.check_schema(database)
        carried = place.published() if is_fresh and place.current.exists() else None
        build.load(database, built.parent, run, progress, carried)
        claims = checks.hold(database, run.load_id, progress)
        log.info("%d claims hold", len(claims))
        counts, rejected = known.summary_of(database, run.load_id)
        warnings = _warned(health.warnings(database, night.label))
        bloat = copies.bloat(database)
    if bloat > copies.BLOAT:
        copies.compact_in_place(built, memory_limit)
        log.info("compacted: %d %% of the file held nothing", 100 * bloat)
    return Summary(
        "published", run.night, run.started_at, run.files_seen, run.load_id, run.load_id, counts, rejected,
        {claim.name: claim.sentence for claim in claims}, warnings,
    )  # fmt: skip


def _warned(warnings: tuple[str, ...]) -> tuple[str, ...]:
    for warning in warnings:
        log.warning("%s", warning)
    return warnings


def _publish(place: Place, built: Path, load_id: str, kept: int) -> None:
    version = versions.publish(place, built, load_id)
    dropped, stuck = versions.drop_old(place, kept)
    log.info("published %s (%d MB), dropped %d old", version.name, version.stat().st_size >> 20, len(dropped))
    _warned(tuple(stuck))


def _note(place: Place, run: dict[str, Any]) -> None:
    """Adds the line of a run; where it can't be written (a full disk), what the run did still counts."""
    try:
        runs.note(place, run)
    except OSError as error:
        log.error("the run could not be noted in %s: %s", place.runs, error)
