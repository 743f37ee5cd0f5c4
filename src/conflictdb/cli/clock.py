"""The day it is: nothing below the command line asks a clock."""

from __future__ import annotations

from datetime import UTC, datetime


def today() -> str:
    """Return the day in UTC, in ISO 8601."""
    return datetime.now(UTC).date().isoformat()
