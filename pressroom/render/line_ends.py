"""Composes the paragraphs of laid-out pages, and lays the pages out again with the lines that were found.

How wide a paragraph's column is and how many lines it has is known only after layout. A line is then ended where the
composer says, by a sign in the tree; the text takes as many lines as before, so copyfit need not run again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal
from xml.etree.ElementTree import Element

from weasyprint import Document

from pressroom.render.engine import Engine
from pressroom.render.line_breaks import hyphen_of, measured_parts, narrow_marks, parts_words
from pressroom.render.page_boxes import TextLine, lines_by_element
from pressroom.render.paragraphs import NEWLINE, SPACES, Block, Nodes, Reader, Sign, Unread, blocks
from pressroom.typesetting import Paragraph, best_lines, fewest_lines, has_fault
from pressroom.typesetting.blocks import ROUNDING

# Ends a line whatever follows. It is a space to no reader: what a line breaks at is restored in the tags.
END: Final = "\u2029"
# Widths that differ by less are the same (CSS pixels).
_HAIR: Final = 0.5
# By how much a word must be wider than its line for no page to follow, by sums that differ a little from the page's.
TOO_WIDE: Final = _HAIR + 0.05


@dataclass(frozen=True, slots=True)
class Edit:
    """What a text of a frame becomes: the text, tail or class of the element with this number in its frame."""

    element: int
    part: Literal["text", "tail", "class"]
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A paragraph whose lines end elsewhere than they would: the element with this number in a frame, and its lines.

    `lines` and `column` are what must be the same afterwards: how many there are, how wide they may be. `held` are
    elements whose width is kept by a style, by their number in the frame.
    """

    frame: str
    element: int
    lines: int
    column: float
    edits: tuple[Edit, ...]
    held: tuple[tuple[int, str], ...] = ()


def compose_lines(root: Element, document: Document, names: Collection[str] = ()) -> list[Composed]:
    """The paragraphs of these pages that are better broken elsewhere; they were laid out from the tree of `root`.

    With `names` only those in these frames.
    """
    reader = Reader(root)
    wanted = [(name, frame) for name, frame in frames(root) if not names or name in names]
    numbers = {element: (name, number) for name, frame in wanted for number, element in enumerate(frame.iter())}
    found: dict[Element, list[tuple[Block, dict[int, str]]]] = {}
    for block in blocks(document):
        if len(block.lines) > 1 and block.element in numbers and not block.is_beside and is_plain(block):
            ends = _composed(block, reader)
            if ends:
                found.setdefault(block.element, []).append((block, ends))
    counted = {element: len(lines) for element, lines in lines_by_element(document).items()} if found else {}
    return [
        Composed(
            *numbers[element],
            lines=counted[element],
            column=paragraphs[0][0].column,
            edits=tuple(edits_of(reader.nodes, [(b.signs, e) for b, e in paragraphs], lambda one: numbers[one][1])),
            held=tuple((numbers[one][1], style) for one, style in paragraphs[0][0].held if one in numbers),
        )
        for element, paragraphs in found.items()
    ]


def lay_out_flowing(engine: Engine, css: str) -> Document:
    """The pages of a document that is not measured first, with composed paragraphs. Raises RenderError."""
    pages = engine.lay_out(css)
    composed = compose_lines(engine.root, pages)
    return lay_out_composed(engine, css, composed) if composed else pages


def lay_out_composed(engine: Engine, css: str, composed: Collection[Composed]) -> Document:
    """The pages with these paragraphs, except where the layout does not follow. Raises RenderError."""
    while True:
        with ended(engine.root, composed):
            pages = engine.lay_out(css)
        kept = followed(engine.root, pages, composed)
        if len(kept) == len(composed):
            return pages
        composed = kept


@contextmanager
def ended(root: Element, composed: Collection[Composed]) -> Iterator[None]:
    """Inside this context, the lines of these paragraphs end where they were composed to end."""
    changed: list[tuple[Element, Edit]] = []
    styles: dict[Element, str | None] = {}
    for elements, paragraph in _where(root, composed):
        for edit in paragraph.edits:
            element = elements[edit.element]
            before = element.get("class") if edit.part == "class" else getattr(element, edit.part)
            if before == edit.was:
                changed.append((element, edit))
                _put(element, edit.part, edit.becomes)
        for number, style in paragraph.held:
            if elements[number] not in styles:
                styles[elements[number]] = before = elements[number].get("style")
                elements[number].set("style", f"{before or ''};{style}".lstrip(";"))
    try:
        yield
    finally:
        for element, before in styles.items():
            if before is None:
                del element.attrib["style"]
            else:
                element.set("style", before)
        for element, edit in reversed(changed):
            _put(element, edit.part, edit.was)


def _put(element: Element, part: str, value: str) -> None:
    if part == "class":
        element.set(part, value)
    else:
        setattr(element, part, value)


def followed(root: Element, document: Document, composed: Collection[Composed]) -> list[Composed]:
    """The paragraphs that these pages set as composed: in as many lines, none of which is too wide."""
    lines = lines_by_element(document) if composed else {}
    return [
        paragraph
        for elements, paragraph in _where(root, composed)
        if _is_followed(lines.get(elements[paragraph.element], []), paragraph)
    ]


