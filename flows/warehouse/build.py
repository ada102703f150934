"""A private copy of the warehouse: copied from the published version, then loaded with the staged frames."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from flows.warehouse.place import SQL, Place
from transforms.revisions import revisions

LOAD_ORDER: Final = (
    "staging",
    "dim_date",
    "dim_source",
    "dim_file",
    "fact_delivery",
    "fact_article_version",
    "dim_article",
    "dim_word",
    "fact_word",
    "fact_sentence",
    "fact_edit",
    "fact_article",
    "fact_revision",
    "fact_rejection",
    "dim_load",
)
"""The files of sql/2_load: dimensions before the facts that point to them, measures behind what they count."""


Progress = Callable[[str, int, int], None]
"""Told (what, done, total) as the work goes on."""


@dataclass(frozen=True)
class Load:
    """One run as the warehouse sees it."""

    load_id: str
    night: date
    started_at: datetime
    flow_run_id: str | None
    code_version: str
    files_seen: int


def copy_published(place: Place, to: Path) -> None:
    """The published version as a private file that may be written; nothing where there is none."""
    if place.current.exists():
        shutil.copyfile(place.published(), to)


def load(connection: duckdb.DuckDBPyConnection, staging: Path, run: Load, progress: Progress) -> None:
    """Tables, rows, marts and macros in one transaction: all of the night or nothing."""
    set_variables(connection, {"staging": str(staging), **vars(run)})
    scripts = [
        *sorted((SQL / "1_tables").glob("*.sql")),
        *(SQL / "2_load" / f"{name}.sql" for name in LOAD_ORDER),
        *sorted((SQL / "3_marts").glob("*.sql")),
    ]
    connection.execute("begin")
    for number, script in enumerate(scripts, 1):
        set_variables(connection, {"finished_at": datetime.now(UTC).replace(tzinfo=None)})
        connection.execute(script.read_text(encoding="utf-8"))
        if script == SQL / "2_load" / "fact_article_version.sql":
            _stage_revisions(connection, staging)
        progress("load", number, len(scripts))
    connection.execute("commit")


def _stage_revisions(connection: duckdb.DuckDBPyConnection, staging: Path) -> None:
    """What changed between the texts of the articles that were delivered again, as the frame stg_revision."""
    pairs = pl.DataFrame(connection.sql("from night_pair order by article_id, version_no"))
    revisions(pairs).write_parquet(staging / "revision.parquet")


def set_variables(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, object]) -> None:
    """Values for getvariable() in scripts, where parameters can't be bound."""
    for name, value in variables.items():
        connection.execute(f"set variable {name} = $value", {"value": value})
