from collections.abc import Callable
from datetime import date
from itertools import permutations

import polars as pl
import pytest

from transforms.articles import articles, current
from transforms.cleaning import clean
from transforms.contracts import ARTICLE

Raw = Callable[..., pl.DataFrame]


def delivered(raw: pl.DataFrame) -> pl.DataFrame:
    numbered = raw.with_row_index("row")
    return articles(numbered, clean(numbered)[0])


def keyed(raw: Raw, **columns: object) -> pl.DataFrame:
    """The articles of rows that differ in the given columns alone."""
    count = max(len(value) for value in columns.values() if isinstance(value, list))
    return delivered(raw(*[("عنوان", "نص")] * count, **columns))


@pytest.mark.parametrize(
    ("url", "record_id", "path", "locator", "key"),
    [
        ("https://example.com/1", "17", "a.json", "3", "https://example.com/1"),
        (" https://example.com/1\n", "17", "a.json", "3", "https://example.com/1"),
        ("https://example.com/cafe\u0301", None, "a.txt", "", "https://example.com/caf\u00e9"),  # NFC
        (None, "17", "a.json", "3", "17"),
        ("", " 17 ", "a.json", "3", "17"),
        (" ", "", "a.json", "3", "a.json#3"),
        (None, None, "2026/أخبار/a.txt", "", "2026/أخبار/a.txt"),
    ],
)
def test_the_natural_key_is_the_url_else_the_id_else_the_place(
    raw: Raw, url: str | None, record_id: str | None, path: str, locator: str, key: str
) -> None:
    told = keyed(raw, url=[url], record_id=record_id, path=path, locator=locator)
    assert told["natural_key"].to_list() == [key]


@pytest.mark.parametrize(
    ("source_id", "path", "url", "article_id"),
    [
        # the first 63 bits of sha256("alarabiya\x1fhttps://example.com/1"), of sha256("outlet\x1f1.txt")
        ("alarabiya", "1.txt", "https://example.com/1", 4376145287821515255),
        ("outlet", "1.txt", None, 3692587033004876875),
    ],
)
def test_article_ids_never_change(raw: Raw, source_id: str, path: str, url: str | None, article_id: int) -> None:
    assert keyed(raw, source_id=source_id, path=path, url=[url])["article_id"].to_list() == [article_id]


def test_article_ids_are_not_negative(raw: Raw) -> None:
    ids = keyed(raw, path=[f"{number}.txt" for number in range(1_000)])["article_id"]
    assert ids.min() >= 0
    assert ids.n_unique() == 1_000


@pytest.mark.parametrize(
    ("columns", "is_one"),
    [
        ({"url": ["https://example.com/1"] * 2, "path": ["a.txt", "b.txt"]}, True),
        ({"url": ["https://example.com/cafe\u0301", "https://example.com/caf\u00e9 "]}, True),
        ({"record_id": ["17", "17 "], "locator": ["1", "2"]}, True),
        ({"path": ["a.txt", "b.txt"]}, False),  # without url or id, another path is another article
        ({"path": "a.json", "locator": ["1", "2"]}, False),
        ({"record_id": "17", "source_id": ["a", "b"]}, False),  # another outlet counts for itself
        ({"url": ["https://example.com/A", "https://example.com/a"]}, False),
        ({"source_id": ["ab", "a"], "record_id": ["c", "bc"]}, False),
    ],
)
def test_the_same_key_of_the_same_outlet_is_the_same_article(
    raw: Raw, columns: dict[str, object], is_one: bool
) -> None:
    assert (keyed(raw, **columns)["article_id"].n_unique() == 1) is is_one


def test_the_raw_text_and_the_clean_text_are_hashed(raw: Raw) -> None:
    dirty, neat = delivered(raw((" عنوان", "نص "), ("عنوان", "نص"))).rows(named=True)
    assert dirty["raw_sha256"] == "0c3cb90c3245ce812d973586122b425e7a35f7746faa04f8ed5d2a7e215bb749"
    assert neat["raw_sha256"] == "ddcb392247f4932af6cdebf66bb3771094dd8c78a59549e31126a23a5dddd147"
    assert dirty["content_sha256"] == neat["content_sha256"] == neat["raw_sha256"]


def test_an_article_carries_clean_text_and_what_its_record_tells(raw: Raw) -> None:
    told = delivered(
        raw(
            (" عنوان", "قال الوزير في بيان  اليوم"),
            author=" محمد علي ",
            category="",
            abstract=None,
            published="2018-02-18",
            locator="7",
            encoding="windows-1256",
        )
    ).row(0, named=True)
    assert (told["title"], told["body"], told["language"]) == ("عنوان", "قال الوزير في بيان اليوم", "ar")
    assert (told["author"], told["category"], told["abstract"]) == ("محمد علي", None, None)
    assert (told["published_on"], told["published_from"]) == (date(2018, 2, 18), "metadata")
    assert (told["file"], told["locator"], told["encoding"]) == ("outlet/1.txt", "7", "windows-1256")


@pytest.mark.parametrize(
    "deliveries",  # of one article: (delivered_on, file, locator), from the first to the last
    [
        [("2026-01-01", "z.txt", ""), ("2026-01-02", "a.txt", "")],
        [(None, "z.txt", ""), ("1999-01-01", "a.txt", "")],  # a delivery without a day comes first
        [("2026-01-01", "a.txt", ""), ("2026-01-01", "b.txt", "")],
        [("2026-01-01", "a.json", "9"), ("2026-01-01", "a.json", "10"), ("2026-01-01", "a.json", "100")],
        [("2026-01-01", "a.json", ""), ("2026-01-01", "a.json", "1")],
        [(None, "a.json", "99"), (None, "b.json", "1"), ("2026-01-01", "a.json", "2"), ("2026-01-02", "a.json", "1")],
    ],
)
def test_the_current_text_is_that_of_the_last_delivery_in_whatever_order_they_come(
    raw: Raw, deliveries: list[tuple[str | None, str, str]]
) -> None:
    for order in permutations(deliveries):
        days, files, locators = (list(column) for column in zip(*order, strict=True))
        told = keyed(raw, record_id="17", delivered=days, file=files, locator=locators)
        last = current(told).select(pl.col("delivered_on").cast(pl.String), "file", "locator").rows()
        assert last == [deliveries[-1]]


def test_each_article_has_its_current_text(raw: Raw) -> None:
    told = keyed(raw, record_id=["a", "b", "a", "c"], delivered=["2026-01-02", None, "2026-01-01", "2026-01-01"])
    assert current(told).select("natural_key", "row").rows() == [("a", 0), ("b", 1), ("c", 3)]


def test_the_frame_has_its_schema(raw: Raw) -> None:
    for frame in (raw(("عنوان", "نص")), raw()):
        assert delivered(frame).schema == pl.Schema(ARTICLE)
