"""kill -9 in the middle of a night: the run is called dead, its place is free again, and the next night runs."""

import os
import signal
import sqlite3
from datetime import UTC, datetime
from functools import partial

import pytest

from flows.warehouse.lock import holder
from flows.warehouse.place import Place
from tests.schedule.conftest import Net, News, Serving, news
from tests.schedule.parts import ENDED, Api, Gate, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dead(net: Net, serving: Serving, tmp_path_factory) -> dict[str, tuple[str, News]]:
    """(run, its news) of a night whose worker died with it, and of one that a power cut ended with serve and server.

    Both are killed at once, as it takes 90 seconds until their silence is noticed.
    """
    given = {way: news(tmp_path_factory.mktemp(way)) for way in ("worker", "serve")}
    apis = {"worker": net.api, "serve": serving.api}
    for one in given.values():
        Gate(one.root / "sources.toml")
    ids = {way: api.order(datetime.now(UTC), given[way].parameters) for way, api in apis.items()}
    for way, api in apis.items():
        wait_for(partial(api.is_alive, ids[way]), 60)
    processes = {way: holder(Place(one.root / "warehouse")) for way, one in given.items()}
    net.worker.kill()
    os.kill(processes["worker"], signal.SIGKILL)
    serving.part.cut_power(processes["serve"])
    for one in given.values():
        (one.root / "sources.toml").unlink()
    serving.restart()
    net.start_worker()
    return {way: (ids[way], given[way]) for way in given}


def is_called_dead_and_followed(api: Api, id: str, given: News) -> None:
    wait_for(api.is_up, 60)
    state = wait_for(api.reaches(id, *ENDED), 150)["state"]
    assert (state["name"], state["message"][:16]) == ("Crashed", "No sign of life ")
    following = api.order(datetime.now(UTC), given.parameters)
    assert wait_for(api.reaches(following, *ENDED), 90)["state_name"] == "Completed"
    assert len(given.versions()) == 1


def test_a_night_killed_with_its_worker_is_crashed_and_the_next_one_runs(net: Net, dead):
    is_called_dead_and_followed(net.api, *dead["worker"])

    notices = [notice for notice in net.receiver.got if notice["flow_run_id"] == dead["worker"][0]]
    assert [notice["state"] for notice in notices] == ["Crashed"]


def test_a_night_ended_by_a_power_cut_is_crashed_and_the_next_one_runs(serving: Serving, dead):
    is_called_dead_and_followed(serving.api, *dead["serve"])


def test_the_schedule_stays_active_when_serve_is_stopped(serving: Serving):
    serving.part.stop()

    with sqlite3.connect(serving.news.root / "warehouse" / "prefect" / "prefect.db") as database:
        assert database.execute("select active from deployment_schedule").fetchall() == [(1,)]
        assert database.execute("select paused from deployment").fetchall() == [(0,)]
    assert "Traceback" not in serving.part.said()
