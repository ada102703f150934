"""Lines of the page that a body loses, and prose with the same words that stays."""

from collections.abc import Callable

import polars as pl
import pytest

from transforms.cleaning import clean
from transforms.knowledge import table

Raw = Callable[..., pl.DataFrame]
Undone = Callable[..., str]
Edit = tuple[int, int, str, str, str]

LEDGER = ["raw_start", "raw_end", "raw_text", "replacement", "reason"]
PROSE = "أعلنت الوزارة، الثلاثاء، إطلاق الحملة"


def cleaned(raw: pl.DataFrame) -> tuple[str, list[Edit]]:
    texts, edits = clean(raw.with_row_index("row"))
    return texts.item(0, "body"), edits.filter(part="body").select(LEDGER).rows()


@pytest.mark.parametrize(
    "line",
    [
        *table("boilerplate")["example"],
        "اقرأ أيضاً",
        "إقرأ أيضًا : عنوان الخبر الآخر في سطر",
        "اقرؤوا أيضا",
        "شاهد أيضاً: صور من الحفل",
        "تابعونا على تويتر وفيسبوك",
        "للمزيد من التفاصيل: عنوان",
        "*** اقرأ أيضا ***",
        "« مواضيع ذات صلة »",
        "- مواضيع ذات صلة -",
        "الرئيسية / أخبار / محليات",
    ],
)
def test_line_of_the_page_goes(raw: Raw, line: str) -> None:
    for body in (f"{PROSE}\n{line}\n{PROSE}", f"{line}\n{PROSE}\n{PROSE}", f"{PROSE}\n{PROSE}\n{line}"):
        assert cleaned(raw(("عنوان", body)))[0] == f"{PROSE}\n{PROSE}"


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا ما كتبه الجاحظ في البخلاء وستعرف.",
        "شاهد أيضا عشرات الأطفال موكبا عسكريا.",
        "للمزيد من الحريات خرج الناس إلى الشارع.",
        "تابع قائد المنتخب الأرجنتيني المباراة من المدرجات.",
        "تابعوا على موقع وتطبيق القناة تغطية مباشرة لمباراة المغرب والبرتغال.",
        "اضغط هنا لمعرفة ما تخزنه الشركة عن عمليات البحث التي قمت بها.",
        "• انقر على رمز الجهاز في الجزء العلوي الأيمن.",
        "شارك الآلاف من الفلسطينيين في احتفالات المولد النبوي.",
        "شارك في تأليف الكتاب الرئيس السابق للجناح.",
        "مشاركة المرأة في الانتخابات",
        "تصريحاته لا تعبر عن موقف الحكومة، وفق المتحدث.",
        "حقوقنا محفوظة في القانون، قال المحامي.",
        "** جميع المقالات المنشورة تمثل رأي كتابها فقط.",  # the outlet prints it below its columns
        "جميع الحقوق محفوظة لموقع كذا 2026",
        "المزيد من المخاطر",
        "إعلان حالة الطوارئ",
        "التعليقات كثيرة على مواقع التواصل.",
        "الأكثر قراءة في العالم هو هذا الكتاب.",
        "طباعة الكتب في القاهرة",
        "*نقلا عن الرؤية الإماراتية",  # who published it first: a fact about the article
        "المصدر : وات",
        "قد يهمك الأمر كثيرا.",
    ],
)
def test_prose_with_the_same_words_stays(raw: Raw, line: str) -> None:
    body = f"{PROSE}\n{line}\n{PROSE}"
    assert cleaned(raw(("عنوان", body))) == (body, [])


@pytest.mark.parametrize(
    ("body", "clean_body", "edits"),
    [
        (
            f"{PROSE}\n\nاقرأ أيضا: عنوان\nنص",
            f"{PROSE}\nنص",
            [(37, 55, "\n\nاقرأ أيضا: عنوان", "", "boilerplate"), ],
        ),
        (
            "شاهد أيضا\nنص",
            "نص",
            [(0, 10, "شاهد أيضا\n", "", "boilerplate")],
        ),
        (
            "شاهد أيضا\n<p>اقرأ أيضا</p>\n نص",
            "نص",
            [(0, 28, "شاهد أيضا\n<p>اقرأ أيضا</p>\n ", "", "boilerplate")],
        ),
        (
            "نص\nشاهد أيضا\n\n",
            "نص",
            [(2, 14, "\nشاهد أيضا\n\n", "", "boilerplate")],
        ),
        (
            "نص.\nاقرأ\u200f أيضا",  # the marker is found, the sign within goes with the line
            "نص.",
            [(3, 14, "\nاقرأ\u200f أيضا", "", "boilerplate")],
        ),
        (
            "نص أول,\nشاهد أيضا",  # the comma before the break is the author's
            "نص أول,",
            [(6, 8, ",\n", ",", "whitespace"), (8, 17, "شاهد أيضا", "", "boilerplate")],
        ),
        ("شاهد أيضا", "", [(0, 9, "شاهد أيضا", "", "boilerplate")]),
    ],
)  # fmt: skip
def test_line_goes_with_its_break_as_one_edit(
    raw: Raw, undone: Undone, body: str, clean_body: str, edits: list[Edit]
) -> None:
    assert cleaned(raw(("عنوان", body))) == (clean_body, edits)
    assert undone(clean_body, edits) == body


def test_paragraph_of_the_joined_form_is_a_line(raw: Raw, undone: Undone) -> None:
    body = "قال الوزير., وأضاف أمس., ** مواضيع ذات صلة: عنوان آخر"
    text, edits = cleaned(raw(("عنوان", body), is_joined=True))
    assert text == "قال الوزير.\nوأضاف أمس."
    assert [edit[-1] for edit in edits] == ["paragraph_joiner", "boilerplate"]
    assert undone(text, edits) == body


def test_a_line_is_judged_by_itself(raw: Raw) -> None:
    body, _ = cleaned(raw(("عنوان", f"{PROSE}\nاقرا ايضا\nاقرأ أيضا: خبر\n{PROSE}")))
    assert body == f"{PROSE}\nاقرا ايضا\n{PROSE}"  # without its hamza the word is no marker, whatever stands beside it


def test_title_and_other_articles_are_left_alone(raw: Raw) -> None:
    texts, edits = clean(raw(("شاهد أيضا", f"{PROSE}\nشاهد أيضا"), ("عنوان", PROSE)).with_row_index("row"))
    assert texts.rows() == [(0, "شاهد أيضا", PROSE), (1, "عنوان", PROSE)]
    assert edits["row"].to_list() == [0]
