"""An article in numbers, counted from its frames."""

import polars as pl

from transforms.contracts import MEASURE
from transforms.words import is_punctuation


def measures(
    articles: pl.DataFrame, edits: pl.DataFrame, sentences: pl.DataFrame, words: pl.DataFrame, forms: pl.DataFrame
) -> pl.DataFrame:
    """MEASURE rows, one for each article."""
    of_body = (
        sentences.filter(pl.col("sentence_no") > 0)
        .group_by("article_id")
        .agg(
            paragraph_count=pl.col("paragraph_no").max(),
            sentence_count=pl.len(),
            word_count=pl.col("word_count").sum(),
        )
    )
    return (
        articles.select("article_id", char_count=pl.col("body").str.len_chars())
        .join(of_body, on="article_id", how="left", maintain_order="left")
        .join(_vocabulary(words, forms), on="article_id", how="left", maintain_order="left")
        .join(edits.group_by("article_id").agg(edit_count=pl.len()), on="article_id", how="left", maintain_order="left")
        .select(pl.col(name).cast(dtype).fill_null(0) for name, dtype in MEASURE.items())
    )


def _vocabulary(words: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """article_id, distinct_word_count: the distinct written forms of the body, punctuation left out."""
    return (
        words.filter((pl.col("sentence_no") > 0) & ~is_punctuation(forms))
        .group_by("article_id", maintain_order=True)
        .agg(distinct_word_count=pl.col("form").to_physical().n_unique())
    )
