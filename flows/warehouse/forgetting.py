"""Takes an article down: out of every table of every kept version, for good."""

from datetime import datetime
from pathlib import Path
from typing import Final

from flows.trouble import Trouble
from flows.warehouse.build import create_tables, set_variables
from flows.warehouse.connection import read, write
from flows.warehouse.copies import compact, copy
from flows.warehouse.place import SQL, Place
from flows.warehouse.versions import to_disk

_SCRIPT: Final = SQL / "forget.sql"


class UnknownArticle(Trouble):
    """No kept version has the article."""

    exit_code = 2


def forget(place: Place, article_id: int, why: str, now: datetime, memory_limit: str) -> int:
    """Rewrites the kept versions that have the article without it; returns how many. Raises UnknownArticle.

    The files are written anew, since deleted rows stay readable in the blocks of a file. Who has an older file open
    keeps it until he closes it.
    """
    versions = [version for version in sorted(place.versions.glob("*.duckdb")) if _has(version, article_id)]
    if not versions:
        raise UnknownArticle(f"no kept version has the article {article_id}; dim_article lists the ids")
    variables = {"article_id": article_id, "why": why, "forgotten_at": now}
    for version in versions:
        _rewrite(version, place.staging, variables, memory_limit)
    return len(versions)


def _has(version: Path, article_id: int) -> bool:
    with read(version) as connection:
        query = "select 1 from dim_article where article_id = $article_id"
        return connection.execute(query, {"article_id": article_id}).fetchone() is not None


def _rewrite(version: Path, staging: Path, variables: dict[str, object], memory_limit: str) -> None:
    """The version without the article, in its place in one step."""
    private, rewritten = staging / f"forget-{version.name}", staging / version.name
    for leftover in (private, rewritten):
        leftover.unlink(missing_ok=True)
    copy(version, private)
    with write(private, memory_limit) as connection:
        create_tables(connection)
        set_variables(connection, variables)
        connection.execute("begin")
        connection.execute(_SCRIPT.read_text(encoding="utf-8"))
        connection.execute("commit")
    compact(private, rewritten, memory_limit)
    private.unlink()
    rewritten.chmod(0o444)
    to_disk(rewritten)
    rewritten.replace(version)
    to_disk(version.parent)
