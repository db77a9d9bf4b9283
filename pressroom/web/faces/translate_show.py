"""Puts together what the pages of the translate face show: panels, messages, room, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pressroom.catalog.lengths import printed_length
from pressroom.catalog.model import Key
from pressroom.commands.catalogs.message_view import MessageView, TranslationView
from pressroom.commands.catalogs.source_view import SourceView
from pressroom.language import ENGLISH, Language, find_language
from pressroom.layout import Layout
from pressroom.production.live_proof import LiveProof, Room, Words
from pressroom.web.faces.translate_choice import Choice
from pressroom.web.faces.translate_pages import Panel, PanelPair, pairs_of, panels_of, rooms_of
from pressroom.workspace.workspace import Workspace

# What a rectangle's label says at most.
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """How a message is marked on pages and numbers, and its words for a link."""

    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class RoomView:
    """The room of a message: letters now and at most, of its line if it is `on_line` and of its panel otherwise.

    `filled` and `limit` are places on a bar of 100.
    """

    room: Room
    on_line: bool
    now: int
    most: int
    line_mm: float
    filled: int
    limit: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of findings; one about room has no `text`, and the millimetres that are too many."""

    number: int
    text: str
    mm: float = 0.0


def rooms_shown(view: TranslationView, proof: LiveProof | None) -> dict[int, RoomView]:
    """The room of each message that has some, by number."""
    rooms = rooms_of(proof, view.language.tag, [one.key for one in view.own])
    return {one.number: _room(one, *rooms[one.key]) for one in view.own if one.key in rooms}


def _room(one: MessageView, room: Room, words: Words | None) -> RoomView:
    if words is not None:
        now = printed_length(one.text or one.english)
        most = now + words.line_letters
    else:
        now, most = room.now, room.now + room.letters
    largest = max(now, most, 1) * (1.15 if now > most else 1.0)
    filled, limit = round(100 * now / largest), min(99, round(100 * most / largest))
    return RoomView(room, words is not None, now, most, words.line_mm if words else 0.0, filled, limit)


def marks_of(view: TranslationView, rooms: Mapping[int, RoomView]) -> dict[int, Shown]:
    """How each message is marked: its state, or that it is too long or has an error."""
    return {one.number: Shown(_mark(one, rooms), _short(one.text or one.english)) for one in view.messages}


def _mark(one: MessageView, rooms: Mapping[int, RoomView]) -> str:
    if one.number in rooms and rooms[one.number].room.is_over:
        return "over"
    if one.state in ("done", "draft") and one.has_error:
        return "wrong"
    return one.state


def marks_of_source(view: SourceView) -> dict[int, Shown]:
    """The same of the blocks of a source."""
    return {one.block.number: Shown("wrong" if one.has_error else one.state, _short(one.label)) for one in view.blocks}


def listed(view: TranslationView, rooms: Mapping[int, RoomView]) -> list[Listed]:
    """Every finding with its message, in the messages' order."""
    lines: list[Listed] = []
    for one in view.messages:
        room = rooms.get(one.number)
        if room is not None and room.room.is_over:
            lines.append(Listed(one.number, "", -room.room.mm if room.room.mm < 0 else room.room.width))
        lines += [Listed(one.number, finding.message) for finding in one.findings]
    return lines


def listed_of_source(view: SourceView) -> list[Listed]:
    """Every finding of a source with its block, and what translators ask."""
    return [
        Listed(one.block.number, text)
        for one in view.blocks
        for text in (*(finding.message for finding in one.findings), *(asked.text for asked in one.questions))
    ]


def pairs_shown(
    workspace: Workspace,
    choice: Choice,
    own: LiveProof | None,
    english: LiveProof | None,
    numbers: Mapping[tuple[str, Key], int],
) -> list[PanelPair]:
    """The panels of the language beside the English ones, each in the layout that the piece was made in."""
    ours = _panels(workspace, own, choice.language, numbers)
    return pairs_of(_panels(workspace, english, find_language(ENGLISH), numbers), ours)


def _panels(
    workspace: Workspace, proof: LiveProof | None, language: Language, numbers: Mapping[tuple[str, Key], int]
) -> list[Panel]:
    if proof is None:
        return []
    layout = workspace.layout(proof.layout) if proof.layout else None
    used = layout if isinstance(layout, Layout) else None
    return panels_of(proof, used, language.tag, language.direction, lambda *name: numbers.get(name, 0))


def numbers_of(view: TranslationView) -> dict[tuple[str, Key], int]:
    """The number of each message by its catalog and key."""
    return {(one.catalog, one.key): one.number for one in view.messages}


def numbers_of_source(view: SourceView) -> dict[tuple[str, Key], int]:
    """The number of the block that says each message."""
    return {(view.document, message.key): one.block.number for one in reversed(view.blocks) for message in one.messages}


def next_unfinished(view: TranslationView, after: int) -> int:
    """The number of the next message that somebody must look at, from the start again after the last; else `after`."""
    order: Sequence[MessageView] = [*view.messages[after:], *view.messages[:after]]
    return next((one.number for one in order if not one.is_finished), after)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
