"""The claims of the warehouse, each a query that returns the rows that break it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from flows.terms import Progress
from flows.trouble import Trouble
from flows.warehouse.build import set_variables
from flows.warehouse.place import SQL

_EXAMPLES: Final = 3

_AT_ONCE: Final = 2
"""Claims held side by side: DuckDB reads a table of one row group, as dim_article is for years, on a single core."""


@dataclass(frozen=True)
class Claim:
    """A named claim and how it stands."""

    name: str
    sentence: str
    broken_count: int
    examples: list[dict[str, object]]


class BrokenClaim(Trouble):
    """A claim does not hold: the night is not published."""

    def __init__(self, claims: list[Claim]) -> None:
        first = claims[0]
        rows = "; ".join(str(row) for row in first.examples)
        more = f" ({len(claims) - 1} more claims are broken)" if len(claims) > 1 else ""
        super().__init__(f"the claim {first.name} is broken by {first.broken_count} rows, e.g. {rows}{more}")
        self.claims = claims


def check(connection: duckdb.DuckDBPyConnection, load_id: str | None, progress: Progress) -> list[Claim]:
    """Every claim, for the rows of one load or for all rows."""
    ((known_word_id,),) = connection.sql("select getvariable('known_word_id')").fetchall()

    def checked(script: Path) -> Claim:
        with connection.cursor() as cursor:
            set_variables(cursor, {"load_id": load_id, "known_word_id": known_word_id})
            return _check(cursor, script)

    scripts = sorted((SQL / "4_checks").glob("*.sql"))
    claims = []
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as side_by_side:
        for number, claim in enumerate(side_by_side.map(checked, scripts), 1):
            claims.append(claim)
            progress("check", number, len(scripts))
    return claims


def hold(connection: duckdb.DuckDBPyConnection, load_id: str, progress: Progress) -> list[Claim]:
    """Every claim for the rows of one load; raises BrokenClaim where one does not hold."""
    claims = check(connection, load_id, progress)
    if broken := [claim for claim in claims if claim.broken_count]:
        raise BrokenClaim(broken)
    return claims


def _check(connection: duckdb.DuckDBPyConnection, script: Path) -> Claim:
    query = script.read_text(encoding="utf-8")
    sentence = query.partition("\n")[0].removeprefix("--").strip()
    broken = connection.sql(query)
    if not (count := len(broken)):
        return Claim(script.stem, sentence, 0, [])
    names, rows = broken.columns, broken.limit(_EXAMPLES).fetchall()
    return Claim(script.stem, sentence, count, [dict(zip(names, row, strict=True)) for row in rows])
