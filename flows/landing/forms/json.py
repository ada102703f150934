"""A JSON array of records, or an object that holds one."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from flows.landing.faults import Fault
from flows.landing.forms.record import Columns, has_text, to_columns
from flows.landing.sources import Fields

_ARRAY: Final = re.compile(r"\A\s*\[|\[(?=\s*\{)")
"""Where an array of records begins: the whole file is one, or an object holds it."""
_GAP: Final = " \t\r\n,"
"""What stands between two records of an array."""


def read(text: str, fields: Fields) -> Iterator[Columns | Fault]:
    """The records of the file; of a file cut short, those before the cut and a Fault for the rest."""
    for number, record in enumerate(_records(text, fields), 1):
        try:
            if isinstance(record, Fault):
                raise record
            yield to_columns(record, fields, str(number))
        except Fault as fault:
            yield Fault(fault.reason, fault.detail, str(number), fault.excerpt)


def _records(text: str, fields: Fields) -> Iterator[object]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield from _records_before_cut(text)
        return
    if isinstance(document, dict):
        document = _records_of(document, fields)
    if not isinstance(document, list):
        raise Fault("bad_form", "the JSON is neither an array of records nor an object that holds one")
    yield from document


def _records_of(document: dict[str, Any], fields: Fields) -> list[Any]:
    """The list of records that an object holds; of several, the first with a text. An article is its own record."""
    lists = [value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if not lists or has_text(document, fields):
        return [document]
    return next((records for records in lists if has_text(records[0], fields)), lists[0])


def _records_before_cut(text: str) -> Iterator[object]:
    start = _ARRAY.search(text)
    if not start:
        raise Fault("bad_form", "the file is no JSON", excerpt=text[:200])
    decoder, at = json.JSONDecoder(), start.end()
    while True:
        while at < len(text) and text[at] in _GAP:
            at += 1
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield Fault("bad_record", f"broken JSON: {error}", excerpt=text[at : at + 200])
            return
        yield record
