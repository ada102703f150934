"""RAW + clean text -> one row an article, with its key, its day and its language."""

import hashlib
from typing import Final

import polars as pl

from transforms.bylines import with_bylines
from transforms.contracts import ARTICLE
from transforms.language import with_language
from transforms.publication import with_publication

_UNIT_SEPARATOR: Final = "\x1f"


def articles(raw: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """ARTICLE rows of a RAW frame with a `row` column and its TEXT rows."""
    hashed = {"raw_sha256": _sha256_each(raw), "content_sha256": _sha256_each(texts)}
    described = with_publication(raw).with_columns(url=_filled("url").str.normalize("NFC"), natural_key=_natural_key())
    return (
        described.drop("title", "body")
        .join(texts, on="row", how="left", maintain_order="left")
        .with_columns(
            _article_ids(described),
            *(pl.Series(name, values) for name, values in hashed.items()),
            *(_filled(name) for name in ("abstract", "author", "category")),
        )
        .pipe(with_language)
        .pipe(with_bylines)
        .select(pl.col(name).cast(dtype) for name, dtype in ARTICLE.items())
    )


def current(articles: pl.DataFrame) -> pl.DataFrame:
    """Of each article the last delivery: the greatest (delivered_on, file, locator)."""
    order = ["delivered_on", "file", pl.col("locator").cast(pl.Int64, strict=False)]
    last = articles.sort(order, nulls_last=False).unique("article_id", keep="last")
    return articles.filter(pl.col("row").is_in(last["row"].implode()))


def _natural_key() -> pl.Expr:
    """The url, else the record's id, else the path below the outlet's folder (with `#` and the locator)."""
    locator = pl.when(pl.col("locator") != "").then(pl.lit("#") + pl.col("locator")).otherwise(pl.lit(""))
    return pl.coalesce(_filled("url").str.normalize("NFC"), _filled("record_id"), pl.col("path") + locator)


def _filled(name: str) -> pl.Expr:
    """A column without blanks around, null instead of ''."""
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)


def _article_ids(described: pl.DataFrame) -> pl.Series:
    """A non-negative 63-bit hash of (source_id, natural_key): the same in every batch, run and machine."""
    keys = described.select(pl.concat_str("source_id", "natural_key", separator=_UNIT_SEPARATOR).cast(pl.Binary))
    digests = (hashlib.sha256(key).digest() for key in keys.to_series())
    return pl.Series("article_id", [int.from_bytes(digest[:8], "big") >> 1 for digest in digests], dtype=pl.Int64)


def _sha256_each(texts: pl.DataFrame) -> list[str]:
    """SHA-256 of each title + line break + body."""
    whole = texts.select(pl.concat_str("title", "body", separator="\n").cast(pl.Binary)).to_series()
    return [hashlib.sha256(text).hexdigest() for text in whole]
