"""What the page of a language shows with a paper in the tray: the pieces to print, and the recalls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pressroom.commands.building.desk_entries import DeskEntry, Tray
from pressroom.commands.building.desk_notes import Absence, Pull, Pulled, PulledPaper
from pressroom.commands.building.desk_view import ANY_TRAY, DeskLanguage, Place, Topic
from pressroom.language import ENGLISH


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


def pictured(clinics: Iterable[Place]) -> tuple[DeskEntry, ...]:
    """The files whose pictures the pages show: one for each piece."""
    topics = ((place, topic) for place in clinics for one in place.languages for topic in one.topics)
    shown = (piece.looks_like for place, topic in topics for tray in place.trays for piece in pieces(topic, tray))
    return tuple(dict.fromkeys(entry for entry in shown if entry is not None))
