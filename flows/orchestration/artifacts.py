"""What a night leaves to be seen in Prefect's UI: its progress, its summary, what was rejected, what was checked."""

from typing import Any, Final, cast
from uuid import UUID

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.logs import log
from flows.terms import Progress, Summary
from flows.warehouse.checks import Claim

_SHARE: Final = {"digest": (0, 60), "load": (60, 30), "check": (90, 10)}
"""Of each part of a night: (percent before it, its own percent)."""
_STEP: Final = 5
"""Percent between two updates: each is a request."""


def progress_bar() -> Progress:
    """A progress artifact that is told (what, done, total); where the API is away, it says so once and stops."""
    made = create_progress_artifact(0.0, key="night-progress", description="How far the night is, in percent")
    artifact = cast(UUID, made)  # a coroutine only where the caller is one
    shown, is_live = 0, True

    def tell(what: str, done: int, total: int) -> None:
        nonlocal shown, is_live
        before, share = _SHARE.get(what, (0, 0))
        percent = before + share * done // total
        if is_live and percent >= shown + _STEP:
            shown = percent
            try:
                update_progress_artifact(artifact, float(percent))
            except Exception as error:  # a bar that stands still must not fail the night
                is_live = False
                log.warning("the progress is not shown any more: %s: %s", type(error).__name__, error)

    return tell


def show_summary(summary: Summary) -> None:
    """The summary as markdown; of a run that loaded, the rejections by reason and the claims as tables."""
    create_markdown_artifact(as_markdown(summary), key="night-summary", description="What the night did")
    if summary.load_id:
        _table("night-rejections", "Files and records that could not be used, by reason", _rejected(summary))
        held = [{"claim": name, "stands": "holds", "says": says} for name, says in summary.claims.items()]
        _table("night-checks", "The claims that were held for the rows of the night", held)


def show_broken(claims: list[Claim]) -> None:
    """The claims that keep a night from being published, with the first rows that break them."""
    rows = [
        {"claim": claim.name, "stands": "broken", "says": claim.sentence, "broken_rows": claim.broken_count,
         "examples": "; ".join(str(row) for row in claim.examples)}
        for claim in claims
    ]  # fmt: skip
    _table("night-checks", "The claims that are broken: nothing was published", rows)


def as_markdown(summary: Summary) -> str:
    """The summary: warnings first, then a table of what was counted."""
    told = {"outcome": summary.outcome, "files in the landing": summary.files_seen, **summary.counts}
    if summary.load_id is None:
        told["version"] = summary.version
    warnings = [f"> ⚠ {warning}\n" for warning in summary.warnings]
    rows = [f"| {name.replace('_', ' ')} | {value} |" for name, value in told.items()]
    return "\n".join([f"# Night {summary.night}", "", *warnings, "| | |", "|---|---|", *rows])


def _rejected(summary: Summary) -> list[dict[str, Any]]:
    return [{"reason": reason, "rejected": count} for reason, count in summary.rejected.items()]


def _table(key: str, description: str, rows: list[dict[str, Any]]) -> None:
    create_table_artifact(rows, key=key, description=description)
