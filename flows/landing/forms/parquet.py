"""A Parquet file of records."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl
from polars import selectors as cs

from flows.landing.archives.member import FREE_BYTES, MAX_MEMBER_BYTES, MAX_RATIO
from flows.landing.faults import Fault
from flows.landing.forms import parquet_table
from flows.landing.forms.recognise import PARQUET_MAGIC
from flows.landing.forms.record import Columns, to_columns
from flows.landing.sources import Fields

MAX_SECONDS: Final = 300
"""A file that takes longer to read is a bomb: the largest of news takes some seconds."""

_MEMORY: Final = 256 * 1024 * 1024
"""What the reader itself takes, and some more."""
_ROWS_AT_ONCE: Final = 1_000


def read(data: bytes, fields: Fields) -> Iterator[Columns | Fault]:
    """The rows of the file, located by their number; text that a writer left as bytes is read as UTF-8."""
    for number, row in enumerate(_rows(_table(data)), 1):
        try:
            yield to_columns(row, fields, str(number))
        except Fault as fault:
            yield fault


def _rows(table: pl.DataFrame) -> Iterator[dict[str, object]]:
    try:
        for part in table.with_columns(cs.binary().cast(pl.String, strict=False)).iter_slices(_ROWS_AT_ONCE):
            yield from part.to_dicts()
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise Fault("bad_form", f"the Parquet holds values that can't be read: {error}") from error


def _table(data: bytes) -> pl.DataFrame:
    """The table of the file, read in a process of its own: one wrong bit can make the reader abort its process."""
    if not (data.startswith(PARQUET_MAGIC) and data.endswith(PARQUET_MAGIC)):
        raise Fault("bad_form", f"the file is no Parquet: it does not begin and end with {PARQUET_MAGIC.decode()}")
    most = min(MAX_MEMBER_BYTES, max(FREE_BYTES, MAX_RATIO * len(data)))
    memory = _MEMORY + 2 * len(data) + 3 * most
    program = [sys.executable, "-P", parquet_table.__file__, str(most), str(memory)]
    try:
        reader = subprocess.run(program, input=data, capture_output=True, check=False, timeout=MAX_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Fault("too_large", f"the Parquet is not read within {MAX_SECONDS} seconds: it may be a bomb") from error
    told = reader.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    if reader.returncode == parquet_table.TOO_LARGE:
        raise Fault("too_large", told)
    if reader.returncode:
        raise Fault("bad_form", f"the Parquet is broken: {told if reader.returncode > 0 else _ended(reader.returncode)}")
    return pl.read_ipc(io.BytesIO(reader.stdout))


def _ended(code: int) -> str:
    return f"its reader was ended by signal {-code}"
