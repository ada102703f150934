"""When an article was published: dates as outlets write them -> an instant and a day."""

import calendar
from typing import Final

import polars as pl

from transforms.knowledge import table
from transforms.normalize import fold_digits, strip_diacritics

_ENGLISH_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_CLOCK: Final = (
    r"(?:[T ,،-]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<half>am|pm|صباحا|مساء|ص|م)?\s*(?P<zone>Z|GMT|UTC|[+-]\d{2}(?::?\d{2})?)?)?"
)
_NAME: Final = r"[a-z]{3}[a-z]*|\p{Arabic}+(?: \p{Arabic}+)?"
_FORMS: Final = (
    # «2018-02-18 20:50:44», «2017-01-26T08:31:00+01:00»
    rf"(?i)^(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_CLOCK}$",
    # «Sun, 18 Feb 2018 20:50:44 GMT», «20/01/2017», «الأحد 18 فبراير 2018»: Arab outlets write the day first
    rf"(?i)^(?:\pL+[,،]?\s+)?(?P<day>\d{{1,2}})[-/. ](?P<month>\d{{1,2}}|{_NAME})[-/. ](?P<year>\d{{4}}){_CLOCK}$",
    # «Feb 18, 2018 10:00 PM»
    rf"(?i)^(?:[a-z]+,?\s+)?(?P<month>[a-z]{{3}}[a-z]*)\.? (?P<day>\d{{1,2}}),? (?P<year>\d{{4}}){_CLOCK}$",
)
_PARTS: Final = ("year", "month", "day", "hour", "minute", "second", "half", "zone")

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
"""Other years are mistakes of typing."""


def with_publication(records: pl.DataFrame) -> pl.DataFrame:
    """The RAW rows with published_at (UTC), published_on (the outlet's day), published_from, delivered_on.

    A day comes from the record, else from the path of the file, else from sources.toml, else it is unknown.
    """
    published, delivered = _moments(records, "published"), _moments(records, "delivered")
    days = {"metadata": published["day"], "path": records["path_on"], "sources": records["stated_on"]}
    columns = pl.DataFrame(days).select(
        published_on=pl.coalesce(pl.all()),
        published_from=pl.coalesce(
            *(pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in days), pl.lit("none")
        ),
        delivered_on=pl.coalesce(delivered["day"], "path", "metadata"),
        published_at=published["at"],
    )
    return pl.concat([records, columns], how="horizontal")


def _moments(records: pl.DataFrame, column: str) -> pl.DataFrame:
    """A row for each record: `at`, the instant in UTC (null for a date without a clock), and its `day`."""
    written = records.select("timezone", written=strip_diacritics(fold_digits(pl.col(column))).str.strip_chars())
    found = [pl.col("written").str.extract_groups(form).struct for form in _FORMS]
    parts = written.select("timezone", *(pl.coalesce(groups.field(name) for groups in found) for name in _PARTS))
    month = pl.col("month").str.to_lowercase().str.replace("^([a-z]{3})[a-z]+$", "$1")
    parts = parts.with_columns(month.replace(_months()))
    return (
        parts.select("timezone", "zone", "hour", written=_timestamp())
        .with_columns(written=pl.when(_is_sane(pl.col("written"))).then("written"))
        .with_columns(at=pl.when(pl.col("hour").is_not_null()).then(_to_utc(parts)))
        .select("at", day=pl.coalesce(_local_day(parts), pl.col("written").dt.date()))
    )


def _months() -> dict[str, str]:
    """The number of each month name: English ones by three letters, Arabic ones of every naming system."""
    arabic = table("months").unpivot(index="month_no").select("value", "month_no").iter_rows()
    return {name: str(number) for name, number in {**_ENGLISH_MONTHS, **dict(arabic)}.items()}


def _timestamp() -> pl.Expr:
    """The numbers as a timestamp; null where the calendar has no such day or the clock no such hour."""
    hour, half = pl.col("hour").cast(pl.Int64, strict=False), pl.col("half").str.to_lowercase()
    is_late, is_early = half.is_in(["pm", "م", "مساء"]), half.is_in(["am", "ص", "صباحا"])
    of_24 = pl.when(is_late & (hour < 12)).then(hour + 12).when(is_early & (hour == 12)).then(0).otherwise(hour)
    clock = [of_24.fill_null(0), *(pl.col(name).fill_null("0") for name in ("minute", "second"))]
    text = pl.format("{}-{}-{} {}:{}:{}", "year", "month", "day", *clock)
    return text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")


def _is_sane(at: pl.Expr) -> pl.Expr:
    return at.dt.year().is_between(_FIRST_YEAR, _LAST_YEAR)


def _to_utc(parts: pl.DataFrame) -> pl.Expr:
    """`written` in UTC: by the zone written with it, else by the clock of the outlet."""
    zone = pl.col("zone").str.replace(":", "")
    hours, minutes = (zone.str.slice(at, 2).cast(pl.Int64, strict=False).fill_null(0) for at in (1, 3))
    ahead = hours * 60 + minutes
    offset = pl.duration(minutes=pl.when(zone.str.starts_with("-")).then(-ahead).otherwise(ahead))
    by_outlet = pl.coalesce(
        *(pl.when(pl.col("timezone") == name).then(_localized(name)) for name in parts["timezone"].unique().sort()),
        pl.lit(None, pl.Datetime("us")),  # a frame without rows names no zone
    )
    return pl.when(pl.col("zone").is_not_null()).then(pl.col("written") - offset).otherwise(by_outlet)


def _localized(timezone: str) -> pl.Expr:
    """`written` on the clock of a zone, in UTC. A clock put back shows an hour twice: the first is meant;
    put forward it skips an hour: the hour after is meant."""
    written = pl.col("written")

    def read(at: pl.Expr) -> pl.Expr:
        zoned = at.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
        return zoned.dt.convert_time_zone("UTC").dt.replace_time_zone(None)

    return pl.coalesce(read(written), read(written + pl.duration(hours=1)))


def _local_day(parts: pl.DataFrame) -> pl.Expr:
    """The day of `at` in the time zone of the outlet."""
    at = pl.col("at").dt.replace_time_zone("UTC")
    return pl.coalesce(
        *(
            pl.when(pl.col("timezone") == name).then(at.dt.convert_time_zone(name).dt.date())
            for name in parts["timezone"].unique().sort()
        ),
        pl.lit(None, pl.Date),
    )
