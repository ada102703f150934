"""Commands that load: run, rebuild, rejections --replay."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows import show
from flows.commands.options import FormatOption, LandingOption, SourcesOption, WarehouseOption, app, place, settings
from flows.terms import Summary, Task, watcher
from flows.warehouse import queries
from flows.warehouse.place import Place

NightOption = Annotated[
    datetime | None,
    typer.Option("--night", formats=["%Y-%m-%d"], help="Label of the night [default: today]; it selects nothing."),
]


@app.command()
def run(
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    sources: SourcesOption = None,
    night: NightOption = None,
) -> None:
    """One night: load everything new in the landing and publish it as one version.

    Files that can't be used are named in fact_rejection and stop nothing. Where nothing is new, nothing is published.
    Exit 0: published, or nothing to do; 1: the night failed, and the published version is as it was.
    """
    _night("new", landing, warehouse, sources, night)


@app.command()
def rejections(
    replay: Annotated[
        bool, typer.Option("--replay", help="Read the rejected files again, with all that is new.")
    ] = False,
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    sources: SourcesOption = None,
    format: FormatOption = "table",
) -> None:
    """The files and records that could not be used and are still open; with --replay, load what can be loaded now.

    Mend the cause first: an encoding or a form in sources.toml, or the file itself.
    """
    if replay:
        _night("replay", landing, warehouse, sources, None)
    else:
        show.frame(queries.open_rejections(place(warehouse)), format, None)


@app.command()
def rebuild(
    verify: Annotated[bool, typer.Option("--verify", help="Only compare with the published version.")] = False,
    drop_missing: Annotated[bool, typer.Option("--drop-missing", help="Go without files that are gone.")] = False,
    landing: LandingOption = None,
    warehouse: WarehouseOption = None,
    sources: SourcesOption = None,
) -> None:
    """Build the warehouse anew from the landing and publish it: the way after a change of code or sources.toml.

    With --verify nothing is published: the new build is compared, table by table, with what is published.
    Exit 1 where a table differs.
    """
    summary = _night("verify" if verify else "rebuild", landing, warehouse, sources, None, drop_missing)
    if summary.differing:
        sys.exit(1)


def _night(
    task: Task,
    landing: list[str] | None,
    warehouse: Path | None,
    sources: Path | None,
    night: datetime | None,
    drop_missing: bool = False,
) -> Summary:
    """Runs the flow and shows what it did."""
    from flows.orchestration.prefect_api import prefect_api

    given = settings(warehouse=warehouse, sources=sources, landing=tuple(landing) if landing else None)
    Place(given.warehouse).prepare()
    console = show.console_for_logs(given.log_format)
    with prefect_api(given.warehouse / "prefect"), show.progress(console) as progress:
        from flows.nightly import nightly

        watcher.set(progress)
        summary = nightly(
            night=night.date() if night else date.today(),
            landing=list(given.landing),
            warehouse=given.warehouse,
            sources=given.sources,
            task=task,
            drop_missing=drop_missing,
        )
    show.summary(summary)
    return summary
