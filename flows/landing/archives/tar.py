"""A .tar archive, packed or not, read once from its beginning to its end."""

import tarfile
from collections.abc import Iterator
from typing import Final

from flows.landing.archives import member as bounds
from flows.landing.archives.member import Bomb, Budget, Member, Stream, fit_name, not_nested
from flows.landing.archives.packed import BROKEN
from flows.landing.faults import Fault

_HEADER_BYTES: Final = 1024 * 1024
"""The headers of one member may be so long: names in them are read as a whole."""
_BUFFER_BYTES: Final = 64 * 1024
"""tarfile reads ahead by less than this."""


class _Counted:
    """A stream that gives no more than it was allowed, and counts it."""

    def __init__(self, stream: Stream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._allowed = 0

    def allow(self, count: int) -> None:
        """From now on at most so many bytes."""
        self._allowed = count + _BUFFER_BYTES

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises Bomb where they are too many."""
        data = self._stream.read(size)
        self._budget.spend(len(data))
        self._allowed -= len(data)
        if self._allowed < 0:
            raise Bomb("refused_archive", f"the headers of a member are longer than {_HEADER_BYTES:,} bytes")
        return data


def members(stream: Stream, budget: Budget) -> Iterator[Member | Fault]:
    """The files of the archive in their order. Raises Fault where it is broken; what stood before it was read."""
    counted = _Counted(stream, budget)
    counted.allow(_HEADER_BYTES)
    try:
        with tarfile.open(fileobj=counted, mode="r|") as archive:  # type: ignore[call-overload]
            for number, entry in enumerate(archive, 1):
                if number > bounds.MAX_MEMBERS:
                    raise Bomb("refused_archive", f"the archive has more than {bounds.MAX_MEMBERS:,} members")
                counted.allow(entry.size)
                if not entry.isdir():
                    yield _member(archive, entry)
                counted.allow(entry.size + _HEADER_BYTES)
                archive.members.clear()
    except (tarfile.TarError, *BROKEN) as error:
        raise Fault("bad_form", f"the archive is broken: {error}") from error


def _member(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> Member | Fault:
    try:
        name = fit_name(entry.name)
        if not entry.isreg() or entry.issparse():
            raise Fault("refused_archive", "a member that is a link, a device or sparse is not read", name)
        return Member(name, entry.size, _content(archive, entry))
    except Bomb:
        raise
    except Fault as fault:
        return fault


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes | Fault:
    """The bytes; the stream below counts them."""
    if entry.size > bounds.MAX_MEMBER_BYTES:
        return Fault("too_large", f"{entry.size:,} bytes; the limit is {bounds.MAX_MEMBER_BYTES:,}")
    file = archive.extractfile(entry)
    try:
        return not_nested(file.read() if file else b"")
    except Bomb:
        raise
    except Fault as fault:
        return fault
