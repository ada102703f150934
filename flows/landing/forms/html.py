"""An HTML page with one article: its text without menus, links and footers, as trafilatura finds it.

The ledger of edits begins at what this reader hands over: what trafilatura leaves out of a page is no edit.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from flows.landing.faults import Fault
from flows.landing.forms.recognise import IS_PAGE
from flows.landing.forms.record import Columns
from flows.landing.sources import Fields

MAX_PAGE_CHARS: Final = 5_000_000
"""A longer page is a flood: finding its article would take minutes."""

_HEAD_BYTES: Final = 4096
_CHARSET: Final = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_LABELS: Final = {"iso-8859-1": "windows-1252", "ascii": "windows-1252", "utf-16": "utf-8", "unicode": "utf-8"}
"""Names of encodings that mean another one in a page, as browsers read them."""

_DATES: Final = {"min_date": "1990-01-01", "max_date": "2100-01-01", "original_date": True, "extensive_search": False}
"""A fixed range, as the library's own ends with today: the same page must give the same article on every day."""

_PUBLISHED: Final = (
    "datePublished",
    ("article:published_time", "og:published_time", "publishdate", "date", "DC.date.issued"),
)
_MODIFIED: Final = ("dateModified", ("article:modified_time", "og:updated_time"))


def charset(data: bytes) -> str | None:
    """The encoding that a page states in its <meta>; null where it states none that is known."""
    head = data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<") or not IS_PAGE.match(head.decode("latin-1")):
        return None
    stated = _CHARSET.search(head)
    return _known(stated[1].decode("ascii", "replace").lower()) if stated else None


def _known(label: str) -> str | None:
    """The encoding that a label of a page means, by the name that the house gives it."""
    try:
        codec = codecs.lookup(_LABELS.get(label, label))
    except LookupError:
        return None
    is_text = codec._is_text_encoding
    return re.sub(r"^cp(125\d)$", r"windows-\1", codec.name) if is_text else None


def read(text: str, _fields: Fields) -> Iterator[Columns]:
    """The one article of the page. Raises Fault no_text where it has none, as pages of links."""
    if len(text) > MAX_PAGE_CHARS:
        raise Fault("too_long", f"the page has {len(text):,} characters; the limit is {MAX_PAGE_CHARS:,}")
    tree = _tree(text)
    page = _extracted(text)
    title = (page and page.title) or ""
    body = _paragraphs((page and page.text) or "", title, tree)
    if page is None or not body:
        raise Fault("no_text", "no article text is found in the page", excerpt=title or tree.findtext(".//title") or "")
    described = _description(tree)
    yield {
        "title": title,
        "body": body,
        "url": page.url or _as_text(described.get("url")) or _as_text(described.get("mainEntityOfPage")),
        "author": page.author,
        "abstract": page.description,
        "category": _meta(tree, ("article:section",)) or _as_text(described.get("articleSection")),
        "published": _moment(tree, described, _PUBLISHED) or page.date,
        "delivered": _moment(tree, described, _MODIFIED),
        "locator": "",
    }


def _paragraphs(text: str, title: str, tree: Any) -> str:
    """The lines of the text, without the title above them and without lines that are nothing but a link."""
    others = {_spaced(title), *(_spaced(" ".join(link.itertext())) for link in tree.iter("a"))}
    return "\n".join(line for line in text.split("\n") if line.strip() and _spaced(line) not in others)


def _spaced(text: str) -> str:
    """The words of a text with a single space between them."""
    return " ".join(text.split())


def _tree(text: str) -> Any:
    tree = load_html(text)
    if tree is None:
        raise Fault("bad_form", "the file is no HTML page", excerpt=text[:200])
    return tree


def _extracted(text: str) -> Document | None:
    try:
        found = bare_extraction(
            text,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            favor_precision=True,
            date_extraction_params=dict(_DATES),
        )
    except (RecursionError, ValueError, AssertionError, etree.LxmlError) as error:
        raise Fault("bad_form", f"the page can't be read: {error}") from error
    return found if isinstance(found, Document) else None


def _meta(tree: Any, names: tuple[str, ...]) -> str | None:
    """The content of the first <meta> of one of the names."""
    told = {
        tag.get("property") or tag.get("name") or tag.get("itemprop"): tag.get("content") for tag in tree.iter("meta")
    }
    return next((told[name].strip() for name in names if (told.get(name) or "").strip()), None)


def _moment(tree: Any, described: Mapping[str, Any], names: tuple[str, tuple[str, ...]]) -> str | None:
    """When, with the hour and zone if the page tells them: by schema.org, else by its <meta>."""
    return _as_text(described.get(names[0])) or _meta(tree, (names[0], *names[1]))


def _description(tree: Any) -> Mapping[str, Any]:
    """The schema.org description of the article in the page; empty where there is none."""
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                described = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            for item in _items(described):
                if "datePublished" in item or "articleBody" in item:
                    return item
    return {}


def _items(described: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a description: itself, those of a list, those of a graph."""
    if isinstance(described, list):
        for each in described:
            yield from _items(each) if not isinstance(each, list) else ()
    elif isinstance(described, Mapping):
        yield described
        yield from _items(described.get("@graph") or []) if "@graph" in described else ()


def _as_text(value: object) -> str | None:
    first = value[0] if isinstance(value, list) and value else value
    first = first.get("@id") if isinstance(first, Mapping) else first
    return first.strip() or None if isinstance(first, str) else None
