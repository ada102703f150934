"""The ways back: to an older version and forward again; for an article that is taken down; for what is mended."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Final

import duckdb
import pytest

from flows.night import run_night
from flows.warehouse import versions
from flows.warehouse.content import content_of
from flows.warehouse.forgetting import forget
from flows.warehouse.place import Place
from tests.proofs.evidence import a_night, broken_claims, fingerprint
from tests.proofs.landing import Article, article, land, revised, write

SECRET: Final = "قسطنطينوبوليات"
"""A word that no other article has."""
WHY: Final = "بحكم المحكمة"
A_DAY: Final = date(2026, 11, 1)


@pytest.fixture(scope="module")
def three_nights(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("three")
    for number in (1, 2, 3):
        land(root / "landing", date(2026, 11, number), 9, seed=number)
        run_night(a_night(root))
    return root


@pytest.fixture
def three(three_nights, tmp_path) -> tuple[Place, list[str]]:
    """(a warehouse of three published versions, their names), with its landing in tmp_path."""
    shutil.copytree(three_nights, tmp_path, symlinks=True, dirs_exist_ok=True)
    place = Place(tmp_path / "warehouse")
    return place, sorted(path.stem for path in place.versions.iterdir())


def asked(file: Path, query: str) -> list:
    with duckdb.connect(file, read_only=True) as connection:
        return connection.sql(query).fetchall()


def test_a_rollback_goes_back_and_forward_and_changes_no_version(three):
    place, (first, second, third) = three
    before = {path.name: fingerprint(path) for path in place.versions.iterdir()}

    for name, count in ((first, 9), (third, 27), (second, 18), (third, 27)):
        versions.rollback(place, name)
        assert (place.published().stem, versions.pinned(place)) == (name, name)
        assert asked(place.current, "select count(*) from dim_article") == [(count,)]

    assert {path.name: fingerprint(path) for path in place.versions.iterdir()} == before


@pytest.mark.parametrize("task", ["new", "replay", "rebuild"])
def test_a_pinned_run_loads_nothing_and_says_so(three, tmp_path, caplog, task):
    place, (first, *_) = three
    versions.rollback(place, first)
    land(tmp_path / "landing", date(2026, 11, 4), 3, seed=4)

    with caplog.at_level("WARNING", logger="mustawda"):
        summary = run_night(a_night(tmp_path, task))

    assert (summary.outcome, summary.version) == ("pinned", first)
    assert f"pinned at {first} by a rollback: nothing is loaded until «mustawda rollback --release»" in caplog.text
    assert place.published().stem == first
    assert len(list(place.versions.iterdir())) == 3


def test_behind_the_release_the_night_loads_again_what_was_rolled_back(three, tmp_path):
    place, (first, second, third) = three
    content = content_of(place.published())
    versions.rollback(place, first)
    versions.release(place)

    fourth = run_night(a_night(tmp_path)).version

    assert content_of(place.published()) == content
    assert broken_claims(place.published()) == []
    assert sorted(path.stem for path in place.versions.iterdir()) == [first, fourth]
    assert {second, third}.isdisjoint(row[0] for row in asked(place.current, "select load_id from dim_load"))


def test_a_rollback_that_is_undone_before_the_release_loses_nothing(three, tmp_path):
    place, (first, _, third) = three
    versions.rollback(place, first)
    versions.rollback(place, third)
    versions.release(place)

    assert run_night(a_night(tmp_path)).outcome == "nothing_new"
    assert (place.published().stem, len(list(place.versions.iterdir()))) == (third, 3)


# Taking down


SECRET_ARTICLE: Final = Article(
    "secret", f"عنوان {SECRET}", (f"قال الشاهد إن {SECRET} كان في البيت.", f"ثم ذهب {SECRET} إلى السوق.")
)


@pytest.fixture(scope="module")
def four_nights(tmp_path_factory) -> Path:
    """An article in several kept versions: rejected with its text shown, loaded, changed, delivered twice."""
    root, random = tmp_path_factory.mktemp("told"), Random(5)
    landing = root / "landing"
    record = {"guid": "secret", "headline": SECRET_ARTICLE.title, "text": "\n\n".join(SECRET_ARTICLE.paragraphs)}
    broken = landing / "wakalat-nida/2026-11-01/cut.json"
    broken.parent.mkdir(parents=True)
    broken.write_text(f"[{json.dumps(record, ensure_ascii=False)[:-9]}", encoding="utf-8")
    land(landing, A_DAY, 9, seed=1)
    nights = [run_night(a_night(root))]
    write(landing, "json", A_DAY, "cut", [SECRET_ARTICLE, article(random, "other")])
    nights.append(run_night(a_night(root)))
    write(landing, "json", date(2026, 11, 2), "again", [revised(random, SECRET_ARTICLE)])
    nights.append(run_night(a_night(root)))
    land(landing, date(2026, 11, 3), 3, seed=3)
    nights.append(run_night(a_night(root)))
    assert [night.outcome for night in nights] == ["published"] * 4
    assert all(found_in(path) for path in Place(root / "warehouse").versions.iterdir())
    return root


@pytest.fixture
def told(four_nights, tmp_path) -> tuple[Place, int]:
    """(a warehouse that has the article, its id), with its landing in tmp_path."""
    shutil.copytree(four_nights, tmp_path, symlinks=True, dirs_exist_ok=True)
    place = Place(tmp_path / "warehouse")
    return place, asked(place.current, "select article_id from dim_article where natural_key = 'secret'")[0][0]


def found_in(file: Path) -> list[str]:
    """The columns of a version in which the secret word stands, and «bytes» where the file itself shows it."""
    columns = asked(
        file,
        "select table_name, column_name from duckdb_columns() where not internal and data_type = 'VARCHAR' "
        "and table_name in (select table_name from duckdb_tables())",
    )
    found = [
        f"{table}.{column}"
        for table, column in columns
        if asked(file, f"select count(*) from {table} where contains({column}, '{SECRET}')") != [(0,)]
    ]
    return found + ["bytes"] * (SECRET.encode() in file.read_bytes())


def everywhere(place: Place) -> dict[str, list[str]]:
    """Where the secret word is found below the folder of the warehouse."""
    found = {path.name: found_in(path) for path in place.versions.iterdir()}
    others = [path for path in place.root.rglob("*") if path.is_file() and path.suffix != ".duckdb"]
    found |= {str(path): ["bytes"] for path in others if SECRET.encode() in path.read_bytes()}
    return {name: columns for name, columns in found.items() if columns}


def test_a_forgotten_article_is_out_of_every_table_and_the_bytes_of_every_version(told):
    place, article_id = told
    forget(place, article_id, WHY, datetime(2026, 11, 25), "1GB")

    assert everywhere(place) == {}
    for path in place.versions.iterdir():
        assert path.stat().st_mode & 0o777 == 0o444
        assert broken_claims(path) == []
    kept = "select source_id, natural_key, why, forgotten_at from fact_forgotten"
    assert asked(place.current, kept) == [("wakalat-nida", "secret", WHY, datetime(2026, 11, 25))]


@pytest.mark.parametrize("way", ["a new delivery", "a changed file", "a touched file", "a rebuild", "a replay"])
def test_a_forgotten_article_does_not_come_back_by(told, tmp_path, way):
    place, article_id = told
    forget(place, article_id, WHY, datetime(2026, 11, 25), "1GB")
    landing, random = tmp_path / "landing", Random(6)
    other = article(random, "new")
    if way == "a new delivery":
        write(landing, "json", date(2026, 11, 5), "new", [other, revised(random, SECRET_ARTICLE)])
    elif way == "a changed file":
        write(landing, "json", date(2026, 11, 2), "again", [revised(random, SECRET_ARTICLE), other])
    elif way == "a touched file":
        (landing / "wakalat-nida/2026-11-02/again.json").touch()

    task = {"a rebuild": "rebuild", "a replay": "replay"}.get(way, "new")
    assert run_night(a_night(tmp_path, task)).outcome == "published"

    assert everywhere(place) == {}
    assert broken_claims(place.published()) == []
    assert asked(place.current, "select count(*) from fact_forgotten") == [(1,)]
    reasons = "select distinct reason from fact_rejection where resolved_load_id is null and reason = 'forgotten'"
    assert asked(place.current, reasons) == [("forgotten",)]


def test_a_forgotten_article_does_not_come_back_by_a_rollback_to_the_time_before_it(told, tmp_path):
    place, article_id = told
    forget(place, article_id, WHY, datetime(2026, 11, 25), "1GB")
    versions.rollback(place, min(path.stem for path in place.versions.iterdir()))
    versions.release(place)

    assert run_night(a_night(tmp_path)).outcome == "published"

    assert everywhere(place) == {}
    assert asked(place.current, "select count(*) from dim_article where natural_key = 'secret'") == [(0,)]
    assert broken_claims(place.published()) == []


# What is mended


def test_a_replay_behind_a_mended_sources_toml_settles_the_rejection(tmp_path):
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nid = "nahr"\nencoding = "utf-16"\n', encoding="utf-8")
    path = tmp_path / "landing/nahr/2026-11-01/1.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes("ارتفاع النهر\n\nارتفع منسوب النهر نصف متر في المدينة.\n".encode("windows-1256"))
    land(tmp_path / "landing", A_DAY, 3, seed=1)
    place = Place(tmp_path / "warehouse")
    first = run_night(a_night(tmp_path, sources=sources)).load_id
    query = "select load_id, file, reason, resolved_load_id from fact_rejection"
    assert [row[:2] + row[3:] for row in asked(place.current, query)] == [(first, "nahr/2026-11-01/1.txt", None)]
    sources.write_text('[[source]]\nid = "nahr"\nencoding = "windows-1256"\n', encoding="utf-8")
    assert run_night(a_night(tmp_path, sources=sources)).outcome == "nothing_new"

    second = run_night(a_night(tmp_path, "replay", sources=sources)).load_id

    assert [row[0] for row in asked(place.current, "select resolved_load_id from fact_rejection")] == [second]
    title = "select title from dim_article where source_id = 'nahr'"
    assert asked(place.current, title) == [("ارتفاع النهر",)]
    assert broken_claims(place.published()) == []


def test_an_article_that_another_form_reads_otherwise_has_facts_of_its_new_text(tmp_path):
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nid = "nahr"\nform = "paragraphs"\n', encoding="utf-8")
    path = tmp_path / "landing/nahr/2026-11-01/1.txt"
    path.parent.mkdir(parents=True)
    path.write_text("النهر\n\nارتفع منسوب النهر., وعاد إلى مجراه.\n", encoding="utf-8")
    run_night(a_night(tmp_path, sources=sources))
    sources.write_text('[[source]]\nid = "nahr"\nform = "joined"\n', encoding="utf-8")
    path.touch()

    assert run_night(a_night(tmp_path, sources=sources)).outcome == "published"

    place = Place(tmp_path / "warehouse")
    assert asked(place.current, "select body from dim_article") == [("ارتفع منسوب النهر.\nوعاد إلى مجراه.",)]
    assert broken_claims(place.published()) == []
    assert run_night(a_night(tmp_path, "verify", sources=sources)).differing == ()


def test_a_text_that_is_delivered_again_for_a_later_day_is_the_current_one_as_in_a_rebuild(tmp_path):
    sources = tmp_path / "sources.toml"
    sources.write_text('[[source]]\nid = "nahr"\n[source.fields]\ndelivered_at = "updated"\n', encoding="utf-8")

    def deliver(file: str, updated: str, body: str) -> None:
        path = tmp_path / "landing/nahr" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        record = {"id": "1", "title": "النهر", "body": body, "updated": updated}
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    first, second = "ارتفع منسوب النهر نصف متر.", "عاد النهر إلى مجراه في الليل."
    place = Place(tmp_path / "warehouse")
    deliver("a.json", "2026-11-01", first)
    deliver("b.json", "2026-11-03", second)
    run_night(a_night(tmp_path, sources=sources))
    assert asked(place.current, "select body from dim_article") == [(second,)]
    deliver("a.json", "2026-11-05 10:00:00", first)

    assert run_night(a_night(tmp_path, sources=sources)).outcome == "published"

    assert asked(place.current, "select body from dim_article") == [(first,)]
    assert broken_claims(place.published()) == []
    assert run_night(a_night(tmp_path, "verify", sources=sources)).differing == ()
