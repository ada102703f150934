"""Analysts read while the job publishes: each reader here is a process of its own, as a DuckDB client is."""

import subprocess
import sys

import pytest

from flows.warehouse.queries import answer

COUNT = """
import sys, duckdb
with duckdb.connect(sys.argv[1], read_only=True) as connection:
    while True:
        print(connection.sql("select count(*) from fact_sentence").fetchone()[0], flush=True)
        if not sys.stdin.readline():
            break
"""


@pytest.fixture
def reader(place, night, deliver):
    """A client that has the published version open and counts its sentences each time it is asked."""
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")
    night()
    command = [sys.executable, "-c", COUNT, str(place.current)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "2\n"
        yield process
        process.stdin.close()


def ask(reader: subprocess.Popen) -> str:
    reader.stdin.write("again\n")
    reader.stdin.flush()
    return reader.stdout.readline().strip()


def test_a_reader_keeps_its_version_and_new_ones_see_the_next(reader, place, night, deliver):
    deliver("nahr/2.txt", "عاد النهر إلى مجراه.")
    assert night().outcome == "published"

    assert ask(reader) == "2"
    assert answer(place, "select count(*) from fact_sentence").item() == 4


def test_a_reader_outlives_the_removal_of_its_version(reader, place, night, deliver):
    deliver("nahr/2.txt", "عاد النهر إلى مجراه.")
    night(kept_versions=1)

    assert len(list(place.versions.iterdir())) == 1
    assert ask(reader) == "2"
