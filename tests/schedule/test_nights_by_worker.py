"""Server, worker and «mustawda deploy», all real: nights that fire, wait, are missed and fail."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from flows.warehouse.place import Place
from flows.warehouse.queries import answer
from tests.schedule.conftest import ZONE, Net, News
from tests.schedule.parts import ENDED, Gate, command, wait_for

pytestmark = pytest.mark.slow


def loads(news: News) -> pl.DataFrame:
    return answer(Place(news.root / "warehouse"), "from dim_load order by load_id")


def test_deploying_twice_is_deploying_once(net: Net):
    first, second = net.deployments

    assert first["id"] == second["id"]
    assert [entry["schedule"]["timezone"] for entry in second["schedules"]] == [ZONE]
    assert second["global_concurrency_limit"]["limit"] == 1
    assert second["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    assert {a["id"] for a in first["automations"]} == {a["id"] for a in second["automations"]}
    assert len(second["automations"]) == 2
    assert [pool["name"] for pool in net.api.post("work_pools/filter", {})] == ["mustawda"]


def test_a_scheduled_night_fires_by_itself_and_publishes(net: Net, first_news: News):
    def ended():
        ours = [run for run in net.api.runs() if run["auto_scheduled"]]
        return ours[0] if ours and ours[0]["state_name"] in ENDED else None

    run = wait_for(ended, (net.due - datetime.now(UTC)).total_seconds() + 120, net.worker.said)
    night = net.due.astimezone(ZoneInfo(ZONE)).date()

    assert (run["name"], run["state_name"]) == (f"night-{night}", "Completed")
    assert datetime.fromisoformat(run["expected_start_time"]) == net.due
    load = loads(first_news)
    assert load["night"].to_list() == [night]
    assert load["flow_run_id"].to_list() == [run["id"]]
    left = net.api.artifacts(run["id"])
    assert set(left) == {"night-summary", "night-rejections", "night-checks", "night-progress"}
    assert left["night-summary"]["data"].startswith(f"# Night {night}")
    assert float(left["night-progress"]["data"]) == 100
    assert [event["resource"]["prefect.resource.name"] for event in published(net)] == [run["name"]]
    tasks = net.api.post("task_runs/filter", {"flow_runs": {"id": {"any_": [run["id"]]}}})
    assert {"digest-1", "discover", "lexicon", "load", "publish"} <= {task["name"] for task in tasks}
    assert {tag for task in tasks for tag in task["tags"]} == {"digest", "discover", "lexicon", "load", "publish"}
    assert {task["state_name"] for task in tasks} == {"Completed"}
    lines = net.api.post("logs/filter", {"logs": {"flow_run_id": {"any_": [run["id"]]}}})
    assert any("published" in line["message"] and line["name"] == "mustawda" for line in lines)
    of_load = [line for line in logged(net) if line.get("load_id") == load["load_id"][0]]
    assert {line["logger"] for line in of_load} == {"mustawda", "prefect.task_runs"}
    assert "0001" in {line.get("batch") for line in of_load}
    assert {"prefect.flow_runs", "prefect.flow_runs.worker"} <= {line["logger"] for line in logged(net)}


def logged(net: Net) -> list[dict[str, str]]:
    """Every line of the worker and its runs, JSON all; what Prefect prints to greet is not logged."""
    printed = re.compile(r"Discovered type .*|Worker .* (started|stopped)!|")
    return [json.loads(line) for line in net.worker.said().splitlines() if not printed.fullmatch(line)]


def published(net: Net):
    return wait_for(lambda: net.api.events("mustawda.night.published"), 20)


def test_the_doctor_finds_nothing_wrong(net: Net, first_news: News):
    done = command(net.env, "doctor", *first_news.options)

    assert done.returncode == 0, done.stdout
    states = {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()[1:-1]}
    assert {states[check] for check in ("prefect", "schedule", "worker", "automation", "landing")} == {"ok"}


def test_a_second_night_waits_its_turn(net: Net, own_news: News):
    gate = Gate(own_news.root / "sources.toml")
    now = datetime.now(UTC)
    first = net.api.order(now, own_news.parameters)
    wait_for(net.api.reaches(first, "Running"), 60, net.worker.said)

    second = net.api.order(now, own_news.parameters)
    wait_for(net.api.reaches(second, "AwaitingConcurrencySlot"), 60, net.worker.said)
    assert net.api.run(first)["state_name"] == "Running"
    gate.open()

    ends = [wait_for(net.api.reaches(id, *ENDED), 120, net.worker.said) for id in (first, second)]
    assert [run["state_name"] for run in ends] == ["Completed", "Completed"]
    assert ends[1]["start_time"] >= ends[0]["end_time"]
    assert len(own_news.versions()) == 1


def test_three_missed_nights_load_everything_once(net: Net, own_news: News):
    net.worker.stop()
    today = datetime.now(ZoneInfo(ZONE)).replace(hour=2, minute=0, second=0, microsecond=0)
    due = [today - timedelta(days=days) for days in (3, 2, 1)]
    ids = [net.api.order(at, own_news.parameters) for at in due]
    net.start_worker()

    ends = [wait_for(net.api.reaches(id, *ENDED), 180, net.worker.said) for id in ids]

    assert [run["state_name"] for run in ends] == ["Completed"] * 3
    assert [run["name"] for run in ends] == [f"night-{at.date()}" for at in due]
    assert len(own_news.versions()) == 1
    files = sorted(path.name for path in (own_news.root / "landing").rglob("*.txt"))
    told = answer(Place(own_news.root / "warehouse"), "select file from dim_file order by file")["file"].to_list()
    assert [file.split("/")[-1] for file in told] == files
    summaries = [net.api.artifacts(id)["night-summary"]["data"] for id in ids]
    assert sorted("nothing_new" in summary for summary in summaries) == [False, True, True]


def test_a_failed_night_is_told_to_the_webhook(net: Net, own_news: News):
    net.receiver.got.clear()
    id = net.api.order(datetime.now(UTC), {**own_news.parameters, "landing": [str(own_news.root / "elsewhere")]})

    run = wait_for(net.api.reaches(id, *ENDED), 90, net.worker.said)
    wait_for(lambda: [n for n in net.receiver.got if n["flow_run_id"] == id and n["state"] == "Failed"], 30)

    assert run["state_name"] == "Failed"
    (notice,) = (n for n in net.receiver.got if n["flow_run_id"] == id and n["state"] == "Failed")
    assert notice["run"] == run["name"]
    assert "elsewhere does not exist" in notice["text"]
    told = wait_for(lambda: net.api.events("mustawda.night.failed"), 20)
    assert told[0]["resource"]["prefect.resource.name"] == run["name"]
