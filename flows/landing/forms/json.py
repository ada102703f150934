"""A JSON array of records, or an object that holds one."""

import json
from collections.abc import Iterator

from flows.landing.faults import Fault
from flows.landing.forms.record import Columns, to_columns
from flows.landing.sources import Fields


def read(text: str, fields: Fields) -> Iterator[Columns | Fault]:
    """The records of the file; of a file cut short, those before the cut and a Fault for the rest."""
    for number, record in enumerate(_records(text), 1):
        try:
            if isinstance(record, Fault):
                raise record
            yield to_columns(record, fields, str(number))
        except Fault as fault:
            yield Fault(fault.reason, fault.detail, str(number), fault.excerpt)


def _records(text: str) -> Iterator[object]:
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        yield from _records_before_cut(text)
        return
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list) and value]
        document = next((value for value in lists if isinstance(value[0], dict)), [document])
    if not isinstance(document, list):
        raise Fault("bad_form", "the JSON is neither an array of records nor an object that holds one")
    yield from document


def _records_before_cut(text: str) -> Iterator[object]:
    decoder, at = json.JSONDecoder(), text.find("[") + 1
    while at > 0:
        at = len(text) - len(text[at:].lstrip(" \t\r\n,"))
        try:
            record, at = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            yield Fault("bad_record", f"broken JSON: {error}", excerpt=text[at : at + 200])
            return
        yield record
    raise Fault("bad_form", "the file is no JSON", excerpt=text[:200])
