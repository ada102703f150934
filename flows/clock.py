"""The clock of the house."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, in UTC, without a zone, as the warehouse writes instants."""
    return datetime.now(UTC).replace(tzinfo=None)
