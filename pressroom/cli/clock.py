"""The clock: the only module that reads it. All others get the time as an argument."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime


def now() -> str:
    """This minute as gettext writes it, in UTC: `2026-11-23 13:20+0000`."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")


def today() -> date:
    """This day in UTC: records made at two places compare."""
    return datetime.now(UTC).date()


def seconds() -> float:
    """Seconds since some moment in the past, to measure how long a command takes."""
    return time.monotonic()
