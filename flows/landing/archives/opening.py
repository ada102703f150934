"""An archive of a landing -> its members; its ending says what it is."""

import io
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import PurePosixPath
from typing import Final

from flows.landing.archives import packed, tar, zip
from flows.landing.archives.member import Budget, Member
from flows.landing.faults import Fault

_ENDING: Final = re.compile(r"\.(?:(zip)|(tar)|(tgz|tar\.gz)|(tzst|tar\.zst)|(gz)|(zst))\Z", re.IGNORECASE)
_KINDS: Final = ("zip", "tar", "tar.gz", "tar.zst", "gz", "zst")


def kind_of_archive(file: str) -> str | None:
    """zip, tar, tar.gz, tar.zst, gz or zst by the file's ending; null where it is no archive.

    Content alone does not tell: a .docx is a zip too, and none that holds articles.
    """
    ending = _ENDING.search(file)
    return _KINDS[next(number for number, found in enumerate(ending.groups()) if found)] if ending else None


def no_member(file: str) -> str:
    r"""The name of a file that the landing holds, with \x21 for a «!» that would make it the name of a member."""
    first, *rest = file.split("!")
    return reduce(lambda told, part: told + (r"\x21" if kind_of_archive(told) else "!") + part, rest, first)


def members(file: str, data: bytes) -> Iterator[Member | Fault]:
    """The members of an archive, each name once; a Fault where a member or the rest of the archive is refused."""
    names: set[str] = set()
    try:
        for found in _members(file, data, Budget(len(data))):
            if isinstance(found, Member):
                if found.name in names:
                    yield Fault("refused_archive", "a second member of the same name is not read", found.name)
                    continue
                names.add(found.name)
            yield found
    except Fault as fault:
        yield fault


def _members(file: str, data: bytes, budget: Budget) -> Iterator[Member | Fault]:
    kind = kind_of_archive(file)
    if kind == "zip":
        return zip.members(data, budget)
    if kind == "tar":
        return tar.members(io.BytesIO(data), budget)
    if kind in ("tar.gz", "tar.zst"):
        return tar.members(packed.unpacked(data, kind.removeprefix("tar.")), budget)
    return packed.member(data, str(kind), PurePosixPath(file).stem, budget)
