"""What a warehouse says of itself."""

from typing import Any

import duckdb
import polars as pl

from flows.warehouse.connection import read
from flows.warehouse.place import Place


def known_files(place: Place) -> pl.DataFrame:
    """The dim_file rows (file, size, modified_at) of the published version; none where nothing is published."""
    if not place.current.exists():
        return pl.DataFrame(schema={"file": pl.String, "size": pl.Int64, "modified_at": pl.Datetime("us")})
    with read(place.published()) as connection:
        return pl.DataFrame(connection.sql("select file, size, modified_at from dim_file"))


def summary_of(connection: duckdb.DuckDBPyConnection, load_id: str) -> tuple[dict[str, Any], dict[str, int]]:
    """(the dim_load row, rejections by reason) of a load."""
    load = connection.sql("from dim_load where load_id = $load_id", params={"load_id": load_id})
    rejected = connection.execute(
        "select reason, count(*) from fact_rejection where load_id = $load_id group by all order by all",
        {"load_id": load_id},
    ).fetchall()
    return pl.DataFrame(load).row(0, named=True), dict(rejected)
