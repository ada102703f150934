"""What the frequency list of the language tells about a stem: how often it is written, and in how many clitic contexts.

The list is that of the package wordfreq (CC BY-SA): no table made from it is part of this repository.
"""

from typing import Final

import polars as pl

from transforms.lexicon.clitics import ARTICLE, candidates, has_article
from transforms.lexicon.tables import once
from transforms.normalize import bare, unify_spelling

ARABIC_LETTERS: Final = r"^[\u0621-\u063A\u0641-\u064A\u0670-\u06D3]+$"


@once
def frequencies() -> pl.DataFrame:
    """One row per written form of Arabic letters: bare, folded, frequency."""
    return (
        _listed()
        .filter(pl.col("form").str.contains(ARABIC_LETTERS))
        .group_by(bare(pl.col("form")).alias("bare"), maintain_order=True)
        .agg(pl.col("frequency").sum())
        .with_columns(folded=unify_spelling(pl.col("bare")))
    )


def _listed() -> pl.DataFrame:
    """One row per form of the package's list; its own copy of some hundred thousand strings is let go."""
    # Imported where the table is built: with the tables kept, no command pays a tenth of a second for it.
    import wordfreq

    steps = wordfreq.get_frequency_list("ar", wordlist="best")
    wordfreq.get_frequency_list.cache_clear()
    rates = [wordfreq.cB_to_freq(-centibels) for centibels in range(len(steps))]
    return pl.DataFrame({"form": steps, "frequency": rates}).explode("form", empty_as_null=False)


@once
def folded_frequencies() -> pl.DataFrame:
    """One row per folded form: frequency."""
    return frequencies().group_by("folded", maintain_order=True).agg(pl.col("frequency").sum())


@once
def spelled_frequencies() -> pl.DataFrame:
    """One row per written form without article: frequency alone, frequency with ال (0.0 where unseen)."""
    article = (
        frequencies()
        .filter(has_article(pl.col("bare")))
        .select(bare=pl.col("bare").str.slice(len(ARTICLE)), with_article="frequency")
    )
    return (
        frequencies()
        .select("bare", alone="frequency")
        .join(article, on="bare", how="full", coalesce=True)
        .with_columns(pl.col("alone", "with_article").fill_null(0.0))
    )


@once
def stem_statistics() -> pl.DataFrame:
    """One row per folded stem without article: key, contexts, article_contexts, frequency alone and with ال."""
    words = frequencies().select("bare").with_row_index("word_no")
    cut = candidates(words).with_columns(key=stem_key())
    contexts = cut.group_by("key").agg(
        contexts=pl.struct("proclitics", "has_article", "enclitics").n_unique(),
        article_contexts=pl.col("proclitics").filter("has_article").n_unique(),
    )
    alone = folded_frequencies().rename({"folded": "key", "frequency": "alone"})
    return (
        contexts.join(alone, on="key", how="left")
        .join(_with_article(), on="key", how="left")
        .with_columns(pl.col("alone", "with_article").fill_null(0.0))
    )


def _with_article() -> pl.DataFrame:
    """One row per key: the frequency of ال + key."""
    opened = folded_frequencies().filter(pl.col("folded").str.starts_with(ARTICLE))
    return opened.select(key=pl.col("folded").str.slice(len(ARTICLE)), with_article="frequency")


def stem_key() -> pl.Expr:
    """The key of a candidate's statistics: its stem folded, without article."""
    folded = unify_spelling(pl.col("stem"))
    return pl.when("has_article").then(folded.str.slice(len(ARTICLE))).otherwise(folded)
