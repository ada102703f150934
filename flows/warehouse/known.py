"""What the published warehouse knows, for the run that builds on it."""

from collections.abc import Mapping
from typing import Any

import duckdb
import polars as pl

from flows.warehouse.connection import read
from flows.warehouse.place import Place
from transforms.contracts import FILE


def published_version(place: Place) -> str | None:
    """The name of the version that readers see."""
    return place.published().stem if place.current.exists() else None


def files(place: Place) -> pl.DataFrame:
    """The dim_file rows (file, size, modified_at, fingerprint) of what landings list: members are in their archive."""
    return _files(place).filter(pl.col("archive").is_null()).drop("archive")


def rejected_files(place: Place) -> set[str]:
    """The files with a rejection that is still open; where it is a member's, the archive."""
    query = "select distinct file from fact_rejection where resolved_load_id is null"
    rejected = _rows(place, query, {"file": pl.String}).join(_files(place), on="file", how="left")
    return set(rejected.select(pl.coalesce("archive", "file")).to_series())


def forms(place: Place) -> pl.DataFrame:
    """The forms of dim_word (form); none where nothing is published."""
    return _rows(place, "select form from dim_word", {"form": pl.String})


def lexicon_version(place: Place) -> str | None:
    """The version of the lexicon that the last load analysed its words with, if it noted one."""
    last = _rows(place, "from dim_load order by load_id desc limit 1", {"lexicon_version": pl.String}).to_dicts()
    return last[0].get("lexicon_version") if last else None


def stale(place: Place, code_version: str, sources_sha256: str) -> str:
    """What of «code», «sources.toml» is not what the last load was made by; '' where nothing changed."""
    query = "select code_version, sources_sha256 from dim_load order by load_id desc limit 1"
    last = _rows(place, query, dict.fromkeys(("code_version", "sources_sha256"), pl.String)).rows()
    if not last:
        return ""
    names = ("code or knowledge", "sources.toml")
    return " and ".join(
        name for name, then, now in zip(names, last[0], (code_version, sources_sha256), strict=True) if then != now
    )


def summary_of(connection: duckdb.DuckDBPyConnection, load_id: str) -> tuple[dict[str, Any], dict[str, int]]:
    """(the dim_load row, rejections by reason) of a load."""
    load = connection.sql("from dim_load where load_id = $load_id", params={"load_id": load_id})
    rejected = connection.sql(
        "select reason, count(*) from fact_rejection where load_id = $load_id group by all order by all",
        params={"load_id": load_id},
    )
    return pl.DataFrame(load).row(0, named=True), dict(rejected.fetchall())


def _files(place: Place) -> pl.DataFrame:
    """What tells whether a file changed; null where the version is of a schema that did not note it."""
    schema = pl.Schema({name: FILE[name] for name in ("file", "size", "modified_at", "fingerprint", "archive")})
    rows = _rows(place, f"select columns('^({'|'.join(schema)})$') from dim_file", schema)
    return pl.concat([schema.to_frame(), rows], how="diagonal")


def _rows(place: Place, query: str, schema: Mapping[str, Any]) -> pl.DataFrame:
    if not place.current.exists():
        return pl.DataFrame(schema=schema)
    with read(place.published()) as connection:
        return pl.DataFrame(connection.sql(query))
