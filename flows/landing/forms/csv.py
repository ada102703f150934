"""Comma, semicolon or tab separated values with a header."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from flows.landing.faults import Fault
from flows.landing.forms.record import Columns, to_columns
from flows.landing.sources import Fields

SEPARATORS: Final = ",;\t|"


def read(text: str, fields: Fields) -> Iterator[Columns | Fault]:
    """The rows of the file, located by their number below the header."""
    text = text.lstrip("\r\n")
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # of the whole process: never less than before
    header = text.partition("\n")[0]
    separator = max(SEPARATORS, key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    for number, row in enumerate(_rows(rows), 1):
        try:
            if isinstance(row, Fault):
                raise row
            yield to_columns(row, fields, str(number))
        except Fault as fault:
            yield Fault(fault.reason, fault.detail, str(number), fault.excerpt)


def _rows(reader: Iterator[dict[str | None, object]]) -> Iterator[object]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault("bad_record", f"broken CSV: {error}")
            return
        yield Fault("bad_record", "the row has more cells than the header") if None in row else row
