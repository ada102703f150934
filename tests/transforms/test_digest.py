from collections.abc import Callable
from dataclasses import fields
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.contracts import ARTICLE, DATE, EDIT, FORM, MEASURE, REJECTION, SENTENCE, WORD
from transforms.digest import Digest, digest

Raw = Callable[..., pl.DataFrame]

ID = {"article_id": pl.Int64}
SCHEMAS = {
    "article": {name: dtype for name, dtype in ARTICLE.items() if name != "row"},
    "edit": ID | {name: dtype for name, dtype in EDIT.items() if name != "row"},
    "sentence": SENTENCE,
    "word": WORD,
    "measure": MEASURE,
    "form": FORM,
    "date": DATE,
    "rejection": REJECTION,
}
TEXTS = [
    ("عنوان أول", "قال د. علي «نعم»., ثم مضى في 2018., انتهى."),
    ("", "قال د. علي «نعم»., ثم مضى في 2018., انتهى."),  # a reprint
    ("هل عاد؟ نعم.", "<p>قال&nbsp;الوزير</p><p>إن الأمر\u200f انتهى</p>"),
    ("عنوان", ""),
    ("Title", "The president said on Monday"),
    ("ﻻ", "مصر 😂 #القاهرة, ثم"),
    ("", "...\n2018\nنعم"),
]
DAYS = ["2018-02-18", "20/01/2017", None, "2018-03-01T21:30:00Z", None, "2018-12-31", "2018-02-18"]


@pytest.fixture(scope="module")
def batch(raw: Raw) -> pl.DataFrame:
    return raw(*TEXTS, published=DAYS)


def added_up(forms: pl.DataFrame) -> pl.DataFrame:
    """Each form once, with its words of every batch."""
    return forms.group_by("form", "is_punctuation").agg(pl.col("word_count").sum())


TOLD_AGAIN = {"form": added_up, "date": pl.DataFrame.unique}
"""The frames whose rows several batches may tell, and how they become one."""


def contents(*digests: Digest) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each frame, sorted, those of several batches together."""
    told = {}
    for name in SCHEMAS:
        frame = pl.concat(getattr(digest, name).cast({pl.Categorical: pl.String}) for digest in digests)
        rows = TOLD_AGAIN[name](frame) if name in TOLD_AGAIN else frame
        told[name] = sorted(rows.rows(), key=repr)
    return told


def test_each_frame_has_its_schema(raw: Raw, batch: pl.DataFrame) -> None:
    assert [field.name for field in fields(Digest)] == list(SCHEMAS)
    for told in (digest(batch), digest(batch.head(1)), digest(batch.filter(pl.col("body") == "")), digest(raw())):
        for name, schema in SCHEMAS.items():
            assert getattr(told, name).schema == pl.Schema(schema), name


def test_an_empty_batch_has_empty_frames(raw: Raw) -> None:
    told = digest(raw())
    assert {name: len(getattr(told, name)) for name in SCHEMAS} == dict.fromkeys(SCHEMAS, 0)


def test_a_batch_without_a_good_article_has_rejections_alone(batch: pl.DataFrame) -> None:
    told = digest(batch[3:5])
    lengths = {name: len(getattr(told, name)) for name in SCHEMAS}
    assert lengths == dict.fromkeys(SCHEMAS, 0) | {"rejection": 2}


@settings(deadline=None, max_examples=8)
@given(st.permutations(range(len(TEXTS))))
def test_the_same_rows_in_any_order_give_the_same_frames(batch: pl.DataFrame, order: list[int]) -> None:
    assert contents(digest(batch[order])) == contents(digest(batch))


@settings(deadline=None, max_examples=8)
@given(st.lists(st.integers(0, len(TEXTS)), max_size=4).map(sorted))
def test_any_split_into_batches_gives_the_same_frames(batch: pl.DataFrame, cuts: list[int]) -> None:
    ends = [0, *cuts, len(batch)]
    parts = [batch[start:end] for start, end in pairwise(ends)]
    assert contents(*map(digest, parts)) == contents(digest(batch))


def test_of_an_article_that_comes_twice_the_facts_tell_the_last_text(raw: Raw) -> None:
    told = digest(
        raw(
            ("جديد", "قال الوزير نعم  اليوم"),
            ("قديم", "قال  الوزير لا. ثم مضى"),
            record_id="17",
            delivered=["2026-01-02", "2026-01-01"],
        )
    )
    assert told.article["title"].to_list() == ["جديد", "قديم"]
    assert told.sentence["sentence"].to_list() == ["جديد", "قال الوزير نعم اليوم"]
    assert told.word["form"].cast(pl.String).to_list() == ["جديد", "قال", "الوزير", "نعم", "اليوم"]
    assert told.edit["raw_start"].to_list() == [14]
    assert told.measure["article_id"].to_list() == [told.article["article_id"][0]]
    assert sorted(told.form["form"]) == sorted(["جديد", "قال", "الوزير", "نعم", "اليوم"])


def test_a_last_text_that_is_rejected_leaves_the_one_before(raw: Raw) -> None:
    told = digest(raw(("", "قال نعم"), ("", ""), record_id="17", delivered=["2026-01-01", "2026-01-02"]))
    assert told.sentence["sentence"].to_list() == ["قال نعم"]
    assert told.rejection["reason"].to_list() == ["no_text"]


def test_each_word_has_one_form(batch: pl.DataFrame) -> None:
    told = digest(batch)
    assert sorted(told.form["form"]) == sorted(told.word["form"].cast(pl.String).unique())
    assert not told.form["is_punctuation"].has_nulls()


def test_the_days_are_those_of_the_years_of_the_articles(batch: pl.DataFrame) -> None:
    assert digest(batch).date["year"].unique(maintain_order=True).to_list() == [2017, 2018]
