"""A Parquet file of records."""

import io
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

import polars as pl
from polars import selectors as cs

from flows.landing.faults import Fault
from flows.landing.forms.recognise import PARQUET_MAGIC
from flows.landing.forms.record import Columns, to_columns
from flows.landing.sources import Fields

_TO_IPC: Final = "import sys, polars; polars.read_parquet(sys.stdin.buffer.read()).write_ipc(sys.stdout.buffer)"


def read(data: bytes, fields: Fields) -> Iterator[Columns | Fault]:
    """The rows of the file, located by their number; text that a writer left as bytes is read as UTF-8."""
    try:
        rows = _table(data).with_columns(cs.binary().cast(pl.String, strict=False)).to_dicts()
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise Fault("bad_form", f"the Parquet holds values that can't be read: {error}") from error
    for number, row in enumerate(rows, 1):
        try:
            yield to_columns(row, fields, str(number))
        except Fault as fault:
            yield fault


def _table(data: bytes) -> pl.DataFrame:
    """The table of the file, read in a process of its own: one wrong bit can make the reader abort its process."""
    if not (data.startswith(PARQUET_MAGIC) and data.endswith(PARQUET_MAGIC)):
        raise Fault("bad_form", f"the file is no Parquet: it does not begin and end with {PARQUET_MAGIC.decode()}")
    reader = subprocess.run([sys.executable, "-P", "-c", _TO_IPC], input=data, capture_output=True, check=False)
    if reader.returncode:
        error = reader.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        told = error if reader.returncode > 0 else f"its reader was ended by signal {-reader.returncode}"
        raise Fault("bad_form", f"the Parquet is broken: {told}")
    return pl.read_ipc(io.BytesIO(reader.stdout))
