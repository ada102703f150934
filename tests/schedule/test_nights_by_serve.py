"""«mustawda serve», real: one process with a server of its own, whose schedule fires."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.warehouse.place import Place
from flows.warehouse.queries import answer
from tests.schedule.conftest import ISLAND, Net, Serving
from tests.schedule.parts import ENDED, command, wait_for

pytestmark = pytest.mark.slow


def test_serve_fires_a_night_by_itself(serving: Serving, net: Net):  # noqa: ARG001  # both schedules come due meanwhile
    def ended():
        ours = [run for run in serving.api.runs() if run["auto_scheduled"]] if serving.api.is_up() else []
        return ours[0] if ours and ours[0]["state_name"] in ENDED else None

    run = wait_for(ended, (serving.due - datetime.now(UTC)).total_seconds() + 120, serving.part.said)
    night = serving.due.astimezone(ZoneInfo(ISLAND)).date()

    assert (run["name"], run["state_name"]) == (f"night-{night}", "Completed")
    told = answer(Place(serving.news.root / "warehouse"), "select night, flow_run_id from dim_load").rows()
    assert told == [(night, run["id"])]


def test_the_doctor_finds_the_server_of_serve(serving: Serving):
    done = command(serving.env, "doctor", *serving.news.options)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{serving.api.url} answers" in done.stdout


def test_a_night_by_hand_is_seen_in_the_history_of_serve(serving: Serving):
    done = command(serving.env, "run", *serving.news.options, "--night", "2026-03-29")

    assert done.returncode == 0, done.stderr
    assert "night-2026-03-29" in [run["name"] for run in serving.api.runs()]
