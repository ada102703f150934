from collections.abc import Callable

import polars as pl
import pytest

from transforms.articles import articles
from transforms.cleaning import clean
from transforms.contracts import ARTICLE, EXCERPT_CHARS, FAULTS, MAX_BODY_CHARS, REJECTION, judge

Raw = Callable[..., pl.DataFrame]

ARABIC = "قال الوزير في مؤتمر صحفي إن الحكومة تدرس هذا الملف"
PERSIAN = "این یک خبر است که از تهران می‌رسد و برای مردم مهم است"


def judged(raw: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    numbered = raw.with_row_index("row")
    return judge(articles(numbered, clean(numbered)[0]))


@pytest.mark.parametrize(
    ("title", "body", "reason", "detail"),
    [
        ("عنوان", "", "no_text", "nothing is left of the body after cleaning"),
        ("عنوان", " \n\u200f<p></p>&nbsp;", "no_text", "nothing is left of the body after cleaning"),
        ("عنوان", "ا" * (MAX_BODY_CHARS + 1), "too_long", "1000001 characters of body"),
        ("", "x" * (MAX_BODY_CHARS + 1), "too_long", "1000001 characters of body"),  # the first fault names it
        ("", "The president said on Monday", "not_arabic", "language: other"),
        ("", PERSIAN, "not_arabic", "language: fa"),
        ("", "2026!", "not_arabic", "language: und"),
    ],
)
def test_a_bad_article_is_rejected_by_the_name_of_its_fault(
    raw: Raw, title: str, body: str, reason: str, detail: str
) -> None:
    kept, rejected = judged(raw((title, body)))
    assert kept.is_empty()
    assert rejected.select("reason", "detail").rows() == [(reason, detail)]
    assert reason in FAULTS


@pytest.mark.parametrize(
    ("title", "body"),
    [("عنوان", ARABIC), ("", ARABIC), ("", "ا" * MAX_BODY_CHARS), ("", "مصر"), ("Title", ARABIC)],
)
def test_a_good_article_is_kept(raw: Raw, title: str, body: str) -> None:
    kept, rejected = judged(raw((title, body)))
    assert kept.select("title", "body").rows() == [(title, body)]
    assert rejected.is_empty()


def test_no_article_is_lost(raw: Raw) -> None:
    kept, rejected = judged(raw(("أ", ARABIC), ("ب", ""), ("ج", PERSIAN), ("د", ARABIC)))
    assert kept["title"].to_list() == ["أ", "د"]
    assert rejected["file"].to_list() == ["outlet/2.txt", "outlet/3.txt"]


def test_a_rejection_tells_where_the_article_is_and_how_it_begins(raw: Raw) -> None:
    _, rejected = judged(raw(("Title", "word " * 100), locator="7"))
    told = rejected.row(0, named=True)
    assert (told["source_id"], told["file"], told["locator"]) == ("outlet", "outlet/1.txt", "7")
    assert told["file_sha256"] == "0" * 64
    assert told["excerpt"].startswith("Title / word word")
    assert len(told["excerpt"]) == EXCERPT_CHARS


def test_the_frames_have_their_schemas(raw: Raw) -> None:
    for frame in (raw(("أ", ARABIC), ("ب", "")), raw()):
        kept, rejected = judged(frame)
        assert (kept.schema, rejected.schema) == (pl.Schema(ARTICLE), pl.Schema(REJECTION))
