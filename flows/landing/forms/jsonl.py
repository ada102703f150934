"""A JSON record a line."""

import json
from collections.abc import Iterator

from flows.landing.faults import Fault
from flows.landing.forms.record import Columns, to_columns
from flows.landing.sources import Fields


def read(text: str, fields: Fields) -> Iterator[Columns | Fault]:
    """The records of the file, located by their line; a broken line is a Fault and the next one is read."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield to_columns(json.loads(line), fields, str(number))
        except (ValueError, RecursionError) as error:
            yield Fault("bad_record", f"broken JSON: {error}", str(number), line[:200])
        except Fault as fault:
            yield fault
