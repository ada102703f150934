"""Commands of the schedule: deploy, serve, and doctor, which says whether all is well."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import polars as pl
import typer

from flows import logs, show
from flows.commands.options import FormatOption, LandingOption, SourcesOption, WarehouseOption, app, settings
from flows.settings import Settings
from flows.trouble import Trouble

if TYPE_CHECKING:
    from flows.orchestration.schedule import Plan

CronOption = Annotated[str | None, typer.Option("--cron", help="When a night begins [default: 0 2 * * *].")]
TimeZoneOption = Annotated[
    str | None, typer.Option("--timezone", help="By whose clock, and whose day names the night [default: Asia/Riyadh].")
]


@app.command()
def deploy(
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    sources: SourcesOption = None,
    cron: CronOption = None,
    timezone: TimeZoneOption = None,
) -> None:
    """Schedule the night on a Prefect server, for a worker to run; done again, it changes what differs.

    Makes the work pool, the deployment of prefect.yaml, and the automations: a dead run is crashed, and with
    MUSTAWDA_WEBHOOK a bad night is posted there. What no flag names comes from MUSTAWDA_* of the worker.
    """
    from flows.orchestration.prefect_api import known_api

    given = settings(warehouse=warehouse, cron=cron, timezone=timezone)
    if known_api(given.warehouse / "prefect") is None:
        raise Trouble(
            "no Prefect server is configured: start one («prefect server start») and set PREFECT_API_URL, "
            "or let «mustawda serve» do it all in one process"
        )
    from flows.orchestration import schedule
    from flows.orchestration.label import time_zone_of

    deployment = schedule.deploy(_plan(given, landing, warehouse, sources), Path.cwd())
    due = schedule.next_night(deployment)
    print(f"{schedule.DEPLOYMENT} is scheduled: {given.cron}, {time_zone_of(deployment.schedules)}")
    print(f"next night  {due:%Y-%m-%d %H:%M %Z}" if due else "next night  as soon as the server has planned it")
    print(_notices(given))
    print(f"\nNext: prefect worker start --pool {schedule.POOL}\n      mustawda doctor")


@app.command()
def serve(
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    sources: SourcesOption = None,
    cron: CronOption = None,
    timezone: TimeZoneOption = None,
    port: Annotated[int, typer.Option("--port", help="Of Prefect's server and UI on this machine.")] = 4200,
) -> None:
    """Run every night by the schedule until stopped: all that one machine needs, in one process.

    Without a configured Prefect server it starts one of its own, whose history lies in the folder of the warehouse.
    """
    from flows.orchestration.prefect_api import served_api

    given = settings(warehouse=warehouse, cron=cron, timezone=timezone)
    if given.log_format == "json":
        logs.speak_json()
    tell = logs.log.info if logs.is_json() else partial(print, flush=True)
    with served_api(given.warehouse / "prefect", port) as url:
        from flows.orchestration import schedule

        plan = _plan(given, landing, warehouse, sources)
        tell(f"serving {schedule.DEPLOYMENT}: {plan.cron}, {plan.time_zone}")
        tell(f"UI          {url.removesuffix('/api')}")
        tell(_notices(given))
        schedule.serve(plan)


@app.command()
def doctor(
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    sources: SourcesOption = None,
    format: FormatOption = "table",
) -> None:
    """Look at everything a night needs, and say what to do where something is wrong. Exit 1 where it is."""
    from flows.doctor import examine

    given = settings(warehouse=warehouse, sources=sources, landing=tuple(landing) if landing else None)
    findings = examine(given)
    rows = [(finding.check, finding.state, finding.told, finding.to_do) for finding in findings]
    show.frame(pl.DataFrame(rows, schema=["check", "state", "found", "what to do"], orient="row"), format, None)
    if any(finding.state == "wrong" for finding in findings):
        sys.exit(1)


def _plan(given: Settings, landing: list[str] | None, warehouse: Path | None, sources: Path | None) -> "Plan":
    from flows.orchestration.schedule import Plan

    stated = {"landing": landing, "warehouse": warehouse, "sources": sources}
    parameters = {name: _plain(value) for name, value in stated.items() if value}
    return Plan(given.cron, given.timezone, parameters, given.webhook)


def _plain(value: list[str] | Path) -> list[str] | str:
    return str(value) if isinstance(value, Path) else value


def _notices(given: Settings) -> str:
    return (
        f"notices     {'to the webhook' if given.webhook else 'none: set MUSTAWDA_WEBHOOK to be told of a bad night'}"
    )
