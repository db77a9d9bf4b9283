"""Cuts the pictures of a live proof into the panels that a reader sees, with a link over the words of each message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pressroom.catalog.model import Key
from pressroom.layout import Layout
from pressroom.layout.model import PanelPlace
from pressroom.production.live_proof import LivePage, LiveProof, Room, Words

# Points around words, so that a frame does not touch them.
_AROUND = 1.5

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """The words of one message in a panel: left, top, width and height of each row and of all, in points of the page.

    `first` is True at the first place of a message, which other links lead to.
    """

    number: int
    rows: tuple[Box, ...]
    around: Box
    first: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: its name, the page's picture and size in points, the part of it, and the words in it."""

    name: str
    picture: str
    page: tuple[float, float]
    box: Box
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class PanelPair:
    """The same panel in English and in the language; one of them may be missing."""

    name: str
    english: Panel | None
    own: Panel | None


NumberOf = Callable[[str, Key], int]


def panels_of(
    proof: LiveProof, layout: Layout | None, language: str, direction: str, number_of: NumberOf
) -> list[Panel]:
    """The panels of a proof in the layout's order, or its whole pages if the layout has no panels.

    Links are over the words of the layout in `language`. `number_of` gives the number of a message of a catalog, 0 for
    one that is not shown.
    """
    places = _places(proof, layout, direction)
    seen: set[int] = set()
    return [_panel(name, page, box, language, number_of, seen) for name, page, box in places]


def pairs_of(english: Sequence[Panel], own: Sequence[Panel]) -> list[PanelPair]:
    """Each panel beside the English one of its name; panels without a name by their order."""
    if [panel.name for panel in english] == [panel.name for panel in own] or not own:
        return [PanelPair((ours or theirs or own[0]).name, theirs, ours) for theirs, ours in zip_longest(english, own)]
    by_name = {panel.name: panel for panel in english}
    return [PanelPair(panel.name, by_name.get(panel.name), panel) for panel in own]


def rooms_of(proof: LiveProof | None, language: str, keys: Sequence[Key]) -> dict[Key, tuple[Room, Words | None]]:
    """The room of each message that has one, and its words if they are on one line in a frame of their own."""
    if proof is None:
        return {}
    words: dict[Key, list[Words]] = {}
    for page in proof.pages:
        for one in page.words:
            if one.language == language:
                words.setdefault(one.key, []).append(one)
    found: dict[Key, tuple[Room, Words | None]] = {}
    for key in keys:
        room = proof.room_of(key, language)
        if room is not None:
            places = words.get(key, [])
            alone = len(places) == 1 and len(places[0].rows) == 1 and len(room.messages) == 1
            found[key] = room, places[0] if alone else None
    return found


def _places(proof: LiveProof, layout: Layout | None, direction: str) -> list[tuple[str, LivePage, Box]]:
    if layout is None or layout.flows or not layout.panels or len(proof.pages) != len(layout.pages):
        return [("", page, (0, 0, page.width, page.height)) for page in proof.pages]
    pages = {page.name: proof.pages[number] for number, page in enumerate(layout.pages)}
    return [
        (panel.name, pages[panel.page], _box(panel, pages[panel.page], layout, direction)) for panel in layout.panels
    ]


def _box(panel: PanelPlace, page: LivePage, layout: Layout, direction: str) -> Box:
    box = panel.box.mirrored(layout.width) if direction == "rtl" else panel.box
    height = box.height.pt
    if box.top.pt + height > layout.height.pt - 1:
        # A page with too much text is longer than its paper.
        height = page.height - box.top.pt
    return round(box.left.pt, 2), round(box.top.pt, 2), round(box.width.pt, 2), round(height, 2)


def _panel(name: str, page: LivePage, box: Box, language: str, number_of: NumberOf, seen: set[int]) -> Panel:
    left, top, width, height = box
    spots: list[Spot] = []
    for words in page.words:
        number = number_of(words.catalog, words.key) if words.language == language and words.rows else 0
        if not number or not (
            left <= words.rows[0][0] + 1 <= left + width and top <= words.rows[0][1] + 1 <= top + height
        ):
            continue
        spots.append(_spot(number, words, number not in seen))
        seen.add(number)
    return Panel(name, page.hash, (page.width, page.height), box, tuple(spots))


def _spot(number: int, words: Words, first: bool) -> Spot:
    rows = tuple(tuple(round(one, 1) for one in (x, y, right - x, bottom - y)) for x, y, right, bottom in words.rows)
    left, top = min(row[0] for row in words.rows), min(row[1] for row in words.rows)
    right, bottom = max(row[2] for row in words.rows), max(row[3] for row in words.rows)
    around = (left - _AROUND, top - _AROUND, right - left + 2 * _AROUND, bottom - top + 2 * _AROUND)
    return Spot(number, rows, tuple(round(one, 1) for one in around), first)  # type: ignore[arg-type]
