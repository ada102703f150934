"""A record of a structured feed -> the columns of a raw article, by the mapping of sources.toml."""

from collections.abc import Mapping
from typing import Any, Final

from flows.landing.faults import Fault
from flows.landing.sources import Fields

USUAL_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "guid", "article_id", "docno"),
    "url": ("url", "link"),
    "title": ("title", "headline", "heading"),
    "body": ("body", "text", "content", "article", "story", "paragraphs"),
    "abstract": ("abstract", "summary", "lead", "description"),
    "author": ("author", "writer", "byline"),
    "category": ("category", "section"),
    "published_at": ("published_at", "published", "date", "time", "datetime", "pub_date", "date_extracted"),
}
"""What feeds call our columns where sources.toml does not say."""

_RAW_NAMES: Final = {"id": "record_id", "published_at": "published", "delivered_at": "delivered"}

_MAX_NAMES_CHARS: Final = 500
"""So much of a record's keys is told: a flood of them would be told again for each record."""

Columns = dict[str, str | None]


def to_columns(record: object, fields: Fields, locator: str) -> Columns:
    """The raw columns of one record. Raises Fault where it is no object or holds no text."""
    if not isinstance(record, Mapping):
        excerpt = _whole(str(record)[:200])
        raise Fault("bad_record", f"the record is no object but {type(record).__name__}", locator, excerpt)
    keys = _keys(record, fields)
    columns = {_RAW_NAMES.get(ours, ours): _as_text(_reach(record, theirs)) for ours, theirs in keys.items()}
    if not (columns["body"] or "").strip():
        has = _shortened(_whole(", ".join(str(key) for key in record)))
        stated = f"«{keys['body']}»" if keys["body"] else "a known name for the body"
        raise Fault("no_text", f"the record has no text in {stated}; its keys: {has}", locator, columns["title"] or "")
    return columns | {"title": columns["title"] or "", "locator": locator}


def has_text(record: Mapping[str, Any], fields: Fields) -> bool:
    """Whether a record is an article by itself: its body is a text or a list of paragraphs."""
    body = _reach(record, _keys(record, fields)["body"])
    first = body[0] if isinstance(body, list) and body else body
    return isinstance(first, str) and first != ""


def _keys(record: Mapping[str, Any], fields: Fields) -> dict[str, str]:
    """Our column = the record's key: as stated, else the first usual name that the record has, else ''."""
    return {ours: theirs for ours, theirs in fields if theirs} | {
        ours: next((name for name in names if name in record), "")
        for ours, names in USUAL_NAMES.items()
        if getattr(fields, ours) is None
    }


def _reach(record: Mapping[str, Any], key: str) -> object:
    """The value under a key, which may itself hold dots or reach into objects by them."""
    if key in record or "." not in key:
        return record.get(key)
    head, rest = key.split(".", 1)
    inner = record.get(head)
    return _reach(inner, rest) if isinstance(inner, Mapping) else None


def _as_text(value: object) -> str | None:
    """A value as text; a list is a text of paragraphs."""
    if value is None:
        return None
    return _whole("\n".join(str(item) for item in value) if isinstance(value, list) else str(value))


def _shortened(names: str) -> str:
    return names if len(names) <= _MAX_NAMES_CHARS else f"{names[:_MAX_NAMES_CHARS]}…"


def _whole(text: str) -> str:
    """The text with U+FFFD for half characters, which JSON can escape."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
