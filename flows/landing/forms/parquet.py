"""A Parquet file of records."""

import io
from collections.abc import Iterator

import polars as pl
from polars import selectors as cs

from flows.landing.faults import Fault
from flows.landing.forms.record import Columns, to_columns
from flows.landing.sources import Fields


def read(data: bytes, fields: Fields) -> Iterator[Columns | Fault]:
    """The rows of the file, located by their number; text that a writer left as bytes is read as UTF-8."""
    try:
        table = pl.read_parquet(io.BytesIO(data))
        rows = table.with_columns(cs.binary().cast(pl.String, strict=False)).to_dicts()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        raise Fault("bad_form", f"the file is no Parquet: {error}") from error
    for number, row in enumerate(rows, 1):
        try:
            yield to_columns(row, fields, str(number))
        except Fault as fault:
            yield fault
