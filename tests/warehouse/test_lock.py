import os
import subprocess
import sys

import pytest

from flows.warehouse.lock import Busy, only_run
from flows.warehouse.place import NoWarehouse, Place

HOLD = """
import sys
from pathlib import Path
from flows.warehouse.lock import only_run
from flows.warehouse.place import Place
with only_run(Place(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_run(place):
    """Another process that holds the warehouse."""
    command = [sys.executable, "-c", HOLD, str(place.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_is_told_which_process_holds_the_warehouse(place, other_run):
    with pytest.raises(Busy, match=rf"process {other_run.pid}\b.*{place.root}"), only_run(place):
        pass


@pytest.mark.usefixtures("other_run")
def test_a_second_night_leaves_the_warehouse_alone(place, night, deliver):
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")

    with pytest.raises(Busy):
        night()

    assert sorted(path.name for path in place.root.rglob("*")) == ["run.lock", "staging", "versions"]


def test_the_lock_dies_with_its_process(place, other_run):
    other_run.kill()
    other_run.wait()

    with only_run(place):
        assert place.lock.read_text(encoding="utf-8") == str(os.getpid())


def test_a_run_frees_the_warehouse_when_it_ends(place):
    with only_run(place):
        pass

    with only_run(place), pytest.raises(Busy, match=str(os.getpid())), only_run(place):
        pass


def test_a_shorter_process_number_replaces_a_longer_one(place):
    place.lock.write_text("99999999999", encoding="utf-8")

    with only_run(place):
        assert place.lock.read_text(encoding="utf-8") == str(os.getpid())


def test_where_no_warehouse_is_there_is_nothing_to_hold(tmp_path):
    told = r"^there is no warehouse in .*nowhere; run «mustawda run» first$"
    with pytest.raises(NoWarehouse, match=told), only_run(Place(tmp_path / "nowhere")):
        pass
