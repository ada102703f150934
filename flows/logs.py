"""Log lines of the house: for people, or one JSON object a line; each says which load and batch it is about."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, Literal

LogFormat = Literal["text", "json"]

_FACTS: Final[tuple[str, ...]] = ("load_id", "batch")

log: Final = logging.getLogger("mustawda")
_about: Final[ContextVar[dict[str, str]]] = ContextVar("about", default={})  # noqa: B039  # replaced, never changed


@contextmanager
def about(**facts: str) -> Iterator[None]:
    """Lines that are written inside are about this load_id or batch."""
    token = _about.set({**_about.get(), **facts})
    try:
        yield
    finally:
        _about.reset(token)


class About(logging.Filter):
    """Puts what a line is about on its record; lets every line pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Adds load_id and batch where they are known."""
        vars(record).update(_about.get())
        return True


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, message, and load_id and batch where they are known."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **{name: str(vars(record)[name]) for name in _FACTS if name in vars(record)},
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def send_to(handler: logging.Handler) -> None:
    """Our lines go to this handler from now on, from INFO, and nowhere else but to the handlers of Prefect's API."""
    handler.addFilter(About())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def as_json() -> logging.Handler:
    """A handler that writes JSON lines to stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    return handler


def speak(log_format: LogFormat) -> None:
    """In a run that no command watches, as a worker's: JSON lines of our own, or Prefect's lines for people."""
    if log.level != logging.NOTSET:
        return
    if log_format == "json":
        send_to(as_json())
    else:
        log.setLevel(logging.INFO)
