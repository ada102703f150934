"""The files of a landing, by fsspec URL."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import polars as pl

from flows.clock import utc_now
from flows.landing.addresses import public
from flows.landing.archives.opening import no_member
from flows.landing.file import EPOCH, UNTOLD, LandingFile, MissingLanding, as_text, named_after
from flows.landing.listing import files_below, folder_and_glob, is_link, kind_of_path
from flows.landing.patience import named
from flows.landing.stores import store, threads, usual_rest
from flows.landing.web import Web
from flows.landing.web_listing import web_files
from flows.logs import log
from flows.trouble import Trouble

__all__ = ["LandingFile", "MissingLanding", "changed", "discover"]

_UNFINISHED: Final = (".part", ".tmp", ".crdownload", ".filepart")
"""Endings of files that are still being written: they wait for the next night."""

_HIDDEN: Final = re.compile(r"(?:\A|/)\.(?!/|\Z)")
"""A name with a dot before it; a dot alone is the folder itself."""


def discover(landings: Iterable[str], settle_seconds: int | None = None) -> list[LandingFile]:
    """Every finished file of the landings, in the order of their paths.

    A file that changed less than `settle_seconds` ago is not settled; None leaves the time to the kind of landing.
    Raises MissingLanding, also where two landings hold a file of the same path.
    """
    found: dict[str, LandingFile] = {}
    for landing in landings:
        for item in _files(landing, settle_seconds):
            if item.file in found:
                both = f"{public(found[item.file].path)} and {public(item.path)}"
                raise MissingLanding(f"two landings hold the same file {item.file}: {both}; rename one folder")
            found[item.file] = item
    return [found[file] for file in sorted(found)]


def changed(files: list[LandingFile], known: pl.DataFrame) -> list[LandingFile]:
    """The settled files whose path, size, time of change or fingerprint differ from the warehouse's dim_file rows."""
    told = known.select("size", "modified_at", "fingerprint").rows()
    seen = dict(zip(known["file"], told, strict=True))
    return [
        item
        for item in files
        if item.is_settled
        and (item.fingerprint == UNTOLD or seen.get(item.file) != (item.size, item.modified_at, item.fingerprint))
    ]


def is_finished(file: str) -> bool:
    """Whether the name is of a file that somebody delivered: neither hidden nor still being written."""
    return not file.endswith(_UNFINISHED) and not _HIDDEN.search(file)


def _files(landing: str, settle_seconds: int | None) -> list[LandingFile]:
    filesystem, path = store(landing)
    now = utc_now()
    rest = timedelta(seconds=usual_rest(filesystem) if settle_seconds is None else settle_seconds)
    finished = [item for item in _found(filesystem, path, landing) if is_finished(item.file)]
    return [_settled(item, now, rest) for item in finished]


def _settled(item: LandingFile, now: datetime, rest: timedelta) -> LandingFile:
    """The file, marked where it changed a moment ago. A time far in the future is a wrong clock, and no reason."""
    if abs(now - item.modified_at) >= rest:
        return item
    log.info("%s changed a moment ago: it waits for the next night", item.file)
    return replace(item, is_settled=False)


def _found(filesystem: Any, path: str, landing: str) -> list[LandingFile]:
    """What the landing lists. Raises MissingLanding with the error, whatever library it comes from."""
    try:
        if isinstance(filesystem, Web):
            return web_files(filesystem, path, threads(filesystem))
        return _listed(filesystem, path, landing)
    except Trouble:
        raise
    except Exception as error:
        raise MissingLanding(f"the landing {public(landing)} can't be listed: {named(error)}") from error


def _listed(filesystem: Any, path: str, landing: str) -> list[LandingFile]:
    folder, glob = folder_and_glob(filesystem, path)
    kind = kind_of_path(filesystem, folder)
    if not kind:
        raise MissingLanding(f"the landing {public(landing)} does not exist; create it or name another with --landing")
    if kind == "file":
        raise MissingLanding(
            f"the landing {public(landing)} is a file; name the folder that holds the outlets' folders"
        )
    outlet = named_after(folder)
    return [
        LandingFile(
            no_member(as_text(name)), told["size"], _modified_at(told), told["name"], filesystem, _fingerprint(told),
            folder=outlet, is_link=is_link(told),
        )
        for name, told in files_below(filesystem, folder, glob).items()
    ]  # fmt: skip


def _modified_at(told: dict[str, Any]) -> datetime:
    """The time of change in UTC, as file systems name it; the epoch where they don't tell."""
    at = told.get("mtime") or told.get("LastModified") or told.get("last_modified") or told.get("updated")
    if not at:
        return EPOCH
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    moment = at.astimezone(UTC) if isinstance(at, datetime) else datetime.fromtimestamp(float(at), UTC)
    return moment.replace(tzinfo=None)


def _fingerprint(told: dict[str, Any]) -> str | None:
    """The ETag and version of an object; null where the file system has none."""
    named = [told[name] for name in ("ETag", "etag", "VersionId", "generation") if name in told]
    return " ".join(str(part).strip('"') for part in named if part and part != "null") or None
