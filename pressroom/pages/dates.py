"""Days as pages write them, in a language of the interface."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date


def day_in(language: str, day: date) -> str:
    """A day, such as `28 Nov 2026`: the month is a word, so that no one takes it for the day."""
    return format_date(day, "d MMM y", locale=language)
