"""One run at a time: a lock that dies with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from flows.trouble import Trouble
from flows.warehouse.place import Place


class Busy(Trouble):
    """Another run holds the warehouse; the message says which."""


@contextmanager
def only_run(place: Place) -> Iterator[None]:
    """Holds the warehouse for this run. Raises Busy where a living run holds it."""
    with place.lock.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"another run (process {file.read().strip()}) holds {place.root}; wait for its end") from error
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield
