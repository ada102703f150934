import pytest

ROOTS = [
    ("كتاب", "كتب", "pattern"),
    ("قال", "قول", "verb"),
    ("دعا", "دعو", "verb"),
    ("مسؤول", "سءل", "pattern"),
    ("استقبال", "قبل", "pattern"),
    ("إصابة", "صوب", "pattern"),
    ("اتصل", "وصل", "verb"),
    ("مدة", "مدد", "pattern"),
    ("قيام", "قوم", "pattern"),
    ("استمرار", "مرر", "pattern"),
    ("وبالكتاب", "كتب", "pattern"),
    # unknown rather than guessed
    ("بكين", None, None),
    ("مصر", None, None),
    ("في", None, None),
    ("فيسبوك", None, None),
    ("مستشفى", None, None),
]


@pytest.mark.parametrize(("word", "root", "source"), ROOTS)
def test_a_root_is_given_where_it_can_be_known(analysed, word, root, source):
    assert analysed(word).select("root", "root_source").row(0) == (root, source)
