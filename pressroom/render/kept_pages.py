"""Pages that were laid out before with other texts: only the blocks with these texts are laid out again.

Clinics' frames have the same elements in the same styles, and differ in few of their texts. A block is laid out again
as it was before, from its boxes as they were then, with another text in them. If it takes the same place, nothing
around it can be laid out otherwise. If not, or if a text is where it may change more than its block, the page is laid
out as a whole. The version is checked in `tags/hook.py`; `tests/render/test_kept_pages.py` compares each box and byte.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

import weasyprint.layout.block
from weasyprint import HTML, Document
from weasyprint.document import DocumentMetadata, Page
from weasyprint.formatting_structure import boxes
from weasyprint.html import get_html_metadata, handle_a
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_box_backgrounds

from pressroom.render.kept_trees import FREE
from pressroom.render.page_boxes import is_written_by_style

_lay_out = weasyprint.layout.block.block_level_layout
# White space that a page does not keep as it is, and a hyphen that it may leave out.
_CHANGED: Final = re.compile(r"[^\S \u00a0]|\u00ad|  |^ | $")
# What keeps something outside its own boxes.
_APART: Final = (boxes.TableBox, boxes.ReplacedBox, AbsolutePlaceholder)
_SIDES: Final = ("margin", "padding")
# What an element says: its text, the text behind it, where it leads; and its other attributes.
_Said = tuple[str | None, str | None, str | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Call:
    """How a block was laid out: its boxes before, where it began, what else it was given, what else came of it."""

    context: Any
    box: Any
    begins: tuple[float, float]
    given: tuple[Any, ...]
    margins: tuple[float, ...]
    of_page: tuple[Any, ...]
    others: tuple[Any, ...]
    ends: tuple[float, float]


@dataclass(slots=True)
class _Block:
    """A block that can be laid out again: its page and its place in it, and where its frame begins."""

    call: _Call
    page: Any
    parent: Any
    at: int
    frame: tuple[float, float]

    @property
    def box(self) -> Any:  # noqa: ANN401  WeasyPrint publishes no types
        """The block as it was laid out last."""
        return self.parent.children[self.at]


@dataclass(slots=True)
class KeptPages:
    """Pages with the elements that they were laid out from, what these said, and the blocks that have their texts."""

    document: Document
    elements: Sequence[Element]
    assets: Mapping[str, bytes]
    said: list[_Said] = field(init=False)
    owners: dict[Element, Element] = field(init=False)
    blocks: dict[Element, _Block] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.said = [_said(element) for element in self.elements]
        self.owners = {child: element for element in self.elements for child in element}

    def again(self, html: HTML, assets: Mapping[str, bytes]) -> Document | None:
        """The pages with what their elements say now; None if they must be laid out as a whole."""
        says = [_said(element) for element in self.elements]
        if assets != self.assets or not all(map(_is_like, self.said, says)):
            return None
        changed: dict[Element, None] = {}
        for element, was, now in zip(self.elements, self.said, says, strict=True):
            if was[0] != now[0] or was[2] != now[2]:
                changed[element] = None
            if was[1] != now[1]:
                changed[self.owners[element]] = None
        blocks = {id(block): block for block in map(self.blocks.get, filter(_is_on_page, changed))}
        if None in blocks.values():
            return None
        before = dict(zip(self.elements, self.said, strict=True))
        found = [(block, self._again(block, changed, before, html)) for block in blocks.values() if block is not None]
        if any(box is None for _, box in found):
            return None
        for block, box in found:
            block.parent.children = [*block.parent.children]
            block.parent.children[block.at] = box
        self.said = says
        return self._document(html)

    def _again(self, block: _Block, changed: Mapping[Element, None], was: Mapping[Element, _Said], html: HTML) -> Any:  # noqa: ANN401
        """A block with its texts and links as they are now; None if it takes another place."""
        call, before = block.call, block.box
        for element in changed:
            if self.blocks.get(element) is block:
                if not _put_texts(call.box, element, was):
                    return None
                _put_link(call.box, element, html)
        context = call.context
        call.box.position_x, call.box.position_y = call.begins
        context.page_bottom, context.current_page, context.forced_break = call.of_page
        absolute: list[Any] = []
        fixed: list[Any] = []
        context.create_block_formatting_context()
        try:
            given = (*call.given[:4], absolute, fixed, [*call.margins], *call.given[4:])
            box, *others = _lay_out(context, call.box, *given)
        finally:
            context.finish_block_formatting_context()
        if absolute or fixed or box is None or _others(others) != call.others or _place(box) != call.ends:
            return None
        box.translate(*block.frame)
        if _size(box) != _size(before):
            return None
        layout_box_backgrounds(block.page, box, context.get_image_from_uri)
        return box

    def _document(self, html: HTML) -> Document:
        document = self.document.copy([Page(page._page_box) for page in self.document.pages])
        document.metadata = DocumentMetadata(**get_html_metadata(html))
        document._html = html
        return document


@contextmanager
def watched_blocks() -> Iterator[dict[int, tuple[Any, _Call]]]:
    """Inside this context, how each block is laid out is remembered, by what came of it."""
    calls: dict[int, tuple[Any, _Call]] = {}

    def lay_out(context: Any, box: Any, *given: Any) -> Any:  # noqa: ANN401
        is_begun = len(given) != 11 or given[1] is not None or given[7:9] != (None, None) or given[10] is not None
        if is_begun or context.excluded_shapes or context.in_column:
            return _lay_out(context, box, *given)
        bottom, skip, around, empty, absolute, fixed, margins, first_letter, first_line, discard, lines = given
        before, begins = (*absolute, *fixed), (box.position_x, box.position_y)
        of_page = context.page_bottom, context.current_page, context.forced_break
        kept = (bottom, skip, around, empty, first_letter, first_line, discard, lines)
        given_margins = tuple(margins)
        found = _lay_out(context, box, *given)
        if found[0] is not None and (*absolute, *fixed) == before and not context.excluded_shapes:
            others = _others(found[1:])
            call = _Call(context, box, begins, kept, given_margins, of_page, others, _place(found[0]))
            calls[id(found[0])] = found[0], call
        return found

    weasyprint.layout.block.block_level_layout = lay_out
    try:
        yield calls
    finally:
        weasyprint.layout.block.block_level_layout = _lay_out


def keep_pages(document: Document, root: Element, assets: Mapping[str, bytes], calls: Mapping[int, Any]) -> KeptPages:
    """These pages, to be laid out again with other texts."""
    kept = KeptPages(document, tuple(root.iter()), dict(assets))
    every = (box for page in document.pages for box in page._page_box.descendants(placeholders=True))
    counts = Counter(box.element for box in every)
    for page in document.pages:
        for block in _blocks(page._page_box, page._page_box, None, calls):
            if _is_alone(block.box):
                inside = Counter(box.element for box in block.box.descendants())
                # An element that is elsewhere, too, may change more than this block.
                kept.blocks |= {element: block for element, count in inside.items() if count == counts[element]}
    return kept


def _said(element: Element) -> _Said:
    free = FREE.get(element.tag, "")
    others = {name: value for name, value in element.attrib.items() if name != free}
    return element.text, element.tail, element.get(free), others


def _is_like(was: _Said, now: _Said) -> bool:
    """True if an element has the same attributes, and says something where it said something."""
    return was[3] == now[3] and all(bool(was[at]) == bool(now[at]) for at in range(3))


def _is_on_page(element: Element) -> bool:
    """False for facts about the page."""
    return element.tag not in ("title", "meta")


def _blocks(page: Any, parent: Any, frame: tuple[float, float] | None, calls: Mapping[int, Any]) -> Iterator[_Block]:  # noqa: ANN401
    """The smallest blocks in frames whose texts can change nothing around them if they take the same place.

    `frame` is where the frame around begins: it is laid out at the page's corner, and then moved there.
    """
    for at, child in enumerate(getattr(parent, "children", ())):
        box = getattr(child, "_box", child)
        if box is not child:
            if frame is None and _is_as_wide_as_styled(box):
                yield from _blocks(page, box, (box.position_x, box.position_y), calls)
        elif frame is None or _holds_blocks(box):
            yield from _blocks(page, box, frame, calls)
        else:
            laid, call = calls.get(id(box), (None, None))
            if laid is box and _place(box) == (call.ends[0] + frame[0], call.ends[1] + frame[1]):
                yield _Block(call, page, parent, at, frame)


def _is_as_wide_as_styled(box: Any) -> bool:  # noqa: ANN401
    """True if the width of a placed block depends on nothing in it."""
    style = box.style
    return type(box) is boxes.BlockBox and (style["width"] != "auto" or "auto" not in (style["left"], style["right"]))


def _holds_blocks(box: Any) -> bool:  # noqa: ANN401
    """True if a box only stacks the blocks in it: it is as wide as what is around it."""
    if type(box) is not boxes.BlockBox or box.is_table_wrapper or not box.is_in_normal_flow():
        return False
    return bool(box.children) and not isinstance(box.children[0], boxes.LineBox)


def _is_alone(box: Any) -> bool:  # noqa: ANN401
    """True if nothing but a block's own boxes is known of its texts elsewhere: no bookmark, no running head."""
    return not any(
        isinstance(one, _APART)
        or one.is_floated()
        or one.bookmark_label
        or one.missing_link
        or (one.string_set or "none") != "none"
        for one in box.descendants()
    )


