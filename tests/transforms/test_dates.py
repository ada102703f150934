from datetime import date

import polars as pl
import pytest
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dates import dates

FIRST_HIJRI_DAY, LAST_HIJRI_DAY = date(1924, 8, 1), date(2077, 11, 16)


def days(*published_on: date | None) -> pl.DataFrame:
    return dates(pl.Series(published_on, dtype=pl.Date))


def day(of: date) -> dict[str, object]:
    return days(of).row(by_predicate=pl.col("date_id") == of, named=True)


@settings(deadline=None, max_examples=100)
@given(st.dates(FIRST_HIJRI_DAY, LAST_HIJRI_DAY))
def test_the_hijri_date_is_that_of_umm_al_qura(of: date) -> None:
    told = day(of)
    hijri = Gregorian(of.year, of.month, of.day).to_hijri()
    assert (told["hijri_year"], told["hijri_month"], told["hijri_day"]) == hijri.datetuple()


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_the_gregorian_columns_are_those_of_the_calendar(of: date) -> None:
    told = day(of)
    assert (told["year"], told["month"], told["day"]) == (of.year, of.month, of.day)
    assert (told["iso_year"], told["iso_week"], told["weekday_no"]) == tuple(of.isocalendar())
    assert told["quarter"] == (of.month + 2) // 3
    assert told["weekday_name_en"] == of.strftime("%A")


@pytest.mark.parametrize("of", [date(1924, 7, 31), date(2077, 11, 17), date(1900, 1, 1), date(2100, 12, 31)])
def test_outside_umm_al_qura_there_is_no_hijri_date(of: date) -> None:
    told = day(of)
    assert [told[name] for name in told if name.startswith("hijri")] == [None] * 4


@pytest.mark.parametrize(
    ("of", "hijri"),
    [
        (FIRST_HIJRI_DAY, (1343, 1, 1, "محرم")),
        (date(2018, 2, 18), (1439, 6, 2, "جمادى الآخرة")),
        (date(2026, 2, 18), (1447, 9, 1, "رمضان")),
        (LAST_HIJRI_DAY, (1500, 12, 30, "ذو الحجة")),
    ],
)
def test_hijri_months_have_names(of: date, hijri: tuple[int, int, int, str]) -> None:
    told = day(of)
    assert (told["hijri_year"], told["hijri_month"], told["hijri_day"], told["hijri_month_name"]) == hijri


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, ("يناير", "كانون الثاني", "جانفي")),
        (2, ("فبراير", "شباط", "فيفري")),
        (3, ("مارس", "آذار", "مارس")),
        (4, ("أبريل", "نيسان", "أفريل")),
        (5, ("مايو", "أيار", "ماي")),
        (6, ("يونيو", "حزيران", "جوان")),
        (7, ("يوليو", "تموز", "جويلية")),
        (8, ("أغسطس", "آب", "أوت")),
        (9, ("سبتمبر", "أيلول", "سبتمبر")),
        (10, ("أكتوبر", "تشرين الأول", "أكتوبر")),
        (11, ("نوفمبر", "تشرين الثاني", "نوفمبر")),
        (12, ("ديسمبر", "كانون الأول", "ديسمبر")),
    ],
)
def test_a_month_has_three_names(month: int, names: tuple[str, str, str]) -> None:
    told = day(date(2026, month, 1))
    assert (told["month_name_ar"], told["month_name_levant"], told["month_name_maghreb"]) == names


@pytest.mark.parametrize(
    ("of", "number", "arabic", "english"),
    [
        (date(2026, 11, 23), 1, "الاثنين", "Monday"),
        (date(2026, 11, 24), 2, "الثلاثاء", "Tuesday"),
        (date(2026, 11, 25), 3, "الأربعاء", "Wednesday"),
        (date(2026, 11, 26), 4, "الخميس", "Thursday"),
        (date(2026, 11, 27), 5, "الجمعة", "Friday"),
        (date(2026, 11, 28), 6, "السبت", "Saturday"),
        (date(2026, 11, 29), 7, "الأحد", "Sunday"),
    ],
)
def test_a_week_starts_on_monday(of: date, number: int, arabic: str, english: str) -> None:
    told = day(of)
    assert (told["weekday_no"], told["weekday_name_ar"], told["weekday_name_en"]) == (number, arabic, english)


@pytest.mark.parametrize(
    ("of", "iso_year", "iso_week"),
    [
        (date(2020, 12, 31), 2020, 53),
        (date(2021, 1, 1), 2020, 53),
        (date(2021, 1, 4), 2021, 1),
        (date(2024, 12, 30), 2025, 1),
        (date(2023, 1, 1), 2022, 52),
    ],
)
def test_the_weeks_at_the_ends_of_a_year_may_belong_to_another(of: date, iso_year: int, iso_week: int) -> None:
    told = day(of)
    assert (told["iso_year"], told["iso_week"]) == (iso_year, iso_week)


@pytest.mark.parametrize(
    ("published_on", "count"),
    [
        ([date(2026, 5, 1)], 365),
        ([date(2024, 5, 1)], 366),
        ([date(2026, 5, 1), date(2026, 6, 1), None], 365),
        ([date(2020, 5, 1), date(2026, 5, 1)], 366 + 365),  # the years between are not filled
        ([None], 0),
        ([], 0),
    ],
)
def test_every_day_of_each_year_with_an_article_is_there_once(published_on: list[date | None], count: int) -> None:
    told = days(*published_on)
    assert (len(told), told["date_id"].n_unique()) == (count, count)
    assert told["date_id"].is_sorted()
