"""A night in a process of its own that is killed at a chosen moment.

The moments of a night: before and behind each step, each word of progress, and each file that Python opens, makes,
renames or removes in the warehouse. The children are forked from a server that has imported everything and never
worked with Polars, whose threads do not survive a fork.
"""

import multiprocessing
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, Final

from flows.night import run_night
from flows.terms import Night

SERVER: Final = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["flows.night", "pytest"])
PATIENCE: Final = 120
"""Seconds after which a process that should have ended is a failure."""

_FILE_EVENTS: Final = ("open", "os.", "shutil.")
_LOAD_ID: Final = re.compile(r"\d{8}T\d{6}Z")

Moment = tuple[str, int]
"""What comes, and for the how many-eth time in the night."""


class _Moments:
    """Counts the moments of a night by name, and kills its process at one of them."""

    def __init__(self, warehouse: Path, last: Moment | None, told: Connection) -> None:
        self.come_by: list[Moment] = []
        self._warehouse, self._last, self._told = str(warehouse), last, told
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def come(self, name: str) -> None:
        with self._lock:
            name = _LOAD_ID.sub("…", name)
            self._counts[name] += 1
            self.come_by.append((name, self._counts[name]))
            if self.come_by[-1] == self._last:
                self._told.send(("killed", self.come_by))
                os.kill(os.getpid(), signal.SIGKILL)

    def step(self, name: str, call: Callable[[], Any]) -> Any:
        self.come(f"before {name}")
        result = call()
        self.come(f"behind {name}")
        return result

    def progress(self, what: str, done: int, total: int) -> None:
        self.come(f"{what} {done} of {total}")

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_FILE_EVENTS):
            paths = [os.fspath(one) for one in arguments if isinstance(one, str | os.PathLike)]
            if any(isinstance(path, str) and path.startswith(self._warehouse) for path in paths):
                self.come(f"{event} {' '.join(Path(path).name for path in paths)}")


def _live(night: Night, last: Moment | None, told: Connection) -> None:
    moments = _Moments(night.settings.warehouse, last, told)
    sys.addaudithook(moments.hear)
    summary = run_night(night, moments.step, moments.progress)
    told.send((summary.outcome, moments.come_by))


@dataclass(frozen=True)
class Life:
    """How a child lived: its outcome, and the moments that it came to; neither where it was killed from outside."""

    was_killed: bool
    outcome: str
    moments: list[Moment]


def live(night: Night, last: Moment | None = None, seconds: float | None = None) -> Life:
    """A night in a child that dies at that moment, or is killed from outside after so many seconds."""
    ours, theirs = SERVER.Pipe(duplex=False)
    child = SERVER.Process(target=_live, args=(night, last, theirs), daemon=True)
    child.start()
    theirs.close()
    if seconds is not None:
        time.sleep(seconds)
        child.kill()
    outcome, moments = _told(ours) or ("", [])
    child.join(PATIENCE)
    assert child.exitcode in (0, -signal.SIGKILL), f"the child {child.pid} ended with {child.exitcode}"
    return Life(child.exitcode == -signal.SIGKILL, outcome, moments)


def _told(pipe: Connection) -> Any:
    with pipe:
        if not pipe.poll(PATIENCE):
            raise TimeoutError("the child neither ended nor told anything")
        try:
            return pipe.recv()
        except EOFError:
            return None
