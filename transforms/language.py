"""Is it Arabic? The script by letters, the language by frequent words."""

from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.knowledge import table
from transforms.normalize import KEHEH, PERSIAN_YEH
from transforms.words import ARABIC_LETTERS

_SAMPLE_CHARS: Final = 1_000
"""So much of a body tells its language."""

_ARABIC_LETTER: Final = rf"[\pL&&[{ARABIC_LETTERS}]]"


def with_language(articles: pl.DataFrame) -> pl.DataFrame:
    """The rows with `language`: 'ar', 'fa', 'ur', 'ckb', 'ps', 'other' (mostly not Arabic letters), 'und' (none).

    Persian letters alone prove nothing (Arabic is typed on Persian keyboards too): the language whose
    frequent words are found most often wins, Arabic on a tie.
    """
    frequent = _frequent_words()
    foreign = [word for name, words in frequent.items() if name != "ar" for word in words]
    sample = pl.concat_str("title", pl.lit(" "), pl.col("body").str.head(_SAMPLE_CHARS))
    counts = (
        articles.select(sample=sample)
        .with_columns(
            foreign_letters=pl.col("sample").str.count_matches(rf"[\pL--[{ARABIC_LETTERS}]]"),
            has_arabic=pl.col("sample").str.contains(_ARABIC_LETTER),
            typed=pl.col("sample").str.replace_many({PERSIAN_YEH: ar.YEH, KEHEH: ar.KAF}),
        )
        # Few texts hold a frequent word of another language, and only their words are counted.
        .with_columns(typed=pl.when(pl.col("typed").str.contains_any(foreign)).then("typed"))
        .with_columns(
            pl.col("typed").str.extract_many(words, overlapping=True).list.len().fill_null(0).alias(name)
            for name, words in frequent.items()
        )
    )
    # Counting every letter of a text takes as long as all the rest here, and few texts hold foreign ones.
    mixed = pl.when(pl.col("foreign_letters") > 0).then("sample").str.count_matches(_ARABIC_LETTER)
    most = pl.max_horizontal(*frequent)
    language = (
        pl.when(~pl.col("has_arabic") & (pl.col("foreign_letters") == 0)).then(pl.lit("und"))
        .when(mixed < pl.col("foreign_letters")).then(pl.lit("other"))
        .otherwise(pl.coalesce(pl.when(pl.col(name) == most).then(pl.lit(name)) for name in frequent))
    )  # fmt: skip
    return articles.with_columns(counts.select(language=language).to_series())


def _frequent_words() -> dict[str, list[str]]:
    words = table("languages").group_by("language", maintain_order=True).agg(pl.format(" {} ", "word"))
    return {row["language"]: row["word"] for row in words.to_dicts()}
