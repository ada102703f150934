"""Takes an article down: out of every table of every kept version, for good."""

from datetime import datetime
from pathlib import Path
from typing import Final

from flows.trouble import Trouble
from flows.warehouse.build import OtherSchema, check_schema, create_tables, set_variables
from flows.warehouse.connection import read, write
from flows.warehouse.copies import compact, copy
from flows.warehouse.lock import remove_leftovers
from flows.warehouse.place import SQL, Place
from flows.warehouse.versions import to_disk

_SCRIPT: Final = SQL / "forget.sql"
_KNOWN: Final = """
select source_id, natural_key, (select list(distinct file) from fact_delivery where article_id = $article_id)
from dim_article where article_id = $article_id
"""


class UnknownArticle(Trouble):
    """No kept version has the article."""

    exit_code = 2


def forget(place: Place, article_id: int, why: str, now: datetime, memory_limit: str) -> int:
    """Rewrites the kept versions without the article; returns how many had it. Raises UnknownArticle and OtherSchema.

    The files are written anew, since deleted rows stay readable in the blocks of a file. Who has an older file open
    keeps it until he closes it. Versions that did not have it yet learn its key too, and may show it in a rejection;
    they come first, so that where this dies on the way, it can be told again. For whoever holds the lock: what dead
    runs left in staging may hold the text too, and goes.
    """
    remove_leftovers(place)
    versions = sorted(place.versions.glob("*.duckdb"))
    for version in versions:
        _check_schema(version)
    known = {version: found for version in versions if (found := _known(version, article_id))}
    if not known:
        raise UnknownArticle(f"no kept version has the article {article_id}; dim_article lists the ids")
    source_id, natural_key, _ = next(iter(known.values()))
    files = {file for *_, delivered_in in known.values() for file in delivered_in}
    variables = {
        "article_id": article_id, "source_id": source_id, "natural_key": natural_key, "why": why, "forgotten_at": now,
        "delivered_in": sorted(files),
    }  # fmt: skip
    for version in sorted(versions, key=lambda version: version in known):
        _rewrite(version, place.staging, variables, memory_limit)
    return len(known)


def _check_schema(version: Path) -> None:
    """Raises OtherSchema where the version's tables are not those that the script names."""
    with read(version) as connection:
        try:
            check_schema(connection)
        except OtherSchema as error:
            raise OtherSchema(
                f"the kept version {version.stem} is of another schema and can't be rewritten: if readers see it, run "
                f"«mustawda rebuild» first; then remove {version}, as a rollback to it would show the article again"
            ) from error


def _known(version: Path, article_id: int) -> tuple[str, str, list[str]] | None:
    """(source_id, natural_key, files of its deliveries) of the article, where the version has it."""
    with read(version) as connection:
        return connection.execute(_KNOWN, {"article_id": article_id}).fetchone()


def _rewrite(version: Path, staging: Path, variables: dict[str, object], memory_limit: str) -> None:
    """The version without the article, in its place in one step."""
    private, rewritten = staging / f"forget-{version.name}", staging / version.name
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
