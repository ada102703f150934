"""The terms of a night: what a run is asked to do, how its steps are run, what it did."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal, Protocol, TypeVar

from flows.settings import Settings

Result = TypeVar("Result")

Progress = Callable[[str, int, int], None]
"""Told (what, done, total) as the work goes on."""

Task = Literal["new", "replay", "rebuild", "verify"]
"""Load what is new; also what was rejected; everything into a fresh warehouse; the same without publishing."""

FRESH: Final = ("rebuild", "verify")
"""Tasks that build on nothing."""

Outcome = Literal["published", "nothing_new", "pinned", "verified"]


class Step(Protocol):
    """How a named step of the night is run: as a plain call, or as a task of Prefect."""

    def __call__(self, name: str, call: Callable[[], Result]) -> Result:
        """The result of the call."""


def plainly(name: str, call: Callable[[], Result]) -> Result:  # noqa: ARG001  # a plain call needs no name
    """A step as a plain call."""
    return call()


def silently(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


watcher: Final[ContextVar[Progress]] = ContextVar("watcher", default=silently)
"""Who watches the flow that runs in this process: a command sets it, a worker's run has nobody."""


@dataclass(frozen=True)
class Night:
    """A run: its settings, its label (which selects nothing), its task, and the flow run that it is part of."""

    settings: Settings
    label: date
    task: Task = "new"
    flow_run_id: str | None = None
    drop_missing: bool = False  # a rebuild may lose the articles of files that are gone


@dataclass(frozen=True)
class Summary:
    """What a night did; `load_id` and what follows are empty where nothing was loaded."""

    outcome: Outcome
    night: date
    started_at: datetime
    files_seen: int = 0
    version: str | None = None  # the version that readers see after the run
    load_id: str | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)  # what was held, by name
    warnings: tuple[str, ...] = ()  # outlets that went silent or doubled
    differing: tuple[str, ...] = ()  # tables that a verified rebuild finds different
    seconds: float = 0.0
