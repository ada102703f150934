"""What holds for every text, however broken. (A lone surrogate is no text: Polars takes none.)"""

from collections.abc import Callable
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.cleaning import clean
from transforms.digest import digest
from transforms.normalize import fold
from transforms.sentences import sentences
from transforms.words import kind, words

Raw = Callable[..., pl.DataFrame]
Undone = Callable[..., str]
Text = tuple[str, str]

DIRT = [
    *["قال", "الــوزراء", "كِتَابٌ", "د.", "أ.د.", "هـ.", "W.", "U.S.", "3.5", "1,000", "بـ15", "٢٫٥", "و511"],
    *[".", "!", "؟", "…", "...", "،", ",", ", ", "., ", "؟, ", '", ', " , ", "؛", ";", ":", "«", "»", "(", ")"],
    *[" ", "  ", "\t", "\n", "\r\n", "\n\n", " \n", "\u00a0", "\u2029", "\x85", "\x1c", "\u3000", "\x0b", "&#10;"],
    *["\u200b", "\u200d", "\u200f", "\u202e", "\u2069", "\ufeff", "\u00ad", "\x00", "\x01", "\u034f", "\ufe0f"],
    *["<p>", "</p>", "<br/>", "<b class='x'>", "<!--", "-->", "<script>", "</script>", "<", ">", "<a\n>", "</td>"],
    *["&nbsp;", "&amp;", "&amp;quot;", "&lt;p&gt;", "&#8207;", "&#x20;", "&#0;", "&foo;", "&notx;", "&", "&lt;"],
    *["\ufefb", "\ufdf2", "\ufe76", "\ufc60", "\ufdfa", "\u064e", "\u0670", "\u0301", "\u0640", "\u06dd", "\ufd3e"],
    *["20/01/2017", "1.", "😂", "👩🏽\u200d💻", "🇸🇦", "❤\ufe0f", "#مصر", "@a_b", "http://x.y/z", "a@b.co", "&#1;"],
    *["BBC", "é", "中", "کتاب", "۲", "”", '"'],
    *["قال.وأضاف", "انتهى.في", "سي.إن.إن", "اقرأ أيضا", "\nشاهد أيضا: نص\n", "Ø§Ù„", "ط§ظ„ظ‚", "â€œ"],
]  # fmt: skip

UNCLEAN = set("\t\r\x00\x01\x0b\x85\x1c\u00a0\u2029\u200b\u200f\u202e\u2069\ufeff\u00ad\u034f")
"""No clean text has any of them."""

anything = st.text(max_size=60)
dirty = st.lists(st.sampled_from(DIRT), max_size=25).map("".join)
texts = st.lists(st.tuples(anything | dirty, anything | dirty), min_size=1, max_size=6)

FLOODS = {
    "NUL bytes": "\x00" * 50_000,
    "NUL bytes between words": "نص\x00 " * 10_000,
    "a word of 100,000 letters": "ا" * 100_000,
    "one letter with 50,000 marks": "ب" + "\u064e" * 50_000,
    "50,000 marks without a letter": "\u0301" * 50_000,
    "right-to-left overrides": "\u202eنص\u202c" * 10_000,
    "diacritics alone": "\u064b\u064e\u0651\u0670" * 5_000,
    "punctuation alone": ".،؟!,…«»" * 5_000,
    "full stops alone": "." * 50_000,
    "blanks alone": " " * 50_000,
    "commas and blanks": ", " * 25_000,
    "abbreviations alone": "د. " * 10_000,
    "closing quotes": ".»" * 10_000,
    "open tags": "<p" * 20_000,
    "open comments": "<!--" * 10_000,
    "open scripts": "<script>" * 50_000,
    "ampersands": "&amp" * 10_000,
    "an entity escaped 10,000 times": "&" + "amp;" * 10_000 + "quot;",
    "a blank escaped 10,000 times": "نص&" + "amp;" * 10_000 + "nbsp;نص",
    "joined emoji": "👩\u200d" * 10_000,
    "digits": "1," * 20_000,
    "hashes": "#" * 20_000 + "_" * 20_000,
    "at signs": "a@" * 20_000,
    "lines": "نص\n" * 5_000,
    "blank lines": "\n" * 50_000,
}


def hold(raw: pl.DataFrame, undone: Undone) -> None:
    """The laws of the text, for each article of a RAW frame."""
    cleaned, edits = clean(raw.with_row_index("row"))
    hold_ledger(raw, cleaned, edits, undone)
    hold_layout(cleaned)
    segmented = sentences(cleaned.select(pl.col("row").cast(pl.Int64).alias("article_id"), "title", "body"))
    occurrences = words(segmented).with_columns(pl.col("form").cast(pl.String))
    hold_sentences(cleaned, segmented)
    hold_words(cleaned, segmented, occurrences)


