"""The frames by schema, and the faults by name.

A frame leaves a transform with exactly the columns and types that stand here; a bad article leaves with
the name of its fault.
"""

from typing import Final

import polars as pl

Schema = dict[str, type[pl.DataType] | pl.DataType]

RAW: Final[Schema] = {
    "file": pl.String,  # path below the landing, with / between folders
    "locator": pl.String,  # number of the record in the file, from 1; '' where the file is one article
    "file_sha256": pl.String,
    "encoding": pl.String,
    "source_id": pl.String,
    "timezone": pl.String,  # IANA name, of the outlet
    "path": pl.String,  # path below the outlet's folder
    "is_joined": pl.Boolean,  # paragraphs joined by «, »: stated yes or no; null = the text decides
    "url": pl.String,
    "record_id": pl.String,
    "title": pl.String,  # as the form's reader hands it over, '' where there is none
    "body": pl.String,
    "abstract": pl.String,
    "author": pl.String,
    "category": pl.String,
    "published": pl.String,  # a date as the outlet wrote it
    "delivered": pl.String,  # likewise, of this delivery
    "path_on": pl.Date,  # the day named in the path
    "stated_on": pl.Date,  # the day stated in sources.toml
}
"""One record of a landing file as its form's reader hands it over."""

TEXT: Final[Schema] = {"row": pl.UInt32, "title": pl.String, "body": pl.String}
"""The cleaned title and body of one raw row."""

EDIT: Final[Schema] = {
    "row": pl.UInt32,
    "edit_no": pl.Int32,
    "part": pl.String,
    "raw_start": pl.Int32,
    "raw_end": pl.Int32,
    "raw_text": pl.String,
    "replacement": pl.String,
    "reason": pl.String,
}
"""One change that cleaning made to a raw title or raw body."""

ARTICLE: Final[Schema] = {
    "row": pl.UInt32,
    "article_id": pl.Int64,
    "source_id": pl.String,
    "natural_key": pl.String,
    "url": pl.String,
    "title": pl.String,
    "body": pl.String,
    "abstract": pl.String,
    "author": pl.String,
    "byline": pl.String,
    "dateline": pl.String,
    "agency": pl.String,
    "category": pl.String,
    "published_at": pl.Datetime("us"),
    "published_on": pl.Date,
    "published_from": pl.String,
    "language": pl.String,
    "file": pl.String,
    "file_sha256": pl.String,
    "locator": pl.String,
    "encoding": pl.String,
    "delivered_on": pl.Date,
    "raw_sha256": pl.String,
    "content_sha256": pl.String,
}
"""One delivered article; `row` is its row in the raw frame."""

SENTENCE: Final[Schema] = {
    "article_id": pl.Int64,
    "sentence_no": pl.Int32,
    "paragraph_no": pl.Int32,
    "char_start": pl.Int32,
    "char_end": pl.Int32,
    "sentence": pl.String,
    "word_count": pl.Int32,
}
"""One sentence of a body, or the title (sentence_no 0); word_count is without punctuation."""

WORD: Final[Schema] = {
    "article_id": pl.Int64,
    "sentence_no": pl.Int32,
    "word_no": pl.Int32,
    "form": pl.Categorical(),
    "char_start": pl.Int32,
    "char_end": pl.Int32,
}
"""One occurrence of a written form (punctuation too)."""

FORM: Final[Schema] = {"form": pl.String, "word_count": pl.Int32, "is_punctuation": pl.Boolean}
"""One distinct written form, how many words of the batch have it, and whether it is punctuation."""

MEASURE: Final[Schema] = {
    "article_id": pl.Int64,
    "char_count": pl.Int32,
    "paragraph_count": pl.Int32,
    "sentence_count": pl.Int32,
    "word_count": pl.Int32,
    "distinct_word_count": pl.Int32,
    "edit_count": pl.Int32,
}
"""One article in numbers; words and sentences are those of the body, without punctuation."""

LEXEME: Final[Schema] = {
    "form": pl.String,
    "folded": pl.String,
    "kind": pl.String,
    "proclitics": pl.String,
    "stem": pl.String,
    "enclitics": pl.String,
    "lemma": pl.String,
    "lemma_source": pl.String,
    "root": pl.String,
    "root_source": pl.String,
    "pos": pl.String,
    "is_stopword": pl.Boolean,
}
"""One distinct written form and what the form alone tells."""

