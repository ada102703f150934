"""Arabic spelling: one rule a function, Expr -> Expr."""

from functools import reduce
from typing import Final

import polars as pl
import pyarabic.araby as ar

DAGGER_ALEF: Final = ar.MINI_ALEF
DIACRITICS: Final = [*ar.TASHKEEL, DAGGER_ALEF, ar.MADDA_ABOVE, ar.HAMZA_ABOVE, ar.HAMZA_BELOW]
"""Marks above and below the letters; the dagger alef and the combining hamzas with them."""

PERSIAN_YEH: Final = "\N{ARABIC LETTER FARSI YEH}"
KEHEH: Final = "\N{ARABIC LETTER KEHEH}"

LETTER_FOLDS: Final[dict[str, str]] = {
    ar.ALEF_HAMZA_ABOVE: ar.ALEF,
    ar.ALEF_HAMZA_BELOW: ar.ALEF,
    ar.ALEF_MADDA: ar.ALEF,
    ar.ALEF_WASLA: ar.ALEF,
    ar.ALEF_MAKSURA: ar.YEH,
    PERSIAN_YEH: ar.YEH,
    KEHEH: ar.KAF,
    ar.TEH_MARBUTA: ar.HEH,
    ar.WAW_HAMZA: ar.WAW,
    ar.YEH_HAMZA: ar.YEH,
}
"""Letters that writers interchange, each to the one that search looks for."""

_ARABIC_ZERO: Final = ord("\N{ARABIC-INDIC DIGIT ZERO}")
_PERSIAN_ZERO: Final = ord("\N{EXTENDED ARABIC-INDIC DIGIT ZERO}")
DIGIT_FOLDS: Final[dict[str, str]] = {
    chr(zero + digit): str(digit) for zero in (_ARABIC_ZERO, _PERSIAN_ZERO) for digit in range(10)
}


def strip_diacritics(text: pl.Expr) -> pl.Expr:
    """Without vowel signs and other marks: كِتَاب → كتاب."""
    return text.str.replace_many(DIACRITICS, [""] * len(DIACRITICS))


def strip_tatweel(text: pl.Expr) -> pl.Expr:
    """Without the stroke that stretches a word: الــوزراء → الوزراء."""
    return text.str.replace_all(ar.TATWEEL, "", literal=True)


def fold_letters(text: pl.Expr) -> pl.Expr:
    """Interchanged letters made one: أحمد → احمد، على → علي، مدرسة → مدرسه."""
    return text.str.replace_many(LETTER_FOLDS)


def fold_digits(text: pl.Expr) -> pl.Expr:
    """Arabic-Indic and Persian digits as 0-9: ٢٠٢٦ → 2026."""
    return text.str.replace_many(DIGIT_FOLDS)


def fold(text: pl.Expr) -> pl.Expr:
    """The form that search compares: NFKC, lower case, letters and digits folded, no marks, no tatweel."""
    rules = [strip_diacritics, strip_tatweel, fold_letters, fold_digits]
    return reduce(lambda expr, rule: rule(expr), rules, text.str.normalize("NFKC").str.to_lowercase())
