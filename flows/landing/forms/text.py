"""One article a file: a title line, then the body in one line or in paragraph lines."""

import re
from collections.abc import Iterator
from typing import Final

from flows.landing.forms.record import Columns
from flows.landing.sources import Fields

MAX_TITLE_CHARS: Final = 300
"""A longer first line is a paragraph: the file has no title."""

_BLANK_LINES: Final = re.compile(r"\A(?:[ \t\r]*\n)+")


def read(text: str, _fields: Fields) -> Iterator[Columns]:
    """The one article of the file."""
    head, _, rest = _BLANK_LINES.sub("", text).partition("\n")
    body = rest.lstrip("\r\n")
    has_title = len(head) <= MAX_TITLE_CHARS and body.strip()
    yield {"title": head if has_title else "", "body": body if has_title else text, "locator": ""}
