"""The night of a run is the day of its schedule where the schedule lives."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from prefect.server.schemas.schedules import CronSchedule

from flows.orchestration.label import label, time_zone_of


@pytest.mark.parametrize(
    ("scheduled", "time_zone", "night"),
    [
        ("2026-11-22 23:00", "Asia/Riyadh", "2026-11-23"),  # 02:00 there, still the day before in UTC
        ("2026-11-22 20:59", "Asia/Riyadh", "2026-11-22"),  # a minute before midnight
        ("2026-11-22 21:00", "Asia/Riyadh", "2026-11-23"),  # midnight
        ("2026-04-23 21:59", "Africa/Cairo", "2026-04-23"),  # the clock goes from midnight to one: 23:59 …
        ("2026-04-23 22:00", "Africa/Cairo", "2026-04-24"),  # … and 01:00 a minute later
        ("2026-10-29 20:30", "Africa/Cairo", "2026-10-29"),  # 23:30 in summer time …
        ("2026-10-29 21:30", "Africa/Cairo", "2026-10-29"),  # … and 23:30 again in winter time
        ("2026-10-29 22:00", "Africa/Cairo", "2026-10-30"),
        ("2026-03-28 22:00", "Asia/Beirut", "2026-03-29"),  # midnight does not exist there: it is one o'clock
        ("2026-11-22 10:00", "Pacific/Kiritimati", "2026-11-23"),  # UTC+14
        ("2026-11-22 10:00", "Pacific/Pago_Pago", "2026-11-21"),  # UTC-11
    ],
)
def test_a_night_is_named_by_the_day_of_its_schedule(scheduled, time_zone, night):
    assert label(datetime.fromisoformat(scheduled).replace(tzinfo=UTC), time_zone) == date.fromisoformat(night)


@pytest.mark.parametrize(
    ("cron", "time_zone", "day_before_the_change"),
    [
        ("0 2 * * *", "Africa/Cairo", date(2026, 4, 23)),  # forward
        ("30 23 * * *", "Africa/Cairo", date(2026, 10, 28)),  # back: half past eleven comes twice
        ("30 0 * * *", "Africa/Cairo", date(2026, 4, 22)),  # forward, over the hour of the schedule itself
    ],
)
def test_a_change_of_the_clock_makes_no_night_twice_and_leaves_none_out(cron, time_zone, day_before_the_change):
    """The dates are Prefect's own, as its scheduler plans them."""
    start = datetime(*day_before_the_change.timetuple()[:3], tzinfo=ZoneInfo(time_zone))
    planned = asyncio.run(CronSchedule(cron=cron, timezone=time_zone).get_dates(n=4, start=start))

    assert [label(due, time_zone) for due in planned] == [day_before_the_change + timedelta(days=n) for n in range(4)]


def test_the_time_zone_is_that_of_the_first_schedule_that_states_one():
    def entry(time_zone: str | None) -> SimpleNamespace:
        return SimpleNamespace(schedule=SimpleNamespace(timezone=time_zone))

    assert time_zone_of([entry(None), entry("Asia/Amman")]) == "Asia/Amman"
    assert time_zone_of([SimpleNamespace(schedule=SimpleNamespace(rrule="FREQ=DAILY"))]) == "UTC"
    assert time_zone_of([]) == "UTC"
