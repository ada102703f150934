"""What a form alone tells, whole: each example can be checked by a reader of Arabic; the laws hold for every text."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.contracts import LEXEME
from transforms.cores import on_cores, slices
from transforms.lexicon.lexemes import lexemes
from transforms.normalize import fold
from transforms.words import kind

LEMMAS = [
    ("الأميركيين", "أميركي", "noun"),
    ("المصرية", "مصري", "noun"),
    ("الشركات", "شركة", "noun"),
    ("قرارات", "قرار", "noun"),
    ("مدن", "مدينة", "noun"),
    ("الأعمال", "عمل", "noun"),
    ("رسائل", "رسالة", "noun"),
    ("قضاة", "قاضي", "noun"),
    ("كتابا", "كتاب", "noun"),
    ("الماضي", "ماضي", "noun"),
    ("الإرهاب", "إرهاب", "noun"),
    ("مواجهة", "مواجهة", "noun"),
    ("حكومة", "حكومة", "noun"),
    ("التي", "الذي", "noun"),
    ("هي", "هو", "noun"),
    ("تزور", "زار", "verb"),
    ("يعود", "عاد", "verb"),
    ("يقولون", "قال", "verb"),
    ("قالت", "قال", "verb"),
    ("أصيبوا", "أصاب", "verb"),
    ("يستفيد", "استفاد", "verb"),
    ("يتولون", "تولى", "verb"),
    ("ينهي", "أنهى", "verb"),
    ("التقى", "التقى", "verb"),
    ("يؤكد", "أكد", "verb"),
    ("كانوا", "كان", "verb"),
    ("ليست", "ليس", "verb"),
    ("عبّر", "عبر", "verb"),  # the shadda tells it from the particle
    ("من", "من", "particle"),
    ("سوف", "سوف", "particle"),
]

WORDS = [
    "وبالكتاب",
    "عبّر",
    "بـ15,000",
    "2018",
    "BBC",
    "،",
    "#مصر",
    "الــوزراء",
    "غخغخغخ",
    "و",
    "",
    " ",
    "قال\nثم",
    "😂",
]

forms = st.lists(st.text(max_size=12) | st.sampled_from(WORDS), unique=True, max_size=12)
arabic = st.text(st.characters(min_codepoint=0x0600, max_codepoint=0x06FF), max_size=12)


def frame(words: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"form": words}, schema={"form": pl.String})


@pytest.mark.parametrize(("word", "lemma", "pos"), LEMMAS)
def test_a_word_has_its_lemma_and_part_of_speech(analysed, word, lemma, pos):
    assert analysed(word).select("lemma", "pos").row(0) == (lemma, pos)


@pytest.mark.parametrize(
    ("word", "source"), [("مدن", "dictionary"), ("فيه", "dictionary"), ("غخغخغخ", "stem"), ("BBC", None)]
)
def test_where_a_lemma_comes_from_is_told(analysed, word, source):
    assert analysed(word)["lemma_source"].item() == source


def test_vowels_and_tatweel_change_nothing(analysed):
    plain, vowelled = analysed("وكتابها"), analysed("وَكِتـابُها")

    assert plain.drop("form").equals(vowelled.drop("form"))


def test_what_is_no_arabic_word_has_no_analysis(analysed):
    found = analysed("وقال", "،", "BBC", "#مصر", "http://x.y", "😂")

    assert found["stem"].to_list() == ["قال", None, None, None, None, None]
    assert found["is_stopword"].to_list() == [False] * 6


def test_a_word_that_nobody_knows_has_an_analysis_too(analysed):
    found = analysed("غخغخغخ", "و", "ءء", "وال", "ب15000")

    assert found.height == 5
    assert found["stem"].null_count() == found["lemma"].null_count() == found["pos"].null_count() == 0


def test_no_words_give_no_rows(analysed):
    assert analysed().schema == LEXEME
    assert analysed().is_empty()


@settings(deadline=None, max_examples=60)
@given(forms | st.lists(arabic, unique=True, max_size=12))
def test_every_text_has_one_row_in_its_place(words):
    found = lexemes(frame(words))

    assert found.schema == LEXEME
    assert found["form"].to_list() == words
    assert found["folded"].equals(frame(words).select(folded=fold(pl.col("form")))["folded"])
    assert found["kind"].equals(frame(words).select(kind=kind(pl.col("form")))["kind"])


@settings(deadline=None, max_examples=30)
@given(forms.flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_a_word_is_analysed_by_itself(words_in_two_orders):
    words, shuffled = words_in_two_orders
    by_form = {row[0]: row for row in lexemes(frame(shuffled)).rows()}

    assert lexemes(frame(words)).rows() == [by_form[word] for word in words]


def test_slices_of_a_frame_give_what_the_frame_gives():
    words = frame([*WORDS, *(word for word, *_ in LEMMAS)])

    assert pl.concat(on_cores(lexemes, slices(words))).equals(lexemes(words))
