"""What a desk page says besides its files: why something is missing, what to pull from the racks, and as of when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Label
from pressroom.project import file_bytes

# The two facts are at the top of the page; all of it has less than this.
_LIMIT: Final = 50_000_000
_FACTS: Final = re.compile(rb'<meta name="pressroom" data-records="([0-9a-f]*)" data-until="([0-9-]*)">')


@dataclass(frozen=True, slots=True)
class Absence:
    """Why something that was released is not offered: `reason` is a sentence for staff.

    `label` is that of the last release. With `elsewhere` it is on the page for any printer.
    """

    tag: str
    clinic: str
    document: str
    label: Label
    reason: str
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Pull:
    """Papers to take out of the racks: `papers` as their control lines begin, `why` who recalled them and when.

    `clinics` are the names of the clinics that got them. `replaced` is True if a later release is offered.
    """

    papers: str
    title: str
    language: str
    clinics: tuple[str, ...]
    why: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class DeskNotes:
    """The notes of a page.

    `records` is the mark of the records that it knows, see `records_mark`; empty if the page must be written again.
    `until` is the last day on which all of its files may be handed out, `today` the day it was written. `heads` are the
    last entries of the log that it was written at; see `Manifest.heads`.
    """

    absences: tuple[Absence, ...] = ()
    pulls: tuple[Pull, ...] = ()
    records: str = ""
    until: date | None = None
    today: date | None = None
    heads: tuple[str, ...] = ()


def known_to(page: Path) -> tuple[str, date | None]:
    """The mark of the records that a page knows, and the last day on which it is right; empty if there is no page."""
    data, _ = file_bytes(page.parent, page.name, limit=_LIMIT, optional=True)
    facts = _FACTS.search(data or b"")
    if facts is None:
        return "", None
    try:
        until = date.fromisoformat(facts[2].decode()) if facts[2] else None
    except ValueError:
        return "", None
    return facts[1].decode(), until
