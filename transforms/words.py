"""Sentences -> occurrences of words, with offsets into the body.

The covering pattern lets each token take the one blank before it, so that the lengths of the tokens cover
the sentence and their running sum is the position.
"""

from typing import Final

import polars as pl

from transforms.contracts import FORM, SENTENCE, WORD

ARABIC_LETTERS: Final = (
    r"\u0621-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff"
    r"\u0750-\u077f\u08a0-\u08ff"
)
"""Letters, marks and tatweel of the Arabic script."""

DIGITS: Final = "0-9٠-٩۰-۹"

TOKEN_KINDS: Final[dict[str, str]] = {
    "url": r"(?:https?://|www\.)[^\s<>\"«»،؛()]*[^\s<>\"«»،؛().,:;!?؟]|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]+",
    "hashtag": r"[#@][\p{L}\p{M}\p{N}_]*[\p{L}\p{N}]\p{M}*",
    # The clitics of a number are written to it: «و511», «بـ15,000», «للـ84».
    "number": rf"(?:[وف]?(?:لل|[بلك]?(?:ال)?)ـ*)?[{DIGITS}]+(?:[.,٫٬/:][{DIGITS}]+)*",
    "arabic": rf"[{ARABIC_LETTERS}]+",
    "latin": r"\p{Latin}[\p{Latin}\p{M}\p{N}]*(?:[-'’.&][\p{Latin}\p{N}]+)*",
    "punctuation": r"\.{2,}|[\p{P}\p{Sm}\p{Sc}\p{Sk}]",
    # One emoji may be several, by joiners and skin tones; two regional indicators are a flag.
    "other": r"[\p{L}\p{M}]+|\p{Extended_Pictographic}[\p{M}\u200d\U0001f3fb-\U0001f3ff\p{Extended_Pictographic}]*"
    r"|[\U0001f1e6-\U0001f1ff]{2}|[^ ]",
}
"""What may stand as one word, by its kind, tried in this order."""

_TOKEN: Final = rf"(?s) ?(?:{'|'.join(TOKEN_KINDS.values())})| "


def words(sentences: pl.DataFrame) -> pl.DataFrame:
    """WORD rows of SENTENCE rows; word_no runs through an article, the title first."""
    length = pl.col("sentence").str.len_chars().cast(pl.Int64)
    has_blank = pl.col("token").str.starts_with(" ")
    return (
        sentences.select(
            "article_id",
            "sentence_no",
            offset=pl.col("char_start") - (length.cum_sum() - length),
            token=pl.col("sentence").str.extract_all(_TOKEN),
        )
        .explode("token", empty_as_null=False)
        .with_columns(size=pl.col("token").str.len_chars().cast(pl.Int64))
        .with_columns(char_end=pl.col("size").cum_sum() + pl.col("offset"))
        .with_columns(
            char_start=pl.col("char_end") - pl.col("size") + has_blank.cast(pl.Int64),
            form=pl.col("token").str.strip_prefix(" ").cast(pl.Categorical),
        )
        .filter(pl.col("token") != " ")
        .with_columns(word_no=_running_no("article_id"))
        .select(pl.col(name).cast(dtype) for name, dtype in WORD.items())
    )


def forms(words: pl.DataFrame) -> pl.DataFrame:
    """FORM rows of WORD rows, in the order in which the forms come first."""
    form = pl.col("form")
    return (
        words.select(form.unique(maintain_order=True).cast(pl.String), word_count=form.unique_counts())
        .with_columns(is_punctuation=_is_whole(form, TOKEN_KINDS["punctuation"]))
        .select(pl.col(name).cast(dtype) for name, dtype in FORM.items())
    )


def with_word_count(sentences: pl.DataFrame, words: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """The SENTENCE rows with the number of their words, punctuation left out by their FORM rows.

    The words of a sentence stand together: their number is the running sum at its last word less the one before.
    """
    key = ["article_id", "sentence_no"]
    is_last = pl.any_horizontal((pl.col(name) != pl.col(name).shift(-1)).fill_null(True) for name in key)
    counted = (
        words.select(*key, is_last=is_last, words=(~is_punctuation(forms)).cum_sum())
        .filter("is_last")
        .select(*key, word_count=(pl.col("words") - pl.col("words").shift(1, fill_value=0)).cast(pl.Int32))
    )
    return sentences.drop("word_count").join(counted, on=key, how="left", maintain_order="left").select(SENTENCE.keys())


def is_punctuation(forms: pl.DataFrame) -> pl.Expr:
    """Whether the `form` of a WORD row is punctuation by its FORM row."""
    punctuation = forms.filter("is_punctuation").get_column("form").cast(pl.Categorical)
    return pl.col("form").is_in(punctuation.implode())


def kind(form: pl.Expr) -> pl.Expr:
    """The kind of a form: the first of TOKEN_KINDS whose pattern the whole form has."""
    return pl.coalesce(pl.when(_is_whole(form, pattern)).then(pl.lit(name)) for name, pattern in TOKEN_KINDS.items())


def _is_whole(form: pl.Expr, pattern: str) -> pl.Expr:
    return form.str.contains(rf"\A(?:{pattern})\z")


def _running_no(key: str) -> pl.Expr:
    """1, 2, 3 … within each run of equal keys (a window function would sort ten million rows)."""
    row = pl.int_range(pl.len())
    is_first = (pl.col(key) != pl.col(key).shift(1)).fill_null(True)
    return row - pl.when(is_first).then(row).forward_fill() + 1
