"""One run at a time: a lock that dies with its process."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.trouble import Trouble
from flows.warehouse.place import NoWarehouse, Place


class Busy(Trouble):
    """Another run holds the warehouse; the message says which."""


@contextmanager
def only_run(place: Place) -> Iterator[None]:
    """Holds the warehouse for this run. Raises Busy where a living run holds it, NoWarehouse where there is none."""
    if not place.lock.exists():
        raise NoWarehouse(f"there is no warehouse in {place.root}; run «mustawda run» first")
    with place.lock.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            process = holder(place) or file.read().strip()  # what is written may be of a dead run for a moment
            raise Busy(f"another run (process {process}) holds {place.root}; wait for its end") from error
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def remove_leftovers(place: Place) -> None:
    """Removes what dead runs left in staging: who holds the lock knows that none is alive."""
    for leftover in place.staging.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def holder(place: Place) -> int | None:
    """The process of the living run that holds the warehouse, if any; asking takes no lock (Linux lists them)."""
    listed = Path("/proc/locks")
    if not place.lock.exists() or not listed.exists():
        return None
    number = f":{place.lock.stat().st_ino}"
    held = (line.split() for line in listed.read_text(encoding="ascii").splitlines())
    return next((int(lock[4]) for lock in held if "FLOCK" in lock and lock[5].endswith(number)), None)
