"""Days as a calendar file (RFC 5545): values go in, text comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# A line has 75 bytes at most; what is longer goes on in the next one, after a space.
_LONGEST: Final = 75


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day, what is on it, and a note."""

    day: date
    summary: str
    note: str = ""


def calendar(name: str, days: Iterable[Day], today: date) -> str:
    """The calendar of these days, made `today`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//pressroom//{_text(name)}//EN"]
    for one in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.day:%Y%m%d}-{_text(one.summary)}@pressroom".replace(" ", "-"),
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.summary)}",
            *([f"DESCRIPTION:{_text(one.note)}"] if one.note else []),
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in _folded(line))


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> Iterator[str]:
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _LONGEST:
            yield part
            part = " "
        part += sign
    yield part
