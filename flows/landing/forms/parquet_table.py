"""A program of its own: a Parquet file on stdin -> its table as Arrow IPC on stdout, if it is not too much.

A small file can hold what fills any memory: one text that a million rows name, a page that unpacks thirty thousand
fold. What a file declares may be a lie, so what comes out is counted before it is handed over.
"""

import io
import os
import sys
import threading
import time
from pathlib import Path
from typing import Final, NoReturn

import polars as pl
from polars.datatypes import DataType, DataTypeClass

TOO_LARGE: Final = 3
"""The exit code of a table that is too large; the last line on stderr says in which way."""

MAX_COLUMNS: Final = 10_000
ROW_BYTES: Final = 1_000
"""What a record takes in memory, however little it holds."""
VALUE_BYTES: Final = 8

_STATM: Final = Path("/proc/self/statm")
_GLANCE_SECONDS: Final = 0.01


def table(data: bytes, limit: int) -> pl.DataFrame:
    """The table of a Parquet file. Ends the program where more than `limit` bytes would come out."""
    rows = pl.scan_parquet(io.BytesIO(data))
    columns = sum(_columns(kind) for kind in rows.collect_schema().dtypes())
    if columns > MAX_COLUMNS:
        _refuse(f"the table has {columns:,} columns; the limit is {MAX_COLUMNS:,}")
    count = rows.select(pl.len()).collect().item()
    most = limit // max(ROW_BYTES, VALUE_BYTES * columns)
    if count > most:
        _refuse(f"{count:,} rows of {columns:,} columns come out of {len(data):,} bytes; the limit is {most:,}")
    found = pl.read_parquet(data)
    weight = sum(_weight(column) for column in found.iter_columns())
    if weight > limit:
        _refuse(f"{weight:,} bytes come out of {len(data):,}; the limit is {limit:,}")
    return found


def _columns(kind: DataType | DataTypeClass) -> int:
    """How many columns of plain values a type stands for."""
    if isinstance(kind, pl.List | pl.Array):
        return _columns(kind.inner)
    return sum(_columns(field.dtype) for field in kind.fields) if isinstance(kind, pl.Struct) else 1


def _weight(column: pl.Series) -> int:
    """The bytes of a column with each text for itself, however often the file names it."""
    weight = VALUE_BYTES * len(column)
    if isinstance(column.dtype, pl.List | pl.Array):
        return weight + _weight(column.explode())
    if isinstance(column.dtype, pl.Struct):
        return weight + sum(_weight(field) for field in column.struct.unnest().iter_columns())
    if column.dtype == pl.Binary:
        return weight + _sum(column.bin.size())
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        return weight + _sum(column.cast(pl.String).str.len_bytes())
    return weight


def _sum(sizes: pl.Series) -> int:
    """The sum of 32-bit sizes, which itself may be longer than 32 bits."""
    return int(sizes.cast(pl.UInt64).sum())


def _watch(limit: int) -> None:
    """Ends the program when it takes more memory than `limit`: what a page unpacks to is known when it is done."""
    page = os.sysconf("SC_PAGESIZE")
    while int(_STATM.read_text().split()[1]) * page <= limit:
        time.sleep(_GLANCE_SECONDS)
    _refuse(f"reading it takes more than {limit:,} bytes of memory: it may be a bomb")


def _refuse(sentence: str) -> NoReturn:
    os.write(sys.stderr.fileno(), f"\n{sentence}".encode())
    os._exit(TOO_LARGE)


if __name__ == "__main__":
    limit_of_table, limit_of_memory = (int(number) for number in sys.argv[1:])
    if _STATM.exists():  # a Mac has none, and does without
        threading.Thread(target=_watch, args=(limit_of_memory,), daemon=True).start()
    table(sys.stdin.buffer.read(), limit_of_table).write_ipc(sys.stdout.buffer)
