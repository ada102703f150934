"""A private copy of the warehouse: copied from the published version, then loaded with the staged frames."""

import glob
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from flows.clock import utc_now
from flows.terms import Progress
from flows.trouble import Trouble
from flows.warehouse.connection import attach
from flows.warehouse.place import SQL
from transforms.revisions import revisions

SCHEMA_NO: Final = 3
"""Changes whenever a table of 1_tables does, so that no code writes into tables of another shape."""

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


CARRIED: Final = ("dim_load", "fact_rejection", "fact_forgotten")
"""What a rebuild takes over from the version before it, since the landing can't tell it."""


@dataclass(frozen=True)
class Load:
    """One run as the warehouse sees it."""

    load_id: str
    night: date
    started_at: datetime
    flow_run_id: str | None
    code_version: str
    sources_sha256: str
    lexicon_version: str
    files_seen: int
    schema_no: int = SCHEMA_NO


class OtherSchema(Trouble):
    """The warehouse was built by code of another schema."""


def check_schema(connection: duckdb.DuckDBPyConnection) -> None:
    """Raises OtherSchema where a file that holds loads is not of this code's schema."""
    columns = connection.sql("select column_name from duckdb_columns() where table_name = 'dim_load'").fetchall()
    if not columns:
        return
    numbered = ("schema_no",) in columns
    last = connection.sql("select coalesce(max(schema_no), 0) from dim_load").fetchall()[0][0] if numbered else 0
    if last < SCHEMA_NO:
        raise OtherSchema(
            f"the warehouse has schema {last}, this code writes schema {SCHEMA_NO}: run «mustawda rebuild», which "
            "builds it anew from the landing; until then the published version serves as it is"
        )
    if last > SCHEMA_NO:
        raise OtherSchema(
            f"the warehouse has schema {last}, this code knows none behind {SCHEMA_NO}: it is of a newer mustawda, "
            "update this one; until then the published version serves as it is"
        )


def load(
    connection: duckdb.DuckDBPyConnection, staging: Path, run: Load, progress: Progress, carried: Path | None = None
) -> None:
    """Tables, rows, marts and macros in one transaction: all of the night or nothing.

    A fresh file carries over from the version before it what the landing can't tell: loads, and what was taken down.
    """
    set_variables(connection, {"staging": glob.escape(str(staging)), **vars(run)})
    scripts = [
        *_scripts("1_tables"),
        *(SQL / "2_load" / f"{name}.sql" for name in LOAD_ORDER),
        *_scripts("3_marts"),
    ]
    if carried:
        create_tables(connection)
        _carry_over(connection, carried)
    connection.execute("begin")
    for number, script in enumerate(scripts, 1):
        set_variables(connection, {"finished_at": utc_now()})
        connection.execute(script.read_text(encoding="utf-8"))
        if script == SQL / "2_load" / "fact_article_version.sql":
            _stage_revisions(connection, staging)
        progress("load", number, len(scripts))
    connection.execute("commit")


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table that is not there yet."""
    for script in _scripts("1_tables"):
        connection.execute(script.read_text(encoding="utf-8"))


def _carry_over(connection: duckdb.DuckDBPyConnection, version: Path) -> None:
    attach(connection, version, "carried")
    tables = connection.sql("select table_name from duckdb_tables() where database_name = 'carried'").fetchall()
    for table in CARRIED:
        if (table,) in tables:
            connection.execute(f"insert into {table} by name from carried.{table}")
    connection.execute("detach carried")


def _scripts(folder: str) -> list[Path]:
    return sorted((SQL / folder).glob("*.sql"))


def _stage_revisions(connection: duckdb.DuckDBPyConnection, staging: Path) -> None:
    """What changed between the texts of the articles that were delivered again, as the frame stg_revision."""
    pairs = pl.DataFrame(connection.sql("from night_pair order by article_id, version_no"))
    revisions(pairs).write_parquet(staging / "revision.parquet")


def set_variables(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, object]) -> None:
    """Values for getvariable() in scripts, where parameters can't be bound."""
    for name, value in variables.items():
        connection.execute(f"set variable {name} = $value", {"value": value})
