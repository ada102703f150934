"""A .zip archive."""

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from flows.landing.archives import member as bounds
from flows.landing.archives.member import Budget, Member, fit_name, not_nested
from flows.landing.faults import Fault

_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_NAME_IS_UTF_8: Final = 0x800
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError)
"""RuntimeError is also NotImplementedError: a compression that Python does not know."""


def members(data: bytes, budget: Budget) -> Iterator[Member | Fault]:
    """The files of the archive in the order of its directory. Raises Fault where it can't be opened."""
    if data.count(_ENTRY) > bounds.MAX_MEMBERS:  # counted before Python makes an object of each
        raise Fault("refused_archive", f"the archive has more than {bounds.MAX_MEMBERS:,} members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise Fault("bad_form", f"the file is no zip archive, or a broken one: {error}") from error
    for entry in archive.infolist():
        if not entry.is_dir():
            yield _member(archive, entry, budget)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> Member | Fault:
    try:
        name = fit_name(_name(entry))
        mode = entry.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise Fault("refused_archive", "a member that is a link or a device is not read", name)
        return Member(name, entry.file_size, _content(archive, entry, budget))
    except bounds.Bomb:
        raise
    except Fault as fault:
        return fault


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes | Fault:
    try:
        if entry.flag_bits & _ENCRYPTED:
            raise Fault("refused_archive", "the member is encrypted")
        with archive.open(entry) as stream:
            return not_nested(budget.read(stream, entry.file_size))
    except bounds.Bomb:
        raise
    except Fault as fault:
        return fault
    except _BROKEN as error:
        return Fault("bad_form", f"the member is broken: {error}")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name; where nothing tells its encoding, as UTF-8 if it is that."""
    if entry.flag_bits & _NAME_IS_UTF_8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
