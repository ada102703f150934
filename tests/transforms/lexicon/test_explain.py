import pytest

from transforms.lexicon.explain import explain


def test_the_choice_stands_first_and_alone():
    rows = explain("وجهها")

    assert rows.height > 1
    assert rows["is_chosen"].to_list() == [True] + [False] * (rows.height - 1)


@pytest.mark.parametrize("word", ["وبالكتاب", "كتابها", "يقولون", "له", "و511", "غخغخ", "وَكِتـابُها"])
def test_the_choice_is_what_the_lexicon_says(analysed, word):
    columns = ["proclitics", "stem", "enclitics", "lemma", "pos", "root"]

    assert explain(word).select(columns).row(0) == analysed(word).select(columns).row(0)


def test_a_function_word_is_looked_up_and_its_rivals_are_shown():
    rows = explain("له")

    assert rows.select("rule", "cut_score").row(0) == ("function word", None)
    assert rows["cut_score"].drop_nulls().len() == rows.height - 1


@pytest.mark.parametrize("word", ["", "BBC", "كتاب جديد", "،", "😂", "http://x.y"])
def test_what_is_no_arabic_word_has_nothing_to_explain(word):
    assert explain(word).is_empty()
