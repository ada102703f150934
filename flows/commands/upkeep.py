"""Commands that look after the versions: versions, rollback, compact, forget."""

from typing import Annotated

import typer

from flows import show
from flows.clock import utc_now
from flows.commands.options import FormatOption, WarehouseOption, app, place, settings
from flows.warehouse import copies, forgetting, queries
from flows.warehouse import versions as kept
from flows.warehouse.lock import only_run


@app.command()
def versions(warehouse: WarehouseOption = None, format: FormatOption = "table") -> None:
    """The kept versions, newest first: size, which one readers see, which one a rollback pinned."""
    show.frame(queries.versions(place(warehouse)), format, None)


@app.command()
def rollback(
    version: Annotated[str | None, typer.Argument(help="Name of a kept version.")] = None,
    release: Annotated[bool, typer.Option("--release", help="End the rollback: the next night goes on.")] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Show readers a kept version again, at once. Nothing is loaded until «mustawda rollback --release».

    After the release the next night goes on from the version that readers see: what later versions had loaded is loaded
    again from the landing.
    """
    at = place(warehouse)
    if release == bool(version):
        raise typer.BadParameter("name a version («mustawda versions» lists them), or say --release")
    with only_run(at):
        if version:
            kept.rollback(at, version)
            print(f"Readers see {version} again; it is pinned until «mustawda rollback --release».")
        else:
            kept.release(at)
            print(f"Released; the next night goes on from {at.published().stem}.")


@app.command()
def compact(warehouse: WarehouseOption = None) -> None:
    """Write the published version anew without free blocks and publish it. Runs do so by themselves when it pays.

    While a rollback pins a version nothing is published, so there is nothing to compact until it is released.
    """
    given = settings(warehouse=warehouse)
    at = place(warehouse)
    with only_run(at):
        kept.check_pin(at)
        before = at.published()
        name = kept.next_name(at, utc_now())
        built = at.staging / f"{name}.duckdb"
        built.unlink(missing_ok=True)
        copies.compact(before, built, given.memory_limit)
        after = kept.publish(at, built, name)
        sizes = before.stat().st_size, after.stat().st_size  # of few kept versions, dropping may take the one before
        _, stuck = kept.drop_old(at, given.kept_versions)
    print(f"{sizes[0]:,} bytes -> {sizes[1]:,} bytes, published as {name}.")
    for warning in stuck:
        print(f"warning  {warning}")


@app.command()
def forget(
    article: Annotated[int, typer.Argument(help="The article_id.")],
    why: Annotated[str, typer.Option("--why", help="The reason, which stays in fact_forgotten.")],
    warehouse: WarehouseOption = None,
) -> None:
    """Take an article down: out of every table of every kept version, for good. It does not come back.

    Its key and the reason stay in fact_forgotten. The file in the landing is the outlet's: it is not touched.
    """
    given = settings(warehouse=warehouse)
    at = place(warehouse)
    with only_run(at):
        count = forgetting.forget(at, article, why, utc_now(), given.memory_limit)
    print(f"Article {article} is out of {count} version{'s' if count != 1 else ''}.")
