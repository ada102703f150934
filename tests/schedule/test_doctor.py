"""The doctor names what is wrong and what to do, with nothing of Prefect configured."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night
from flows.warehouse import versions
from flows.warehouse.lock import holder, only_run
from flows.warehouse.place import Place
from tests.schedule.conftest import News, news
from tests.schedule.parts import command, environment


@pytest.fixture
def loaded(own_news: News) -> News:
    given = own_news.parameters
    settings = Settings(
        landing=tuple(given["landing"]), warehouse=Path(given["warehouse"]), sources=Path(given["sources"])
    )
    run_night(Night(settings, date.today()))
    return own_news


def doctor(given: News, *options: str, **settings: str) -> tuple[int, dict[str, dict[str, str]]]:
    """(exit code, the finding of each check)."""
    env = environment(given.root, **settings)
    del env["PREFECT_HOME"]
    done = command(env, "doctor", *given.options, "--format", "json", *options)
    assert done.stderr == ""
    return done.returncode, {finding["check"]: finding for finding in json.loads(done.stdout)}


def test_all_is_well_without_a_schedule(loaded):
    code, found = doctor(loaded)

    assert code == 0, found
    assert {found[check]["state"] for check in ("landing", "warehouse", "storage", "lock", "last run")} == {"ok"}
    assert found["prefect"]["state"] == "look"
    assert "mustawda serve" in found["prefect"]["what to do"]


def test_before_the_first_night_nothing_is_wrong(own_news):
    code, found = doctor(own_news)

    assert code == 0, found
    assert found["warehouse"]["what to do"] == "mustawda run"
    assert not (own_news.root / "warehouse" / "versions").exists()


def test_a_link_that_leads_nowhere_is_wrong(loaded):
    (version,) = (loaded.root / "warehouse" / "versions").iterdir()
    version.rename(version.with_name("20200101T000000Z.duckdb"))

    code, found = doctor(loaded)

    assert (code, found["warehouse"]["state"]) == (1, "wrong")
    assert "20200101T000000Z" in found["warehouse"]["found"]


def test_old_versions_that_nobody_could_remove_are_worth_a_look(loaded):
    (version,) = (loaded.root / "warehouse" / "versions").iterdir()
    for day in (1, 2):
        shutil.copyfile(version, version.with_name(f"2020010{day}T000000Z.duckdb"))

    code, found = doctor(loaded, MUSTAWDA_KEPT_VERSIONS="1")

    assert (code, found["versions"]["state"]) == (0, "look")
    assert "versions" not in doctor(loaded, MUSTAWDA_KEPT_VERSIONS="2")[1]


def test_a_pin_a_bad_sources_toml_and_a_missing_landing_are_named_at_once(loaded):
    place = Place(loaded.root / "warehouse")
    versions.rollback(place, place.published().stem)
    (loaded.root / "sources.toml").write_text("colour = 1\n", encoding="utf-8")

    code, found = doctor(News(loaded.root), "--landing", str(loaded.root / "nowhere"))

    assert code == 1
    assert (found["pin"]["state"], found["pin"]["what to do"]) == ("look", "mustawda rollback --release")
    assert (found["sources"]["state"], found["landing"]["state"]) == ("wrong", "wrong")
    assert "colour" in found["sources"]["found"]


def test_a_server_that_does_not_answer_is_wrong(own_news):
    code, found = doctor(own_news, PREFECT_API_URL="http://127.0.0.1:9/api")

    assert (code, found["prefect"]["state"]) == (1, "wrong")


def test_who_holds_the_warehouse_is_told_without_holding_it(tmp_path):
    place = Place(news(tmp_path).root / "warehouse")
    place.prepare()

    assert holder(place) is None
    with only_run(place):
        assert holder(place) == int(place.lock.read_text())
    assert holder(place) is None
