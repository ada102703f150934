"""The ways to cut a word: what grammar allows, before anything is chosen."""

import polars as pl
import pytest

from transforms.lexicon.clitics import candidates, has_article, without_article


def cuts(word: str) -> set[tuple[str, str, str]]:
    words = pl.DataFrame({"word_no": [0], "bare": [word]}, schema={"word_no": pl.UInt32, "bare": pl.String})
    return set(candidates(words).select("proclitics", "stem", "enclitics").rows())


@pytest.mark.parametrize(
    ("word", "proclitics", "stem", "enclitics"),
    [
        ("كتاب", "", "كتاب", ""),
        ("كتاب", "ك", "تاب", ""),
        ("وبالكتاب", "و+ب", "الكتاب", ""),
        ("للكتاب", "ل", "الكتاب", ""),
        ("للغة", "ل", "اللغة", ""),
        ("مدرستها", "", "مدرسة", "ها"),
        ("مستواه", "", "مستوى", "ه"),
        ("أصدقائه", "", "أصدقاء", "ه"),
        ("أصدقاؤهم", "", "أصدقاء", "هم"),
        ("قتلوه", "", "قتلوا", "ه"),
        ("سيكتب", "س", "يكتب", ""),
    ],
)
def test_grammar_allows_the_cut(word, proclitics, stem, enclitics):
    assert (proclitics, stem, enclitics) in cuts(word)


@pytest.mark.parametrize(
    ("word", "proclitics", "stem", "enclitics"),
    [
        ("سبب", "س", "بب", ""),  # س before an imperfect only
        ("الكتابها", "", "الكتاب", "ها"),  # no pronoun after the article
        ("لالكتاب", "ل", "الكتاب", ""),  # ل swallows the alef: للكتاب
        ("فم", "ف", "م", ""),  # a stem has two letters
        ("به", "", "ب", "ه"),
    ],
)
def test_grammar_forbids_the_cut(word, proclitics, stem, enclitics):
    assert (proclitics, stem, enclitics) not in cuts(word)


@pytest.mark.parametrize(
    ("stem", "bare"),
    [
        ("الكتاب", "كتاب"),
        ("اللغة", "لغة"),
        ("التزام", "التزام"),
        ("التهابات", "التهابات"),
        ("الي", "الي"),
        ("كتاب", "كتاب"),
    ],
)
def test_the_article_is_told_from_a_root_in_al(stem, bare):
    told = pl.select(bare=without_article(pl.lit(stem)), has_article=has_article(pl.lit(stem)))

    assert told.row(0) == (bare, bare != stem)
