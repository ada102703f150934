import pytest

from flows.commands.upkeep import compact
from flows.warehouse.queries import answer
from flows.warehouse.versions import NoSuchVersion, Pinned, pinned, release, rollback


@pytest.fixture
def two_versions(night, deliver) -> list[str]:
    """The names of two published versions: of one article, and of two."""
    published = []
    for number in (1, 2):
        deliver(f"nahr/{number}.txt", f"ارتفع منسوب النهر {number} أمتار.")
        published.append(night().load_id)
    return published


def article_count(place) -> int:
    return answer(place, "select count(*) from dim_article").item()


def test_readers_see_the_old_version_again(place, two_versions):
    rollback(place, two_versions[0])

    assert (place.published().stem, article_count(place)) == (two_versions[0], 1)


def test_nothing_is_loaded_while_a_rollback_pins_the_version(place, two_versions, night, deliver):
    rollback(place, two_versions[0])
    deliver("nahr/3.txt", "عاد النهر إلى مجراه.")

    summary = night()

    assert (summary.outcome, summary.version) == ("pinned", two_versions[0])
    assert article_count(place) == 1


def test_after_the_release_the_next_night_loads_again_what_was_rolled_back(place, two_versions, night):
    rollback(place, two_versions[0])
    release(place)

    assert night().outcome == "published"

    assert article_count(place) == 2


def test_a_version_that_nobody_kept_is_answered_with_the_kept_ones(place, two_versions):
    with pytest.raises(NoSuchVersion, match=f"{two_versions[1]}, {two_versions[0]}"):
        rollback(place, "20200101T000000Z")

    assert place.published().stem == two_versions[1]


def test_a_version_left_by_a_run_that_died_before_the_link_moved_is_dropped(place, two_versions, night, deliver):
    (place.versions / "20991231T000000Z.duckdb").write_bytes(b"never published")
    deliver("nahr/3.txt", "عاد النهر إلى مجراه.")

    name = night().load_id

    assert sorted(version.stem for version in place.versions.iterdir()) == [*two_versions, name]


def test_nothing_is_compacted_while_a_rollback_pins_the_version(place, two_versions):
    rollback(place, two_versions[0])

    with pytest.raises(Pinned, match=f"{two_versions[0]}.*mustawda rollback --release"):
        compact(place.root)

    assert (place.published().stem, pinned(place)) == (two_versions[0], two_versions[0])
    assert sorted(version.stem for version in place.versions.iterdir()) == two_versions


def test_after_the_release_the_version_is_compacted(place, two_versions, capsys):
    rollback(place, two_versions[0])
    release(place)

    compact(place.root)

    assert capsys.readouterr().out.endswith(f"published as {place.published().stem}.\n")
    assert place.published().stem > two_versions[1]
    assert article_count(place) == 1


def test_the_only_version_that_is_kept_can_be_compacted(place, two_versions, capsys, monkeypatch):
    monkeypatch.setenv("MUSTAWDA_KEPT_VERSIONS", "1")

    compact(place.root)

    assert " bytes -> " in capsys.readouterr().out
    assert [version.stem > two_versions[1] for version in place.versions.iterdir()] == [True]
