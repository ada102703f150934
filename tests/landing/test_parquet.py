"""A small Parquet file may hold more than any memory: it is named, the news beside it is read."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from flows.landing.faults import Fault
from flows.landing.forms import parquet, parquet_table
from flows.landing.sources import Fields
from tests.landing.parquet_bombs import BOMBS, list_of, rows_of, text_of

NEWS: Final = "افتتح المحافظ، أمس، مكتبة عامة في مدينة عدن. وقال إن الدخول إليها مجاني."
MEGABYTE: Final = 1 << 20


def written(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()


def fault_of(data: bytes) -> tuple[str, str]:
    """(reason, detail) of a file that is refused as a whole."""
    with pytest.raises(Fault) as raised:
        list(parquet.read(data, Fields()))
    return raised.value.reason, raised.value.detail


@pytest.mark.parametrize(
    ("data", "bodies"),
    [
        pytest.param(rows_of(NEWS.encode(), 3), [NEWS] * 3, id="a text that three rows share"),
        pytest.param(list_of(NEWS.encode(), 2), [f"{NEWS}\n{NEWS}"], id="a list of it"),
        pytest.param(text_of(100), ["x" * 100], id="a plain text"),
        pytest.param(rows_of(b"x", 1_000_000_000, declared=2), ["x", "x"], id="more rows than it declares"),
    ],
)
def test_what_the_bombs_are_made_of_is_read_in_small(data, bodies):
    assert [row["body"] for row in parquet.read(data, Fields())] == bodies


MEASURED: Final = """
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from flows.landing.faults import Fault
from flows.landing.forms import parquet
from flows.landing.sources import Fields
before = getrusage(RUSAGE_SELF).ru_maxrss
for file in map(Path, sys.argv[1:]):
    try:
        print(sum(1 for _ in parquet.read(file.read_bytes(), Fields())), "rows")
    except Fault as fault:
        print(fault.reason)
print(getrusage(RUSAGE_SELF).ru_maxrss - before, getrusage(RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_bomb_is_too_large_and_takes_little_memory(tmp_path: Path):
    files = [tmp_path / f"{number}.parquet" for number in range(len(BOMBS))]
    for file, bomb in zip(files, BOMBS.values(), strict=True):
        file.write_bytes(bomb())
        assert file.stat().st_size < MEGABYTE

    command = [sys.executable, "-c", MEASURED, *map(str, files)]
    *told, peaks = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    own, of_readers = (int(kilobytes) * 1024 for kilobytes in peaks.split())
    assert dict(zip(BOMBS, told, strict=True)) == dict.fromkeys(BOMBS, "too_large")
    assert own < 64 * MEGABYTE
    assert of_readers < 1024 * MEGABYTE


@pytest.mark.parametrize(
    ("frame", "detail"),
    [
        pytest.param(
            pl.DataFrame({"body": [NEWS]} | {f"c{number}": [None] for number in range(10_000)}),
            "the table has 10,001 columns; the limit is 10,000",
            id="columns",
        ),
        pytest.param(
            pl.DataFrame({"body": [NEWS], "more": [{f"f{number}": 1 for number in range(10_000)}]}),
            "the table has 10,001 columns; the limit is 10,000",
            id="columns within a column",
        ),
        pytest.param(
            pl.select(body=pl.repeat(None, 70_000)),
            "70,000 rows of 1 columns come out of {size} bytes; the limit is 67,108",
            id="rows of nothing",
        ),
        pytest.param(
            pl.select(body=pl.repeat(NEWS, 5_000), **{f"c{n}": pl.lit(None) for n in range(1_999)}),
            "5,000 rows of 2,000 columns come out of {size} bytes; the limit is 4,194",
            id="rows and columns",
        ),
        pytest.param(
            pl.select(body=pl.repeat(True, 10_000_000).implode()),
            "80,000,008 bytes come out of {size}; the limit is 67,108,864",
            id="a list of bits",
        ),
        pytest.param(
            pl.select(body=pl.repeat("ن" * 1_000, 60_000, dtype=pl.Categorical)),
            "120,480,000 bytes come out of {size}; the limit is 67,108,864",
            id="categories",
        ),
    ],
)
def test_a_flood_is_told_in_numbers(frame, detail):
    data = written(frame)
    assert fault_of(data) == ("too_large", detail.format(size=f"{len(data):,}"))


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(parquet, "MAX_SECONDS", 0.01)
    assert fault_of(rows_of(b"x", 1)) == (
        "too_large",
        "the Parquet is not read within 0.01 seconds: it may be a bomb",
    )


def test_fewer_rows_than_declared_is_a_broken_file():
    assert fault_of(rows_of(b"x", 5, declared=50))[0] == "bad_form"


def test_news_that_shrinks_well_is_no_bomb():
    frame = pl.select(body=pl.format("{}. {}", pl.int_range(50_000), pl.lit(NEWS * 5)), id=pl.int_range(50_000))
    data = written(frame)
    assert frame.estimated_size() > 20 * len(data)
    assert sum(isinstance(row, dict) for row in parquet.read(data, Fields())) == 50_000


@pytest.mark.parametrize(
    ("values", "dtype", "weight"),
    [
        (["أب", None, ""], pl.String, 4 + 3 * 8),
        ([b"ab", None], pl.Binary, 2 + 2 * 8),
        (["a", "a"], pl.Categorical, 2 + 2 * 8),
        ([1, 2, None], pl.Int8, 3 * 8),
        ([["ab", "c"], ["d"]], pl.List(pl.String), 2 * 8 + 4 + 3 * 8),
        ([[1, 2], [3, 4]], pl.Array(pl.Int8, 2), 2 * 8 + 4 * 8),
        ([{"a": "x", "b": 1}], pl.Struct({"a": pl.String, "b": pl.Int8}), 8 + (1 + 8) + 8),
    ],
)
def test_a_column_weighs_its_texts_and_values(values, dtype, weight):
    assert parquet_table._weight(pl.Series(values, dtype=dtype)) == weight


def test_a_weight_may_be_longer_than_32_bits():
    (column,) = pl.read_parquet(rows_of(b"x" * 1_000_000, 5_000))
    assert parquet_table._weight(column) == 5_000 * (1_000_000 + 8)
