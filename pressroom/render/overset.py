"""The diagnostics about space: text that does not fit, how much of it must go, and cards that the English fills.

How many letters must go: `too_long.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from pressroom.catalog import Translation
from pressroom.compose import Piece, PlacedFrame, compose
from pressroom.compose.web_addresses import address_parts, is_web_address, printed_address
from pressroom.content import Message
from pressroom.content.inline import parse_inline
from pressroom.content.model import ALTERNATIVE
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import Layout, PanelPlace
from pressroom.render.copyfit import Sizes, TextHeight
from pressroom.render.engine import Engine
from pressroom.render.placed_pictures import PlacedPicture, placed_pictures, smaller_picture
from pressroom.units import Length

_LONGEST: Final = 3
# Letters of a word in a hint.
_WORD_SHOWN: Final = 60
# The roles of messages in blocks that are tall whatever their words are.
_BLOCKS: Final = ("table", "paragraph in a box")
# The share of its letters that no author takes out of a text.
_TOO_MANY: Final = 0.6
_WORD_END = re.compile("[\\s\u200b/–—]+|(?<=-)")
# At the smallest legible size English fills at most this much of what a side has for words. Khmer, the tallest of the
# drafts that keep to a wallet card, takes 1.397 times the height of English on its front: 1 / 1.397 is 0.716.
MOST: Final = 0.72
# Frames one below the other may overlap by a hair's breadth of leading, in points.
_TOUCHING: Final = 1.5


@dataclass(frozen=True, slots=True)
class Overset:
    """How far the text of each frame runs over, downwards and sideways.

    `letters` is how many letters too many it has; `pictures` are those in it.
    """

    down: dict[str, Length]
    sideways: dict[str, Length]
    letters: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, tuple[PlacedPicture, ...]] = field(default_factory=dict)

    @property
    def frames(self) -> dict[str, str]:
        """The note a proof has at the marked edge of each of these frames."""
        notes = {name: f"overset by {_mm_rounded_up(over):.1f} mm" for name, over in self.down.items()}
        return {name: f"{over.mm:.1f} mm too wide" for name, over in self.sideways.items()} | notes


# What a piece with text that runs over is found by: its pages are longer, and nothing is clipped.
OVERSET_CODES: Final = frozenset({"overset", "overset-untranslated"})


def overset_in(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """What another product may have room for."""
    return tuple(d for d in diagnostics if d.code in OVERSET_CODES or d.code == "labels-crowded")


def overset_findings(piece: Piece, frame: PlacedFrame, over: Overset, sizes: Sizes) -> Iterator[Diagnostic]:
    """The panel, the locale, the millimetres, the longest messages with their lines, and how much they must shrink.

    None of a frame in which nothing is translated, see `untranslated_finding`.
    """
    size, voice = sizes.body[frame.group], piece.voice(frame.voice)
    tag, translation = voice.language.tag, voice.translation
    where = f"panel {frame.panel!r} ({frame.name} of {piece.layout.name})"
    printed = [message for message in dict.fromkeys(frame.messages) if message.role != ALTERNATIVE]
    longest = sorted(printed, key=lambda message: -letters_of(translation, message))[:_LONGEST]
    span = _place(translation, longest[0]) if longest else Span(piece.layout.path)
    if _is_untranslated(piece, frame):
        return
    if frame.name in over.down:
        down = _mm_rounded_up(over.down[frame.name])
        message = f"{where} is overset by {down:.1f} mm at {size:.1f} pt, its smallest, in {tag}"
        cut, letters = over.letters.get(frame.name, 1), sum(letters_of(translation, one) for one in printed)
        moves = [smaller_picture(over.pictures.get(frame.name, ()), frame.box.width, over.down[frame.name])]
        # Where most letters would have to go, the words are not at fault.
        moves += [_shorten(translation, frame, cut, longest)] if not moves[0] or cut <= letters * _TOO_MANY else []
        yield diagnostic("overset", span, message, "; or ".join(filter(None, moves)))
    if frame.name in over.sideways:
        message = f"{where}: a word is {over.sideways[frame.name].mm:.1f} mm too wide at {size:.1f} pt in {tag}"
        yield diagnostic("overset", span, message, _widest(translation, frame.messages))


def untranslated_finding(piece: Piece, frames: Iterable[PlacedFrame], over: Overset) -> Iterator[Diagnostic]:
    """One warning for all frames in which nothing is translated and that are overset.

    Their English has marks that take room too. What their own words need is known once there are some.
    """
    names = [f.name for f in frames if f.name in over.frames and _is_untranslated(piece, f)]
    if names:
        message = f"{', '.join(names)} of {piece.layout.name} have no translation; their English, marked, runs over"
        hint = "translate it, then see if it fits"
        yield diagnostic("overset-untranslated", Span(piece.translation.path), message, hint)


def _is_untranslated(piece: Piece, frame: PlacedFrame) -> bool:
    translation = piece.voice(frame.voice).translation
    printed = [message for message in frame.messages if message.role != ALTERNATIVE]
    return bool(printed) and all(translation.of(message).status != "translated" for message in printed)


def _mm_rounded_up(over: Length) -> float:
    """Millimetres with one digit, rounded up so that a small overset is never 0."""
    return ceil(over.mm * 10) / 10


def _shorten(translation: Translation, frame: PlacedFrame, cut: int, longest: list[Message]) -> str:
    if not longest:
        return "give the frame more room in its layout.toml, or its group a smaller size"
    letters = max(1, sum(letters_of(translation, message) for message in dict.fromkeys(frame.messages)))
    if cut > letters * _TOO_MANY and any(message.role.startswith(_BLOCKS) for message in frame.messages):
        return "shorter words do not help: move a table, a box or lines to write on to another panel"
    places = ", ".join(f"{_place(translation, m)} ({counted(letters_of(translation, m), 'letter')})" for m in longest)
    return f"shorten its {counted(letters, 'letter')} by about {cut} ({ceil(cut / letters * 100)} %); longest: {places}"


def too_wide_finding(piece: Piece, wide: Length) -> Diagnostic:
    """The finding about a word that is wider than the column of a page whose text flows."""
    message = f"a word is {wide.mm:.1f} mm too wide for {piece.layout.name} in {piece.language.tag}"
    messages = piece.document.messages
    words = [(len(word), m) for m in messages for _, word in _unbroken(piece.translation.of(m).text)]
    _, longest = max(words, key=lambda row: row[0], default=(0, messages[0]))
    return diagnostic("overset", _place(piece.translation, longest), message, _widest(piece.translation, messages))


def _widest(translation: Translation, messages: Sequence[Message]) -> str:
    words = [(*part, m) for m in messages if m.role != ALTERNATIVE for part in _unbroken(translation.of(m).text)]
    words += [(*part, m) for m in messages for link in m.links for part in _parts(printed_address(link))]
    if not words:
        return "give the frame more room in its layout.toml"
    part, word, message = max(words, key=lambda row: len(row[0]))
    if part != word:
        return f"use a shorter address than “{_short(word)}” at {message.span}: “{_short(part)}” in it is never broken"
    return f"use a shorter word; the longest is “{_short(word)}” at {_place(translation, message)}"


def _short(word: str) -> str:
    return word if len(word) <= _WORD_SHOWN else word[: _WORD_SHOWN - 1] + "…"


def _unbroken(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text that no line's end breaks, each with the word or address that it is in."""
    for word in parse_inline(text).plain.split():
        bare = word.strip("()[]“”«».,;:!?")
        if is_web_address(bare):
            yield from _parts(bare)
        else:
            yield from ((part, part) for part in _WORD_END.split(word))


