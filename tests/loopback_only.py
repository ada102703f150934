"""No request leaves the machine during the whole suite: this process and every one that a test starts is held."""

import importlib.util
import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("loopback")

spec = importlib.util.spec_from_file_location("loopback_guard", FOLDER / "sitecustomize.py")
guard = importlib.util.module_from_spec(spec)
spec.loader.exec_module(guard)

os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(FOLDER), os.environ.get("PYTHONPATH")]))


@pytest.fixture(autouse=True)
def nothing_leaves_the_machine():
    """Also what a library asks for and hides the refusal of is told, with the test that was running."""
    before = len(guard.refused)
    yield
    assert guard.refused[before:] == []
