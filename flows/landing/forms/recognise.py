"""Which form a file has, by its content."""

import json
import re
from typing import Final

from flows.landing.forms.csv import SEPARATORS
from flows.landing.sources import Form

PARQUET_MAGIC: Final = b"PAR1"
IS_PAGE: Final = re.compile(
    r"(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
"""How an HTML page begins."""
_HEADER: Final = re.compile(rf'"?\w+"?(?:[{re.escape(SEPARATORS)}]"?[\w ]+"?)+\r?$')


def recognise(text: str) -> Form:
    """ant, html, json, jsonl or csv, else paragraphs; whether paragraphs are joined the cleaning decides."""
    head = text.lstrip("\ufeff \t\r\n")
    first_line = head.partition("\n")[0]
    if head.startswith("<DOC>"):
        return "ant"
    if IS_PAGE.match(head):
        return "html"
    if head.startswith("{") and _is_object(first_line):
        return "jsonl"
    if head.startswith(("{", "[{", "[\n", "[\r", "[ ")):
        return "json"
    if first_line.isascii() and _HEADER.match(first_line):
        return "csv"
    return "paragraphs"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
