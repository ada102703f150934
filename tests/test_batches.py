"""How the files of a night are dealt out to batches: (sizes of the files, bytes of a batch) -> files of each batch."""

from datetime import datetime

import pytest

from flows import batches
from flows.landing.file import LandingFile


@pytest.mark.parametrize(
    ("sizes", "batch_bytes", "expected"),
    [
        pytest.param([], 100, [], id="nothing"),
        pytest.param([10], 100, [1], id="one"),
        pytest.param([10] * 20, 100, [10, 10], id="as many batches as cores"),
        pytest.param([10] * 60, 100, [5, 10, 10, 10, 10, 10, 5], id="many: the cores wait for the first"),
        pytest.param([1_000_000] * 6, 16_000_000, [3, 3], id="a small night has a batch for each core"),
        pytest.param([1_000] * 6, 16_000_000, [6], id="a very small one is not worth a second core"),
        pytest.param([10, 900, 10], 100, [2, 1], id="a file is never cut"),
    ],
)
def test_the_files_are_dealt_out_in_their_order(monkeypatch, sizes, batch_bytes, expected):
    monkeypatch.setattr(batches.pl, "thread_pool_size", lambda: 2)
    files = [LandingFile(f"a/{no:02}.txt", size, datetime(2026, 11, 24), "", None) for no, size in enumerate(sizes)]
    dealt = list(batches._batches(files, batch_bytes))
    assert [len(batch) for batch in dealt] == expected
    assert [item for batch in dealt for item in batch] == files
