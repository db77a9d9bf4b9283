"""Puts a document's panels into a layout's passages, and says at the author's line what is missing or has no place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from pressroom.content import Block, Document, Panel, pictures_of
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.gathering import gathered, gathered_all, without_pictures
from pressroom.layout.model import NEXT, Frame, Layout, Passage
from pressroom.layout.sharing import UNEVEN_PAGES, UNEVEN_SIDES, shared_out

# How near a name must be to one that the document lacks, to be taken for it. A required part is missing in any case, so
# that a far name is only a question; `recovery` instead of an optional `cover` would be a wrong one.
_NEAR: Final = 0.8
_NEAR_REQUIRED: Final = 0.65
_WORDS: Final = {
    "heading": "a heading (## …)",
    "paragraph": "a paragraph",
    "paragraph?": "a paragraph if you like",
    "paragraph+": "one or more paragraphs",
    "list": "a list (- …)",
}

_SAID: Final = {"image": "picture", "quote": "quotation", "notice": "box", "lines": "line to write on", "slot": "slot"}


def place_panels(document: Document, layout: Layout) -> tuple[dict[str, tuple[Panel, ...]], list[Diagnostic]]:
    """The document's panels by passage, and an error for each panel that is missing, left out or has the wrong blocks.

    A passage takes the panel that it names; the others take the rest in the document's order, which is the order of the
    story: outside front, flap, back, then inside. Passages that are `shared` take them by their height.
    """
    layout = layout.with_drawing(document.front.art)
    mistyped = _mistyped(document, layout)
    by_name = {mistyped[panel.name].takes if panel.name in mistyped else panel.name: panel for panel in document.panels}
    named = {passage.takes for passage in layout.passages}
    free = tuple(panel for name, panel in by_name.items() if name not in named)
    placed: dict[str, tuple[Panel, ...]] = {}
    for passage in (p for p in layout.passages if p.gathers and not p.source):
        placed[passage.name], free = gathered(free, passage)
    rest = iter(free)
    for passage in layout.passages:
        if passage.name in placed:
            continue
        if passage.shared or passage.shared_alone:
            shares, left = _shared(layout, tuple(rest))
            placed, rest = placed | shares, iter(left)
        elif passage.takes in by_name:
            panel = by_name[passage.takes]
            placed[passage.name] = (panel if passage.pictures else without_pictures(panel),)
        elif passage.takes == NEXT or passage.or_next:
            placed[passage.name] = tuple(islice(rest, passage.most))
        else:
            placed[passage.name] = ()
    for passage in (p for p in layout.passages if p.source):
        placed[passage.name], placed[passage.source] = gathered_all(placed[passage.source], passage)
    placing = _Placing(document, layout, placed)
    problems = [*(placing.mistyped(panel, mistyped[panel.name]) for panel in document.panels if panel.name in mistyped)]
    problems += [*placing.missing(), *placing.unplaced(rest), *placing.misordered(), *placing.misshapen()]
    for passage in layout.passages:
        own = placed[passage.name] or placed.get(passage.repeats, ())
        placed[passage.name] = (*placed.get(passage.also, ()), *own)
    return {name: panels for name, panels in placed.items() if panels}, problems


def printed_frames(layout: Layout, placed: Mapping[str, tuple[Panel, ...]]) -> tuple[Frame, ...]:
    """The frames that are printed of a document with these panels in the layout's passages."""
    repeats = {passage.name: passage.repeats for passage in layout.passages}
    own = {name for name, panels in placed.items() if panels != placed.get(repeats[name])}
    pictured = {name for name, panels in placed.items() for p in panels if any(pictures_of(p.blocks))}
    return tuple(
        frame
        for frame in layout.frames
        if own.issuperset(frame.when)
        and own.isdisjoint(frame.unless)
        and (bool(layout.views) or frame.pictured in (None, frame.passage in pictured))
    )


def _shared(layout: Layout, rest: Sequence[Panel]) -> tuple[dict[str, tuple[Panel, ...]], Sequence[Panel]]:
    """The panels of the passages that share them, and those that have no place."""
    names = [passage.name for passage in layout.passages if passage.shared or passage.shared_alone]
    always = any(passage.shared for passage in layout.passages)
    if not always and any(block.window for panel in rest for block in panel.blocks):
        # A window stays in its panel, at its foot.
        return {name: tuple(rest[at : at + 1]) for at, name in enumerate(names)}, rest[len(names) :]
    # A panel goes on in the next place where no drawing is between the two.
    whole = layout.drawn and bool(layout.views)
    pages = {frame.page for frame in layout.frames if frame.passage in names}
    uneven = UNEVEN_SIDES if len(pages) > 1 else UNEVEN_PAGES
    return dict(zip(names, shared_out(rest, len(names), whole=whole, uneven=uneven), strict=True)), ()


def _mistyped(document: Document, layout: Layout) -> dict[str, Passage]:
    """The passages whose name a panel nearly has, by the panel's name; no panel has their name itself."""
    names = {panel.name for panel in document.panels}
    free = [name for name in names if name not in {passage.takes for passage in layout.passages}]
    near: dict[str, Passage] = {}
    for passage in layout.passages:
        if passage.takes in (NEXT, *names) or passage.or_next:
            continue
        cutoff = _NEAR_REQUIRED if passage.required else _NEAR
        for name in difflib.get_close_matches(passage.takes, [n for n in free if n not in near], n=1, cutoff=cutoff):
            near[name] = passage
    return near


