"""Looks at everything a night needs, from the landing to the schedule, and says what to do where something is wrong."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Final, Literal
from zoneinfo import available_timezones

from flows.code_version import code_version
from flows.landing.discover import discover
from flows.landing.sources import read_sources
from flows.orchestration.prefect_api import is_up, known_api
from flows.settings import Settings
from flows.trouble import Trouble
from flows.warehouse import copies, health, queries, runs, versions
from flows.warehouse.connection import STORAGE_VERSION
from flows.warehouse.lock import holder
from flows.warehouse.place import Place

State = Literal["ok", "look", "wrong"]


@dataclass(frozen=True)
class Finding:
    """What a check found: ok, worth a look, or wrong."""

    check: str
    state: State
    told: str
    to_do: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Every check in its turn; one that fails says so and stops none of the others."""
    return [finding for check in _CHECKS for finding in _guarded(check, settings)]


def _guarded(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    name = check.__name__.removeprefix("_").replace("_", " ")
    try:
        yield from check(settings)
    except Trouble as trouble:
        yield Finding(name, "wrong", str(trouble))
    except Exception as error:
        yield Finding(name, "wrong", f"{type(error).__name__}: {error}", "mustawda doctor --debug shows where")


def _software(_settings: Settings) -> Iterator[Finding]:
    parts = ", ".join(f"{name} {version(name)}" for name in ("prefect", "duckdb", "polars"))
    yield Finding("software", "ok", f"mustawda {code_version()}, {parts}")


def _time_zones(settings: Settings) -> Iterator[Finding]:
    if settings.timezone in available_timezones():
        yield Finding(
            "time zones", "ok", f"{len(available_timezones())} known; nights are named in {settings.timezone}"
        )
    else:
        yield Finding("time zones", "wrong", f"«{settings.timezone}» is not known", "pip install tzdata, or mend it")


def _sources(settings: Settings) -> Iterator[Finding]:
    sources = read_sources(settings.sources)
    if settings.sources.exists():
        yield Finding("sources", "ok", f"{settings.sources}: {len(sources.source)} entries")
    else:
        yield Finding("sources", "look", f"there is no {settings.sources}", "fine, if every outlet is a folder")


def _landing(settings: Settings) -> Iterator[Finding]:
    for landing in settings.landing:
        files = discover([landing])
        for item in sorted(files, key=lambda item: item.size)[:1]:
            item.filesystem.cat_file(item.path)
        yield Finding("landing", "ok" if files else "look", f"{landing}: {len(files):,} files, readable")


def _warehouse(settings: Settings) -> Iterator[Finding]:
    place = Place(settings.warehouse)
    if not place.root.exists():
        yield Finding("warehouse", "look", f"there is no {place.root} yet", "mustawda run")
        return
    if not os.access(place.root, os.W_OK):
        yield Finding("warehouse", "wrong", f"{place.root} can't be written", "give the job the right to write there")
    if place.current.is_symlink() and not place.current.exists():
        kept = ", ".join(kept.name for kept in versions.listed(place)) or "none"
        yield Finding("warehouse", "wrong", f"its link leads to a file that is gone; kept: {kept}", "mustawda rollback")
        return
    copies.check_room(place, sum(item.size for item in discover(settings.landing)) if not place.current.exists() else 0)
    yield from _published(place)
    if (count := len(versions.listed(place))) > settings.kept_versions + 1:  # a rolled back one may come on top
        told = f"{count} versions lie in {place.versions}, {settings.kept_versions} are to be kept"
        yield Finding("versions", "look", told, "the next night removes them; if it can't, give it the right to")


def _published(place: Place) -> Iterator[Finding]:
    if not place.current.exists():
        yield Finding("warehouse", "look", "nothing is published yet", "mustawda run")
        return
    name, size, kept = place.published().stem, place.published().stat().st_size, len(versions.listed(place))
    storage = queries.storage_version(place)
    yield Finding("warehouse", "ok", f"{name} is published, {size >> 20:,} MB, {kept} versions kept")
    if storage.startswith(STORAGE_VERSION.removesuffix(".0")):
        yield Finding("storage", "ok", f"of DuckDB {storage}")
    else:
        yield Finding("storage", "look", f"of DuckDB {storage}, this code writes {STORAGE_VERSION}", "mustawda compact")


def _pin(settings: Settings) -> Iterator[Finding]:
    if pin := versions.pinned(Place(settings.warehouse)):
        yield Finding("pin", "look", f"a rollback holds {pin}: nothing is loaded", "mustawda rollback --release")


def _lock(settings: Settings) -> Iterator[Finding]:
    process = holder(Place(settings.warehouse))
    yield Finding("lock", "ok", f"process {process} runs a night now" if process else "free")


def _last_run(settings: Settings) -> Iterator[Finding]:
    noted = runs.noted(Place(settings.warehouse))
    for run in noted[-1:]:
        told = f"night {run['night']}, {run['started_at'][:16]} UTC: {run['outcome']}"
        if run["outcome"] == "failed":
            yield Finding("last run", "look", f"{told}: {run['error']}", "mend the cause; the next run loads it all")
        else:
            yield Finding("last run", "ok", f"{told} in {run['seconds']:,.0f} s")


def _outlets(settings: Settings) -> Iterator[Finding]:
    for warning in health.still_silent(Place(settings.warehouse), date.today()):
        yield Finding("outlet", "look", warning, "ask the outlet, or look at its delivery")


def _prefect(settings: Settings) -> Iterator[Finding]:
    url = known_api(settings.warehouse / "prefect")
    if url is None:
        told = "no server is configured: nights run by hand or by cron"
        yield Finding("prefect", "look", told, "mustawda serve, or set PREFECT_API_URL and mustawda deploy")
    elif not is_up(url):
        yield Finding("prefect", "wrong", f"{url} does not answer", "start the server, or mend PREFECT_API_URL")
    else:
        yield Finding("prefect", "ok", f"{url} answers")
        yield from _schedule()


def _schedule() -> Iterator[Finding]:
    from flows.orchestration import automations, schedule

    deployment = schedule.deployed()
    if deployment is None:
        yield Finding("schedule", "wrong", f"there is no {schedule.DEPLOYMENT}", "mustawda deploy, or mustawda serve")
        return
    due = schedule.next_night(deployment)
    if deployment.paused or not any(entry.active for entry in deployment.schedules):
        yield Finding("schedule", "wrong", "it is paused", f"prefect deployment schedule resume {schedule.DEPLOYMENT}")
    else:
        yield Finding("schedule", "ok", f"next night {due:%Y-%m-%d %H:%M %Z}" if due else "active")
    yield _worker(deployment.work_pool_name, str(deployment.status))
    for name, to_do in ((automations.DEAD, "mustawda deploy"), (automations.NOTICE, "set MUSTAWDA_WEBHOOK, deploy")):
        there = automations.has(name)
        yield Finding(
            "automation", "ok" if there else "look", name if there else f"missing: «{name}»", to_do * (not there)
        )


def _worker(pool: str | None, status: str) -> Finding:
    """Of a deployment: somebody who asks for its runs, a worker of the pool or «mustawda serve»."""
    from flows.orchestration import schedule

    if pool is None:
        there, told, to_do = status.endswith("READY") and "NOT" not in status, "mustawda serve", "start mustawda serve"
    else:
        count = schedule.workers_online()
        there, told = count > 0, f"{count} online in the pool «{pool}»"
        to_do = f"prefect worker start --pool {pool}"
    return Finding("worker", "ok", told) if there else Finding("worker", "wrong", "nobody takes its runs", to_do)


_CHECKS: Final = (
    _software, _time_zones, _sources, _landing, _warehouse, _pin, _lock, _last_run, _outlets, _prefect,
)  # fmt: skip
"""In the order of a night."""
