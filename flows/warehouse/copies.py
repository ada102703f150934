"""Copies of the warehouse's file: a private one to build on, a compact one to publish."""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
import polars as pl

from flows.trouble import Trouble
from flows.warehouse.connection import attach, write
from flows.warehouse.place import Place

_FICLONE: Final = 0x40049409
"""Linux: let two files share their blocks until one is written (btrfs, XFS, bcachefs)."""

_BYTES_A_BYTE: Final = 6
"""Disk that a night takes for each byte of new files: staged frames and new rows, with room to spare."""

BLOAT: Final = 0.25
"""A file with a greater share of free blocks is written anew."""


class NoRoom(Trouble):
    """The disk has too little room for the night."""


def check_room(place: Place, new_bytes: int) -> None:
    """Raises NoRoom where the copy of the published version and the night's rows would not fit."""
    published = place.published().stat().st_size if place.current.exists() else 0
    needed = published + published // 4 + _BYTES_A_BYTE * new_bytes
    if (free := shutil.disk_usage(place.root).free) < needed:
        raise NoRoom(
            f"the disk of {place.root} has {free >> 20:,} MB free and the night may take {needed >> 20:,} MB; "
            "make room, or keep fewer versions (MUSTAWDA_KEPT_VERSIONS)"
        )


@contextmanager
def full_disk_told(place: Place) -> Iterator[None]:
    """Tells in a sentence that the disk is full, whichever library meets it. Raises NoRoom."""
    try:
        yield
    except (OSError, duckdb.Error, pl.exceptions.PolarsError) as error:
        if not any(os.strerror(number) in str(error) for number in (errno.ENOSPC, errno.EDQUOT)):
            raise
        raise NoRoom(
            f"the disk of {place.root} is full ({error}); nothing was published: make room, or keep fewer versions "
            "(MUSTAWDA_KEPT_VERSIONS), and run again"
        ) from error


def copy_published(place: Place, to: Path) -> None:
    """The published version as a private file that may be written; nothing where there is none."""
    if place.current.exists():
        copy(place.published(), to)


def copy(version: Path, to: Path) -> None:
    """A copy that may be written; where the file system can, one that costs nothing until it is."""
    with version.open("rb") as source, to.open("wb") as target:
        try:
            fcntl.ioctl(target.fileno(), _FICLONE, source.fileno())
        except OSError:
            shutil.copyfileobj(source, target, length=8 << 20)


def bloat(connection: duckdb.DuckDBPyConnection) -> float:
    """The share of the blocks of the open file that hold nothing."""
    connection.execute("checkpoint")
    row = connection.sql("select free_blocks, total_blocks from pragma_database_size()").fetchone()
    free, total = row or (0, 0)
    return free / total if total else 0.0


def compact(file: Path, to: Path, memory_limit: str) -> None:
    """Everything of a file (rows, views, macros, comments) written anew without free blocks."""
    with write(to, memory_limit) as connection:
        attach(connection, file, "bloated")
        connection.execute(f'copy from database bloated to "{to.stem}"')
        connection.execute("detach bloated")


def compact_in_place(file: Path, memory_limit: str) -> None:
    """The same file without free blocks."""
    to = file.with_stem("compact")
    compact(file, to, memory_limit)
    to.replace(file)
