from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.night import run_night
from flows.settings import Settings
from flows.terms import Night
from flows.warehouse import runs
from flows.warehouse.build import SCHEMA_NO, OtherSchema
from flows.warehouse.connection import write
from flows.warehouse.place import NoWarehouse, Place
from flows.warehouse.queries import answer
from tests.warehouse.conftest import DATA

CONTENT = {
    "dim_article": "select * exclude (load_id, version_no) from dim_article",
    "dim_date": "from dim_date",
    "dim_source": "from dim_source",
    "dim_word": "select * exclude (word_id) from dim_word",
    "fact_article": "select * exclude (load_id) from fact_article",
    "fact_edit": "from fact_edit",
    "fact_rejection": "select * exclude (load_id, rejection_no) from fact_rejection",
    "fact_sentence": "from fact_sentence",
    "fact_word": "select fact_word.* exclude (word_id), form from fact_word join dim_word using (word_id)",
}
"""What two warehouses of one landing have in common: surrogate numbers and loads aside."""


def content(place: Place) -> dict[str, list[tuple]]:
    return {table: answer(place, f"from ({query}) order by all").rows() for table, query in CONTENT.items()}


@pytest.fixture
def sample_night(place):
    """Runs a night over the sample: sample_night(batch_bytes=1)."""

    def run(landing: str = str(DATA / "landing"), **settings: object) -> None:
        given = {"landing": (landing,), "warehouse": place.root, "sources": DATA / "sources.toml"}
        run_night(Night(Settings(**(given | settings)), date(2026, 11, 24)))

    return run


def test_the_size_of_the_batches_changes_nothing(sample, place, sample_night):
    sample_night(batch_bytes=10_000)

    assert content(place) == content(sample)


def test_two_nights_hold_what_one_night_would(sample, place, sample_night):
    sample_night(landing=str(DATA / "landing" / "**" / "*7*"))
    assert (
        0
        < answer(place, "select count(*) from dim_file").item()
        < answer(sample, "select count(*) from dim_file").item()
    )
    sample_night()

    assert content(place) == content(sample)


def corrupting(staging: Path) -> Callable:
    """A step that damages the staged words before they are loaded."""

    def step(name: str, call: Callable) -> object:
        if name == "load":
            for words in staging.glob("*/batch=*/word.parquet"):
                words.write_bytes(words.read_bytes()[:100])
        return call()

    return step


def test_a_failure_in_the_middle_of_the_load_leaves_the_published_version_as_it_was(place, night, deliver, tmp_path):
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")
    night()
    published, bytes_before = place.published(), place.published().read_bytes()
    deliver("nahr/2.txt", "عاد النهر إلى مجراه.")
    settings = Settings(landing=(str(tmp_path / "landing"),), warehouse=place.root, sources=tmp_path / "sources.toml")

    with pytest.raises(duckdb.Error, match=r"word\.parquet"):
        run_night(Night(settings, date(2026, 11, 25)), corrupting(place.staging))

    assert (place.published(), place.published().read_bytes()) == (published, bytes_before)
    assert list(place.versions.iterdir()) == [published]
    assert list(place.staging.iterdir()) == []

    assert night().counts["articles_new"] == 1
    assert answer(place, "select count(*) from dim_article").item() == 2


def test_what_a_dead_run_left_in_staging_is_removed(place, night, deliver):
    (place.staging / "20261101T020000Z" / "batch=0001").mkdir(parents=True)
    (place.staging / "20261101T020000Z" / "warehouse.duckdb").write_bytes(b"half a copy")
    (place.staging / "stray.tmp").write_bytes(b"")
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")

    assert night().outcome == "published"

    assert list(place.staging.iterdir()) == []


