from collections.abc import Callable

import polars as pl
import pytest

from transforms.digest import digest

Raw = Callable[..., pl.DataFrame]

NAMES = ["char_count", "paragraph_count", "sentence_count", "word_count", "distinct_word_count", "edit_count"]


@pytest.mark.parametrize(
    ("title", "body", "numbers"),
    [
        ("", "نعم", (3, 1, 1, 1, 1, 0)),
        ("عنوان طويل. جدا", "نعم", (3, 1, 1, 1, 1, 0)),  # the title counts nowhere
        ("", "قال نعم. ثم قال لا!\nثم مضى", (26, 2, 3, 7, 5, 0)),  # «قال» and «ثم» twice
        ("", "كتاب كتابٌ كــتاب كتاب", (22, 1, 1, 4, 3, 0)),  # three written forms
        ("", "«نعم»: نعم، (نعم)...", (20, 1, 1, 3, 1, 0)),  # punctuation is no word
        ("", "بلغ 25% في #مصر", (15, 1, 1, 4, 4, 0)),
        (" عنوان ", "قال  ذلك., \u200fثم", (11, 2, 2, 3, 3, 4)),  # two edits of the title, two of the body
    ],
)
def test_an_article_in_numbers(raw: Raw, title: str, body: str, numbers: tuple[int, ...]) -> None:
    assert digest(raw((title, body))).measure.select(NAMES).rows() == [numbers]


def test_each_article_is_counted_by_itself(raw: Raw) -> None:
    told = digest(raw(("", "قال نعم."), ("", "قال قال\nلا"), ("", "نعم ")))
    assert told.measure.select(NAMES).rows() == [(8, 1, 1, 2, 2, 0), (10, 2, 2, 3, 2, 0), (3, 1, 1, 1, 1, 1)]
    assert told.measure["article_id"].to_list() == told.article["article_id"].to_list()


def test_the_numbers_of_an_article_add_up_from_its_facts(raw: Raw) -> None:
    told = digest(raw(("عنوان", "قال د. علي 3.5 «نعم».\nثم، #مضى 😂")))
    in_body = told.sentence.filter(pl.col("sentence_no") > 0)
    measure = told.measure.row(0, named=True)
    assert measure["sentence_count"] == len(in_body) == 2
    assert measure["word_count"] == in_body["word_count"].sum() == 8
    assert measure["paragraph_count"] == in_body["paragraph_no"].max() == 2
