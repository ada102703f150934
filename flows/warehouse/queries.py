"""What a warehouse says, read-only."""

from collections.abc import Mapping
from typing import Final

import duckdb
import polars as pl

from flows.trouble import Trouble
from flows.warehouse import runs
from flows.warehouse import versions as kept
from flows.warehouse.connection import read
from flows.warehouse.place import Place

_DICTIONARY = """
select table_name as name, 'table' as kind, comment from duckdb_tables() where not internal
union all
select view_name, 'view', comment from duckdb_views() where not internal
union all
select function_name, 'macro', comment from duckdb_functions() where not internal
order by kind, name
"""


_RUN: Final = {
    "started_at": pl.String, "outcome": pl.String, "night": pl.String, "load_id": pl.String, "seconds": pl.Float64,
    "bytes": pl.Int64, "error": pl.String,
}  # fmt: skip
"""What loads() tells of a line of runs.jsonl."""


class BadQuery(Trouble):
    """The SQL can't be run; the message is DuckDB's."""

    exit_code = 2


def answer(place: Place, query: str, parameters: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The rows of a query; no rows and no columns for a statement that gives none. Raises BadQuery."""
    with read(place.published()) as connection:
        try:
            relation = connection.sql(query, params=dict(parameters or {}))
            return pl.DataFrame() if relation is None else pl.DataFrame(_readable(relation))
        except duckdb.Error as error:
            raise BadQuery(str(error)) from error


def _readable(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The rows as Polars can hold them: columns of one name numbered, intervals and unions as text."""
    numbered = relation.select("*")
    types = zip(numbered.columns, map(str, numbered.types), strict=True)
    foreign = [name.replace('"', '""') for name, type in types if "INTERVAL" in type or "UNION(" in type]
    as_text = ", ".join(f'cast("{name}" as varchar) as "{name}"' for name in foreign)
    return numbered.select(f"* replace ({as_text})") if foreign else numbered


def dictionary(place: Place) -> pl.DataFrame:
    """Every table, view and macro with its comment."""
    return answer(place, _DICTIONARY)


def columns_of(place: Place, table: str) -> pl.DataFrame:
    """Every column of a table or view with its type and comment. Raises BadQuery where there is none."""
    query = (
        "select column_name, data_type, comment from duckdb_columns() where table_name = $table order by column_index"
    )
    columns = answer(place, query, {"table": table})
    if columns.is_empty():
        raise BadQuery(f"there is no table or view «{table}»; «mustawda describe» lists them")
    return columns


def open_rejections(place: Place) -> pl.DataFrame:
    """The fact_rejection rows that no later load has settled, newest first."""
    return answer(
        place,
        "select load_id, file, locator, reason, detail, excerpt from fact_rejection "
        "where resolved_load_id is null order by load_id desc, rejection_no",
    )


def storage_version(place: Place) -> str:
    """The version of DuckDB's file format that the published version is written in, like v1.5.0+."""
    with read(place.published()) as connection:
        tags = connection.sql("select tags from duckdb_databases() where not internal").fetchone()
    return str(tags[0].get("storage_version", "unknown")) if tags else "unknown"


def versions(place: Place) -> pl.DataFrame:
    """The kept versions, newest first: name, night and load that made them, size in bytes, what they are."""
    rows = []
    for version in kept.listed(place):
        with read(place.versions / f"{version.name}.duckdb") as connection:
            load = connection.sql("select night, load_id from dim_load order by load_id desc limit 1").fetchone()
        night, load_id = load or (None, None)
        is_what = ["published"] * version.is_published + ["pinned"] * version.is_pinned
        rows.append((version.name, night, load_id, version.size, ", ".join(is_what)))
    columns = {"version": pl.String, "night": pl.Date, "load_id": pl.String, "bytes": pl.Int64, "is": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")


def loads(place: Place) -> pl.DataFrame:
    """Every run, newest first, with its seconds from beginning to end and the bytes that readers saw behind it.

    The published ones are the rows of dim_load, and bytes_grown says by how much each outgrew the one before it. The
    others are from runs.jsonl: one that was published and is no longer in dim_load was rolled back.
    """
    told = pl.DataFrame([{name: run.get(name) for name in _RUN} for run in runs.noted(place)], _RUN, strict=False)
    published = answer(place, "from dim_load order by load_id") if place.current.exists() else told.clear()
    whole = told.filter(outcome="published").select("load_id", "bytes", whole_seconds="seconds")
    grown = (
        published.drop("bytes", "outcome", strict=False)
        .join(whole, on="load_id", how="left", maintain_order="left")
        .with_columns(pl.col("started_at", "night").cast(pl.String), seconds=pl.coalesce("whole_seconds", "seconds"))
        .with_columns(outcome=pl.lit("published"), bytes_grown=pl.col("bytes").diff())
        .drop("whole_seconds")
    )
    others = told.join(grown, on="load_id", how="anti").with_columns(
        pl.col("outcome").replace("published", "rolled_back")
    )
    first = ["started_at", "outcome", "night", "seconds", "bytes", "bytes_grown"]
    every = pl.concat([grown, others], how="diagonal")
    return every.select(*first, pl.exclude(first)).sort("started_at", descending=True)
