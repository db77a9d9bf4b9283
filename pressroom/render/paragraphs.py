"""Reads the paragraphs of laid-out pages: their text as widths, and the place of each character in the tree.

A paragraph is what is broken into lines: of a text, a heading, a list item, a cell of a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.render.page_boxes import is_written_by_style, placed_children
from pressroom.render.shaping import Style, shape

# A text in a tree: `text` is at the start of this element, `tail` after it.
Text = tuple[Element, Literal["text", "tail"]]
SPACES: Final = " \t\n\r\f"
# WeasyPrint breaks lines beside a picture as beside an ideograph.
_OBJECT: Final = "\u2e80"
# A line that the text itself ends.
NEWLINE: Final = "\n"


Held = tuple[tuple[Element, str], ...]


@dataclass(slots=True)
class Sign:
    """A character as it is set: its width in CSS pixels, its style, its place in the tree (None of what a style adds).

    One space can be several in the tree. `joined` is True where a line can't begin without another shape.
    """

    text: str
    style: Style | None
    place: tuple[int, int] | None
    width: float = 0.0
    joined: bool = False


@dataclass(slots=True)
class Block:
    """The lines of one block of text; `column` is the width that they may fill, in CSS pixels.

    `held` are elements around it whose width comes from their content, with the style that keeps it as it is.
    """

    element: Element
    column: float
    style: Style
    lines: list[boxes.LineBox] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    # The sign that each line begins with.
    starts: list[int] = field(default_factory=list)
    held: Held = ()
    # True where something floats beside it: then each line may have a width of its own.
    is_beside: bool = False
    box: boxes.Box = None

    @property
    def text(self) -> str:
        """What the paragraph says, with one character for a picture in it."""
        return "".join(sign.text for sign in self.signs)


class Unread(Exception):
    """The tree and the boxes differ: a style changes the text."""


class Nodes:
    """The texts of a tree in order, and where each element's begin and end."""

    def __init__(self, root: Element) -> None:
        self.texts: list[Text] = []
        self.strings: list[str] = []
        self.owners: list[Element] = []
        self.first: dict[Element, int] = {}
        self.after: dict[Element, int] = {}
        self._add(root)

    def _add(self, element: Element) -> None:
        self.first[element] = len(self.texts)
        self._put((element, "text"), element.text, element)
        for child in element:
            self._add(child)
            self.after[child] = len(self.texts)
            self._put((child, "tail"), child.tail, element)

    def _put(self, text: Text, string: str | None, owner: Element) -> None:
        self.texts.append(text)
        self.strings.append(string or "")
        self.owners.append(owner)


def blocks(document: Document) -> Iterator[Block]:
    """The blocks of text of all pages in order; what a style writes is left out."""
    last: tuple[Block, int] | None = None
    for number, page in enumerate(document.pages):
        for block in _blocks(page._page_box):
            # A paragraph may go on on the next page.
            if last and last[1] < number and last[0].element is block.element and last[0].column == block.column:
                last[0].lines.extend(block.lines)
                last = (last[0], number)
                continue
            if last:
                yield last[0]
            last = (block, number)
    if last:
        yield last[0]


def _blocks(box: boxes.Box, held: Held = (), *, is_beside: bool = False) -> Iterator[Block]:
    lines = [child for child in getattr(box, "children", ()) if isinstance(child, boxes.LineBox)]
    if lines and not is_written_by_style(lines[0]) and box.element is not None:
        yield Block(lines[0].element, box.width, box.style, lines, held=held, is_beside=is_beside, box=box)
    children = list(placed_children(box))
    is_beside = is_beside or any(child.is_floated() for child in children)
    for child in children:
        beside = is_beside and not child.is_floated()
        yield from _blocks(child, held + tuple(_held(child, box)), is_beside=beside)


