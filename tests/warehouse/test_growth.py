"""How long the loads took and what they added, from the warehouse and from the list of runs."""

from datetime import datetime

import pytest

from flows.warehouse import runs
from flows.warehouse.forgetting import forget
from flows.warehouse.queries import answer, loads
from flows.warehouse.versions import rollback

FIRST, CHANGED, SECOND = "ارتفع منسوب النهر.", "ارتفع منسوب النهر نصف متر أمس.", "عاد النهر إلى مجراه."


@pytest.fixture
def three_loads(night, deliver) -> list[str]:
    """A first article; a second one and another text of the first; the first as it was, delivered anew."""
    published = []
    for delivered in ({"1": FIRST}, {"1": CHANGED, "2": SECOND}, {"3": FIRST}):
        for number, sentence in delivered.items():
            deliver(f"nahr/{number}.txt", sentence)
        published.append(night().load_id)
    return published


def growth(place) -> list[tuple]:
    return answer(
        place,
        "select article_count, char_count, held_articles, held_chars, growth from mart_load_growth order by load_id",
    ).rows()


@pytest.mark.usefixtures("three_loads")
def test_each_load_is_told_by_what_it_added(place):
    one, other, two = map(len, (FIRST, CHANGED, SECOND))

    assert growth(place) == [
        (1, one, 1, one, None),
        (1, other + two, 2, one + other + two, round((other + two) / one, 4)),
        (1, one, 3, one + other + two + one, round(one / (one + other + two), 4)),
    ]


def test_what_was_taken_down_is_held_no_more(place, three_loads):
    article_id = answer(place, "select article_id from dim_article where natural_key = '2.txt'").item()
    forget(place, article_id, "بحكم المحكمة", datetime(2026, 11, 25), "1GB")

    assert [held for _, _, held, _, _ in growth(place)] == [1, 1, 2]
    assert growth(place)[1][1] == len(CHANGED)
    assert len(growth(place)) == len(three_loads)


@pytest.mark.usefixtures("three_loads")
def test_the_usual_time_is_that_of_the_loads_before(place):
    rows = answer(place, "select seconds, usual_seconds from mart_load_growth order by load_id").rows()

    assert [usual for _, usual in rows] == [None, rows[0][0], pytest.approx((rows[0][0] + rows[1][0]) / 2)]


def test_loads_tell_seconds_bytes_and_growth(place, three_loads, night):
    night()
    told = loads(place)
    sizes = [(place.versions / f"{name}.duckdb").stat().st_size for name in reversed(three_loads)]

    assert told.columns[:6] == ["started_at", "outcome", "night", "seconds", "bytes", "bytes_grown"]
    assert told["outcome"].to_list() == ["nothing_new", *["published"] * 3]
    assert told["bytes"].to_list() == [sizes[0], *sizes]
    assert told["bytes_grown"].to_list() == [None, sizes[0] - sizes[1], sizes[1] - sizes[2], None]
    assert (told["seconds"] > 0).all()
    loaded = answer(place, "select seconds from dim_load order by load_id desc")["seconds"]
    assert (told["seconds"][1:] > loaded).all()  # checks and publishing are part of a run


def test_a_run_that_was_rolled_back_is_told_as_such(place, three_loads):
    rollback(place, three_loads[0])

    assert loads(place).select("load_id", "outcome").rows() == [
        (three_loads[2], "rolled_back"),
        (three_loads[1], "rolled_back"),
        (three_loads[0], "published"),
    ]


def test_a_load_that_no_run_noted_has_the_seconds_of_its_load_and_no_bytes(place, three_loads):
    place.runs.unlink()

    told = loads(place)

    assert told["bytes"].to_list() == [None] * len(three_loads)
    assert (told["seconds"] > 0).all()
    assert runs.noted(place) == []
