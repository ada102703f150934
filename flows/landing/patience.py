"""A call to a server, tried again where its failure may pass."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from flows.landing.addresses import scrub

Result = TypeVar("Result")

TRIES: Final = 3
PAUSES: Final = [1.0, 4.0]
"""Seconds before the second and the third try."""


class Refusal(OSError):
    """The server's answer is final: another try would not change it."""


class Unreached(OSError):
    """Every try failed in a way that may pass: the next night tries again."""


_FINAL: Final = (Refusal, FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


def patiently(call: Callable[[], Result]) -> Result:
    """The result of the call. Raises Refusal and its like at once, Unreached after the last try.

    Libraries of file systems raise errors of their own that no common name covers: whatever is not final may pass.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return call()
        except _FINAL:
            raise
        except Exception as error:
            if attempt == TRIES:
                raise Unreached(f"{named(error)} ({TRIES} tries)") from error
            time.sleep(PAUSES[attempt - 1])
    raise AssertionError("unreachable")


def named(error: BaseException) -> str:
    """The kind and message of an error, without secrets."""
    message = (error.strerror if isinstance(error, OSError) else None) or str(error)
    kind = "" if isinstance(error, Refusal | Unreached) else f"{type(error).__name__}: "
    return scrub(f"{kind}{message}" if message else type(error).__name__)
