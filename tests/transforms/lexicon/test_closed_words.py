import polars as pl
import pytest

from transforms.lexicon.closed_words import closed_words, function_words


def test_a_function_word_is_spelled_by_one_row():
    assert closed_words()["bare"].is_unique().all()
    assert function_words()["bare"].is_unique().all()


@pytest.mark.parametrize(
    ("word", "proclitics", "stem", "enclitics"),
    [
        ("وعليهم", "و", "على", "هم"),
        ("للذي", "ل", "الذي", ""),
        ("لها", "ل", "ها", ""),
        ("ان", "", "أن", ""),
        ("علي", "", "علي", ""),  # the name; «على» is never meant
        ("كتاب", None, None, None),
    ],
)
def test_the_tables_spell_function_words_with_their_clitics(word, proclitics, stem, enclitics):
    rows = function_words().filter(pl.col("bare") == word).select("proclitics", "stem", "enclitics").rows()

    assert rows == ([(proclitics, stem, enclitics)] if stem else [])


@pytest.mark.parametrize(
    ("word", "expected"),
    [("فيها", True), ("وهذا", True), ("الذى", True), ("كتاب", False), ("الحكومة", False), ("عبّر", False)],
)
def test_a_stopword_is_known_behind_its_clitics(analysed, word, expected):
    assert analysed(word)["is_stopword"].item() is expected
