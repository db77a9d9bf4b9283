"""Sets a piece for a live view: its pages, where words are on them, and the room left; nothing is written for print.

The pages have the lines of the proof: they are set by the same functions. What was read and measured of frames is kept
from one redraw to the next, so that only frames whose words changed are measured again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from weasyprint import Document

from pressroom.catalog.model import Key
from pressroom.compose import ComposeError, Composition, Piece, compose, drawings
from pressroom.diagnostics import Diagnostic
from pressroom.layout import LOCALE
from pressroom.render.cache import RenderCache
from pressroom.render.copyfit import spare
from pressroom.render.engine import Engine, RenderError
from pressroom.render.fitting import smallest_sizes, usual_sizes
from pressroom.render.frame_model import FrameModel
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Disagreement, Numbers
from pressroom.render.overset import letters_of
from pressroom.render.quick_drawing import quick_drawing
from pressroom.render.room import space_of
from pressroom.render.set_piece import SetPiece, at_its_picture, findings_of, lay_out_flowed, lay_out_set, set_piece
from pressroom.render.words import Place, places_of_words
from pressroom.units import Length

# Measurements that are kept of one piece; after many edits it begins from nothing.
_MOST_KEPT = 20_000


@dataclass(slots=True)
class Kept:
    """What a resident worker keeps of a piece: measurements, the frames that it read, and those not to calculate.

    It holds for one setting: for other styles, fonts or pictures there is another.
    """

    cache: RenderCache = field(default_factory=RenderCache)
    models: dict[str, FrameModel | str] = field(default_factory=dict)
    distrusted: set[str] = field(default_factory=set)

    def prune(self, marks: Mapping[str, str]) -> None:
        """Forget the frames that are not of this piece now; and everything, once that is much."""
        now = set(marks.values())
        self.models = {mark: model for mark, model in self.models.items() if mark in now}
        self.distrusted &= now
        known = (self.cache.heights, self.cache.sideways, self.cache.measured, self.cache.composed, self.cache.rooms)
        for table in (*known, self.cache.labels):
            if len(table) > _MOST_KEPT:
                table.clear()


@dataclass(frozen=True, slots=True)
class FrameRoom:
    """The room in a frame at its smallest type, in points, and about how many letters; below zero what runs over.

    `now` is how many letters it has, `width` how many points a word is too wide.
    """

    frame: str
    panel: str
    page: int
    language: str
    messages: tuple[Key, ...]
    height: float
    letters: int
    now: int
    width: float
    size: float
    smallest: float
    usual: float


@dataclass(frozen=True, slots=True)
class LivePiece:
    """A piece as it is set: its pages (None: see `findings`), the places of words, and the room in each frame."""

    pages: Document | None
    places: tuple[Place, ...] = ()
    rooms: tuple[FrameRoom, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def live_piece(piece: Piece, numbers: Mapping[Key, int], kept: Kept) -> LivePiece:
    """Compose, fit and lay out a piece; `numbers` are those of the document's messages."""
    try:
        if piece.layout.name not in kept.cache.drawings:
            kept.cache.drawings[piece.layout.name] = drawings(piece)
        composition = compose(piece, drawn=kept.cache.drawings[piece.layout.name], numbers=numbers)
        engine = Engine(composition.page, piece.document.path)
        if piece.layout.flows:
            flowed = lay_out_flowed(piece, composition, engine)
            places = tuple(places_of_words(flowed.pages, flowed.engine.spoken))
            return LivePiece(flowed.pages, places, findings=flowed.findings)
        return _fitted(piece, composition, engine, numbers, kept)
    except (ComposeError, RenderError) as error:
        return LivePiece(None, findings=tuple(at_its_picture(piece, problem) for problem in error.problems))


def draft_pdf(pages: Document) -> bytes:
    """The pages as a PDF to take pictures of: without tags, and not compressed."""
    with quick_drawing():
        pdf: bytes = pages.write_pdf(uncompressed_pdf=True)
    return pdf


def _fitted(
    piece: Piece, composition: Composition, engine: Engine, numbers: Mapping[Key, int], kept: Kept
) -> LivePiece:
    gauge = Gauge(engine, piece.layout, composition, piece.language, kept.cache)
    marks = gauge.marks.marks
    while True:
        distrusted = frozenset(name for name, mark in marks.items() if mark in kept.distrusted)
        measured = Numbers(gauge, usual_sizes(piece, composition).of_text, distrusted, kept.models)
        try:
            found = set_piece(piece, composition, measured, kept.cache)
            pages, drawn, _ = lay_out_set(piece, found, found.engine, numbers)
            break
        except Disagreement as disagreed:
            kept.distrusted |= {marks[name] for name in disagreed.frames}
    places = tuple(places_of_words(pages, drawn.spoken))
    rooms = tuple(_rooms(piece, found))
    kept.prune(found.fitted.gauge.gauge.marks.marks | marks)
    return LivePiece(pages, places, rooms, tuple(findings_of(piece, found)))


def _rooms(piece: Piece, found: SetPiece) -> Iterator[FrameRoom]:
    """The room in each frame with messages, at the smallest type and leading."""
    fitted, over, composition = found.fitted, found.over, found.fitted.composition
    smallest, usual = smallest_sizes(piece, composition, tightened=1.0), usual_sizes(piece, composition)
    heights = fitted.gauge(smallest)
    for frame in (frame for frame in composition.frames if frame.messages):
        translation = piece.voice(frame.voice).translation
        messages = tuple(dict.fromkeys(frame.messages))
        now = sum(letters_of(translation, message) for message in messages)
        if frame.name in over.down:
            height, letters = -over.down[frame.name].pt, -over.letters.get(frame.name, 1)
        else:
            height = max(0.0, spare(space_of(frame), heights, aligned=False))
            line = smallest.body[frame.group] * smallest.leading.get("tight", 1.0)
            letters = int(now * (height // line) * line / max(line, heights[frame.name].height))
        yield FrameRoom(
            frame=frame.name,
            panel=frame.panel,
            page=frame.page,
            language=piece.voice(frame.voice).language.tag if frame.voice != LOCALE else piece.language.tag,
            messages=tuple(message.key for message in messages),
            height=height,
            letters=letters,
            now=now,
            width=over.sideways.get(frame.name, Length(0.0)).pt,
            size=fitted.fitted.sizes.body[frame.group],
            smallest=smallest.body[frame.group],
            usual=usual.body[frame.group],
        )
