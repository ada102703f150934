"""What a file system holds below a folder, or what a glob chooses of it."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fsspec.utils import glob_translate

from flows.landing.patience import patiently
from flows.landing.stores import is_local, kind_of, threads
from flows.logs import log

Told = dict[str, Any]
"""What a file system tells about a path: name, type, size …"""


def fixed_part(path: str) -> str:
    """The folder before the first wildcard of a glob: that is the landing."""
    wildcard = re.search(r"[*?\[]", path)
    return path[: path.rfind("/", 0, wildcard.start())] if wildcard else path


def kind_of_path(filesystem: Any, path: str) -> str:
    """«directory», «file», or «» where there is nothing."""
    try:
        told: Told = filesystem.info(path) if is_local(filesystem) else patiently(lambda: filesystem.info(path))
    except FileNotFoundError:
        return ""
    return str(told["type"])


def files_below(filesystem: Any, path: str) -> dict[str, Told]:
    """Every file of a folder or glob. Raises OSError."""
    if kind_of(filesystem) == "sftp":
        return _walked(filesystem, path)
    found: dict[str, Told] = (
        patiently(lambda: _found(filesystem, path)) if not is_local(filesystem) else _found(filesystem, path)
    )
    return {name: told for name, told in found.items() if told["type"] == "file" and not name.endswith("/")}


def _found(filesystem: Any, path: str) -> dict[str, Told]:
    """As the file system itself finds them: an object store lists a thousand at once, whatever their folders."""
    is_glob = fixed_part(path) != path
    found: dict[str, Told] = filesystem.glob(path, detail=True) if is_glob else filesystem.find(path, detail=True)
    return found


def _walked(filesystem: Any, path: str) -> dict[str, Told]:
    """Folder by folder, several at once: each costs a round trip. Links are not followed."""
    base = fixed_part(path)
    is_chosen = re.compile(glob_translate(path) if base != path else "")
    with ThreadPoolExecutor(threads(filesystem)) as pool:
        entries = list(_entries(filesystem, base, pool))
    return {told["name"]: told for told in entries if told["type"] == "file" and is_chosen.match(told["name"])}


def _entries(filesystem: Any, base: str, pool: ThreadPoolExecutor) -> Iterator[Told]:
    level = [base]
    while level:
        listed = pool.map(lambda folder: _held(filesystem, folder, is_base=folder == base), level)
        level = []
        for told in (told for entries in listed for told in entries):
            level += [told["name"]] if told["type"] == "directory" else []
            yield told


def _held(filesystem: Any, folder: str, *, is_base: bool) -> list[Told]:
    """The entries of a folder; one below the landing that may not be listed hides nothing but itself."""
    try:
        entries: list[Told] = patiently(lambda: filesystem.ls(folder))
    except (FileNotFoundError, PermissionError):
        if is_base:
            raise
        log.warning("the folder %s of the landing can't be listed", folder)
        return []
    return entries
