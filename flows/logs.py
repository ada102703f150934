"""Log lines: for people, or whoever writes them one JSON object a line; each says which load and batch it is about."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

LogFormat = Literal["text", "json"]

_FACTS: Final[tuple[str, ...]] = ("load_id", "batch")

PREFECT_IN_JSON: Final = Path(__file__).with_name("json_logs.yml")
"""What PREFECT_LOGGING_SETTINGS_PATH names, so that Prefect writes JSON lines from the first one on."""

log: Final = logging.getLogger("mustawda")
_about: Final[ContextVar[dict[str, str]]] = ContextVar("about", default={})  # noqa: B039  # replaced, never changed
_load_ids: Final[list[str]] = []
"""The load of this process, which runs one night at a time: threads begin without a context and are about it too."""


@contextmanager
def about(**facts: str) -> Iterator[None]:
    """Lines that are written inside are about this load_id, in every thread, or about this batch, in this one."""
    token = _about.set({**_about.get(), **facts})
    begun = [facts[name] for name in facts if name == "load_id"]
    _load_ids.extend(begun)
    try:
        yield
    finally:
        del _load_ids[len(_load_ids) - len(begun) :]
        _about.reset(token)


class About(logging.Filter):
    """Puts what a line is about on its record; lets every line pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Adds load_id and batch where they are known."""
        if _load_ids:
            record.load_id = _load_ids[-1]
        vars(record).update(_about.get())
        return True


class JsonLines(logging.Formatter):
    """A record as one JSON object: time, level, message, logger, and load_id and batch where they are known."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "logger": record.name,
            **{name: str(vars(record)[name]) for name in _FACTS if name in vars(record)},
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def send_to(handler: logging.Handler) -> None:
    """Our lines go to this handler from now on, from INFO, and nowhere else but to the handlers of Prefect's API."""
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def is_json() -> bool:
    """Whether what this process logs are JSON lines."""
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


def speak_json() -> None:
    """From now on what anybody logs in this process, and each warning of Python, is a JSON line on stderr."""
    if not is_json():
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        handler.addFilter(About())
        logging.getLogger().handlers[:] = [handler]
    logging.captureWarnings(True)
    log.setLevel(logging.INFO)


def speak(log_format: LogFormat) -> None:
    """In a run that no command watches, as a worker's: JSON lines, or our lines among Prefect's for people."""
    if log.level != logging.NOTSET:
        return
    if log_format == "json":
        speak_json()
    else:
        log.setLevel(logging.INFO)
