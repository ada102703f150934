"""Tables of (word, clitics and stem); each is an example that a reader of Arabic can check."""

import polars as pl
import pytest

from transforms.normalize import bare

SPLITS = [
    # proclitics
    ("وبالكتاب", "و+ب", "الكتاب", ""),
    ("للكتاب", "ل", "الكتاب", ""),
    ("وللكتاب", "و+ل", "الكتاب", ""),
    ("للغة", "ل", "اللغة", ""),
    ("بالمدينة", "ب", "المدينة", ""),
    ("كرئيس", "ك", "رئيس", ""),
    ("وقال", "و", "قال", ""),
    ("فقالت", "ف", "قالت", ""),
    ("سيكتب", "س", "يكتب", ""),
    ("وسيكتبون", "و+س", "يكتبون", ""),
    ("لمدرسة", "ل", "مدرسة", ""),
    ("وبسبب", "و+ب", "سبب", ""),
    # pronouns, and what they change in the stem
    ("كتابها", "", "كتاب", "ها"),
    ("مدرستها", "", "مدرسة", "ها"),
    ("مستواه", "", "مستوى", "ه"),
    ("أصدقائه", "", "أصدقاء", "ه"),
    ("أصدقاؤهم", "", "أصدقاء", "هم"),
    ("حكومتنا", "", "حكومة", "نا"),
    ("ألقاها", "", "ألقى", "ها"),
    ("لحكومته", "ل", "حكومة", "ه"),
    ("نشرتها", "", "نشرت", "ها"),
    ("يمكننا", "", "يمكن", "نا"),
    ("منافسيه", "", "منافسي", "ه"),
    ("التزامها", "", "التزام", "ها"),
    # function words
    ("له", "ل", "ه", ""),
    ("بهم", "ب", "هم", ""),
    ("فيه", "", "في", "ه"),
    ("عليهم", "", "على", "هم"),
    ("إليها", "", "إلى", "ها"),
    ("لأنه", "", "لأن", "ه"),
    ("ولكنها", "و", "لكن", "ها"),
    ("بأن", "ب", "أن", ""),
    ("فقد", "ف", "قد", ""),
    ("لقد", "ل", "قد", ""),
    ("للذين", "ل", "الذين", ""),
    ("لهذا", "ل", "هذا", ""),
    ("بينهما", "", "بين", "هما"),
    ("وحده", "", "وحد", "ه"),
    # careless spelling
    ("الى", "", "إلى", ""),
    ("فى", "", "في", ""),
    ("الذى", "", "الذي", ""),
    ("انها", "", "أن", "ها"),
    # numbers with clitics
    ("و511", "و", "511", ""),
    ("بـ15,000", "ب", "15,000", ""),
]

WHOLE = [
    *["وزير", "وزارة", "كتاب", "بيان", "بيت", "لجنة", "سوريا", "فلسطين", "بكين", "باريس", "وسائل", "لقاء", "كان"],
    *["فقط", "كما", "لكن", "ليس", "كذلك", "الله", "إله", "مياه", "اتجاه", "قانوني", "فلسطيني", "لبناني", "تفاهم"],
    *["مهم", "بنك", "يشارك", "سكان", "فيما", "بينما", "لأن", "واحد", "والد", "ولاية", "بلد", "كبير", "سابق", "منى"],
    "فلان",
]


@pytest.mark.parametrize(("word", "proclitics", "stem", "enclitics"), SPLITS)
def test_a_word_is_cut_into_clitics_and_stem(analysed, word, proclitics, stem, enclitics):
    assert analysed(word).select("proclitics", "stem", "enclitics").row(0) == (proclitics, stem, enclitics)


@pytest.mark.parametrize("word", WHOLE)
def test_a_word_that_only_looks_split_stays_whole(analysed, word):
    assert analysed(word).select("proclitics", "stem", "enclitics").row(0) == ("", word, "")


def test_the_pieces_spell_the_word(analysed):
    found = analysed("وبالكتاب", "سيكتبونها", "فيهم", "بيننا", "كرئيس", "وقالت")
    front = pl.col("proclitics").str.replace_all("+", "", literal=True)

    pieces = found.select(pieces=front + pl.col("stem") + pl.col("enclitics"), word=bare(pl.col("form")))

    assert pieces["pieces"].to_list() == pieces["word"].to_list()