@dataclass(frozen=True, slots=True)
class _Placing:
    """What is wrong with the places that a layout gave to a document's panels."""

    document: Document
    layout: Layout
    placed: dict[str, tuple[Panel, ...]]

    def mistyped(self, panel: Panel, passage: Passage) -> Diagnostic:
        message = f"{self.layout.name} has no place for the panel {panel.name!r}, and there is no {passage.takes!r}"
        hint = f"is it meant? then write <!-- panel: {passage.takes} -->"
        return diagnostic("panel-unplaced", panel.span, message, hint)

    @property
    def _passages(self) -> Sequence[Passage]:
        return self.layout.passages

    def missing(self) -> Iterator[Diagnostic]:
        lacking = [p for p in self._passages if p.required and not p.repeats and not self.placed[p.name]]
        of_any_name = [passage for passage in lacking if passage.takes == NEXT]
        for passage in (passage for passage in lacking if passage.takes != NEXT):
            span, where = self._place_for(passage)
            message = f"there is no panel {passage.takes!r}, which {self.layout.name} requires"
            hint = f"write <!-- panel: {passage.takes} --> {where}, and below it {_contents(passage)}"
            yield diagnostic("panel-missing", span, message, hint)
        if of_any_name:
            span, where = self._place_for(of_any_name[0])
            message = f"{self.layout.name} requires {len(of_any_name)} more of the panels that may have any name"
            hint = f"write <!-- panel: {self._free_name()} --> {where}, and its text; or make another product of it"
            yield diagnostic("panel-missing", span, message, hint)

    def unplaced(self, rest: Iterable[Panel]) -> Iterator[Diagnostic]:
        names = [p.takes if p.takes != NEXT else f"{p.most} of any name" for p in self._passages if not p.gathers]
        for panel in rest:
            message = f"{self.layout.name} has no place for the panel {panel.name!r}"
            hint = f"it has places for {', '.join(names)}: put the text into one of these, or remove it"
            yield diagnostic("panel-unplaced", panel.span, message, hint)

    def misordered(self) -> Iterator[Diagnostic]:
        """Panels that are named for one another's place: a page and a card would show them in two orders."""
        order = [panel.name for panel in self.document.panels]
        firsts = [self.placed[p.name][0] for p in self._passages if p.or_next and self.placed[p.name]]
        for before, panel in pairwise(firsts):
            if order.index(panel.name) < order.index(before.name):
                where = f"{panel.name!r} comes before {before.name!r}"
                message = f"the panel {where}, and {self.layout.name} prints it after that"
                hint = f"move it below the panel {before.name!r} of line {before.span.line}, or rename both"
                yield diagnostic("panel-order", panel.span, message, hint)

    def misshapen(self) -> Iterator[Diagnostic]:
        for passage in self._passages:
            for panel in self.placed[passage.name] if passage.holds else ():
                fault = _shape_fault(passage.holds, panel)
                if fault is not None:
                    span, wrong = fault
                    message = f"the panel {panel.name!r} {wrong}, where {self.layout.name} prints {passage.takes!r}"
                    yield diagnostic("panel-content", span, message, f"write {_contents(passage)}, in this order")

    def _place_for(self, passage: Passage) -> tuple[Span, str]:
        """The line where a missing panel is written, and the place in words."""
        at = self._passages.index(passage)
        before = [panel for earlier in self._passages[:at] for panel in self.placed[earlier.name]]
        if before:
            last = max(before, key=lambda panel: panel.span.line)
            return last.span, f"after the panel {last.name!r}"
        panels = self.document.panels
        return (panels[0].span, f"above the panel {panels[0].name!r}") if panels else (_products(self.document), "")

    def _free_name(self) -> str:
        taken = {panel.name for panel in self.document.panels}
        return next(name for name in ("one", "two", "three", "four", "five", "more", "text") if name not in taken)


def _products(document: Document) -> Span:
    return Span(document.path, document.front.lines["products"])


def _contents(passage: Passage) -> str:
    return ", ".join(_WORDS.get(part, part) for part in passage.holds) or "its text"


def _shape_fault(holds: Sequence[str], panel: Panel) -> tuple[Span, str] | None:
    """The line of the first block that is not what the passage holds, and what is wrong there."""
    blocks = list(panel.blocks)
    for part in holds:
        kind, many = part.rstrip("?+"), part.endswith("+")
        fits = bool(blocks) and _is(blocks[0], kind)
        if not fits and not part.endswith("?"):
            lacks = f"lacks {_WORDS.get(kind, kind)}"
            return (blocks[0].span, f"{lacks} before this {_said(blocks[0])}") if blocks else (panel.span, lacks)
        while fits:
            blocks.pop(0)
            fits = many and bool(blocks) and _is(blocks[0], kind)
    return (blocks[0].span, f"has one {_said(blocks[0])} too many") if blocks else None


def _is(block: Block, kind: str) -> bool:
    """True for a block of this kind; a slot is a paragraph to be."""
    return block.kind == kind or (block.kind == "slot" and kind == "paragraph")


def _said(block: Block) -> str:
    return _SAID.get(block.kind, block.kind)
