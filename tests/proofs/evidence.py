"""What proofs look at: claims, content, history and the state of a warehouse's folder."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Final

from flows.settings import Settings
from flows.terms import Night, Task, silently
from flows.warehouse import checks
from flows.warehouse.connection import read
from flows.warehouse.content import Content, content_of
from flows.warehouse.place import Place
from tests.proofs.landing import SOURCES

_HISTORY: Final = {
    "fact_delivery": "select * exclude (load_id, last_load_id) from fact_delivery",
    "fact_article_version": "select * exclude (load_id) from fact_article_version",
    "fact_revision": "from fact_revision",
    "version_no": "select article_id, version_no from dim_article",
    "articles of loads": "select sum(articles_new) from dim_load",
}
"""What sql/6_content leaves out, as the landing does not tell it: for warehouses that saw the same nights."""


def settings(root: Path, **given: object) -> Settings:
    """Of a landing and a warehouse side by side in a folder."""
    usual = {"landing": (str(root / "landing"),), "warehouse": root / "warehouse", "sources": SOURCES}
    return Settings(**(usual | given))


def a_night(root: Path, task: Task = "new", **given: object) -> Night:
    """A night over that landing."""
    return Night(settings(root, **given), date(2026, 11, 24), task)


def broken_claims(file: Path) -> list[str]:
    """The claims that do not hold for all rows of a warehouse."""
    with read(file) as connection:
        return [claim.name for claim in checks.check(connection, None, silently) if claim.broken_count]


def all_of(file: Path) -> Content:
    """Content and history: equal for warehouses that loaded the same nights, rows counted."""
    with read(file) as connection:
        history = {
            name: connection.sql(f"select count(*), sum(hash(row)::hugeint) from ({query}) as row").fetchall()[0]
            for name, query in _HISTORY.items()
        }
    return content_of(file) | history


def fingerprint(file: Path) -> tuple[str, int]:
    """(SHA-256, mode) of a published file: equal while nobody has touched it."""
    return hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mode


def is_tidy(place: Place) -> bool:
    """Whether nothing of a run is left but versions, the link and the notes."""
    names = {path.name for path in place.root.iterdir()}
    known = {"versions", "staging", "current.duckdb", "run.lock", "runs.jsonl", "pinned", "prefect", ".cache"}
    return names <= known and not list(place.staging.iterdir())
