from collections.abc import Callable

import polars as pl
import pyarabic.araby as ar
import pytest

from transforms.normalize import fold, fold_digits, fold_letters, strip_diacritics, strip_tatweel

Rule = Callable[[pl.Expr], pl.Expr]


def written(rule: Rule, text: str) -> str:
    return pl.select(rule(pl.lit(text))).item()


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("كِتَابٌ", "كتاب"),
        ("شدَّة", "شدة"),
        ("مُحَمَّدٌ", "محمد"),
        ("هٰذا", "هذا"),  # the dagger alef
        ("الرَّحْمٰن", "الرحمن"),
        ("قرا\u0654", "قرا"),  # a hamza that stands on an alef as a mark
        ("ال\u0653ن", "الن"),  # a madda as a mark
    ],
)
def test_diacritics_go(word: str, bare: str) -> None:
    assert written(strip_diacritics, word) == bare


@pytest.mark.parametrize("word", ["أحمد", "سؤال", "الــوزراء", "مدرسة", "گرم", "é", "naïve", "٢٠٢٦", "،", ""])
def test_letters_are_no_diacritics(word: str) -> None:
    assert written(strip_diacritics, word) == word


@pytest.mark.parametrize("mark", ar.TASHKEEL)
def test_each_vowel_sign_of_pyarabic_goes(mark: str) -> None:
    assert written(strip_diacritics, f"ب{mark}ت") == ar.strip_tashkeel(f"ب{mark}ت") == "بت"


def test_the_dagger_alef_that_pyarabic_leaves_goes() -> None:
    assert ar.strip_tashkeel("هٰذا") == "هٰذا"
    assert written(strip_diacritics, "هٰذا") == "هذا"


@pytest.mark.parametrize(
    ("word", "short"),
    [("الــوزراء", "الوزراء"), ("لـ", "ل"), ("ـــ", ""), ("بـ15", "ب15"), ("الوزراء", "الوزراء"), ("a_b-c", "a_b-c")],
)
def test_tatweel_goes(word: str, short: str) -> None:
    assert written(strip_tatweel, word) == ar.strip_tatweel(word) == short


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("أحمد", "احمد"),
        ("إلى", "الي"),
        ("آسيا", "اسيا"),
        ("ٱلله", "الله"),
        ("على", "علي"),
        ("یران", "يران"),
        ("کتاب", "كتاب"),
        ("مدرسة", "مدرسه"),
        ("مؤتمر", "موتمر"),
        ("رئيس", "رييس"),
        ("أإآٱ", "اااا"),
    ],
)
def test_letters_that_writers_interchange_become_one(word: str, folded: str) -> None:
    assert written(fold_letters, word) == folded


@pytest.mark.parametrize("word", ["ماء", "گاز", "پاريس", "ڤيينا", "كتاب", "هو", "كِتَاب", "لــ", "Éa"])
def test_other_letters_stay(word: str) -> None:
    assert written(fold_letters, word) == word


@pytest.mark.parametrize(
    ("trap", "word", "by_pyarabic", "ours"),
    [
        (ar.normalize_alef, "إلى", "الا", "الي"),
        (ar.normalize_hamza, "أحمد", "ءحمد", "احمد"),
    ],
)
def test_the_traps_of_pyarabic_are_avoided(trap: Callable[[str], str], word: str, by_pyarabic: str, ours: str) -> None:
    assert trap(word) == by_pyarabic
    assert written(fold_letters, word) == ours


@pytest.mark.parametrize(
    ("number", "folded"),
    [
        ("٢٠٢٦", "2026"),
        ("۲۰۲۶", "2026"),
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("٢٫٥", "2٫5"),  # the decimal separator is no digit
        ("2026", "2026"),
        ("½²①", "½²①"),
    ],
)
def test_digits_become_0_to_9(number: str, folded: str) -> None:
    assert written(fold_digits, number) == folded


@pytest.mark.parametrize(
    ("form", "folded"),
    [
        ("وَالْمُؤَسَّسَةُ", "والموسسه"),
        ("الــوزراء", "الوزراء"),
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("BBC", "bbc"),
        ("ＢＢＣ", "bbc"),
        ("#عاصي_الحلاني", "#عاصي_الحلاني"),
        ("هٰذا", "هذا"),
        ("قرا\u0654", "قرا"),  # composed by NFKC: قرأ
        ("گیتی", "گيتي"),
        ("۱۴۰۳", "1403"),
        ("", ""),
        ("»", "»"),
    ],
)
def test_fold_is_the_form_that_search_compares(form: str, folded: str) -> None:
    assert written(fold, form) == folded


def test_null_stays_null() -> None:
    assert pl.select(fold(pl.lit(None, pl.String))).item() is None
