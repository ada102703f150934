"""What a warehouse holds, in one number a table: equal for equal rows, whatever their order and numbering."""

from pathlib import Path
from typing import Final

import duckdb

from flows.warehouse.connection import read
from flows.warehouse.place import SQL

_HASH: Final = "select count(*), sum(hash(content)::hugeint) from ({query}) as content"

Content = dict[str, tuple[int, int | None]]
"""Table -> (rows, sum of the hashes of its rows)."""


def content_of(file: Path) -> Content:
    """The content of a warehouse's tables, as sql/6_content says what counts."""
    with read(file) as connection:
        return {script.stem: _hash(connection, script) for script in sorted((SQL / "6_content").glob("*.sql"))}


def differing(one: Content, other: Content) -> tuple[str, ...]:
    """The tables whose content is not the same."""
    return tuple(sorted(table for table in one.keys() | other.keys() if one.get(table) != other.get(table)))


def _hash(connection: duckdb.DuckDBPyConnection, script: Path) -> tuple[int, int | None]:
    query = script.read_text(encoding="utf-8").strip().removesuffix(";")
    rows, total = connection.sql(_HASH.format(query=query)).fetchall()[0]
    return rows, total
