"""A member of an archive, and what an archive may hold."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Protocol

from flows.landing.faults import Fault
from flows.landing.fetch import MAX_FILE_BYTES, Content
from flows.landing.file import as_text

MAX_MEMBERS: Final = 100_000
MAX_UNPACKED_BYTES: Final = 4 * 1024 * 1024 * 1024
"""So much may come out of one archive, in all."""

MAX_RATIO: Final = 100
FREE_BYTES: Final = 64 * 1024 * 1024
"""An archive that gives more than this and more than MAX_RATIO times its own size is a bomb: text shrinks 3-30 fold."""

MAX_MEMBER_BYTES: Final = MAX_FILE_BYTES

CHUNK: Final = 1024 * 1024
_MAX_NAME: Final = 1_000

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_ABSOLUTE: Final = re.compile(r"/|[A-Za-z]:")
_PACKED: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
)
_TAR_MARK: Final = slice(257, 262)


@dataclass(frozen=True)
class Member:
    """A file of an archive: its name in it, its size, and its bytes or why they can't be had."""

    name: str
    size: int
    content: Content


class Bomb(Fault):
    """The archive gives more than it may: nothing more of it is read."""


class Stream(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, none at the end."""


class Budget:
    """How many bytes may still come out of an archive: counted as they come, whatever it declares."""

    def __init__(self, packed: int) -> None:
        self.limit = min(MAX_UNPACKED_BYTES, max(FREE_BYTES, MAX_RATIO * packed))
        self.spent = 0

    def spend(self, count: int) -> None:
        """Counts bytes. Raises Bomb where they are too many."""
        self.spent += count
        if self.spent > self.limit:
            raise Bomb("refused_archive", f"more than {self.limit:,} bytes come out of the archive: it may be a bomb")

    def read(self, stream: Stream, declared: int = 0) -> bytes:
        """All of a member. Raises Fault too_large, by what is declared or by what comes."""
        limit = MAX_MEMBER_BYTES
        data = bytearray()
        while len(data) <= limit and declared <= limit:
            piece = stream.read(CHUNK)
            if not piece:
                return bytes(data)
            self.spend(len(piece))
            data += piece
        raise Fault("too_large", f"{max(declared, len(data)):,} bytes or more; the limit is {limit:,}")


def fit_name(name: str) -> str:
    """The name with / between folders. Raises Fault refused_archive where it leads out of the archive."""
    told = as_text(unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./"))
    if _ABSOLUTE.match(told):
        raise Fault("refused_archive", "a member with an absolute name is not read", shown(name))
    if ".." in told.split("/"):
        raise Fault("refused_archive", "a member whose name leads out of the archive is not read", shown(name))
    if _CONTROL.search(told) or len(told) > _MAX_NAME or not told:
        raise Fault("refused_archive", "a member whose name is empty, too long or unprintable is not read", shown(name))
    return told


def shown(name: str) -> str:
    """A name as it may stand in a table."""
    return _CONTROL.sub("\ufffd", as_text(name))[:_MAX_NAME]


def not_nested(data: bytes) -> bytes:
    """The bytes of a member. Raises Fault refused_archive where it is itself an archive."""
    if data.startswith(_PACKED) or data[_TAR_MARK] == b"ustar":
        raise Fault("refused_archive", "an archive within an archive is not opened")
    return data
