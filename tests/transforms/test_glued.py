"""Full stops between two words: which of them are ends of sentences."""

from collections.abc import Callable

import polars as pl
import pytest

from transforms.cleaning import clean
from transforms.sentences import sentences

Raw = Callable[..., pl.DataFrame]
Undone = Callable[..., str]

LEDGER = ["raw_start", "raw_end", "raw_text", "replacement", "reason"]


def cleaned(raw: pl.DataFrame, undone: Undone) -> tuple[str, list[str]]:
    """(the clean body, the reasons of its edits); the ledger leads back to the raw body."""
    texts, edits = clean(raw.with_row_index("row"))
    ledger = edits.filter(part="body").select(LEDGER).rows()
    assert undone(texts.item(0, "body"), ledger) == raw.item(0, "body")
    return texts.item(0, "body"), [edit[-1] for edit in ledger]


def sentences_of(body: str) -> list[str]:
    article = pl.DataFrame({"article_id": [1], "title": [""], "body": [body]})
    return sentences(article)["sentence"].to_list()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("استمر الأمر عامين.وأصبح أكبر", ["استمر الأمر عامين.", "وأصبح أكبر"]),
        ("خط أحمر».وأعلن المخرج", ["خط أحمر».", "وأعلن المخرج"]),
        ('قال "نعم".وأضاف', ['قال "نعم".', "وأضاف"]),
        ("في فالنسيا (إسبانيا).وينطلق الموسم", ["في فالنسيا (إسبانيا).", "وينطلق الموسم"]),
        ("كَانَ كَبِيرًا.وَأَصْبَحَ أكبر", ["كَانَ كَبِيرًا.", "وَأَصْبَحَ أكبر"]),
        ("انتهى الأمر هنا.في حين بدأ آخر", ["انتهى الأمر هنا.", "في حين بدأ آخر"]),
        ("هل عاد الوزير؟نعم عاد", ["هل عاد الوزير؟", "نعم عاد"]),
    ],
)
def test_a_sentence_ends_at_a_glued_mark_and_the_text_stays(
    raw: Raw, undone: Undone, body: str, found: list[str]
) -> None:
    assert cleaned(raw(("عنوان", body)), undone) == (body, [])
    assert sentences_of(body) == found


@pytest.mark.parametrize(
    "body",
    [
        "قالت شبكة سي.إن.إن الأميركية",
        "شركة بي.إم.دبليو الألمانية",
        "قناة (بي.بي.سي) وموقع العربية.نت",
        "موقع هاف بين باوند.كوم",
        "قاذف آر.بى.جى",
        "الرئيس دبليو.بوش",
        "وكريديتوبي.إن.بي.باريبا",
        "وكالة باتون.بارتون.دورستين.أوزبورن",  # a chain of single words is a name
        "القرن الثالث ق.م وما بعده",
        "وقال د.أنطوان صفير",
        "كتب أ.د.محمد علي",
        "يدعى محمد.ر تونسي الجنسية",
        "بكلفة 5 م.د في السنة",
        "إلى 1.8 أو 3.5 في المئة",
        "https://example.com/عامين.وأصبح",
        "اكتب إلى info@موقع.عربي",
        "انتظر...وانتظر",  # an ellipsis is a pause
        "1.يناير\n2.مارس",
        "انتهى. وبدأ",
        "معجبة بـ.محمد صلاح",
        "نص أول.\nنص ثان",
    ],
)
def test_dots_within_names_and_numbers_stay(raw: Raw, undone: Undone, body: str) -> None:
    assert cleaned(raw(("عنوان", body)), undone) == (body, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "قالت شبكة سي.إن.إن الأميركية",
        "شركة بي.إم.دبليو الألمانية",
        "قناة (بي.بي.سي) وموقع العربية.نت",
        "قاذف آر.بى.جى",
        "القرن الثالث ق.م وما بعده",
        "وقال د.أنطوان صفير",
        "يدعى محمد.ر تونسي الجنسية",
        "https://example.com/عامين.وأصبح",
        "اكتب إلى info@موقع.عربي",
        "انتظر...وانتظر",
    ],
)
def test_dots_within_names_end_no_sentence(sentence: str) -> None:
    assert sentences_of(sentence) == [sentence]


def test_paragraphs_glued_into_one_line_are_parted_by_line_breaks(raw: Raw, undone: Undone) -> None:
    body = "قال الوزير نعم.وأضاف أمس شيئا.وذكر ثالثا هنا.وانتهى الأمر"
    text, reasons = cleaned(raw(("عنوان", f"{body}\r\n\x00")), undone)
    assert text == body.replace(".", ".\n")
    assert reasons == ["paragraph_joiner"] * 3 + ["invisible"]


@pytest.mark.parametrize(
    ("body", "is_joined"),
    [
        ("قال الوزير نعم.وأضاف أمس شيئا.وذكر ثالثا هنا.وانتهى الأمر., فقرة أخرى", None),  # its joiner is another
        ("قال الوزير نعم.وأضاف أمس شيئا.وذكر ثالثا هنا.وانتهى الأمر\nفقرة أخرى", None),
        ("قال الوزير نعم.وأضاف أمس شيئا.وانتهى الأمر", None),  # two slips of typing
    ],
)
def test_elsewhere_the_text_stays(raw: Raw, undone: Undone, body: str, is_joined: bool | None) -> None:
    text, _ = cleaned(raw(("عنوان", body), is_joined=is_joined), undone)
    assert text.count(".و") == body.count(".و")


def test_title_is_one_line(raw: Raw) -> None:
    title = "انتهى الأمر هنا.وبدأ آخر.وعاد ثالث.وذهب رابع"
    texts, edits = clean(raw((title, "نص")).with_row_index("row"))
    assert texts.item(0, "title") == title
    assert edits.is_empty()


def test_next_article_of_the_batch_tells_nothing(raw: Raw) -> None:
    bodies = ("قال الوزير نعم.وأضاف", ". نعم", "نعم.وأضاف أمس")
    texts, _ = clean(raw(*((body, body) for body in bodies)).with_row_index("row"))
    alone = [clean(raw((body, body)).with_row_index("row"))[0].row(0)[1:] for body in bodies]
    assert texts.select("title", "body").rows() == alone
