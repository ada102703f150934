"""Every way to cut a written word into proclitics, stem and enclitics that Arabic grammar allows.

The grammar: (و ف)? (ب ل ك س)? stem (pronoun)?, with the spellings that a clitic changes in the stem undone.
No choice is made here.
"""

from functools import cache
from typing import Final

import polars as pl
import pyarabic.araby as ar

from transforms.knowledge import table

ARTICLE: Final = ar.ALEF + ar.LAM
LONGEST_PROCLITIC: Final = 2
LONGEST_ENCLITIC: Final = 3
SHORTEST_STEM: Final = 2
SHORTEST_CORE: Final = 2

IMPERFECT_PREFIX: Final = f"^[{ar.YEH}{ar.TEH}{ar.NOON}{ar.ALEF_HAMZA_ABOVE}].."
"""ي ت ن أ and two letters more; س stands before an imperfect only."""

ENDINGS_AFTER_ROOT: Final = "(?:ت|تا|وا|نا|ا|ات|ان|ين|ون)?(?:ه|ها|هم|هما|هن|ك|كم|ي|ني|نا)?$"
"""What may follow a stem whose ال is of the root and leave it such: التزمت, التهابات, التزامها."""


@cache
def proclitics() -> pl.DataFrame:
    """One row per chain of proclitics."""
    return table("proclitics").with_columns(pl.col("letters", "proclitics").fill_null(""))


@cache
def enclitics() -> pl.DataFrame:
    """One row per pronoun, and none."""
    return table("enclitics").with_columns(pl.col("enclitic").fill_null(""))


@cache
def _repairs() -> pl.DataFrame:
    """One row per written end, restored end and pronoun; a row for a pronoun of its own goes before the row for any."""
    rules = table("stem_repairs").rename({"prior": "repair_prior"})
    general = (
        rules.filter(pl.col("enclitics") == "any")
        .drop("enclitics")
        .join(enclitics().select(enclitics="enclitic"), how="cross")
    )
    return pl.concat([rules.filter(pl.col("enclitics") != "any"), general.select(rules.columns)]).unique(
        ["written", "restored", "enclitics"], keep="first", maintain_order=True
    )


@cache
def _article_like() -> str:
    """The stems that begin with ال without having the article, as one pattern."""
    return f"^(?:{'|'.join(table('article_like')['stem'])}){ENDINGS_AFTER_ROOT}"


def has_article(stem: pl.Expr) -> pl.Expr:
    """Whether the stem begins with the article: ال before two letters at least, and not of the root as in التزام."""
    long_enough = stem.str.len_chars() >= len(ARTICLE) + SHORTEST_CORE
    return stem.str.starts_with(ARTICLE) & long_enough & ~stem.str.contains(_article_like())


def without_article(stem: pl.Expr) -> pl.Expr:
    """«الكتاب» → «كتاب»."""
    return pl.when(has_article(stem)).then(stem.str.slice(len(ARTICLE))).otherwise(stem)


def candidates(words: pl.DataFrame) -> pl.DataFrame:
    """One row per word (`word_no`, `bare`) and way to cut it: proclitics, stem, has_article, enclitics, prior."""
    opened = _open_article(_cut_front(words)).with_columns(has_article=has_article(pl.col("stem")))
    bare_ends = opened.filter(_future_fits()).with_columns(enclitics=pl.lit(""))
    cut_ends = _repair_end(_cut_back(opened.filter(~pl.col("has_article")))).filter(_future_fits())
    return pl.concat([bare_ends, cut_ends.select(bare_ends.columns)]).drop("before")


def _cut_front(words: pl.DataFrame) -> pl.DataFrame:
    """The word at each proclitic chain that it begins with."""
    word = pl.col("bare")
    uncut = words.select("word_no", stem=word, proclitics=pl.lit(""), prior=pl.lit(0.0), before=pl.lit("any"))
    cut = [
        words.filter(word.str.len_chars() >= length + SHORTEST_STEM)
        .with_columns(letters=word.str.head(length))
        .join(proclitics(), on="letters")
        .with_columns(stem=word.str.slice(length))
        .select(uncut.columns)
        for length in range(1, LONGEST_PROCLITIC + 1)
    ]
    return pl.concat([uncut, *cut])


def _open_article(cut: pl.DataFrame) -> pl.DataFrame:
    """ل before ال swallows the alef: للكتاب → ال+كتاب, للغة → ال+لغة."""
    after_lam = pl.col("proclitics").str.ends_with(ar.LAM)
    swallowed = cut.filter(after_lam & pl.col("stem").str.starts_with(ar.LAM))
    restored = [swallowed.with_columns(stem=pl.lit(start) + pl.col("stem")) for start in (ar.ALEF, ARTICLE)]
    return pl.concat([cut.filter(~(after_lam & has_article(pl.col("stem")))), *restored])


def _cut_back(cut: pl.DataFrame) -> pl.DataFrame:
    """The same at each pronoun that it ends with; the cut without pronoun is not repeated."""
    stem = pl.col("stem")
    pronouns = enclitics().filter(pl.col("enclitic") != "").select(enclitics="enclitic", end_prior="prior")
    return pl.concat(
        [
            cut.filter(stem.str.len_chars() >= length + SHORTEST_STEM)
            .with_columns(enclitics=stem.str.tail(length))
            .join(pronouns, on="enclitics")
            .with_columns(stem=stem.str.head(-length), prior=pl.col("prior") + pl.col("end_prior"))
            .drop("end_prior")
            for length in range(1, LONGEST_ENCLITIC + 1)
        ]
    )


def _repair_end(cut: pl.DataFrame) -> pl.DataFrame:
    """The stem as it is written without its pronoun, beside the stem as it stands."""
    changed = (
        cut.with_columns(written=pl.col("stem").str.tail(1))
        .join(_repairs(), on=["written", "enclitics"])
        .with_columns(
            stem=pl.col("stem").str.head(-1) + pl.col("restored"), prior=pl.col("prior") + pl.col("repair_prior")
        )
    )
    return pl.concat([cut, changed.select(cut.columns)])


def _future_fits() -> pl.Expr:
    """س stands before an imperfect only."""
    return (pl.col("before") != "imperfect") | (pl.col("stem").str.contains(IMPERFECT_PREFIX) & ~pl.col("has_article"))
