"""A Parquet file of records."""

import io
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

import polars as pl
from polars import selectors as cs

from flows.landing.archives.member import FREE_BYTES, MAX_RATIO
from flows.landing.faults import Fault
from flows.landing.fetch import MAX_FILE_BYTES
from flows.landing.forms import parquet_table
from flows.landing.forms.recognise import PARQUET_MAGIC
from flows.landing.forms.record import Columns, to_columns
from flows.landing.sources import Fields

MAX_SECONDS: Final = 300
"""A file that takes longer is given up: the largest of news takes some seconds."""

_READER_BYTES: Final = 256 * 1024 * 1024
"""What the reader takes before it holds anything, and some more."""
_ROWS_AT_ONCE: Final = 1_000


def read(data: bytes, fields: Fields) -> Iterator[Columns | Fault]:
    """The rows of the file, located by their number; text that a writer left as bytes is read as UTF-8."""
    for number, row in enumerate(_rows(_table(data)), 1):
        try:
            yield to_columns(row, fields, str(number))
        except Fault as fault:
            yield fault


def _rows(table: pl.DataFrame) -> Iterator[dict[str, Any]]:
    try:
        for part in table.with_columns(cs.binary().cast(pl.String, strict=False)).iter_slices(_ROWS_AT_ONCE):
            yield from part.to_dicts()
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise Fault("bad_form", f"the Parquet holds values that can't be read: {error}") from error


def _table(data: bytes) -> pl.DataFrame:
    """The table of the file, read in a process of its own: one wrong bit can make the reader abort its process."""
    if not (data.startswith(PARQUET_MAGIC) and data.endswith(PARQUET_MAGIC)):
        raise Fault("bad_form", f"the file is no Parquet: it does not begin and end with {PARQUET_MAGIC.decode()}")
    reader = _reader(data)
    told = reader.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if reader.returncode == parquet_table.TOO_LARGE:
        raise Fault("too_large", told)
    if reader.returncode:
        told = told if reader.returncode > 0 else f"its reader was ended by signal {-reader.returncode}"
        raise Fault("bad_form", f"the Parquet is broken: {told}")
    return pl.read_ipc(io.BytesIO(reader.stdout))


def _reader(data: bytes) -> subprocess.CompletedProcess[bytes]:
    """The reader when it has ended. Raises Fault too_large where it takes too long."""
    limit = min(MAX_FILE_BYTES, max(FREE_BYTES, MAX_RATIO * len(data)))
    memory = _READER_BYTES + 2 * len(data) + 3 * limit
    command = [sys.executable, "-P", parquet_table.__file__, str(limit), str(memory)]
    try:
        return subprocess.run(command, input=data, capture_output=True, check=False, timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Fault("too_large", f"the Parquet is not read within {MAX_SECONDS} seconds: it may be a bomb") from error
