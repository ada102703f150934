"""Two runs at once: one holds the warehouse, the other leaves with a line that names it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import pytest

from flows.night import run_night
from flows.terms import Night
from flows.warehouse.lock import Busy
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, broken_claims, is_tidy
from tests.proofs.landing import land
from tests.proofs.moments import PATIENCE, SERVER

RACES: Final = 12


def _wait_in_load(night: Night, reached: Any, go_on: Any) -> None:
    def step(name: str, call: Any) -> Any:
        if name == "load":
            reached.set()
            go_on.wait(PATIENCE)
        return call()

    run_night(night, step)


def _race(night: Night, start: Any, told: Any) -> None:
    start.wait(PATIENCE)
    try:
        told.put(run_night(night).outcome)
    except Busy as busy:
        told.put(str(busy))


@contextmanager
def living(*children: Any) -> Iterator[None]:
    """The children, which do not outlive the proof."""
    try:
        for child in children:
            child.start()
        yield
    finally:
        for child in children:
            child.join(PATIENCE)
            child.kill()
            child.join()


def test_a_run_that_comes_while_another_loads_leaves_with_its_name_and_changes_nothing(tmp_path):
    land(tmp_path / "landing", date(2026, 11, 1), 12, seed=1)
    place = Place(tmp_path / "warehouse")
    reached, go_on = SERVER.Event(), SERVER.Event()
    first = SERVER.Process(target=_wait_in_load, args=(a_night(tmp_path), reached, go_on))
    with living(first):
        assert reached.wait(PATIENCE)
        staged = sorted(place.staging.rglob("*"))

        with pytest.raises(Busy, match=rf"another run \(process {first.pid}\) holds {place.root}; wait for its end"):
            run_night(a_night(tmp_path))

        assert sorted(place.staging.rglob("*")) == staged
        assert not place.current.exists()
        go_on.set()
    assert first.exitcode == 0
    assert run_night(a_night(tmp_path)).outcome == "nothing_new"
    assert broken_claims(place.published()) == []


@pytest.mark.slow
def test_of_two_runs_that_start_together_exactly_one_publishes_the_night(tmp_path):
    place = Place(tmp_path / "warehouse")
    for number in range(1, RACES + 1):
        land(tmp_path / "landing", date(2026, 11, number), 6, seed=number)
        start, told = SERVER.Barrier(2), SERVER.SimpleQueue()
        children = [SERVER.Process(target=_race, args=(a_night(tmp_path), start, told)) for _ in range(2)]
        with living(*children):
            pids = "|".join(str(child.pid) for child in children)
            outcomes = sorted(told.get() for _ in children)

        assert [child.exitcode for child in children] == [0, 0]
        assert outcomes.count("published") == 1
        other = next(outcome for outcome in outcomes if outcome != "published")
        assert other == "nothing_new" or re.match(rf"another run \(process ({pids})\) holds ", other)
        assert len(list(place.versions.iterdir())) == min(number, 7)
    assert broken_claims(place.published()) == []
    assert is_tidy(place)
