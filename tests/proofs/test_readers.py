"""Eight clients read all the time while twenty nights are published: no error, no half a night, no waiting."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import duckdb
import pytest

from flows.night import run_night
from flows.warehouse.place import Place
from tests.proofs import reader
from tests.proofs.evidence import a_night
from tests.proofs.landing import land
from tests.proofs.moments import PATIENCE, SERVER, live

READERS: Final = 8
PUBLISHES: Final = 20
NOBODY: Final = 65534


def open_to_write(file: Path, told: Connection) -> None:
    """Opens the file as any DuckDB client does by default; not as root, whom no permission binds."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        duckdb.connect(file).close()
    except duckdb.Error as error:
        told.send(str(error))
    else:
        told.send("opened")


def publish(root: Path, number: int, **given: object) -> str:
    """A night with a few new articles; returns its version."""
    land(root / "landing", date(2026, 11, 1) + timedelta(number), 6, seed=number)
    summary = run_night(a_night(root, **given))
    assert summary.outcome == "published"
    assert summary.version is not None
    return summary.version


@pytest.fixture
def readers(tmp_path) -> Iterator[list[subprocess.Popen]]:
    """Clients that have read the first version and go on reading."""
    publish(tmp_path, 0)
    command = [sys.executable, reader.__file__, str(tmp_path / "warehouse/current.duckdb")]
    with ExitStack() as ended:
        clients = []
        for _ in range(READERS):
            client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            ended.enter_context(client)
            ended.callback(client.kill)
            clients.append(client)
        assert [client.stdout.readline() for client in clients] == ["ready\n"] * READERS
        yield clients


@pytest.mark.slow
def test_eight_readers_meet_no_error_and_no_mixed_version_through_twenty_publishes(readers, tmp_path):
    first = Place(tmp_path / "warehouse").published().stem
    published = [publish(tmp_path, number) for number in range(1, PUBLISHES + 1)]

    for client in readers:
        client.stdin.close()
    told = [json.loads(client.stdout.readline()) for client in readers]

    assert [one["faults"] for one in told] == [[]] * READERS
    assert all(set(one["versions"]) <= {first, *published} for one in told)
    assert all({first, published[-1]} <= set(one["versions"]) for one in told)


def test_a_query_that_is_open_for_long_keeps_its_version(tmp_path):
    publish(tmp_path, 0, kept_versions=1)
    place = Place(tmp_path / "warehouse")
    old = place.published()
    with duckdb.connect(place.current, read_only=True) as connection:
        connection.execute("set threads = 1")
        count = connection.sql("select count(*) from fact_word as a, fact_word as b").fetchall()[0][0]
        stream = connection.execute("select 1 from fact_word as a, fact_word as b")
        read = len(stream.fetchmany(10_000))
        for number in (1, 2, 3):
            land(tmp_path / "landing", date(2026, 11, 2), 6, seed=number)
            assert live(a_night(tmp_path, kept_versions=1)).outcome == "published"
        assert not old.exists()

        while part := stream.fetchmany(100_000):
            read += len(part)

        assert read == count
        with duckdb.connect(place.current, read_only=True) as later:
            assert later.sql("select count(*) from dim_load").fetchall() == [(4,)]
        assert connection.sql("select count(*) from dim_load").fetchall() == [(1,)]


def test_a_client_that_forgets_read_only_fails_at_once_and_changes_nothing(tmp_path):
    publish(tmp_path, 0)
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        file = Path(shutil.copy(Place(tmp_path / "warehouse").published(), folder))
        Path(folder).chmod(0o777)
        assert file.stat().st_mode & 0o777 == 0o444
        before = file.read_bytes()

        ours, theirs = SERVER.Pipe(duplex=False)
        client = SERVER.Process(target=open_to_write, args=(file, theirs))
        client.start()
        client.join(PATIENCE)

        assert client.exitcode == 0
        assert ours.recv().endswith("Permission denied")
        assert [path.name for path in Path(folder).iterdir()] == [file.name]
        assert file.read_bytes() == before
