"""The macro fold against the transforms, for every character there is: dim_word_folds_alike holds for any word."""

from collections.abc import Callable, Iterator

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


@pytest.fixture(scope="module")
def broken(tmp_path_factory) -> Iterator[Callable[[list[str]], list[tuple]]]:
    """Tells of forms the rows that break the claim in a dim_word of them."""
    staged = tmp_path_factory.mktemp("words") / "words.parquet"
    not_cached = {"enable_external_file_cache": "false"}  # the file is written anew for each example
    with duckdb.connect(config=not_cached) as warehouse:
        warehouse.execute((SQL / "3_marts" / "fold.sql").read_text(encoding="utf-8"))

        def tell(forms: list[str]) -> list[tuple]:
            words = pl.DataFrame({"form": forms}).with_row_index("word_id").with_columns(folded=fold(pl.col("form")))
            words.write_parquet(staged)
            warehouse.read_parquet(str(staged)).create_view("dim_word")
            return warehouse.sql(CHECK).fetchall()

        yield tell


def test_every_character_is_folded_alike_or_left_aside_by_name(broken):
    assert broken(EVERY_CHARACTER) == []


@pytest.mark.parametrize("marks", ["\u0651\u064e", "\u0301", "\u0654"])
def test_every_common_character_with_marks_is_folded_alike_or_left_aside_by_name(broken, marks):
    assert broken([f"ب{character}{marks}ن" for character in EVERY_CHARACTER[:0xFFFF]]) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(words, min_size=1, max_size=100))
def test_every_word_is_folded_alike(broken, forms):
    assert broken(forms) == []
