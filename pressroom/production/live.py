"""Draws a piece for a live view, in a resident worker: pictures of its pages, words by message, room, and findings.

It does without what only a file needs: tags, the checks of its format, the drawing that people sign. What it finds in
texts and lines is what a build finds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import floor
from typing import Final

from pressroom.compose import ComposeError, Piece, compose_web
from pressroom.content import Message
from pressroom.fingerprint import fingerprint
from pressroom.postpress.page_pictures import page_pictures
from pressroom.production.live_proof import CATALOG_OF_LAYOUTS, LivePage, LiveProof, LiveTask, Room, Words, numbered
from pressroom.production.make import gives_way, letters_missing
from pressroom.render.live import FrameRoom, Kept, LivePiece, draft_pdf, live_piece
from pressroom.render.overset import letters_of, overset_in
from pressroom.render.words import Place
from pressroom.units import Length

# A card is 411 pixels wide then. Twice as many pixels take five times as long to compress.
DPI: Final = 122
# Settings of which measurements are kept: those of a piece, and of the one that takes its place.
_MOST_KEPT: Final = 4
_MOST_PICTURES: Final = 40


@dataclass(slots=True)
class Memory:
    """What a worker keeps between redraws: measurements by setting and product, the last used at the end.

    `pictures` are the PNGs that were made last, by the hash of their pixels: most pages are as they were.
    """

    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def of(self, setting: str, product: str) -> Kept:
        """What is kept of a product's pieces in a setting."""
        found = self.kept.pop((setting, product), None) or Kept()
        self.kept[setting, product] = found
        while len(self.kept) > _MOST_KEPT:
            del self.kept[next(iter(self.kept))]
        return found

    def remember(self, pictures: Mapping[str, bytes]) -> None:
        """Keep these pictures, and forget the oldest."""
        self.pictures = {**{drawn: png for drawn, png in self.pictures.items() if drawn not in pictures}, **pictures}
        while len(self.pictures) > _MOST_PICTURES:
            del self.pictures[next(iter(self.pictures))]


# A resident worker has one document open.
_MEMORY: Final = Memory()


def draw(task: LiveTask) -> LiveProof:
    """What a resident worker runs: `live` with the memory of its process, in the fonts of its first task."""
    if task.fonts:
        # Fontconfig reads it once, when the first text is set.
        os.environ["FONTCONFIG_FILE"] = task.fonts
    return live(task, _MEMORY)


def live(task: LiveTask, memory: Memory) -> LiveProof:
    """The piece of a task as a live view shows it. The memory saves time and changes nothing."""
    piece, clock = replace(task.piece, instead=None) if task.itself else task.piece, _Clock()
    if piece.layout.file_kind == "html":
        return _web(piece)
    missing = tuple(letters_missing(piece))
    clock.note("letters")
    if missing:
        return LiveProof((), (), missing, piece.product, piece.layout.name)
    return replace(_fitting(piece, task.setting, memory, clock), spent=clock.spent)


def _fitting(piece: Piece, setting: str, memory: Memory, clock: _Clock) -> LiveProof:
    """The piece, or the one that takes its place where its text does not fit."""
    made = _set(piece, setting, memory)
    clock.note(f"set {piece.product}")
    overset = overset_in(made.findings)
    if piece.instead is None or not overset:
        return _shown(piece, made, memory, clock)
    folded = _fitting(piece.instead, setting, memory, clock)
    if not folded.pages or overset_in(folded.findings):
        # Nothing takes its place: now its findings say how much of its text must go.
        made = _set(replace(piece, instead=None), setting, memory)
        if not folded.pages:
            shown = _shown(piece, made, memory, clock)
            return replace(shown, findings=(*shown.findings, *folded.findings))
        # Neither product holds the text. The roomier one has less to cut.
        return replace(folded, findings=(*folded.findings, *(one for one in made.findings if one.code == "overset")))
    others = (one for one in folded.findings if one.code != "gives-way")
    return replace(folded, findings=(gives_way(piece, folded.made_as, overset[0]), *others))


