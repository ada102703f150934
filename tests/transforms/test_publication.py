from collections.abc import Callable
from datetime import date, datetime

import polars as pl
import pytest

from transforms.publication import with_publication

Raw = Callable[..., pl.DataFrame]


def published(raw: Raw, written: str | None, timezone: str = "Asia/Riyadh") -> tuple[datetime | None, date | None]:
    """(published_at, published_on) of one record."""
    told = with_publication(raw(("", ""), published=written, timezone=timezone))
    return told.select("published_at", "published_on").row(0)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20/01/2017", date(2017, 1, 20)),
        ("8/2/2018", date(2018, 2, 8)),  # the day first, as Arab outlets write
        ("8.2.2018", date(2018, 2, 8)),
        ("8-2-2018", date(2018, 2, 8)),
        ("2018-02-08", date(2018, 2, 8)),
        ("2018-2-8", date(2018, 2, 8)),
        ("2018/02/08", date(2018, 2, 8)),
        ("  2018-02-08\n", date(2018, 2, 8)),
        ("٢٠/٠١/٢٠١٧", date(2017, 1, 20)),
        ("۲۰۱۷-۰۱-۲۰", date(2017, 1, 20)),
        ("18 Feb 2018", date(2018, 2, 18)),
        ("18 February 2018", date(2018, 2, 18)),
        ("8 SEPT 2018", date(2018, 9, 8)),
        ("20-Jan-2017", date(2017, 1, 20)),
        ("Sunday, 18 February 2018", date(2018, 2, 18)),
        ("2016-02-29", date(2016, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
    ],
)
def test_a_date_without_a_clock_is_a_day_and_no_instant(raw: Raw, written: str, day: date) -> None:
    assert published(raw, written) == (None, day)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Sun, 18 Feb 2018 20:50:44 GMT", datetime(2018, 2, 18, 20, 50, 44)),
        ("2018-02-18 20:50:44 UTC", datetime(2018, 2, 18, 20, 50, 44)),
        ("2018-02-18T20:50:44Z", datetime(2018, 2, 18, 20, 50, 44)),
        ("2018-02-18T20:50:44.123Z", datetime(2018, 2, 18, 20, 50, 44)),
        ("2018-02-18t20:50:44z", datetime(2018, 2, 18, 20, 50, 44)),
        ("2018-02-18T10:00:00+05:30", datetime(2018, 2, 18, 4, 30)),
        ("2018-02-18T10:00:00-0500", datetime(2018, 2, 18, 15, 0)),
        ("2018-02-18 10:00:00 +00:00", datetime(2018, 2, 18, 10, 0)),
        ("2018-02-18 10:00:00+03", datetime(2018, 2, 18, 7, 0)),
        ("2018-02-18 10:00:00-03", datetime(2018, 2, 18, 13, 0)),
        # by the clock of the outlet, three hours ahead of UTC
        ("2015-07-21 02:51:32", datetime(2015, 7, 20, 23, 51, 32)),
        ("17/11/2026 14:05", datetime(2026, 11, 17, 11, 5)),
        ("17/11/2026 5:07", datetime(2026, 11, 17, 2, 7)),
        ("2018-02-18, 10:00", datetime(2018, 2, 18, 7, 0)),
        ("Sunday, 18 February 2018 20:50", datetime(2018, 2, 18, 17, 50)),
        ("٢٠١٨-٠٢-١٨ ١٠:٠٠", datetime(2018, 2, 18, 7, 0)),
        ("2018-02-18 00:00", datetime(2018, 2, 17, 21, 0)),
    ],
)
def test_a_date_with_a_clock_is_an_instant_in_utc(raw: Raw, written: str, instant: datetime) -> None:
    assert published(raw, written)[0] == instant


@pytest.mark.parametrize(
    ("written", "timezone", "day"),
    [
        ("2018-02-18T20:59:59Z", "Asia/Riyadh", date(2018, 2, 18)),
        ("2018-02-18T21:00:00Z", "Asia/Riyadh", date(2018, 2, 19)),  # midnight in Riyadh
        ("2018-02-18T21:00:00Z", "UTC", date(2018, 2, 18)),
        ("2018-02-18T03:00:00Z", "America/New_York", date(2018, 2, 17)),
        ("2018-02-18 01:00", "Asia/Riyadh", date(2018, 2, 18)),  # the 17th in UTC
        ("2018-02-18T23:00:00-05:00", "Asia/Riyadh", date(2018, 2, 19)),
    ],
)
def test_the_day_is_that_of_the_outlet(raw: Raw, written: str, timezone: str, day: date) -> None:
    assert published(raw, written, timezone)[1] == day