def test_only_so_many_versions_are_kept(place, night, deliver):
    for number in (1, 2, 3):
        deliver(f"nahr/{number}.txt", f"ارتفع منسوب النهر {number} أمتار.")
        night(kept_versions=2)

    loads = answer(place, "select load_id from dim_load order by load_id")["load_id"].to_list()
    assert sorted(version.stem for version in place.versions.iterdir()) == loads[1:]


def test_an_old_version_that_cannot_be_removed_is_a_warning_of_a_published_night(place, night, deliver, caplog):
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")
    night()
    (place.versions / "20200101T020000Z.duckdb").mkdir()  # nobody, not even root, can unlink a folder
    deliver("nahr/2.txt", "عاد النهر إلى مجراه.")
    caplog.clear()

    summary = night(kept_versions=1)

    assert summary.outcome == "published"
    assert [("could not be removed" in warning) for warning in summary.warnings] == [True]
    warned = [line.getMessage() for line in caplog.records if line.levelname == "WARNING"]
    assert len(warned) == 1
    assert "20200101T020000Z could not be removed" in warned[0]
    assert [run["outcome"] for run in runs.noted(place)] == ["published", "published"]


def test_a_night_with_nothing_new_publishes_nothing(place, night, deliver):
    deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")
    night()
    published = place.published()

    assert night().load_id is None

    assert place.published() == published
    assert list(place.versions.iterdir()) == [published]


@pytest.mark.parametrize("name", ["year=2026", "it's a «folder» [1] *", "50%", "مستودع الأخبار", "a#b"])
def test_a_warehouse_may_lie_in_any_folder(tmp_path, deliver, name):
    deliver("nahr/1.txt", "وصل الوفد إلى العاصمة.")
    settings = Settings(landing=(str(tmp_path / "landing"),), warehouse=tmp_path / name / "warehouse")
    assert run_night(Night(settings, date(2026, 11, 24))).outcome == "published"


def test_only_where_duckdb_cannot_open_it_is_a_folder_refused(tmp_path):
    with pytest.raises(NoWarehouse, match=r"^DuckDB takes no path with «\?» .*--warehouse$"):
        Place(tmp_path / "what?").prepare()


@pytest.fixture
def of_schema(tmp_path, place, night, deliver):
    """Publishes a night, says that it is of another schema, and brings news: of_schema(1) -> the settings."""

    def publish(schema_no: int) -> Settings:
        deliver("nahr/1.txt", "ارتفع منسوب النهر نصف متر.")
        night()
        place.published().chmod(0o644)
        with write(place.published(), "1GB") as connection:
            connection.execute("update dim_load set schema_no = ?", [schema_no])
        deliver("nahr/2.txt", "وصل الوفد إلى العاصمة.")
        return Settings(landing=(str(tmp_path / "landing"),), warehouse=place.root, sources=tmp_path / "sources.toml")

    return publish


@pytest.mark.parametrize(
    ("schema_no", "way_out"), [(SCHEMA_NO - 1, "run «mustawda rebuild»"), (SCHEMA_NO + 1, "of a newer mustawda")]
)
def test_a_warehouse_of_another_schema_is_named_before_a_file_is_read(place, of_schema, schema_no, way_out):
    settings = of_schema(schema_no)
    published = place.published()

    def step(name: str, _call: Callable[[], object]) -> object:
        raise AssertionError(f"{name} began")

    with pytest.raises(OtherSchema, match=f"schema {schema_no}.*{way_out}"):
        run_night(Night(settings, date(2026, 11, 25)), step)

    assert place.published() == published


def test_a_rebuild_leads_from_an_older_schema_to_this_one(place, of_schema):
    settings = of_schema(SCHEMA_NO - 1)

    assert run_night(Night(settings, date(2026, 11, 25), "rebuild")).outcome == "published"

    schemas = answer(place, "select schema_no from dim_load order by load_id")["schema_no"].to_list()
    assert schemas == [SCHEMA_NO - 1, SCHEMA_NO]
    assert run_night(Night(settings, date(2026, 11, 26))).outcome == "nothing_new"
