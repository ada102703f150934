"""The night of a run: a label, the day for which it was scheduled."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def label(scheduled: datetime, time_zone: str) -> date:
    """The day of an instant where its schedule lives: 2026-11-22 22:30 UTC is the night of 23 November in Riyadh."""
    return scheduled.astimezone(ZoneInfo(time_zone)).date()
