"""The files of a landing, by fsspec URL."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Final

import fsspec
import polars as pl

from flows.trouble import Trouble

_UNFINISHED: Final = (".part", ".tmp", ".crdownload", ".filepart")
"""Endings of files that are still being written: they wait for the next night."""


class MissingLanding(Trouble):
    """There is nothing to read where the landing should be."""


@dataclass(frozen=True)
class LandingFile:
    """A file of a landing: `file` is its path below it, `path` its place in the file system that holds it."""

    file: str
    size: int
    modified_at: datetime
    path: str
    filesystem: fsspec.AbstractFileSystem

    def fetch(self) -> bytes:
        """The bytes of the file. Raises OSError."""
        data: bytes = self.filesystem.cat_file(self.path)
        return data


def discover(landings: Iterable[str]) -> list[LandingFile]:
    """Every finished file of the landings, in the order of their paths.

    Raises MissingLanding, also where two landings hold a file of the same path.
    """
    found: dict[str, LandingFile] = {}
    for landing in landings:
        for item in _files(landing):
            if item.file in found:
                both = f"{found[item.file].path} and {item.path}"
                raise MissingLanding(f"two landings hold the same file {item.file}: {both}; rename one folder")
            found[item.file] = item
    return [found[file] for file in sorted(found)]


def changed(files: list[LandingFile], known: pl.DataFrame) -> list[LandingFile]:
    """The files whose path, size or time of change differ from the warehouse's dim_file rows."""
    seen = {row["file"]: (row["size"], row["modified_at"]) for row in known.to_dicts()}
    return [item for item in files if seen.get(item.file) != (item.size, item.modified_at)]


def _files(landing: str) -> list[LandingFile]:
    filesystem, path = fsspec.url_to_fs(landing)
    base = _fixed_part(path)
    if not filesystem.exists(base):
        raise MissingLanding(f"the landing {landing} does not exist; create it or name another with --landing")
    if filesystem.isfile(base):
        raise MissingLanding(f"the landing {landing} is a file; name the folder that holds the outlets' folders")
    found = filesystem.glob(path, detail=True) if base != path else filesystem.find(path, detail=True)
    below = f"{base.rstrip('/')}/"
    return [
        LandingFile(name.removeprefix(below), info["size"], _modified_at(info), name, filesystem)
        for name, info in found.items()
        if info["type"] == "file" and _is_finished(name.removeprefix(below))
    ]


def _fixed_part(path: str) -> str:
    """The folder before the first wildcard of a glob: that is the landing."""
    wildcard = re.search(r"[*?\[]", path)
    return path[: path.rfind("/", 0, wildcard.start())] if wildcard else path


def _is_finished(file: str) -> bool:
    return not file.endswith(_UNFINISHED) and not any(part.startswith(".") for part in PurePosixPath(file).parts)


def _modified_at(info: dict[str, Any]) -> datetime:
    """The time of change in UTC, as file systems name it; the epoch where they don't tell."""
    at = info.get("mtime") or info.get("LastModified") or info.get("last_modified") or 0
    moment = at if isinstance(at, datetime) else datetime.fromtimestamp(float(at), UTC)
    return moment.astimezone(UTC).replace(tzinfo=None)
