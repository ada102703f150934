"""What every test may use: real data where it is there, and a night on a folder of files."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night, Summary
from tests.loopback_only import nothing_leaves_the_machine  # noqa: F401  # an autouse fixture of the whole suite

HOUSE = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MUSTAWDA_TEST_DATA", HOUSE.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real articles and gold sets, which are not part of the repository."""
    if not (SHARED / "data").exists():
        pytest.skip(f"no real articles in {SHARED}")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of the tests' own, which nights and commands of one session share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MUSTAWDA_CACHE", str(folder := tmp_path_factory.mktemp("cache")))
        yield folder


@pytest.fixture
def night(tmp_path: Path):
    """Runs a night over tmp_path/landing into tmp_path/warehouse: night() -> Summary."""

    def run(label: date = date(2026, 11, 24), **settings: object) -> Summary:
        given = {
            "landing": (str(tmp_path / "landing"),),
            "warehouse": tmp_path / "warehouse",
            "sources": tmp_path / "sources.toml",
        }
        return run_night(Night(Settings(**(given | settings)), label))

    (tmp_path / "landing").mkdir()
    return run
