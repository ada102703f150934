"""The sample of data/landing, published once for all tests of this room, which only read it."""

from datetime import date
from pathlib import Path

import pytest

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night
from flows.warehouse.place import Place

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Place:
    root = tmp_path_factory.mktemp("sample")
    settings = Settings(landing=(str(DATA / "landing"),), warehouse=root, sources=DATA / "sources.toml")
    run_night(Night(settings, date(2026, 11, 24)))
    return Place(root)


@pytest.fixture
def place(tmp_path) -> Place:
    """The folders of a warehouse in which nothing is published yet; `night` publishes there."""
    place = Place(tmp_path / "warehouse")
    place.prepare()
    return place


@pytest.fixture
def deliver(tmp_path):
    """Writes an article file into the landing of `night`: deliver("nahr/1.txt", "الخبر")."""

    def write(file: str, sentence: str, title: str = "عنوان الخبر") -> None:
        path = tmp_path / "landing" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{title}\n\n{sentence}\n", encoding="utf-8")

    return write