REVISION: Final[Schema] = {
    "article_id": pl.Int64,
    "version_no": pl.Int32,
    "change_no": pl.Int32,
    "change": pl.String,
    "old_text": pl.String,
    "new_text": pl.String,
}
"""One change between a text of an article and the text before it (`version_no` is that of the later one)."""

DATE: Final[Schema] = {
    "date_id": pl.Date,
    "year": pl.Int16,
    "quarter": pl.Int8,
    "month": pl.Int8,
    "day": pl.Int8,
    "iso_year": pl.Int16,
    "iso_week": pl.Int8,
    "weekday_no": pl.Int8,
    "weekday_name_ar": pl.String,
    "weekday_name_en": pl.String,
    "month_name_ar": pl.String,
    "month_name_levant": pl.String,
    "month_name_maghreb": pl.String,
    "hijri_year": pl.Int16,
    "hijri_month": pl.Int8,
    "hijri_day": pl.Int8,
    "hijri_month_name": pl.String,
}
"""One day."""

REJECTION: Final[Schema] = {
    "source_id": pl.String,
    "file": pl.String,
    "locator": pl.String,
    "reason": pl.String,
    "detail": pl.String,
    "excerpt": pl.String,
    "file_sha256": pl.String,
}
"""One file or article that can't be used, with the name of its fault."""

SOURCE: Final[Schema] = {
    "source_id": pl.String,
    "source_name": pl.String,
    "country_code": pl.String,
    "time_zone": pl.String,
}
"""One outlet as sources.toml states it."""

FILE: Final[Schema] = {
    "file": pl.String,
    "source_id": pl.String,
    "size": pl.Int64,
    "modified_at": pl.Datetime("us"),
    "fingerprint": pl.String,  # ETag or version that the server tells, null where it tells none
    "archive": pl.String,  # the archive that the file is a member of
    "sha256": pl.String,
    "encoding": pl.String,
    "form": pl.String,
}
"""One file of the landing that a run has read."""

MAX_TITLE_CHARS: Final = 2_000
MAX_BODY_CHARS: Final = 1_000_000
"""A longer body is a book or a flood, no article of news: `too_long`."""

EXCERPT_CHARS: Final = 200

FAULTS: Final[dict[str, str]] = {
    "no_text": "the article has no body",
    "too_long": f"the body has more than {MAX_BODY_CHARS:,} characters, or the title more than {MAX_TITLE_CHARS:,}",
    "not_arabic": "the text is not written in Arabic",
    "undecodable": "the bytes are no text in any encoding tried",
    "not_text": "the file is binary",
    "empty_file": "the file has no bytes",
    "bad_record": "a record can't be parsed",
    "bad_form": "the file is not of the form that it should have",
    "forgotten": "the article was taken down",
    "too_large": "the file, or what comes out of it, is larger than the limit",
    "unreadable": "the file can't be read",
    "refused_link": "the file is a link, which may lead anywhere",
    "refused_archive": "the archive, or a member of it, is not safe to open",
}
"""Every reason that a rejection can name."""

_TITLE_CHARS = pl.col("title").str.len_chars()
_BODY_CHARS = pl.col("body").str.len_chars()

_ARTICLE_FAULTS: Final[list[tuple[str, pl.Expr, pl.Expr]]] = [
    ("no_text", _BODY_CHARS == 0, pl.lit("nothing is left of the body after cleaning")),
    ("too_long", _BODY_CHARS > MAX_BODY_CHARS, pl.format("{} characters of body", _BODY_CHARS)),
    ("too_long", _TITLE_CHARS > MAX_TITLE_CHARS, pl.format("{} characters of title", _TITLE_CHARS)),
    ("not_arabic", pl.col("language") != "ar", pl.format("language: {}", "language")),
]
"""Fault, when it holds, and what to tell: the first that holds names the article."""


def judge(articles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(kept, rejected): the ARTICLE rows without a fault, and a REJECTION row for each other one."""
    reason = pl.coalesce(pl.when(holds).then(pl.lit(name)) for name, holds, _ in _ARTICLE_FAULTS)
    detail = pl.coalesce(pl.when(holds).then(tell) for _, holds, tell in _ARTICLE_FAULTS)
    judged = articles.with_columns(reason=reason, detail=detail)
    kept = judged.filter(pl.col("reason").is_null()).select(ARTICLE.keys())
    rejected = judged.filter(pl.col("reason").is_not_null()).with_columns(
        excerpt=pl.concat_str("title", pl.lit(" / "), "body").str.head(EXCERPT_CHARS)
    )
    return kept, rejected.select(REJECTION.keys())
