"""The same landing gives the same warehouse: whatever the batches, the order of files, the number of threads."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

import flows.night
from flows.landing.discover import discover
from flows.night import run_night
from flows.warehouse.content import Content, content_of
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, fingerprint
from tests.proofs.landing import article, land, revised, write

RUN = """
import sys
from pathlib import Path
import polars
from flows.night import run_night
from tests.proofs.evidence import a_night
root, name, threads = sys.argv[1:]
assert polars.thread_pool_size() == int(threads)
run_night(a_night(Path(root), warehouse=Path(root, name)))
"""


@pytest.fixture
def root(tmp_path) -> Path:
    """A landing with revisions, duplicates, reprints and bad files, all on the first night."""
    random = Random(3)
    landing = tmp_path / "landing"
    land(landing, date(2026, 11, 1), 90, seed=1)
    first = [article(random, f"story-{number}") for number in range(12)]
    second = [revised(random, one) for one in first[:8]]
    write(landing, "jsonl", date(2026, 11, 2), "a", [*first, first[0], second[0]])
    write(landing, "jsonl", date(2026, 11, 3), "a", [*second, first[3]])
    write(landing, "jsonl", date(2026, 11, 3), "b", [first[3], second[4]])
    write(landing, "csv", date(2026, 11, 3), "b", first)
    for name, data in {"empty": b"", "binary": bytes(range(256)) * 9, "latin": b"Not a word of it is Arabic."}.items():
        path = landing / f"almasar/2026-11-03/{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path


def loaded(root: Path, name: str, **given: object) -> Content:
    """The content of a warehouse of its own over the landing."""
    run_night(a_night(root, warehouse=root / name, **given))
    return content_of(Place(root / name).published())


@pytest.mark.slow
def test_batches_order_and_threads_do_not_tell_in_the_content(root, monkeypatch):
    usual = loaded(root, "usual")
    assert {table for table, (rows, _) in usual.items() if not rows} == set()
    assert usual["fact_rejection"][0] >= 3

    assert loaded(root, "tiny", batch_bytes=1) == usual
    assert loaded(root, "small", batch_bytes=20_000) == usual
    for threads in ("1", "2"):
        command = [sys.executable, "-c", RUN, str(root), f"threads-{threads}", threads]
        subprocess.run(command, env={**os.environ, "POLARS_MAX_THREADS": threads}, check=True, timeout=300)
        assert content_of(Place(root / f"threads-{threads}").published()) == usual
    for number in range(3):
        monkeypatch.setattr(flows.night, "discover", lambda *given, seed=number: shuffled(seed, *given))
        assert loaded(root, f"shuffled-{number}", batch_bytes=50_000) == usual


def shuffled(seed: int, *given: object) -> list:
    """The files in another order: turned round, or by chance."""
    files = discover(*given)
    if seed == 0:
        return files[::-1]
    Random(seed).shuffle(files)
    return files


def test_a_verified_rebuild_finds_no_difference_and_touches_nothing(root):
    run_night(a_night(root))
    place = Place(root / "warehouse")
    before = fingerprint(place.published())

    summary = run_night(a_night(root, "verify"))

    assert (summary.outcome, summary.differing) == ("verified", ())
    assert fingerprint(place.published()) == before
    assert len(list(place.versions.iterdir())) == 1


def test_a_verified_rebuild_names_the_tables_that_a_changed_article_makes_differ(root):
    random = Random(4)
    old = article(random, "one")
    write(root / "landing", "joined", date(2026, 11, 5), "one", [old])
    run_night(a_night(root))
    write(root / "landing", "joined", date(2026, 11, 5), "one", [revised(random, old)])

    differing = run_night(a_night(root, "verify")).differing

    assert {"dim_article", "dim_file", "fact_article", "fact_sentence", "fact_word"} <= set(differing)
    assert not {"dim_date", "dim_source", "fact_rejection"} & set(differing)
