"""What the print desk shows, from its files and notes: clinics, their languages, and the topics in each language.

Pure functions on values. A page says of a file what the file's own label says; the project of today names only the
languages that have no file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval import Label
from pressroom.commands.building.desk_entries import DeskEntry, Tray
from pressroom.commands.building.desk_notes import Absence, DeskClinic, DeskNotes, Pull
from pressroom.language import ENGLISH
from pressroom.language.model import Language

# Where nothing tells which paper is in the tray.
ANY_TRAY: Final = Tray("any", "")


@dataclass(frozen=True, slots=True)
class Topic:
    """A document in a language at a clinic: its files, why some are missing, and the files of its current English."""

    label: Label
    document: str
    entries: tuple[DeskEntry, ...]
    absences: tuple[Absence, ...]
    english: tuple[DeskEntry, ...]


@dataclass(frozen=True, slots=True)
class DeskLanguage:
    """A language at a clinic. `name` is that of its page; two names of one tag are two languages."""

    tag: str
    name: str
    label: Label
    topics: tuple[Topic, ...]
    pulls: tuple[Pull, ...] = ()

    @property
    def entries(self) -> tuple[DeskEntry, ...]:
        """The files for the printer on the desk."""
        return tuple(entry for topic in self.topics for entry in topic.entries if entry.at_desk)

    @property
    def count(self) -> int:
        """How many documents there are to hand out."""
        return sum(any(entry.at_desk or entry.on_screen for entry in topic.entries) for topic in self.topics)

    @property
    def with_english(self) -> int:
        """How many of them are handed out together with the English."""
        return sum(any(entry.beside_english for entry in topic.entries) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Place:
    """A clinic with its languages, the papers that its files are for, and the recalls that it has papers of.

    `most_used` are the languages that its patients read most. `shop` are its files for a print shop and for the web.
    """

    clinic: DeskClinic
    languages: tuple[DeskLanguage, ...]
    most_used: tuple[DeskLanguage, ...]
    trays: tuple[Tray, ...]
    pulls: tuple[Pull, ...]
    shop: tuple[DeskEntry, ...]

    @property
    def to_pull(self) -> tuple[Pull, ...]:
        """What the clinic did not yet confirm to have pulled."""
        return tuple(pull for pull in self.pulls if pull.confirmed_at(self.clinic.id) is None)

    @property
    def files(self) -> tuple[DeskEntry, ...]:
        """All files that its pages lead to."""
        return tuple(dict.fromkeys((*(e for one in self.languages for e in one.entries), *self.shop)))


def places(entries: Sequence[DeskEntry], notes: DeskNotes) -> tuple[Place, ...]:
    """The clinics by name: those of the project, and those that have, or had, any file."""
    rows: tuple[DeskEntry | Absence, ...] = (*notes.absences, *entries)
    # The name that the files have counts.
    named = {clinic.id: clinic for clinic in notes.places}
    for row in rows:
        settings = named.get(row.clinic, DeskClinic(row.clinic, row.clinic))
        named[row.clinic] = replace(settings, name=row.label.clinic_name or row.clinic)
    ordered = sorted(named.values(), key=lambda clinic: (clinic.name.casefold(), clinic.id))
    entries_at, absences_at = defaultdict[str, list[DeskEntry]](list), defaultdict[str, list[Absence]](list)
    for entry in entries:
        entries_at[entry.clinic].append(entry)
    for absence in notes.absences:
        absences_at[absence.clinic].append(absence)
    return tuple(
        _place(
            clinic,
            entries_at[clinic.id],
            absences_at[clinic.id],
            tuple(pull for pull in notes.pulls if pull.at(clinic.id)),
            notes.languages,
        )
        for clinic in ordered
    )


def _place(
    clinic: DeskClinic,
    entries: Sequence[DeskEntry],
    absences: Sequence[Absence],
    pulls: tuple[Pull, ...],
    known: Sequence[Language],
) -> Place:
    languages = _languages(entries, absences, pulls, known)
    most = {tag.lower().replace("_", "-"): place for place, tag in enumerate(clinic.desk.most_used)}
    used = sorted((one for one in languages if one.tag.lower() in most), key=lambda one: most[one.tag.lower()])
    return Place(
        clinic=clinic,
        languages=languages,
        most_used=tuple(used),
        trays=trays_of(entries),
        pulls=pulls,
        shop=tuple(sorted((e for e in entries if not e.at_desk), key=_order)),
    )


def trays_of(entries: Iterable[DeskEntry]) -> tuple[Tray, ...]:
    """The papers that the files are for, that of the most files first; `ANY_TRAY` if they are for none."""
    counted: dict[Tray, int] = {}
    for entry in entries:
        if entry.tray.is_usual:
            counted[entry.tray] = counted.get(entry.tray, 0) + 1
    return tuple(sorted(counted, key=lambda tray: (-counted[tray], tray))) or (ANY_TRAY,)


def _languages(
    entries: Sequence[DeskEntry], absences: Sequence[Absence], pulls: Sequence[Pull], known: Sequence[Language]
) -> tuple[DeskLanguage, ...]:
    """The languages by their English name. Two names of one tag are two languages: either may be right.

    With all languages of the project `known`, each has all documents of the English, those that it lacks too.
    """
    rows: tuple[DeskEntry | Absence, ...] = (*absences, *entries)
    named = {_language_of(row): row.label for row in rows}
    there = {tag for _, _, tag in named}
    for language in known:
        if language.tag not in there:
            label = Label(language.english, language.autonym, language.direction)
            named[language.english, language.autonym, language.tag] = label
    english = [entry for entry in entries if entry.tag == ENGLISH]
    found: list[DeskLanguage] = []
    for key, label in sorted(named.items()):
        tag = key[2]
        number = sum(1 for other in found if other.tag == tag)
        own = [entry for entry in entries if _language_of(entry) == key]
        missing = [absence for absence in absences if _language_of(absence) == key]
        topics = _topics(own, missing, english if tag != ENGLISH else [])
        topics += _untranslated(topics, english) if known and tag != ENGLISH else ()
        name = tag + (f".{number + 1}" if number else "")
        found.append(DeskLanguage(tag, name, label, topics, tuple(pull for pull in pulls if pull.tag == tag)))
    return tuple(found)


def _language_of(row: DeskEntry | Absence) -> tuple[str, str, str]:
    return row.label.language or row.tag, row.label.autonym, row.tag


def _topics(
    entries: Sequence[DeskEntry], absences: Sequence[Absence], english: Sequence[DeskEntry]
) -> tuple[Topic, ...]:
    rows: tuple[DeskEntry | Absence, ...] = (*absences, *(entry for entry in entries if not entry.for_shop))
    labels = {(row.label.title or row.document, row.document): row.label for row in rows}
    return tuple(
        Topic(
            label=replace(label, title=title),
            document=document,
            entries=tuple(sorted((e for e in entries if _is_about(e, title, document)), key=_order)),
            absences=tuple(a for a in absences if _is_about(a, title, document)),
            english=tuple(sorted((e for e in english if e.document == document and e.at_desk), key=_order)),
        )
        for (title, document), label in sorted(labels.items())
    )


def _untranslated(topics: Iterable[Topic], english: Sequence[DeskEntry]) -> tuple[Topic, ...]:
    """The documents that only the English has."""
    there = {topic.document for topic in topics}
    return tuple(
        Topic(replace(topic.label, own_title=""), topic.document, (), (), topic.entries)
        for topic in _topics([entry for entry in english if entry.at_desk], (), ())
        if topic.document not in there
    )


def _is_about(row: DeskEntry | Absence, title: str, document: str) -> bool:
    return (row.label.title or row.document, row.document) == (title, document)


def _order(entry: DeskEntry) -> tuple[object, ...]:
    label = entry.label
    return entry.on_screen, label.paper, label.how, label.what, entry.path
