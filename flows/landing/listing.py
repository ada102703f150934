"""What a file system holds below a folder, or what a glob chooses of it."""

import os
import re
import stat
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from fsspec.implementations.local import LocalFileSystem
from fsspec.utils import glob_translate

from flows.landing.file import as_text
from flows.landing.patience import Unreached, named, patiently
from flows.landing.stores import is_local, kind_of, threads
from flows.logs import log

_WILDCARD: Final = re.compile(r"[*?\[]")

Told = dict[str, Any]
"""What a file system tells about a path: name, type, size …"""


def folder_and_glob(filesystem: Any, path: str) -> tuple[str, str]:
    """(folder, glob below it) of a landing; the glob is "" where a folder is called just so."""
    parts = path.split("/")
    for number, part in enumerate(parts):
        if _WILDCARD.search(part) and not kind_of_path(filesystem, "/".join(parts[: number + 1])):
            return "/".join(parts[:number]), "/".join(parts[number:])
    return path, ""


def kind_of_path(filesystem: Any, path: str) -> str:
    """«directory», «file», or «» where there is nothing."""
    try:
        told: Told = filesystem.info(path) if is_local(filesystem) else patiently(lambda: filesystem.info(path))
    except FileNotFoundError:
        return ""
    return str(told["type"])


def files_below(filesystem: Any, folder: str, glob: str) -> dict[str, Told]:
    """Every file and link of a folder by its path below it, or those that a glob chooses. Raises OSError."""
    found = _found(filesystem, folder, glob)
    is_chosen = re.compile(glob_translate(glob) if glob else "")
    below = f"{folder.rstrip('/')}/"
    files = {told["name"].removeprefix(below): told for told in found if told["type"] == "file" or is_link(told)}
    return {name: told for name, told in files.items() if is_chosen.match(name) and not name.endswith("/")}


def is_link(told: Told) -> bool:
    """Whether a path is a symbolic link, whatever it leads to."""
    return told["type"] == "link" or bool(told.get("islink"))


def _found(filesystem: Any, folder: str, glob: str) -> Collection[Told]:
    """What is below a folder, at most as deep as a glob asks for. Links are not followed."""
    depth = None if "**" in glob or not glob else glob.count("/") + 1
    if kind_of(filesystem) == "sftp" or is_local(filesystem):
        return _walked(filesystem, folder, depth)
    # An object store lists a thousand at once, whatever their folders.
    found: dict[str, Told] = patiently(lambda: filesystem.find(folder, maxdepth=depth, detail=True))
    return found.values()


def _walked(filesystem: Any, base: str, depth: int | None) -> list[Told]:
    """Folder by folder; those of a server several at once, as each costs a round trip."""
    found: list[Told] = []
    level = [base]
    with ThreadPoolExecutor(threads(filesystem)) as pool:
        while level and depth != 0:
            listed = pool.map(lambda folder: _held(filesystem, folder, is_base=folder == base), level)
            entries = [told for held in listed for told in held]
            found += entries
            level = [told["name"] for told in entries if told["type"] == "directory"]
            depth = None if depth is None else depth - 1
    return found


def _held(filesystem: Any, folder: str, *, is_base: bool) -> list[Told]:
    """The entries of a folder; one below the landing that can't be listed hides nothing but itself."""
    try:
        if isinstance(filesystem, LocalFileSystem):
            return _scanned(folder or os.sep)
        entries: list[Told] = patiently(lambda: filesystem.ls(folder))
    except Unreached:
        raise
    except OSError as error:
        if is_base:
            raise
        log.warning("the folder %s of the landing can't be listed: %s", as_text(folder), named(error))
        return []
    return entries


def _scanned(folder: str) -> list[Told]:
    """The entries of a folder on this machine, for a stat each: the list of fsspec takes three times as long."""
    with os.scandir(folder) as entries:
        return [told for entry in entries if (told := _told(entry))]


def _told(entry: os.DirEntry[str]) -> Told:
    """What fsspec tells of an entry, as far as a landing asks, but of a link its own size; nothing where it is gone."""
    try:
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return {}
    kinds = {stat.S_IFDIR: "directory", stat.S_IFREG: "file"}
    return {
        "name": entry.path, "type": kinds.get(stat.S_IFMT(found.st_mode), "other"), "size": found.st_size,
        "mtime": found.st_mtime, "islink": entry.is_symlink(),
    }  # fmt: skip
