"""One row for each distinct written form: what the form alone tells."""

from typing import Final

import polars as pl
import stopwordsiso

from transforms.contracts import LEXEME
from transforms.normalize import fold
from transforms.words import TOKEN_KINDS

_FROM_CONTEXT: Final = [name for name in LEXEME if name not in ("form", "folded", "kind", "is_stopword")]


def lexemes(forms: pl.DataFrame) -> pl.DataFrame:
    """LEXEME rows of distinct forms (one column `form`)."""
    return (
        forms.with_columns(
            folded=fold(pl.col("form")),
            kind=kind(pl.col("form")),
            **dict.fromkeys(_FROM_CONTEXT, pl.lit(None)),
        )
        .with_columns(is_stopword=pl.col("folded").is_in(_stopwords().implode()))
        .select(pl.col(name).cast(dtype) for name, dtype in LEXEME.items())
    )


def kind(form: pl.Expr) -> pl.Expr:
    """The kind of token: the first of TOKEN_KINDS whose pattern the whole form has."""
    return pl.coalesce(
        pl.when(form.str.contains(rf"\A(?:{pattern})\z")).then(pl.lit(name)) for name, pattern in TOKEN_KINDS.items()
    )


def _stopwords() -> pl.Series:
    return pl.DataFrame({"word": sorted(stopwordsiso.stopwords("ar"))}).select(fold(pl.col("word"))).to_series()
