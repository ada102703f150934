"""The macro fold against the transforms, for every character there is: dim_word_folds_alike holds for any word."""

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.warehouse.place import SQL
from transforms.normalize import fold

CHECK = (SQL / "4_checks" / "dim_word_folds_alike.sql").read_text(encoding="utf-8")
EVERY_CHARACTER = [chr(code) for code in range(1, 0x32000) if not 0xD800 <= code < 0xE000]
"""But for planes that hold nothing, or what users agree on among themselves."""


PLAIN = [
    *["ء-ي", "ً-ْ", "٠-٩", "۰-۹", "ـ", "پ", "چ", "ژ", "گ", "ڤ", "ک", "ی", "ٱ", "ٰ", "ٵ-ٸ", "ﻻ", "ﺏ", "א-ת", "ⴰ-ⵯ"],
    *["0-9", "A-Z", "a-z", "À-ÿ", "Ā-ı", "Ĵ-ľ", "а-я", "«", "»", "…", "™", "½", "²", "º", "№", "Ⅳ", "５", "Ａ", "ﬁ"],
]
"""Letters that words have, from one to the other."""

LETTERS = [chr(code) for first_to_last in PLAIN for code in range(ord(first_to_last[0]), ord(first_to_last[-1]) + 1)]
MARKS = ["\u064e", "\u0651", "\u0653", "\u0654", "\u0655", "\u0670", "\u0301", "\u0308", "\u0327", "\u0640"]

words = st.lists(st.sampled_from([*LETTERS, *MARKS]), min_size=1, max_size=8).map("".join)


STAGE = """
create or replace table dim_word as
select unnest(range(len($forms))) as word_id, unnest($forms) as form, unnest($folded) as folded
"""


@pytest.fixture(scope="module")
def warehouse():
    """A connection with the macro."""
    with duckdb.connect() as connection:
        connection.execute((SQL / "3_marts" / "fold.sql").read_text(encoding="utf-8"))
        yield connection


def broken(warehouse, forms: list[str]) -> list[tuple]:
    """The rows that break the claim in a dim_word of these forms."""
    folded = pl.DataFrame({"form": forms}).select(fold(pl.col("form"))).to_series().to_list()
    warehouse.execute(STAGE, {"forms": forms, "folded": folded})
    return warehouse.sql(CHECK).fetchall()


def test_every_character_is_folded_alike_or_left_aside_by_name(warehouse):
    assert broken(warehouse, EVERY_CHARACTER) == []


@pytest.mark.parametrize("marks", ["\u0651\u064e", "\u0301", "\u0654"])
def test_every_common_character_with_marks_is_folded_alike_or_left_aside_by_name(warehouse, marks):
    assert broken(warehouse, [f"ب{character}{marks}ن" for character in EVERY_CHARACTER[:0xFFFF]]) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(words, min_size=1, max_size=100))
def test_every_word_is_folded_alike(warehouse, forms):
    assert broken(warehouse, forms) == []
