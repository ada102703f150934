"""Arabic spelling: one rule a function, Expr -> Expr."""

from functools import reduce
from typing import Final

import polars as pl
import pyarabic.araby as ar

DIACRITICS: Final = r"[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED]"
"""Vowel signs, the dagger alef, combining hamzas, Koranic signs: all that is written above or below a letter."""

PERSIAN_YEH: Final = "\N{ARABIC LETTER FARSI YEH}"
KEHEH: Final = "\N{ARABIC LETTER KEHEH}"

ALEFS: Final = dict.fromkeys((ar.ALEF_HAMZA_ABOVE, ar.ALEF_HAMZA_BELOW, ar.ALEF_MADDA, ar.ALEF_WASLA), ar.ALEF)
YEHS: Final = dict.fromkeys((ar.ALEF_MAKSURA, PERSIAN_YEH), ar.YEH)
HAMZA_SEATS: Final = {ar.WAW_HAMZA: ar.WAW, ar.YEH_HAMZA: ar.YEH}
PERSIAN_LETTERS: Final = {PERSIAN_YEH: ar.YEH, KEHEH: ar.KAF}
LETTER_FOLDS: Final = ALEFS | YEHS | HAMZA_SEATS | {KEHEH: ar.KAF, ar.TEH_MARBUTA: ar.HEH}
"""Letters that writers interchange, each to the one that search looks for."""

_ARABIC_ZERO: Final = ord("\N{ARABIC-INDIC DIGIT ZERO}")
_PERSIAN_ZERO: Final = ord("\N{EXTENDED ARABIC-INDIC DIGIT ZERO}")
DIGIT_FOLDS: Final[dict[str, str]] = {
    chr(zero + digit): str(digit) for zero in (_ARABIC_ZERO, _PERSIAN_ZERO) for digit in range(10)
}


def strip_diacritics(text: pl.Expr) -> pl.Expr:
    """Without vowel signs and other marks: كِتَاب → كتاب، هٰذا → هذا."""
    return text.str.replace_all(DIACRITICS, "")


def strip_tatweel(text: pl.Expr) -> pl.Expr:
    """Without the stroke that stretches a word: الــوزراء → الوزراء."""
    return text.str.replace_all(ar.TATWEEL, "", literal=True)


def fold_letters(text: pl.Expr) -> pl.Expr:
    """Interchanged letters made one: أحمد → احمد، على → علي، مدرسة → مدرسه."""
    return text.str.replace_many(LETTER_FOLDS)


def unify_alef(text: pl.Expr) -> pl.Expr:
    """أ إ آ ٱ → ا: أحمد → احمد."""
    return text.str.replace_many(ALEFS)


def unify_spelling(text: pl.Expr) -> pl.Expr:
    """What careless spelling changes inside a word: alef, yeh, the seat of hamza; ة stays, as ه may be a pronoun."""
    return text.str.replace_many(ALEFS | YEHS | HAMZA_SEATS)


def unify_persian_letters(text: pl.Expr) -> pl.Expr:
    """ی ک of Persian keyboards → ي ك; no Arabic word differs by them."""
    return text.str.replace_many(PERSIAN_LETTERS)


def fold_digits(text: pl.Expr) -> pl.Expr:
    """Arabic-Indic and Persian digits as 0-9: ٢٠٢٦ → 2026."""
    return text.str.replace_many(DIGIT_FOLDS)


def compose(text: pl.Expr) -> pl.Expr:
    """NFKC: «ﻻ» → «لا»."""
    return text.str.normalize("NFKC")


def fold(text: pl.Expr) -> pl.Expr:
    """The form that search compares: NFKC, lower case, letters and digits folded, no marks, no tatweel."""
    rules = [strip_diacritics, strip_tatweel, fold_letters, fold_digits]
    return reduce(lambda expr, rule: rule(expr), rules, compose(text).str.to_lowercase())


def bare(text: pl.Expr) -> pl.Expr:
    """The author's letters without what is written around them: hamza, ة and ى stay, vowel signs and tatweel go."""
    return unify_persian_letters(strip_tatweel(strip_diacritics(compose(text))))
