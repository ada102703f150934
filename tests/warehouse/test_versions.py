from datetime import datetime

import pytest

from flows.warehouse.versions import drop_old, next_name, publish


@pytest.fixture
def published(place, tmp_path):
    """Publishes a file of that load id: published("20261124T020000Z")."""

    def build(load_id: str) -> None:
        built = tmp_path / "built.duckdb"
        built.write_text(load_id, encoding="utf-8")
        publish(place, built, load_id)

    return build


def names(place) -> list[str]:
    return sorted(file.stem for file in place.versions.iterdir())


def test_publishing_moves_the_link_to_the_built_file(place, published):
    published("20261123T020000Z")
    published("20261124T020000Z")

    assert place.published() == (place.versions / "20261124T020000Z.duckdb").resolve()
    assert place.current.read_text(encoding="utf-8") == "20261124T020000Z"
    assert names(place) == ["20261123T020000Z", "20261124T020000Z"]


def test_the_link_is_relative_so_that_the_folder_can_be_moved(place, published):
    published("20261124T020000Z")
    moved = place.root.rename(place.root.with_name("elsewhere"))

    assert (moved / "current.duckdb").read_text(encoding="utf-8") == "20261124T020000Z"


def test_a_link_left_by_a_dead_run_does_not_stop_publishing(place, published):
    (place.root / ".current.link").symlink_to("nowhere")

    published("20261124T020000Z")

    assert place.published().stem == "20261124T020000Z"


def test_a_published_version_can_be_read_by_all_and_written_by_none(place, published):
    published("20261124T020000Z")

    assert oct(place.published().stat().st_mode & 0o777) == oct(0o444)


@pytest.mark.parametrize(
    ("now", "load_id"),
    [
        (datetime(2026, 11, 25, 2, 0, 0), "20261125T020000Z"),
        (datetime(2026, 11, 24, 2, 0, 0), "20261124T020001Z"),  # in the same second
        (datetime(2025, 1, 1, 0, 0, 0), "20261124T020001Z"),  # the clock was put back
    ],
)
def test_a_load_id_sorts_behind_the_last_version(place, published, now, load_id):
    published("20261123T020000Z")
    published("20261124T020000Z")

    assert next_name(place, now) == load_id


def test_the_first_load_id_is_the_time_of_the_run(place):
    assert next_name(place, datetime(2026, 11, 24, 2, 0, 0)) == "20261124T020000Z"


def test_only_the_newest_versions_are_kept(place, published):
    for day in (21, 22, 23, 24):
        published(f"202611{day}T020000Z")

    assert drop_old(place, kept=2) == (["20261122T020000Z", "20261121T020000Z"], [])
    assert names(place) == ["20261123T020000Z", "20261124T020000Z"]


def test_the_published_version_is_kept_though_it_is_old(place, published):
    for day in (21, 22, 23):
        published(f"202611{day}T020000Z")
    place.current.unlink()
    place.current.symlink_to("versions/20261121T020000Z.duckdb")

    assert drop_old(place, kept=1) == (["20261122T020000Z"], [])
    assert names(place) == ["20261121T020000Z", "20261123T020000Z"]


def test_an_old_version_that_cannot_be_removed_is_told_and_keeps_no_other(place, published):
    for day in (21, 22, 23):
        published(f"202611{day}T020000Z")
    stuck = place.versions / "20261122T020000Z.duckdb"
    stuck.unlink()
    stuck.mkdir()  # nobody, not even root, can unlink a folder

    dropped, told = drop_old(place, kept=1)

    assert dropped == ["20261121T020000Z"]
    assert len(told) == 1
    assert "20261122T020000Z could not be removed" in told[0]


def test_a_name_that_was_just_dropped_is_not_given_again(place):
    now = datetime(2026, 11, 24, 2)

    assert next_name(place, now, ["20261124T020005Z"]) == "20261124T020006Z"
    assert next_name(place, now, []) == "20261124T020000Z"
