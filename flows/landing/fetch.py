"""The bytes of landing files in their order; those of a server are asked for ahead, within bounds."""

import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from fsspec.implementations.local import LocalFileSystem

from flows.landing.faults import Fault
from flows.landing.file import LandingFile
from flows.landing.patience import Unreached, named, patiently
from flows.landing.stores import is_local, kind_of, threads
from flows.logs import log

MAX_FILE_BYTES: Final = 512 * 1024 * 1024
"""A larger file is `too_large`: it would not fit into the memory of a small server with what is made of it."""

MAX_BYTES_AHEAD: Final = 64 * 1024 * 1024
"""So much of a server's files may wait in memory; a single larger file waits alone."""
_SIZE_UNTOLD: Final = 1024 * 1024
"""What a file counts whose server tells no size."""

Content = bytes | Fault


def fetched(files: Iterable[LandingFile]) -> Iterator[tuple[LandingFile, Content]]:
    """(file, bytes or Fault) in the order of the files, without those that are still being written."""
    upcoming = deque(files)
    while upcoming:
        first = upcoming[0]
        run = list(_same_server(upcoming, first))
        yield from _one_by_one(run) if is_local(first.filesystem) else _ahead(run, threads(first.filesystem))


def _same_server(upcoming: deque[LandingFile], first: LandingFile) -> Iterator[LandingFile]:
    while upcoming and upcoming[0].filesystem is first.filesystem:
        yield upcoming.popleft()


def _one_by_one(files: list[LandingFile]) -> Iterator[tuple[LandingFile, Content]]:
    for item in files:
        if (content := _content(item)) is not None:
            yield item, content


def _ahead(files: list[LandingFile], count: int) -> Iterator[tuple[LandingFile, Content]]:
    """The same, with several files under way as long as they are few enough bytes."""
    waiting: deque[tuple[LandingFile, Future[Content | None]]] = deque()
    under_way = 0
    upcoming = deque(files)
    with ThreadPoolExecutor(count) as pool:
        while upcoming or waiting:
            while upcoming and (not waiting or under_way + _weight(upcoming[0]) <= MAX_BYTES_AHEAD):
                item = upcoming.popleft()
                under_way += _weight(item)
                waiting.append((item, pool.submit(_content, item)))
            item, future = waiting.popleft()
            content = future.result()
            under_way -= _weight(item)
            del future
            if content is not None:
                yield item, content


def _weight(item: LandingFile) -> int:
    return min(item.size, MAX_FILE_BYTES) or _SIZE_UNTOLD


def _content(item: LandingFile) -> Content | None:
    """The bytes of a file, the Fault that it can't be read, or None where it is still being written."""
    if item.size > MAX_FILE_BYTES:
        return Fault("too_large", f"{item.size:,} bytes; the limit is {MAX_FILE_BYTES:,}")
    try:
        data = _bytes(item)
    except Unreached as error:
        return Fault("unreadable", named(error), may_pass=True)
    except OSError as error:
        return Fault("unreadable", named(error))
    if len(data) > MAX_FILE_BYTES:
        return Fault("too_large", f"more than {MAX_FILE_BYTES:,} bytes")
    if len(data) == item.size or _is_size_untold(item):
        return data
    log.info("%s has another size than when it was listed: it waits for the next night", item.file)
    return None


def _bytes(item: LandingFile) -> bytes:
    """What the file holds, at most one byte more than was listed. Raises OSError."""
    last = (MAX_FILE_BYTES if _is_size_untold(item) else item.size) + 1
    if isinstance(item.filesystem, LocalFileSystem):
        return _bytes_here(item.path, last)
    if not item.size and not _is_size_untold(item):
        return b""  # a server has no range of an empty object
    return patiently(lambda: bytes(item.filesystem.cat_file(item.path, end=last)))


def _bytes_here(path: str, last: int) -> bytes:
    """The same of a local file; not through a link or from a pipe that took its place since it was listed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is no regular file any more")
        return os.read(descriptor, last)
    finally:
        os.close(descriptor)


def _is_size_untold(item: LandingFile) -> bool:
    return item.size == 0 and kind_of(item.filesystem) == "http"
