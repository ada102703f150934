"""A file of a landing, as its listing tells it."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

from flows.trouble import Trouble

EPOCH: Final = datetime(1970, 1, 1)
"""The time of change of a file whose server tells none."""

UNTOLD: Final = "untold"
"""The fingerprint of a file whose server tells nothing to compare: it is fetched every night."""

UNREAD: Final = "unread"
"""The fingerprint that a file leaves in the warehouse where its server failed: the next night tries again."""


_LIKE_A_BYTE: Final = re.compile(r"\\(?=x[0-9a-f]{2})")

NAMELESS: Final = "landing"
"""What the folder of a landing is called that has no name: the root of a file system."""


class MissingLanding(Trouble):
    """There is nothing to read where the landing should be."""


@dataclass(frozen=True)
class LandingFile:
    """A file of a landing: `file` is its path below it, `path` its place in the file system that holds it."""

    file: str
    size: int
    modified_at: datetime
    path: str = field(repr=False)  # an address may hold a password
    filesystem: Any = field(repr=False)  # cat_file(path, end=…) -> bytes
    fingerprint: str | None = None  # ETag or version, where the file system gives one
    is_settled: bool = True  # False: it changed a moment ago, and waits for the next night
    folder: str = NAMELESS  # the name of the landing's folder: the outlet of what lies directly in it
    is_link: bool = False  # never followed: it may lead anywhere


def as_text(name: str) -> str:
    r"""A name whose bytes are no UTF-8 (an old server, a broken archive) with \xe9 for what is no letter.

    Two names never become one: where a name itself has such letters, \x5c stands for their backslash.
    """
    if name.isascii() and "\\" not in name:
        return name
    plain = _LIKE_A_BYTE.sub(r"\\x5c", name)
    return plain.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def named_after(folder: str) -> str:
    """The last part of a folder's path, as the name of an outlet."""
    return as_text(PurePosixPath(folder).name) or NAMELESS