def _put_texts(box: Any, owner: Element, was: Mapping[Element, _Said]) -> bool:  # noqa: ANN401
    """Write what an element says now into its boxes; False if a page may not print it as it is written."""
    before = [text for text in (was[owner][0], *(was[child][1] for child in owner)) if text and text.strip()]
    now = [text for text in (owner.text, *(child.tail for child in owner)) if text and text.strip()]
    found = [
        one
        for one in box.descendants()
        if isinstance(one, boxes.TextBox) and one.element is owner and not is_written_by_style(one)
    ]
    if not len(before) == len(now) == len(found):
        return False
    for one, old, new in zip(found, before, now, strict=True):
        if old == new:
            continue
        if one.text != old or one.style["text_transform"] != "none" or _CHANGED.search(old) or _CHANGED.search(new):
            return False
        one.text = new
    return True


def _put_link(box: Any, element: Element, html: HTML) -> None:  # noqa: ANN401
    """Let the boxes of an element lead to where it leads now."""
    for one in box.descendants():
        if one.element is element and one.link:
            one.link = None
            handle_a(element, one, None, html.base_url)


def _others(found: Sequence[Any]) -> tuple[Any, ...]:
    """What came of a block's layout beside its box."""
    resume_at, next_page, margins, through, lines = found
    return resume_at, tuple(next_page.items()), tuple(margins), through, lines


def _place(box: Any) -> tuple[float, float]:  # noqa: ANN401
    return box.position_x, box.position_y


def _size(box: Any) -> tuple[float, ...]:  # noqa: ANN401
    """Where a box is and what room it takes."""
    return (
        *_place(box),
        *(box.width, box.height),
        *(getattr(box, f"{what}_{side}") for what in _SIDES for side in ("top", "right", "bottom", "left")),
    )
