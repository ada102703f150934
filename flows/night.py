"""One night, read top to bottom: discover, digest batches, load, check, publish."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from flows.batches import stage
from flows.clock import utc_now
from flows.code_version import code_version
from flows.due import due_files
from flows.landing.discover import discover
from flows.landing.sources import read_sources
from flows.logs import about, log
from flows.terms import FRESH, Night, Progress, Step, Summary, plainly, silently
from flows.warehouse import build, checks, connection, content, copies, health, known, runs, versions
from flows.warehouse.lock import only_run, remove_leftovers
from flows.warehouse.place import Place
from transforms.lexicon.version import lexicon_version


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
    remove_leftovers(place)
    if (pin := versions.pinned(place)) and night.task != "verify":
        log.warning("pinned at %s by a rollback: nothing is loaded until «mustawda rollback --release»", pin)
        return Summary("pinned", night.label, started_at, version=pin)
    dropped = versions.drop_abandoned(place) if night.task != "verify" else []
    if dropped:
        log.info("dropped %d abandoned versions: %s", len(dropped), ", ".join(dropped))
    if night.task not in FRESH and place.current.exists():
        with connection.read(place.published()) as published:
            build.check_schema(published)
    sources = read_sources(settings.sources)
    files = step("discover", lambda: discover(settings.landing, settings.settle_seconds))
    due = due_files(night, place, files, sources)
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
    with about(load_id=load_id), _staging(place, load_id) as staging:
        sources.frame().write_parquet(staging / "source.parquet")
        pl.DataFrame({"file": [item.file for item in files]}).write_parquet(staging / "seen.parquet")
        stage(night, place, due, sources, staging, step, progress)
        if not any(staging.glob("batch=*")):  # every file changed while it was read
            return Summary("nothing_new", night.label, started_at, len(files), known.published_version(place))
        built = staging / "warehouse.duckdb"
        summary = step("load", partial(_load, night, place, built, run, progress))
        if night.task == "verify":
            differing = content.differing(content.content_of(place.published()), content.content_of(built))
            return replace(summary, outcome="verified", version=place.published().stem, differing=differing)
        stuck = step("publish", partial(_publish, place, built, load_id, settings.kept_versions))
    return replace(summary, warnings=summary.warnings + stuck)


@contextmanager
def _staging(place: Place, load_id: str) -> Iterator[Path]:
    """A folder for the run, which goes with it."""
    folder = place.staging / load_id
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _load(night: Night, place: Place, built: Path, run: build.Load, progress: Progress) -> Summary:
    """Builds the next version beside the published one and holds every claim for the rows of the night."""
    memory_limit = night.settings.memory_limit
    is_fresh = night.task in FRESH
    if not is_fresh:
        copies.copy_published(place, built)
    with connection.write(built, memory_limit) as database:
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


def _publish(place: Place, built: Path, load_id: str, kept: int) -> tuple[str, ...]:
    """Publishes the built file; returns a warning for each old version that can't be removed."""
    version = versions.publish(place, built, load_id)
    dropped, stuck = versions.drop_old(place, kept)
    log.info("published %s (%d MB), dropped %d old", version.name, version.stat().st_size >> 20, len(dropped))
    return _warned(tuple(stuck))


def _note(place: Place, run: dict[str, Any]) -> None:
    """Adds the line of a run; where it can't be written (a full disk), what the run did still counts."""
    try:
        runs.note(place, run)
    except OSError as error:
        log.error("the run could not be noted in %s: %s", place.runs, error)