def _set(piece: Piece, setting: str, memory: Memory) -> LivePiece:
    return live_piece(piece, numbered(piece.document.messages), memory.of(setting, piece.product))


def _shown(piece: Piece, made: LivePiece, memory: Memory, clock: _Clock) -> LiveProof:
    if made.pages is None:
        return LiveProof((), (), made.findings, piece.product, piece.layout.name)
    pdf = draft_pdf(made.pages)
    clock.note("drawn")
    namer = _Namer.of(piece)
    pages, pictures = [], dict[str, bytes]()
    for number, page in enumerate(page_pictures(pdf, DPI, memory.pictures), start=1):
        pictures[page.drawn] = page.png
        words = tuple(namer.words(place) for place in made.places if place.page == number)
        name = fingerprint(page.drawn, repr(words))
        pages.append(LivePage(number, page.png, name, page.pixels, page.width, page.height, words))
    memory.remember(pictures)
    clock.note("pictures")
    rooms = tuple(map(_room, made.rooms))
    return LiveProof(tuple(pages), rooms, made.findings, piece.product, piece.layout.name)


def _web(piece: Piece) -> LiveProof:
    """A web edition is shown as it is: a browser breaks its lines, so nothing is known of where words are."""
    try:
        html = compose_web(piece)
    except ComposeError as error:
        return LiveProof((), (), tuple(error.problems), piece.product, piece.layout.name)
    return LiveProof((), (), (), piece.product, piece.layout.name, html)


@dataclass(frozen=True, slots=True)
class _Namer:
    """Finds the message of each mark."""

    piece: Piece
    messages: dict[int, Message]
    speech: dict[str, str]

    @classmethod
    def of(cls, piece: Piece) -> _Namer:
        """The one of a piece."""
        numbers = numbered(piece.document.messages)
        by_key = {message.key: message for message in piece.document.messages}
        speech = {frame.name: frame.language for frame in (*piece.layout.frames, *piece.layout.flow)}
        return cls(piece, {number: by_key[key] for key, number in numbers.items()}, speech)

    def words(self, place: Place) -> Words:
        """The words at a place."""
        voice = self.piece.voice(self.speech.get(place.frame, next(iter(self.speech.values()))))
        if place.mark.isdigit():
            number = int(place.mark)
            message, catalog, translation = self.messages[number], self.piece.document.name, voice.translation
        else:
            number, message, translation = 0, self.piece.words[place.mark], voice.layout_translation
            catalog = CATALOG_OF_LAYOUTS
        free = _rounded_down(place.left)
        return Words(
            catalog=catalog,
            key=message.key,
            number=number,
            frame=place.frame,
            language=voice.language.tag,
            status=translation.of(message).status,
            role=message.role,
            rows=place.rows,
            line_mm=free,
            line_letters=_letters_in(place, letters_of(translation, message)),
        )


def _letters_in(place: Place, letters: int) -> int:
    """About how many letters as wide as those of a text have room on its last line."""
    wide = sum(row[2] - row[0] for row in place.rows)
    return int(place.left * letters / wide) if wide else 0


def _rounded_down(points: float) -> float:
    """Millimetres to one place: never more room than there is, as the mark on the page has it."""
    return floor(Length(points).mm * 10) / 10


def _room(room: FrameRoom) -> Room:
    return Room(
        frame=room.frame,
        panel=room.panel,
        page=room.page,
        language=room.language,
        messages=room.messages,
        mm=_rounded_down(room.height),
        letters=room.letters,
        now=room.now,
        width=-_rounded_down(-room.width),
        size=room.size,
        smallest=room.smallest,
        usual=room.usual,
    )


class _Clock:
    """The CPU time of each step, in seconds."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._last = time.process_time()

    def note(self, step: str) -> None:
        """The step is done."""
        now = time.process_time()
        self.spent[step] = round(self.spent.get(step, 0.0) + now - self._last, 4)
        self._last = now
