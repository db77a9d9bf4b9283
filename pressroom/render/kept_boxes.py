"""Blocks of a page that were laid out before with the same texts, in the same place: they are copied.

Two clinics' frames differ in few of their paragraphs. A block of text is as before if its elements, its styles and its
texts are, if it begins in the same place, and if all is the same that WeasyPrint gives its layout. Blocks with tables,
pictures, floats, or what is placed by itself are laid out each time. The version is checked in `tags/hook.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

import weasyprint.layout.block
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

_lay_out = weasyprint.layout.block.block_level_layout
_NEW: Final = "new"
# Clinics have addresses of few lengths, and what follows begins in as many places.
_PLACES: Final = 4
# What depends on more than its own boxes, or keeps something elsewhere.
_APART: Final = (boxes.TableBox, boxes.ReplacedBox, AbsolutePlaceholder)


@dataclass(frozen=True, slots=True)
class _Block:
    """A block that was laid out, and what else its layout found; `elements` are its boxes' by number."""

    box: Any
    margins: tuple[float, ...]
    others: tuple[Any, ...]
    elements: tuple[int, ...]


@dataclass(slots=True)
class _Known:
    """The texts of an element, and its blocks with these texts, by what else they depend on: where they begin."""

    said: tuple[str, ...]
    blocks: dict[tuple[Any, ...], _Block] = field(default_factory=dict)


# By the number of an element; None where its texts are not the same each time, or nothing of it can be kept.
Blocks = dict[int, _Known | None]


@dataclass(slots=True)
class Layout:
    """A page that is laid out: its elements and the styles of each, and the blocks that pages like it had."""

    elements: Sequence[Element]
    styles: Sequence[Any]
    blocks: Blocks
    numbers: dict[Element, int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {element: number for number, element in enumerate(self.elements)}

    def known(self, number: int) -> _Known | None:
        """What is known of an element that has the same texts each time."""
        said = _said(self.elements[number]) if self.blocks.get(number, _NEW) else ()
        if number not in self.blocks:
            self.blocks[number] = _Known(said)
        elif (known := self.blocks[number]) is not None and known.said != said:
            self.blocks[number] = None
        return self.blocks[number]


@contextmanager
def kept_boxes(layouts: Sequence[Layout]) -> Iterator[None]:
    """Inside this context, the last one of these layouts copies blocks that are as before."""

    def lay_out(context: Any, box: Any, *others: Any) -> Any:  # noqa: ANN401  WeasyPrint publishes no types
        layout = layouts[-1] if layouts else None
        number = layout.numbers.get(box.element) if layout else None
        if layout is None or number is None or box.style is not layout.styles[number] or len(others) != 11:
            return _lay_out(context, box, *others)
        known = layout.known(number)
        facts = _facts(context, box, *others) if known else None
        if known is None or facts is None:
            return _lay_out(context, box, *others)
        if facts in known.blocks:
            return _copied(known.blocks[facts], layout)
        positioned = [*others[4], *others[5]]
        found = _lay_out(context, box, *others)
        block = None if context.excluded_shapes else _block(found, layout)
        if block is None or [*others[4], *others[5]] != positioned:
            layout.blocks[number] = None
        elif len(known.blocks) < _PLACES:
            known.blocks[facts] = block
        return found

    weasyprint.layout.block.block_level_layout = lay_out
    try:
        yield
    finally:
        weasyprint.layout.block.block_level_layout = _lay_out


def _facts(
    context: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    bottom_space: float,
    skip_stack: Any,  # noqa: ANN401
    around: Any,  # noqa: ANN401
    page_is_empty: bool,
    absolute_boxes: Any,  # noqa: ANN401
    fixed_boxes: Any,  # noqa: ANN401
    margins: Sequence[float],
    first_letter: Any,  # noqa: ANN401
    first_line: Any,  # noqa: ANN401
    discard: bool,
    max_lines: Any,  # noqa: ANN401
) -> tuple[Any, ...] | None:
    """What the layout of a block depends on beside its own boxes; None if it may be more."""
    begun = (skip_stack, first_letter, first_line, max_lines) != (None, None, None, None)
    if begun or context.excluded_shapes or context.in_column or not isinstance(around, boxes.Box):
        return None
    return (
        *(type(box), box.position_x, box.position_y, bottom_space, page_is_empty, tuple(margins), discard),
        *(around.width, around.height, around.is_for_root_element, around.style["direction"]),
        *(context.page_bottom, context.current_page, context.forced_break),
    )


def _said(element: Element) -> tuple[str, ...]:
    """The texts in an element, with the places of those that are there, and where its links lead."""
    links = [inside.get("href", "") for inside in element.iter("a")]
    return (*(f"{inside.text or ''}\0{inside.tail or ''}" for inside in element.iter()), *links)


def _block(found: Any, layout: Layout) -> _Block | None:  # noqa: ANN401
    """What is kept of a block; None if it is broken, or has what is laid out each time."""
    box, resume_at, next_page, margins, through, max_lines = found
    inside = [box, *box.descendants(placeholders=True)] if box is not None and resume_at is None else []
    numbers = [layout.numbers.get(one.element) for one in inside]
    if not inside or None in numbers or any(isinstance(one, _APART) or one.is_floated() for one in inside):
        return None
    others = (dict(next_page), through, max_lines)
    return _Block(box.deepcopy(), tuple(margins), others, tuple(number or 0 for number in numbers))


def _copied(block: _Block, layout: Layout) -> tuple[Any, ...]:
    box = block.box.deepcopy()
    for one, number in zip([box, *box.descendants()], block.elements, strict=True):
        one.element = layout.elements[number]
    next_page, through, max_lines = block.others
    return box, None, dict(next_page), list(block.margins), through, max_lines
