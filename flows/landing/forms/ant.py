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
_ANY_TAG: Final = "|".join(_TAGS)
_FIELD: Final = re.compile(rf"<({_ANY_TAG})>[^\S\n]*+\n?([^<]*+(?:<(?!/\1>|(?<=\n<)(?:{_ANY_TAG})>)[^<]*+)*+)")
"""A field: up to its end tag, or where that is missing to the line that opens the next one. Its value begins behind
the line break of its tag. Nothing is tried twice (*+), so that a flood of «<» takes no memory."""


def read(text: str, fields: Fields) -> Iterator[Columns | Fault]:
    """The documents of the file; a document without its end tag is read up to the next one."""
    documents = [document.partition("</DOC>")[0] for document in text.split("<DOC>")[1:]]
    if not documents:
        raise Fault("bad_form", "the file has no <DOC>", excerpt=text[:200])
    for number, document in enumerate(documents, 1):
        columns: Columns = {_TAGS[tag]: value.removesuffix("\n") for tag, value in _FIELD.findall(document)}
        locator = str(number) if len(documents) > 1 else ""
        if fields.source is None:
            columns.pop("source", None)
        if not (columns.get("body") or "").strip():
            yield Fault("no_text", "the document has no <TEXT>", locator, columns.get("title") or "")
        else:
            yield {"title": "", **columns, "locator": locator}
