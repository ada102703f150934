"""The night of a run: a label, the day for which it was scheduled."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo


def label(scheduled: datetime, time_zone: str) -> date:
    """The day of an instant where its schedule lives: 2026-11-22 22:30 UTC is the night of 23 November in Riyadh."""
    return scheduled.astimezone(ZoneInfo(time_zone)).date()


def time_zone_of(schedules: Iterable[Any]) -> str:
    """The time zone of the first schedule of a deployment that states one; UTC where none does."""
    zones = (getattr(entry.schedule, "timezone", None) for entry in schedules)
    return next((zone for zone in zones if zone), "UTC")
