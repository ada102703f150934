"""The days of the years in which articles were published, in two calendars."""

from typing import Final

import polars as pl
from hijridate import ummalqura

from transforms.contracts import DATE
from transforms.knowledge import table

_REDUCED_JULIAN_DAY_OF_1970: Final = 40_588
"""hijridate counts its month starts in reduced Julian days; Polars counts days from 1970-01-01."""


def dates(published_on: pl.Series) -> pl.DataFrame:
    """DATE rows: every day of each year that has a day in the series; Hijri columns null outside Umm al-Qura."""
    years = published_on.dt.year().drop_nulls().unique().sort().alias("year").to_frame()
    day = pl.col("date_id").dt
    return (
        years.select(date_id=pl.date_ranges(pl.date("year", 1, 1), pl.date("year", 12, 31)))
        .explode("date_id", empty_as_null=False)
        .with_columns(
            year=day.year(),
            quarter=day.quarter(),
            month=day.month().cast(pl.Int32),
            day=day.day(),
            iso_year=day.iso_year(),
            iso_week=day.week(),
            weekday_no=day.weekday().cast(pl.Int32),
        )
        .join(_names("weekdays", "weekday_no", "weekday_{}"), on="weekday_no", how="left", maintain_order="left")
        .join(_names("months", "month", "month_{}"), on="month", how="left", maintain_order="left")
        .join_asof(_hijri_months(), left_on="date_id", right_on="starts_on", strategy="backward")
        .with_columns(
            hijri_day=pl.when(pl.col("hijri_year").is_not_null()).then(
                (pl.col("date_id") - pl.col("starts_on")).dt.total_days() + 1
            )
        )
        .select(pl.col(name).cast(dtype) for name, dtype in DATE.items())
    )


def _names(of: str, key: str, pattern: str) -> pl.DataFrame:
    """A knowledge table of names with its number as `key` and its columns named by the pattern."""
    names = table(of)
    return names.rename({old: pattern.format(old) for old in names.columns if old.startswith("name")}).rename(
        {names.columns[0]: key}
    )


def _hijri_months() -> pl.DataFrame:
    """The first day of each month of Umm al-Qura with its names; the row behind the last month has none."""
    first_year = ummalqura.HIJRI_RANGE[0][0]
    starts = pl.Series("starts_on", ummalqura.MONTH_STARTS, dtype=pl.Int32) - _REDUCED_JULIAN_DAY_OF_1970
    number = pl.int_range(pl.len(), dtype=pl.Int32)
    is_month = number < pl.len() - 1
    names = _names("hijri_months", "hijri_month", "hijri_month_{}")
    return (
        starts.cast(pl.Date)
        .to_frame()
        .with_columns(
            hijri_year=pl.when(is_month).then(number // 12 + first_year),
            hijri_month=pl.when(is_month).then(number % 12 + 1),
        )
        .join(names, on="hijri_month", how="left", maintain_order="left")
    )
