"""What a desk page says besides its files: why something is missing, what to pull from the racks, and as of when."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Label
from pressroom.language.model import Language
from pressroom.project import file_bytes
from pressroom.project.desk_settings import DeskSettings

# A page of forty clinics has a few megabytes.
_LIMIT: Final = 50_000_000
_FACTS: Final = re.compile(
    '<meta name="pressroom" data-records="([0-9a-f]*)" data-clinics="([0-9a-f]*)"'
    ' data-day="([0-9-]*)" data-until="([0-9-]*)" data-good-until="([0-9-]*)">'
)


def marked(words: str) -> str:
    """The words, which the catalogs of the interface translate; see `pages/catalogs.py`."""
    return words


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for staff that pages translate: English `words`, with `%(name)s` for each of the `values`.

    `about` are the products that it is about, if it is not about all.
    """

    words: str
    values: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()

    def said(self, translate: Callable[[str], str] = marked) -> str:
        """The sentence in the language of `translate`."""
        text = translate(self.words) % dict(self.values)
        return f"{'; '.join(self.about)}: {text[:1].lower()}{text[1:]}" if self.about else text


@dataclass(frozen=True, slots=True)
class Absence:
    """Why something that was released is not offered: `reason` is for staff.

    `label` is that of the last release. `pull` is the paper to take out of the racks, empty if it may stay there. With
    `elsewhere` the file is on the page for any printer.
    """

    tag: str
    clinic: str
    document: str
    label: Label
    reason: Sentence
    pull: str = ""
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class PulledPaper:
    """A paper to take out of a rack: its small print, what it is, the day it was released, and its clinic's id."""

    small_print: str
    what: str
    released: str
    clinic: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a clinic confirmed of a recall: how many papers it pulled, by whom and when. `clinic` is its id."""

    clinic: str
    papers: int
    name: str
    dated: date


@dataclass(frozen=True, slots=True)
class Pull:
    """Papers to take out of the racks: `papers` as their control lines begin, `why` who recalled them and when.

    `clinics` are the names of the clinics that got them. `replaced` is True if a later release is offered. `number` is
    the recall's, `document`, `tag`, `dated`, `by` and `reason` are what it is about, when, by whom and why; `rows` are
    all papers, `confirmed` are the clinics' confirmations.
    """

    papers: str
    title: str
    language: str
    clinics: tuple[str, ...]
    why: str
    replaced: bool
    number: str = ""
    document: str = ""
    tag: str = ""
    dated: date | None = None
    by: str = ""
    reason: str = ""
    rows: tuple[PulledPaper, ...] = ()
    confirmed: tuple[Pulled, ...] = ()

    def at(self, clinic: str) -> bool:
        """True if a clinic got such papers."""
        return any(row.clinic == clinic for row in self.rows)

    def confirmed_at(self, clinic: str) -> Pulled | None:
        """What the clinic confirmed last; None if it still has to pull them."""
        return next((pulled for pulled in reversed(self.confirmed) if pulled.clinic == clinic), None)


@dataclass(frozen=True, slots=True)
class DeskClinic:
    """A clinic of the project, as its print desk shows it."""

    id: str
    name: str
    desk: DeskSettings = field(default_factory=DeskSettings)


@dataclass(frozen=True, slots=True)
class DeskNotes:
    """The notes of a page.

    `languages` are all of the project, those without a file too; `places` its clinics. Both are empty if they can't be
    read. `numbers` are the numbers of the documents by the path of their file in the edition. Files whose paths are in
    `beside` may be handed out only together with the current English. `records` is the mark of the records that the
    page knows, `clinics` that of the clinics, see `records_mark`; `records` is empty if the page must be written again.
    `until` is the last day on which all of its files may be handed out, `today` the day it was written, `good_until`
    the last day of this copy: after it, a recall may have come that the copy can't know. `heads` are the last entries
    of the log that it was written at; see `Manifest.heads`.
    """

    absences: tuple[Absence, ...] = ()
    pulls: tuple[Pull, ...] = ()
    records: str = ""
    clinics: str = ""
    until: date | None = None
    today: date | None = None
    heads: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    places: tuple[DeskClinic, ...] = ()
    good_until: date | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What a written page knows: its marks of records and clinics, the day it was written, the last that it holds for.

    All are empty if there is no page, or no such line in it. `until` is None if the page offers nothing. `good_until`
    is the last day of the copy.
    """

    records: str = ""
    clinics: str = ""
    day: date | None = None
    until: date | None = None
    good_until: date | None = None

    def holds(self, records: str, today: date) -> bool:
        """True if the page says today what one that was written now would say.

        A page from a later day was written while a clock was ahead.
        """
        last_days = [last for last in (self.until, self.good_until) if last is not None]
        is_in_time = self.day is not None and self.day <= today and all(today <= last for last in last_days)
        return bool(self.records) and self.records == records and is_in_time


def page_text(page: Path) -> str:
    """The text of a page; empty if there is none."""
    data, _ = file_bytes(page.parent, page.name, limit=_LIMIT, optional=True)
    return (data or b"").decode(errors="replace")


def known_to(page: Path) -> Known:
    """What the page at this path knows."""
    facts = _FACTS.search(page_text(page))
    if facts is None:
        return Known()
    try:
        day, until, good_until = (date.fromisoformat(fact) if fact else None for fact in facts.groups()[2:])
    except ValueError:
        return Known()
    return Known(facts[1], facts[2], day, until, good_until)
