"""ANT corpus form: `<DOC>` with `<DOCNO> <URL> <SRC> <CAT> <TITLE> <TIME> <AUTHOR> <ABSTRACT> <TEXT>`."""

import re
from collections.abc import Iterator
from typing import Final

from flows.landing.faults import Fault
from flows.landing.forms.record import Columns
from flows.landing.sources import Fields

_TAGS: Final = {
    "DOCNO": "record_id",
    "URL": "url",
    "SRC": "source",
    "CAT": "category",
    "TITLE": "title",
    "TIME": "published",
    "AUTHOR": "author",
    "ABSTRACT": "abstract",
    "TEXT": "body",
}
_MARK: Final = re.compile(rf"<(/?)({'|'.join(_TAGS)})>")
_BLANKS: Final = re.compile(r"[^\S\n]*\n?")


def read(text: str, fields: Fields) -> Iterator[Columns | Fault]:
    """The documents of the file; a document without its end tag is read up to the next one."""
    documents = [document.partition("</DOC>")[0] for document in text.split("<DOC>")[1:]]
    if not documents:
        raise Fault("bad_form", "the file has no <DOC>", excerpt=text[:200])
    for number, document in enumerate(documents, 1):
        columns: Columns = {_TAGS[tag]: value for tag, value in _fields(document)}
        locator = str(number) if len(documents) > 1 else ""
        if fields.source is None:
            columns.pop("source", None)
        if not (columns.get("body") or "").strip():
            yield Fault("no_text", "the document has no <TEXT>", locator, columns.get("title") or "")
        else:
            yield {"title": "", **columns, "locator": locator}


def _fields(document: str) -> Iterator[tuple[str, str]]:
    """(tag, value) of each field: up to its end tag, or where that is missing to the line that opens the next one."""
    open_tag, start = "", 0
    for mark in _MARK.finditer(document):
        slash, tag = mark.groups()
        if open_tag and (tag == open_tag if slash else document[mark.start() - 1] == "\n"):
            yield open_tag, _value(document[start : mark.start()])
            open_tag = ""
        if not slash and not open_tag:
            open_tag, start = tag, mark.end()
    if open_tag:
        yield open_tag, _value(document[start:])


def _value(text: str) -> str:
    """The text between two tags without the line break behind the first and before the second."""
    return _BLANKS.sub("", text, count=1).removesuffix("\n")
