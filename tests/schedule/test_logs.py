"""Lines for people, or one JSON object a line; each says which load and batch it is about."""

import json
import shutil
from pathlib import Path

from tests.schedule.parts import HOUSE, command, environment


def run(tmp_path: Path, **settings: str):
    landing = tmp_path / "landing" / "alufuq" / "2026-11-18"
    shutil.copytree(HOUSE / "data" / "landing" / "alufuq" / "2026-11-18", landing)
    env = environment(tmp_path, **settings)
    del env["PREFECT_HOME"]
    done = command(env, "run", "--landing", tmp_path / "landing", "--warehouse", tmp_path / "warehouse")
    assert done.returncode == 0, done.stderr
    return done


def test_json_lines_say_time_level_message_load_and_batch(tmp_path):
    done = run(tmp_path, MUSTAWDA_LOG_FORMAT="json")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    (version,) = (tmp_path / "warehouse" / "versions").iterdir()

    assert {tuple(line)[:3] for line in lines} == {("time", "level", "message")}
    assert {line["level"] for line in lines} == {"info"}
    assert "load_id" not in lines[0]  # before there is anything to load, no load has begun
    (batch,) = (line for line in lines if "batch" in line)
    assert (batch["batch"], batch["load_id"]) == ("0001", version.stem)
    assert lines[-1]["message"].startswith(f"published {version.stem}")
    assert lines[-1]["load_id"] == version.stem


def test_lines_for_people_are_no_json(tmp_path):
    assert not [line for line in run(tmp_path).stderr.splitlines() if line.startswith("{")]