def _held(box: boxes.Box, around: boxes.Box) -> Iterator[tuple[Element, str]]:
    """Lines that end sooner would make a column of a table narrower, or a box beside another."""
    if isinstance(box, boxes.TableBox):
        yield box.element, "table-layout: fixed"
        rows = [row for group in box.children for row in getattr(group, "children", ())]
        yield from ((cell.element, f"width: {cell.width:.4f}px") for cell in (rows[0].children if rows else ()))
    elif (
        isinstance(around, boxes.FlexContainerBox) or isinstance(box, boxes.InlineBlockBox) or box.is_floated()
    ) and not (is_written_by_style(box) or getattr(box, "is_table_wrapper", False)):
        yield box.element, f"box-sizing: content-box; flex: none; width: {box.width:.4f}px"


class Reader:
    """Reads blocks of one document, in order, with the tree that it was laid out from."""

    def __init__(self, root: Element) -> None:
        self.nodes = Nodes(root)
        self._node, self._at = 0, 0
        self._space: tuple[tuple[int, int], Style | None] | None = None

    def read(self, block: Block) -> None:
        """Fill in the signs of a block. Raises Unread."""
        self._begun = False
        self._signs = block.signs
        self._space = None
        for line in block.lines:
            before = len(block.signs)
            self._line_box(line)
            space = len(block.signs) > before and block.signs[before].text in " \n"
            block.starts.append(before + space)
        self._widths(block)

    def space_behind(self, block: Block) -> float:
        """The width of a space that an element of its own ends a block with; some boxes are so much wider."""
        nodes, node = self.nodes, self._node + 1
        if node >= nodes.after.get(block.element, len(nodes.texts)) or nodes.texts[node][1] != "text":
            return 0.0
        is_space = nodes.strings[node] != "" and not nodes.strings[node].strip(SPACES)
        style = next((sign.style for sign in reversed(block.signs) if sign.style is not None), None)
        return shape(" ", style).advances[0] if is_space and style is not None else 0.0

    def _line_box(self, box: boxes.Box) -> None:
        for child in box.children:
            if not isinstance(child, boxes.Box) or not child.is_in_normal_flow():
                raise Unread
            if is_written_by_style(child):
                if child.element_tag != "br::before":
                    self._object(child, _written(child))
            elif isinstance(child, boxes.TextBox):
                self._text_box(child)
            elif isinstance(child, boxes.InlineBox):
                before = len(self._signs)
                self._line_box(child)
                self._spacing(child, before)
            else:
                self._object(child, _OBJECT)

    def _spacing(self, box: boxes.InlineBox, before: int) -> None:
        """The margins and borders of an inline element are part of its first and last character."""
        if not hasattr(box, "margin_left"):
            return  # It is not laid out, and was chosen because it has none (`box_tree.py`).
        sides = [
            getattr(box, f"margin_{side}") + getattr(box, f"padding_{side}") + getattr(box, f"border_{side}_width")
            for side in ("left", "right")
        ]
        if any(sides) and len(self._signs) > before:
            start, end = sides if box.style["direction"] == "ltr" else reversed(sides)
            self._signs[before].width += start
            self._signs[-1].width += end

    def _object(self, box: boxes.Box, text: str) -> None:
        own = self.nodes.first.get(box.element)
        if own is not None and self._begun and text == _OBJECT:
            self._skip_to(own)
        self._flush()
        width = box.margin_width()
        self._signs += [Sign(sign, None, None, width if at == 0 else 0.0) for at, sign in enumerate(text)]
        if own is not None and text == _OBJECT:
            self._node, self._at = self.nodes.after.get(box.element, own), 0
            self._begun = True

    def _text_box(self, box: boxes.TextBox) -> None:
        text = box.text
        if text.endswith(hyphen := box.style["hyphenate_character"]) and len(text) > len(hyphen):
            tail = len(text) - len(hyphen)
        else:
            tail = len(text)
        at = 0
        while at < len(text):
            if text[at] == " ":
                if self._begun:
                    self._take_spaces(box.style)
                at += 1
                continue
            if not self._find(text[at], box.element):
                if at >= tail:
                    return  # an automatic hyphen
                raise Unread
            self._flush()
            node, start, string = self._node, self._at, self.nodes.strings[self._node]
            while at < len(text) and text[at] != " " and self._at < len(string) and string[self._at] == text[at]:
                at, self._at = at + 1, self._at + 1
            self._signs += [Sign(string[place], box.style, (node, place)) for place in range(start, self._at)]

    def _find(self, sign: str, owner: Element) -> bool:
        """Go to the next character of the tree, over spaces; True if it is this one."""
        strings, owners = self.nodes.strings, self.nodes.owners
        if not self._begun:
            self._begin(sign, owner)
        node, at = self._node, self._at
        while node < len(strings):
            string = strings[node]
            if at == 0 and owners[node].tag == "br" and self.nodes.first[owners[node]] == node:
                self._space = None
                if self._signs and self._signs[-1].text != NEWLINE:
                    self._signs.append(Sign(NEWLINE, None, None))
            while at < len(string) and string[at] in SPACES:
                self._space = self._space or ((node, at), None)
                at += 1
            if at < len(string):
                if string[at] != sign or owners[node] is not owner:
                    return False
                self._node, self._at = node, at
                return True
            node, at = node + 1, 0
        return False

    def _begin(self, sign: str, owner: Element) -> None:
        """A block begins at the first text of this element, from here on, that begins with this sign."""
        strings, owners = self.nodes.strings, self.nodes.owners
        start = max(self._node, self.nodes.first.get(owner, 0)) if self._is_behind(owner) else self.nodes.first[owner]
        for node in range(start, len(strings)):
            at = self._at if node == self._node else 0
            rest = strings[node][at:]
            if owners[node] is owner and rest.lstrip(SPACES).startswith(sign):
                self._node, self._at, self._begun = node, at + len(rest) - len(rest.lstrip(SPACES)), True
                self._space = None
                return
        raise Unread

    def _is_behind(self, owner: Element) -> bool:
        """True if the reader is within this element."""
        first = self.nodes.first.get(owner)
        if first is None:
            raise Unread
        return first <= self._node < self.nodes.after.get(owner, len(self.nodes.texts))

    def _skip_to(self, node: int) -> None:
        while self._node < node:
            rest = self.nodes.strings[self._node][self._at :]
            if rest.strip(SPACES):
                raise Unread
            if rest:
                self._space = self._space or ((self._node, self._at), None)
            self._node, self._at = self._node + 1, 0

    def _take_spaces(self, style: Style) -> None:
        strings = self.nodes.strings
        node, at = self._node, self._at
        while node < len(strings) and at >= len(strings[node]):
            node, at = node + 1, 0
        if node < len(strings) and strings[node][at] in SPACES:
            self._space = self._space or ((node, at), style)

    def _flush(self) -> None:
        if self._space and self._signs and self._signs[-1].text != NEWLINE:
            place, style = self._space
            self._signs.append(Sign(" ", style or self._signs[-1].style, place))
        self._space = None

    def _widths(self, block: Block) -> None:
        """Shape each stretch of one style in one text of the tree, as the engine does."""
        signs, start = block.signs, 0
        for end in range(1, len(signs) + 1):
            if end < len(signs) and together(signs[end - 1], signs[end]):
                continue
            if (style := signs[start].style) is not None:
                # Pango gives spaces at the edges of its runs another width.
                if style["word_spacing"]:
                    raise Unread
                part = signs[start:end]
                shaped = shape("".join(sign.text for sign in part), part[0].style)
                for sign, width, joined in zip(part, shaped.advances, shaped.joined, strict=True):
                    sign.width += width
                    sign.joined = joined
            start = end


def together(one: Sign, other: Sign) -> bool:
    """True of neighbours that are shaped together: of one style in one text of the tree."""
    if one.place is None or other.place is None:
        return False
    return one.place[0] == other.place[0] and one.style is other.style


def _written(box: boxes.Box) -> str:
    """What a style writes, as one unbreakable thing."""
    text = box.text if isinstance(box, boxes.TextBox) else ""
    return text.strip() or "\u2060"
