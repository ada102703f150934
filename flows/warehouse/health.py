"""Outlets that went silent or doubled against their own habits, in sentences for the operator."""

from datetime import date
from typing import Final

import duckdb

from flows.warehouse.connection import read
from flows.warehouse.place import Place

_SILENT_NIGHTS: Final = 28
"""An outlet that is late for longer is gone, which one knows by then."""

_SILENT: Final = """
select source_name, last_on, due_on from mart_load_health
where $night::date - due_on between 0 and $nights - 1
order by source_id
"""
_DOUBLED: Final = """
select source_name, article_count, volume_on, round(usual_count)::bigint from mart_load_health
where alarm = 'doubled'
order by source_id
"""


def warnings(connection: duckdb.DuckDBPyConnection, night: date) -> tuple[str, ...]:
    """A line for each outlet that is silent in this night, or doubled in the last load."""
    return (*_silent(connection, night), *_doubled(connection))


def still_silent(place: Place, night: date) -> tuple[str, ...]:
    """The silent outlets of a night that found nothing new, by what is published."""
    if not place.current.exists():
        return ()
    with read(place.published()) as connection:
        known = connection.sql("select 1 from duckdb_views() where view_name = 'mart_load_health'").fetchone()
        return _silent(connection, night) if known else ()


def _silent(connection: duckdb.DuckDBPyConnection, night: date) -> tuple[str, ...]:
    rows = connection.sql(_SILENT, params={"night": night, "nights": _SILENT_NIGHTS}).fetchall()
    return tuple(
        f"«{name}» is silent: its last article is of {last_on}, the next was due in the night of {due_on}"
        for name, last_on, due_on in rows
    )


def _doubled(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    return tuple(
        f"«{name}» doubled: {count:,} articles on {day}, usually {usual:,} on that weekday"
        for name, count, day, usual in connection.sql(_DOUBLED).fetchall()
    )