def hold_ledger(raw: pl.DataFrame, cleaned: pl.DataFrame, edits: pl.DataFrame, undone: Undone) -> None:
    for (row, title, body), (raw_title, raw_body) in zip(
        cleaned.rows(), raw.select("title", "body").rows(), strict=True
    ):
        of_row = edits.filter(pl.col("row") == row)
        assert of_row["edit_no"].to_list() == list(range(1, len(of_row) + 1))
        assert all(raw_text != replacement for raw_text, replacement in of_row["raw_text", "replacement"].rows())
        for part, text, raw_text in (("title", title, raw_title), ("body", body, raw_body)):
            ledger = of_row.filter(pl.col("part") == part)["raw_start", "raw_end", "raw_text", "replacement", "reason"]
            assert undone(text, ledger.rows()) == raw_text


def hold_layout(cleaned: pl.DataFrame) -> None:
    for _, title, body in cleaned.rows():
        lines = body.split("\n") if body else []
        assert "\n" not in title
        assert all(line for line in lines)
        assert all(line == line.strip() for line in [title, *lines])
        assert not set(title + body) & UNCLEAN
        assert "  " not in title + body


def hold_sentences(cleaned: pl.DataFrame, segmented: pl.DataFrame) -> None:
    for row, title, body in cleaned.rows():
        of_row = segmented.filter(pl.col("article_id") == row)
        told = of_row["sentence_no", "paragraph_no", "char_start", "char_end", "sentence"].rows()
        assert [number for number, *_ in told] == list(range(0 if title else 1, len(told) + (0 if title else 1)))
        for number, paragraph, start, end, sentence in told:
            assert (title if number == 0 else body)[start:end] == sentence == sentence.strip(" ")
            assert sentence
            assert "\n" not in sentence
            assert paragraph == (0 if number == 0 else body[:start].count("\n") + 1)
        in_body = [place for place in told if place[0] > 0]
        assert "".join(sentence for *_, sentence in in_body).replace(" ", "") == body.translate({32: None, 10: None})
        assert all(before[3] <= after[2] for before, after in pairwise(in_body))


def hold_words(cleaned: pl.DataFrame, segmented: pl.DataFrame, occurrences: pl.DataFrame) -> None:
    of_sentence = {
        key: rows["char_start", "char_end", "form"].rows()
        for key, rows in occurrences.group_by("article_id", "sentence_no", maintain_order=True)
    }
    texts = {row: (title, body) for row, title, body in cleaned.rows()}
    for row, number, sentence in segmented["article_id", "sentence_no", "sentence"].rows():
        told = of_sentence[row, number]
        text = texts[row][number > 0]
        assert [text[start:end] for start, end, _ in told] == [form for *_, form in told]
        assert "".join(form for *_, form in told) == sentence.replace(" ", "")
    numbers = occurrences.group_by("article_id", maintain_order=True).agg("word_no")["word_no"].to_list()
    assert all(run == list(range(1, len(run) + 1)) for run in numbers)
    assert occurrences.select(kind(pl.col("form")).null_count()).item() == 0


@settings(deadline=None, max_examples=150)
@given(texts, st.sampled_from([None, True, False]))
def test_the_laws_of_the_text_hold(raw: Raw, undone: Undone, batch: list[Text], is_joined: bool | None) -> None:
    hold(raw(*batch, is_joined=is_joined), undone)


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
def test_the_laws_of_the_text_hold_in_a_flood(raw: Raw, undone: Undone, flood: str) -> None:
    hold(raw(("عنوان", flood), (flood, f"قال {flood}., ثم")), undone)


@settings(deadline=None, max_examples=15)
@given(texts)
def test_every_text_is_digested_and_no_article_is_lost(raw: Raw, batch: list[Text]) -> None:
    told = digest(raw(*batch))
    assert len(told.article) + len(told.rejection) == len(batch)
    assert told.measure["article_id"].to_list() == told.article["article_id"].to_list()


@settings(deadline=None, max_examples=50)
@given(texts)
def test_a_text_is_cleaned_by_itself(raw: Raw, batch: list[Text]) -> None:
    together = clean(raw(*batch).with_row_index("row"))[0]
    alone = [clean(raw(text).with_row_index("row"))[0] for text in batch]
    assert together.drop("row").rows() == pl.concat(alone).drop("row").rows()


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(min_codepoint=0x0600, max_codepoint=0x06FF)))
def test_folding_an_arabic_word_twice_is_folding_it_once(word: str) -> None:
    once = pl.select(fold(pl.lit(word))).item()
    assert pl.select(fold(pl.lit(once))).item() == once
