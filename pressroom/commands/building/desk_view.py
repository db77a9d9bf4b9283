"""What the print desk shows, from its files and notes: clinics, their languages, and the pieces in each language.

Pure functions on values. A page says of a file what the file's own label says; the project of today names only the
languages that have no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval import Label
from pressroom.commands.building.desk_entries import DeskEntry, Tray
from pressroom.commands.building.desk_notes import Absence, DeskClinic, DeskNotes, Pull, Pulled, PulledPaper
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
class Piece:
    """One thing to print in a topic with this paper in the tray, or why there is none.

    `entry` is its file, None if there is none for this paper. `others` are the topic's files for other papers and
    printers, `screens` its pages for a screen; only the first piece of a topic has these and the `absences`. `english`
    is the file of today's English to print with it or in its place. `looks_like` is the file that shows it best: a
    sheet of cards looks like a card.
    """

    topic: Topic
    entry: DeskEntry | None
    looks_like: DeskEntry | None
    english: DeskEntry | None = None
    others: tuple[DeskEntry, ...] = ()
    screens: tuple[DeskEntry, ...] = ()
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class RecallBox:
    """A recall of a document in a language, as a clinic sees it.

    `rows` are the papers of this clinic. `replaced` is True if a later version is offered. `confirmed` is what the
    clinic confirmed, None if it still has to pull them. `instead` is today's English, for the patient who waits.
    """

    pull: Pull
    rows: tuple[PulledPaper, ...]
    replaced: bool
    confirmed: Pulled | None
    instead: DeskEntry | None


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
    return tuple(
        _place(
            clinic,
            [entry for entry in entries if entry.clinic == clinic.id],
            [absence for absence in notes.absences if absence.clinic == clinic.id],
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


def pieces(topic: Topic, tray: Tray) -> tuple[Piece, ...]:
    """What there is to print of a topic on the paper in the tray; one piece without a file if there is nothing."""
    printed = [entry for entry in topic.entries if entry.at_desk]
    on_tray = printed if tray == ANY_TRAY else [entry for entry in printed if entry.tray == tray]
    mine = _of_one_edge(on_tray)
    others = tuple(entry for entry in printed if entry not in mine)
    first = Piece(
        topic,
        mine[0] if mine else None,
        _looks_like(mine[0], printed) if mine else (printed[0] if printed else None),
        english=_english_for(topic, mine[0] if mine else None, tray),
        others=others,
        screens=tuple(entry for entry in topic.entries if entry.on_screen),
        absences=topic.absences,
    )
    more = (Piece(topic, e, _looks_like(e, printed), english=_english_for(topic, e, tray)) for e in mine[1:])
    return (first, *more)


def _of_one_edge(entries: Sequence[DeskEntry]) -> list[DeskEntry]:
    """The files without those for a printer of the short edge, where the same is there for the long edge."""
    long = {(e.label.what, e.label.then, e.label.paper) for e in entries if e.edge == "long"}
    return [e for e in entries if e.edge != "short" or (e.label.what, e.label.then, e.label.paper) not in long]


def _looks_like(entry: DeskEntry, printed: Iterable[DeskEntry]) -> DeskEntry:
    """A single card of the product that a sheet is made of, if there is one; else the file itself."""
    singles = [e for e in printed if not e.tray.is_usual and e.product and entry.product.startswith(f"{e.product}-")]
    return max(singles, key=lambda e: len(e.product), default=entry)


def _english_for(topic: Topic, entry: DeskEntry | None, tray: Tray) -> DeskEntry | None:
    """Today's English to print with an older translation, or where there is no file: as the same product if it can."""
    if entry is not None and not entry.beside_english:
        return None
    same = [e for e in topic.english if entry is not None and e.product == entry.product]
    on_tray = [e for e in topic.english if e.tray == tray]
    return next(iter((*same, *_of_one_edge(on_tray), *topic.english)), None)


def recall_boxes(place: Place, language: DeskLanguage, tray: Tray) -> tuple[RecallBox, ...]:
    """The recalls of a language at a clinic, those that it still has to pull first."""
    pulls: dict[tuple[str, str], list[Pull]] = {}
    for pull in language.pulls:
        pulls.setdefault((pull.number, pull.document), []).append(pull)
    boxes = [_recall_box(place, document, found, tray) for (_, document), found in pulls.items()]
    return tuple(sorted(boxes, key=lambda box: box.confirmed is not None))


def _recall_box(place: Place, document: str, pulls: Sequence[Pull], tray: Tray) -> RecallBox:
    english = [
        entry
        for one in place.languages
        if one.tag == ENGLISH != pulls[0].tag
        for entry in one.entries
        if entry.document == document
    ]
    return RecallBox(
        pull=pulls[0],
        rows=tuple(row for pull in pulls for row in pull.rows if row.clinic == place.clinic.id),
        replaced=all(pull.replaced for pull in pulls),
        confirmed=pulls[0].confirmed_at(place.clinic.id),
        instead=next(iter((*(e for e in english if e.tray == tray), *english)), None),
    )