def _is_followed(lines: list[TextLine], paragraph: Composed) -> bool:
    return len(lines) == paragraph.lines and all(
        line.width <= line.column + _HAIR and abs(line.column - paragraph.column) < _HAIR for line in lines
    )


def _where(root: Element, composed: Collection[Composed]) -> Iterator[tuple[list[Element], Composed]]:
    by_frame: dict[str, list[Composed]] = {}
    for paragraph in composed:
        by_frame.setdefault(paragraph.frame, []).append(paragraph)
    for name, frame in frames(root) if by_frame else ():
        elements = list(frame.iter())
        for paragraph in by_frame.get(name, ()):
            # An overset frame is composed again, and may have other elements.
            if max(_numbers(paragraph)) < len(elements):
                yield elements, paragraph


def _numbers(paragraph: Composed) -> Iterator[int]:
    yield paragraph.element
    yield from (edit.element for edit in paragraph.edits)
    yield from (number for number, _ in paragraph.held)


def frames(root: Element) -> Iterator[tuple[str, Element]]:
    """The frames of a tree by name; a flowing layout has one, called `flow`."""
    for element in root.iter():
        names = (element.get("class") or "").split()
        if "frame" in names or "flow" in names:
            yield next((name[6:] for name in names if name.startswith("frame-")), "flow"), element


def is_plain(block: Block) -> bool:
    """True where nothing but its width decides where a paragraph's lines end."""
    indent = block.style["text_indent"]
    return block.style["white_space"] == "normal" and not getattr(indent, "value", indent)


def _composed(block: Block, reader: Reader) -> dict[int, str]:
    """What is put in before which sign of the block; nothing where its lines can't be read or are as good as can be."""
    try:
        reader.read(block)
    except Unread:
        return {}
    measure, parted = block.column - ROUNDING, parts_words(block)
    ends = ends_of(block.signs, list(measured_parts(block, hyphens=False)), measure, len(block.lines), parted=parted)
    if ends is None and parted:
        parts = list(measured_parts(block, hyphens=True, short=True))
        ends = ends_of(block.signs, parts, measure, len(block.lines))
    greedy = {*block.starts[1:]} - {at + 1 for at, sign in enumerate(block.signs) if sign.text == NEWLINE}
    if ends is None or (ends.keys() == greedy and not any(narrow_marks(block.signs, at) for at in ends)):
        return {}
    return ends


def ends_of(
    signs: list[Sign], parts: Sequence[tuple[Paragraph, int]], measure: float, lines: int, *, parted: bool = False
) -> dict[int, str] | None:
    """What is put in before which sign, so that parts that start at these signs take so many lines of this measure.

    None if the lines are too few, or, where words may be `parted`, if they have a fault that a hyphen may remove.
    """
    counts = [fewest_lines(part, measure) for part, _ in parts]
    more = lines - sum(counts)
    if more < 0:
        return None
    longest = max(range(len(parts)), key=lambda number: parts[number][0].width, default=0)
    ends: dict[int, str] = {}
    for number, (part, starts) in enumerate(parts):
        best = best_lines(part, measure, counts[number] + (more if number == longest else 0))
        if parted and has_fault(part, measure, best):
            return None
        for line in best[:-1]:
            place = part.breaks[line]
            ends[starts + place.at] = hyphen_of(signs[starts + place.at - 1]) + END if place.hyphen else END
    return ends


def edits_of(
    nodes: Nodes, paragraphs: Iterable[tuple[list[Sign], dict[int, str]]], number: Callable[[Element], int]
) -> Iterator[Edit]:
    """The texts of the tree with what ends lines, in place of the spaces there; `number` is an element's."""
    changes: dict[int, list[tuple[int, int, str]]] = {}
    for signs, ends in paragraphs:
        for at, put in ends.items():
            for mark in narrow_marks(signs, at):
                assert mark.place is not None
                yield Edit(number(nodes.owners[mark.place[0]]), "class", "mark", "half")
            for node, change in _changes(nodes, signs, at, put):
                changes.setdefault(node, []).append(change)
    for node, spans in changes.items():
        element, part = nodes.texts[node]
        was = becomes = nodes.strings[node]
        for start, end, put in sorted(spans, reverse=True):
            becomes = becomes[:start] + put + becomes[end:]
        yield Edit(number(element), part, was, becomes)


def _changes(nodes: Nodes, signs: list[Sign], at: int, put: str) -> Iterator[tuple[int, tuple[int, int, str]]]:
    before = signs[at - 1] if signs[at - 1].text != " " else signs[at - 2]
    after = signs[at].place
    if before.place is None:
        assert after is not None
        # A line to write on has no letters: the space behind it goes too.
        start = len(nodes.strings[after[0]][: after[1]].rstrip(SPACES))
        yield after[0], (start, after[1], put)
        return
    node, offset = before.place
    strings = nodes.strings
    offset += 1
    yield node, (offset, offset + _spaces(strings[node], offset), put)
    if after is None or signs[at - 1].text != " ":
        return
    # Spaces between elements go too.
    for other in range(node + 1, after[0] + 1):
        if spaces := _spaces(strings[other], 0):
            yield other, (0, spaces, "")


def _spaces(string: str, start: int) -> int:
    rest = string[start:]
    return len(rest) - len(rest.lstrip(SPACES))
