"""Lines for people, or one JSON object a line, whoever writes it; each says which load and batch it is about."""

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from flows.logs import PREFECT_IN_JSON, About, about
from tests.schedule.parts import HOUSE, command, environment


def run(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    landing = tmp_path / "landing" / "alufuq" / "2026-11-18"
    shutil.copytree(HOUSE / "data" / "landing" / "alufuq" / "2026-11-18", landing)
    env = environment(tmp_path, **settings)
    del env["PREFECT_HOME"]
    where = ("--landing", tmp_path / "landing", "--warehouse", tmp_path / "warehouse")
    return command(env, "run", *where, *arguments)


def test_json_lines_say_time_level_message_load_and_batch(tmp_path):
    done = run(tmp_path, MUSTAWDA_LOG_FORMAT="json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (version,) = (tmp_path / "warehouse" / "versions").iterdir()

    assert {tuple(line)[:4] for line in lines} == {("time", "level", "message", "logger")}
    assert {(line["level"], line["logger"]) for line in lines} == {("info", "mustawda")}
    assert "load_id" not in lines[0]  # before there is anything to load, no load has begun
    (batch,) = (line for line in lines if "batch" in line)
    assert (batch["batch"], batch["load_id"]) == ("0001", version.stem)
    assert lines[-1]["message"].startswith(f"published {version.stem}")
    assert lines[-1]["load_id"] == version.stem


def test_lines_for_people_are_no_json(tmp_path):
    done = run(tmp_path)

    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if line.startswith("{")]


def test_the_line_of_a_failed_night_is_json_too(tmp_path):
    done = run(tmp_path, "--landing", "nowhere", MUSTAWDA_LOG_FORMAT="json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]

    assert (done.returncode, done.stdout) == (1, "")
    assert lines[-1]["level"] == "error"
    assert "the landing nowhere does not exist" in lines[-1]["message"]


TALKERS = [
    "prefect.flow_runs",
    "prefect.worker",
    "prefect._internal",
    "uvicorn.error",
    "fastapi",
    "mustawda",
    "another",
]
A_PROCESS = f"""
import logging, warnings
from prefect import flow
from flows import logs
for name in {TALKERS}:
    logging.getLogger(name).error("said by %s", name)
logs.speak("json")
warnings.warn("old")
with logs.about(load_id="20261124T020000Z"):
    logging.getLogger("prefect.task_runs").error("broken", exc_info=ValueError("a\\nb"))
    logging.getLogger("mustawda").info("by us")
"""


@pytest.fixture
def lines(tmp_path) -> list[dict[str, str]]:
    """What a process wrote that Prefect set up with our file, as a worker's run."""
    env = environment(
        tmp_path, PREFECT_LOGGING_SETTINGS_PATH=str(PREFECT_IN_JSON), PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW="ignore"
    )
    done = subprocess.run(
        [sys.executable, "-c", A_PROCESS], env=env, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_whoever_writes_a_line_of_a_worker_s_run_writes_json(lines):
    assert [line["logger"] for line in lines] == [*TALKERS, "py.warnings", "prefect.task_runs", "mustawda"]
    assert [line["message"] for line in lines][: len(TALKERS)] == [f"said by {name}" for name in TALKERS]
    assert "UserWarning: old" in lines[-3]["message"]
    assert lines[-2]["traceback"] == "ValueError: a\nb"
    assert [line.get("load_id") for line in lines[-3:]] == [None, "20261124T020000Z", "20261124T020000Z"]


def test_threads_are_about_the_load_and_only_their_own_batch():
    told = []

    def tell() -> None:
        record = logging.makeLogRecord({})
        About().filter(record)
        told.append((vars(record).get("load_id"), vars(record).get("batch")))

    with about(load_id="a"), about(batch="0001"):
        thread = Thread(target=tell)
        thread.start()
        thread.join()
        tell()
    tell()

    assert told == [("a", None), ("a", "0001"), (None, None)]