def _parts(address: str) -> Iterator[tuple[str, str]]:
    yield from ((part, address) for part in address_parts(address))


def pictures_in(piece: Piece, frame: PlacedFrame, sizes: Sizes) -> tuple[PlacedPicture, ...]:
    """The pictures in a frame at these sizes."""
    composition = compose(piece)
    engine = Engine(composition.only({frame.name}), piece.document.path)
    kinds = dict.fromkeys(engine.slot_kinds, 0.0) | sizes.slot
    return placed_pictures(engine.lay_out(replace(sizes, slot=kinds).css()))


def _place(translation: Translation, message: Message) -> Span:
    """Where the words can be shortened: an untranslated text is its author's."""
    translated = translation.of(message)
    return message.span if translated.status == "untranslated" else translated.span


def letters_of(translation: Translation, message: Message) -> int:
    """The number of printed letters of a message, without its markup; the text of a picture is not printed."""
    if message.role == ALTERNATIVE:
        return 0
    return len(parse_inline(translation.of(message).text).plain)


def full_sides(
    layout: Layout, frames: tuple[PlacedFrame, ...], heights: Mapping[str, TextHeight]
) -> Iterator[Diagnostic]:
    """A warning for each side of a card whose room for words its text fills to more than 72 %.

    Text is at its smallest, with the preferred leading. What no language makes taller (the line for a number, an
    address, control lines) is no room for words. The warning is at the longest text of the side.
    """
    for panel in layout.panels:
        there = _on(layout, panel, frames)
        fixed = tallest_stack(tuple(frame for frame in there if not frame.messages), heights)
        words = tallest_stack(there, heights) - fixed
        room = (panel.box.height - layout.safe * 2).pt - fixed
        if words > MOST * room:
            over = (words - MOST * room) * 25.4 / 72
            message = (
                f"English fills {words / room:.1%} of the room for words on the side {panel.name!r} of {layout.name} "
                f"at its smallest, {over:.1f} mm more than the {MOST:.0%} that leave room for longer languages"
            )
            texts = [text for frame in there for text in frame.messages]
            span = max(texts, key=lambda text: len(text.msgid)).span if texts else Span(layout.path)
            yield diagnostic("side-full", span, message, "shorten the text, or put some of it on another side")


def tallest_stack(frames: tuple[PlacedFrame, ...], heights: Mapping[str, TextHeight]) -> float:
    """The height of the tallest stack of text, in points: of frames side by side only the taller one counts."""
    tallest: dict[str, float] = {}
    foots = {frame.name: (frame.box.top + frame.box.height).pt for frame in frames}
    for frame in sorted(frames, key=lambda frame: frame.box.top):
        above = [height for name, height in tallest.items() if foots[name] <= frame.box.top.pt + _TOUCHING]
        tallest[frame.name] = heights[frame.name].height + max(above, default=0.0)
    return max(tallest.values(), default=0.0)


def _on(layout: Layout, panel: PanelPlace, frames: tuple[PlacedFrame, ...]) -> tuple[PlacedFrame, ...]:
    """The frames whose middle is on the panel; English is read from the left, as boxes are."""
    page, box = layout.page_number(panel.page), panel.box
    return tuple(
        frame
        for frame in frames
        if frame.page == page and box.left <= frame.box.left + frame.box.width * 0.5 <= box.left + box.width
    )
