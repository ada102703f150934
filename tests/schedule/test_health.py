"""An outlet that went silent or doubled against its own habits is told; one without habits is not."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest

from flows.warehouse.health import warnings
from flows.warehouse.place import SQL

NIGHT = date(2026, 11, 24)  # a Tuesday
YESTERDAY = NIGHT - timedelta(days=1)
TABLES = ("dim_load", "dim_file", "dim_source", "dim_article", "fact_article", "fact_rejection", "fact_delivery")

Warehouse = duckdb.DuckDBPyConnection


@pytest.fixture
def warehouse() -> Iterator[Warehouse]:
    """The tables that the mart reads, one load of NIGHT and the outlet «نهر»."""
    with duckdb.connect() as connection:
        for script in [*(SQL / "1_tables" / f"{table}.sql" for table in TABLES), SQL / "3_marts/mart_load_health.sql"]:
            connection.execute(script.read_text(encoding="utf-8"))
        connection.execute("insert into dim_source values ('nahr', 'نهر', null, 'Africa/Cairo')")
        add_load(connection, NIGHT)
        yield connection


def add_row(warehouse: Warehouse, table: str, **given: object) -> None:
    """A row with the given values, and with something harmless in the columns that may not be null."""
    harmless = {"VARCHAR": "", "DATE": NIGHT, "TIMESTAMP": f"{NIGHT}", "BOOLEAN": False}
    columns = warehouse.execute(f'select column_name, column_type, "null" from (describe {table})').fetchall()
    row = {name: harmless.get(type, 0) for name, type, null in columns if null == "NO"} | given
    names = ", ".join(row)
    warehouse.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", list(row.values()))


def add_load(warehouse: Warehouse, night: date) -> None:
    add_row(warehouse, "dim_load", load_id=f"{night:%Y%m%d}T020000Z", night=night)


def add_days(warehouse: Warehouse, days: list[date], articles: int = 1, night: date = NIGHT) -> None:
    warehouse.executemany(
        "insert into fact_article by name select ? as published_on, 'nahr' as source_id, ? as load_id, "
        "columns(fact_article.*) from range(?), (select 0 as article_id, 0 as char_count, 0 as paragraph_count, "
        "0 as sentence_count, 0 as word_count, 0 as distinct_word_count, 0 as edit_count) as fact_article",
        [[day, f"{night:%Y%m%d}T020000Z", articles] for day in days],
    )


def days_before(night: date, count: int) -> list[date]:
    return [night - timedelta(days=number) for number in range(1, count + 1)]


def in_the_night(warehouse: Warehouse, days_later: int) -> tuple[str, ...]:
    return warnings(warehouse, NIGHT + timedelta(days=days_later))


def test_a_daily_outlet_is_silent_in_the_first_night_without_its_day(warehouse):
    add_days(warehouse, days_before(NIGHT, 40))

    assert in_the_night(warehouse, 0) == ()
    assert in_the_night(warehouse, 1) == (
        "«نهر» is silent: its last article is of 2026-11-23, the next was due in the night of 2026-11-25",
    )


def test_the_weekend_of_an_outlet_is_no_silence(warehouse):
    thursday = date(2026, 11, 19)
    add_load(warehouse, thursday + timedelta(days=1))
    weekdays = [day for day in days_before(thursday + timedelta(days=1), 60) if day.isoweekday() not in (5, 6)]
    add_days(warehouse, weekdays, night=thursday + timedelta(days=1))

    silent = [bool(warnings(warehouse, thursday + timedelta(days=later))) for later in range(1, 6)]

    assert silent == [False, False, False, True, True]  # in the night of Monday Sunday's articles are missed


def test_an_outlet_that_always_comes_late_is_not_silent_when_it_does(warehouse):
    for later in range(-10, 1):
        add_load(warehouse, NIGHT + timedelta(days=later - 20))
        add_days(warehouse, [NIGHT + timedelta(days=later - 23)], night=NIGHT + timedelta(days=later - 20))
    add_days(warehouse, [day - timedelta(days=2) for day in days_before(NIGHT, 20)])

    assert [bool(in_the_night(warehouse, later)) for later in (0, 1, 2)] == [False, True, True]


@pytest.mark.parametrize("count", [1, 13])
def test_an_outlet_of_few_days_has_no_habits_to_break(warehouse, count):
    add_days(warehouse, days_before(NIGHT, count))

    assert in_the_night(warehouse, 7) == ()
    assert warehouse.sql("select due_on, days_late, alarm from mart_load_health").fetchall() == [(None, None, None)]


def test_an_archive_of_long_ago_is_not_silent(warehouse):
    add_days(warehouse, days_before(date(2021, 1, 28), 60))

    assert in_the_night(warehouse, 0) == ()


def test_an_outlet_that_is_gone_for_a_month_is_not_told_for_ever(warehouse):
    add_days(warehouse, days_before(NIGHT, 40))

    assert [bool(in_the_night(warehouse, later)) for later in (1, 28, 29)] == [True, True, False]


def test_a_day_of_the_future_hides_no_silence(warehouse):
    add_days(warehouse, [*days_before(NIGHT, 40), date(2062, 1, 1)])

    assert len(in_the_night(warehouse, 1)) == 1


def test_a_day_of_twice_the_usual_articles_is_told(warehouse):
    add_days(warehouse, days_before(YESTERDAY, 40), articles=12)
    add_days(warehouse, [YESTERDAY], articles=30)
    add_days(warehouse, [NIGHT], articles=2)  # the day of the night has only begun

    assert in_the_night(warehouse, 0) == ("«نهر» doubled: 30 articles on 2026-11-23, usually 12 on that weekday",)


def test_a_weekday_that_is_always_large_is_its_habit(warehouse):
    mondays = [day for day in days_before(NIGHT, 56) if day.isoweekday() == YESTERDAY.isoweekday()]
    add_days(warehouse, [day for day in days_before(NIGHT, 56) if day not in mondays], articles=5)
    add_days(warehouse, mondays, articles=30)

    assert in_the_night(warehouse, 0) == ()


@pytest.mark.parametrize(("usual", "today", "history"), [(2, 6, 40), (12, 23, 40), (12, 90, 20)])
def test_few_articles_less_than_twice_or_a_short_history_are_no_alarm(warehouse, usual, today, history):
    add_days(warehouse, days_before(YESTERDAY, history), articles=usual)
    add_days(warehouse, [YESTERDAY], articles=today)

    assert in_the_night(warehouse, 0) == ()


def test_the_share_of_rejections_and_the_usual_hour(warehouse):
    add_days(warehouse, days_before(NIGHT, 3))
    for number in range(3):
        add_row(warehouse, "dim_article", source_id="nahr", article_id=number, file=f"nahr/{number}.txt")
        add_row(
            warehouse, "dim_file", source_id="nahr", file=f"nahr/{number}.txt", modified_at=f"2026-11-2{number} 21:10"
        )
        add_row(warehouse, "fact_delivery", article_id=number, load_id="20261124T020000Z")
    add_row(warehouse, "fact_rejection", source_id="nahr", load_id="20261124T020000Z")

    row = warehouse.sql("select usual_hour, rejection_count, rejected_share from mart_load_health").fetchall()

    assert row == [(23, 1, 0.25)]  # 21:10 UTC is 23:10 in Cairo


def test_size_and_growth_of_an_outlet(warehouse):
    add_days(warehouse, [date(2020, 1, 1), *days_before(NIGHT, 3)])
    warehouse.execute("update fact_article set char_count = if(published_on = date '2020-01-01', 700, 100)")

    assert warehouse.sql("select char_count, recent_share from mart_load_health").fetchall() == [(1000, 0.3)]


def test_an_outlet_without_articles_has_no_size(warehouse):
    assert warehouse.sql("select char_count, recent_share from mart_load_health").fetchall() == [(0, None)]


def test_a_night_that_finds_nothing_new_still_tells_who_is_silent(night, tmp_path):
    for number, day in enumerate(days_before(NIGHT, 15)):
        path = tmp_path / "landing" / "nahr" / f"{day}" / "1.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"عنوان الخبر\n\nوصل المسافرون إلى المدينة رقم {number} أمس.\n", encoding="utf-8")

    published, following = night(NIGHT), night(NIGHT + timedelta(days=1))

    assert (published.outcome, published.warnings) == ("published", ())
    assert (following.outcome, len(following.warnings)) == ("nothing_new", 1)