@pytest.mark.parametrize(
    ("written", "timezone", "instant", "day"),
    [
        # put forward: 00:30 never was, 01:30 is meant
        ("2023-04-28 00:30", "Africa/Cairo", datetime(2023, 4, 27, 22, 30), date(2023, 4, 28)),
        ("2021-03-14 02:30", "America/New_York", datetime(2021, 3, 14, 7, 30), date(2021, 3, 14)),
        # put back: 23:30 was twice, the first is meant
        ("2023-10-26 23:30", "Africa/Cairo", datetime(2023, 10, 26, 20, 30), date(2023, 10, 26)),
        ("2021-11-07 01:30", "America/New_York", datetime(2021, 11, 7, 5, 30), date(2021, 11, 7)),
    ],
)
def test_an_hour_that_is_skipped_or_twice(raw: Raw, written: str, timezone: str, instant: datetime, day: date) -> None:
    assert published(raw, written, timezone) == (instant, day)


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "غير معروف",
        "2018-02-30",
        "31/04/2018",
        "2017-02-29",
        "02/13/2018",  # no thirteenth month: the American order is not guessed
        "1899-12-31",
        "2101-01-01",
        "1439-06-02",  # a Hijri year
        "12 رجب 1439",
        "8 xyz 2018",
        "2018-02-18 24:00:00",
        "2018-02-18 23:60",
        "2018-02-18 10",
        "20180218",
        "تاريخ 2018-02-18",
    ],
)
def test_what_is_no_date_is_unknown(raw: Raw, written: str | None) -> None:
    told = with_publication(raw(("", ""), published=written))
    assert told.select("published_at", "published_on", "published_from", "delivered_on").row(0) == (
        None,
        None,
        "none",
        None,
    )


@pytest.mark.parametrize(
    ("published", "path_on", "stated_on", "day", "by"),
    [
        ("2018-02-18", date(2019, 1, 1), date(2020, 1, 1), date(2018, 2, 18), "metadata"),
        ("2018-02-18", None, None, date(2018, 2, 18), "metadata"),
        ("2018-02-30", date(2019, 1, 1), date(2020, 1, 1), date(2019, 1, 1), "path"),
        (None, date(2019, 1, 1), None, date(2019, 1, 1), "path"),
        (None, None, date(2020, 1, 1), date(2020, 1, 1), "sources"),
        (None, None, None, None, "none"),
    ],
)
def test_the_record_tells_before_the_path_before_sources_toml(
    raw: Raw, published: str | None, path_on: date | None, stated_on: date | None, day: date | None, by: str
) -> None:
    told = with_publication(raw(("", ""), published=published, path_on=path_on, stated_on=stated_on))
    assert told.select("published_on", "published_from", "published_at").row(0) == (day, by, None)


@pytest.mark.parametrize(
    ("delivered", "path_on", "published", "day"),
    [
        ("2018-02-20 23:30:00Z", date(2019, 1, 1), "2018-02-18", date(2018, 2, 21)),  # the outlet's day
        ("unknown", date(2019, 1, 1), "2018-02-18", date(2019, 1, 1)),
        (None, None, "2018-02-18", date(2018, 2, 18)),
        (None, None, None, None),
    ],
)
def test_a_delivery_is_dated_by_the_record_the_path_or_the_publication(
    raw: Raw, delivered: str | None, path_on: date | None, published: str | None, day: date | None
) -> None:
    told = with_publication(raw(("", ""), delivered=delivered, path_on=path_on, published=published))
    assert told["delivered_on"].to_list() == [day]


def test_a_day_stated_for_the_outlet_dates_no_delivery(raw: Raw) -> None:
    assert with_publication(raw(("", ""), stated_on=date(2020, 1, 1)))["delivered_on"].to_list() == [None]


def test_each_outlet_has_its_clock(raw: Raw) -> None:
    zones = ["Asia/Riyadh", "Africa/Casablanca", "UTC"]
    told = with_publication(raw(*[("", "")] * 3, published="2018-02-18 00:30", timezone=zones))
    assert told["published_at"].to_list() == [
        datetime(2018, 2, 17, 21, 30),
        datetime(2018, 2, 18, 0, 30),
        datetime(2018, 2, 18, 0, 30),
    ]


def test_no_records_have_no_dates(raw: Raw) -> None:
    assert with_publication(raw()).is_empty()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Feb 18, 2018", date(2018, 2, 18)),
        ("18 فبراير 2018", date(2018, 2, 18)),
        ("الأحد 18 كانون الثاني 2018", date(2018, 1, 18)),
        ("18 أوت 2018", date(2018, 8, 18)),
        ("18 نيسانوف 2018", None),
        ("الأحد 2018", None),
    ],
)
def test_months_have_their_arabic_names(raw: Raw, written: str, day: date | None) -> None:
    assert published(raw, written) == (None, day)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("February 18 2018 10:00 PM", datetime(2018, 2, 18, 22)),
        ("20/01/2017 12:05 ص", datetime(2017, 1, 20, 0, 5)),
        ("20/01/2017 12:05 م", datetime(2017, 1, 20, 12, 5)),
        ("الأحد، 18 شباط 2018 - 10:30 مساءً", datetime(2018, 2, 18, 22, 30)),
    ],
)
def test_a_clock_of_twelve_hours_says_which_half(raw: Raw, written: str, at: datetime) -> None:
    assert published(raw, written, timezone="UTC")[0] == at
