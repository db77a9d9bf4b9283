"""The tree of tags as plain values, in reading order, and the marked content in a page's bytes that it refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import is_
from typing import Final

# As pydyf writes a property list that begins with a number; the hook's values are hexadecimal and hold no bracket.
MARK: Final = re.compile(rb"/(\w+)\s+<<\s*/MCID (\d+)((?:\s*/\w+ (?:<[0-9A-F]*>|true))*)\s*>>\s+BDC")
_PROPERTY: Final = re.compile(rb"/(\w+) (?:<FEFF([0-9A-F]*)>|true)")
# The composer adds these to guide line breaks and direction; they are not part of the text.
GUIDES: Final = dict.fromkeys(map(ord, "\u200b\u2060\u00ad\u034f\u200e"))
# White space as the text of glyphs that have their letters beside them: PDFium and Poppler end a word there and read
# nothing.
SILENT: Final = b"<</ActualText <FEFF0009>>>"
# What WeasyPrint ends a line with that divides a word.
HYPHEN: Final = "\u2010"
RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Scripts whose glyphs are moved and joined: those of India and Sri Lanka, Thai, Lao, Burmese and Khmer.
JOINED: Final = re.compile("[\u0900-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f]")


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: its page (from 0), its MCID, and what the hook wrote about it."""

    page: int
    number: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's active area: its place in the pages' annotations, as (page from 0, number on the page)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Element:
    """A tag. `role` is the structure type without slash; `text` is ActualText.

    `box` is a figure's place as (left, bottom, right, top) in points; `scope`, `rows` and `columns` are a cell's;
    `numbering` is a list's (Decimal, Disc or None). `field` is what a Form is on paper: `tv` for text, `cb` for a box.
    """

    role: str
    kids: tuple[Kid, ...] = ()
    lang: str = ""
    text: str = ""
    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    scope: str = ""
    rows: int = 1
    columns: int = 1
    numbering: str = ""
    field: str = ""

    @property
    def elements(self) -> tuple[Element, ...]:
        """The tags directly inside."""
        return tuple(kid for kid in self.kids if isinstance(kid, Element))

    @property
    def mark(self) -> Mark | None:
        """The mark of its content if that is one piece of content and nothing else."""
        only = self.kids[0] if len(self.kids) == 1 else None
        return only.mark if isinstance(only, Content) else None

    @property
    def is_meaningful(self) -> bool:
        """True if the tag itself says something that its content does not."""
        return bool(self.lang or self.text or self.alt or self.box)


Kid = Element | Content | Annotation


def rebuild(document: Element, change: Callable[[Element], tuple[Kid, ...]]) -> Element:
    """Change every tag, after those inside it; `change` returns what takes a tag's place."""

    def rebuilt(element: Element) -> tuple[Kid, ...]:
        kids = tuple(new for kid in element.kids for new in (rebuilt(kid) if isinstance(kid, Element) else (kid,)))
        return change(with_kids(element, kids))

    root = next(iter(rebuilt(document)), None)
    return replace(document, kids=root.kids if isinstance(root, Element) else ())


def map_content(element: Element, change: Callable[[Content], Kid]) -> Element:
    """The tree with every piece of content replaced."""

    def changed(kid: Kid) -> Kid:
        if isinstance(kid, Element):
            return map_content(kid, change)
        return change(kid) if isinstance(kid, Content) else kid

    return with_kids(element, tuple(map(changed, element.kids)))


def with_kids(element: Element, kids: tuple[Kid, ...]) -> Element:
    """The tag with these inside; itself if they are those that it has."""
    is_same = len(kids) == len(element.kids) and all(map(is_, kids, element.kids))
    return element if is_same else replace(element, kids=kids)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the hook wrote about one piece of content; `line` differs between the lines of a page."""

    lang: str = ""
    text: str = ""
    line: str = ""
    label: bool = False  # a list's number or bullet
    decoration: bool = False  # no screen reader speaks it
    field: str = ""  # tv for a line to write on, cb for a box to tick
    parted: bool = False  # it ends within a word, which may go on in the next line

    @property
    def right_to_left(self) -> bool:
        """True if a tag must give the text: readers turn glyphs, and an ActualText among them, around."""
        return bool(RIGHT_TO_LEFT.search(self.text))


def read_marks(content: bytes) -> dict[int, Mark]:
    """The marks of a page by MCID."""
    return {int(match[2]): _mark(match[3]) for match in MARK.finditer(content)}


def clean_marks(content: bytes, marks: Mapping[int, Mark]) -> bytes:
    """The page's content with only standard properties in its marks; marks not in `marks` become artifacts.

    For text that runs left to right, ActualText stays in the content, where text extraction looks for it, and only
    if the glyphs may not give the text: beyond ASCII, and where a space ended a line. What has its letters beside its
    glyphs needs none. A hyphen that divides a word is the ASCII one there: then extractors join the word again.
    """
    ends = [*(match.start() for match in MARK.finditer(content)), len(content)][1:]
    lettered = {
        int(match[2])
        for match, end in zip(MARK.finditer(content), ends, strict=True)
        if content.find(SILENT, match.end(), end) >= 0
    }

    def rewrite(match: re.Match[bytes]) -> bytes:
        mark = marks.get(int(match[2]))
        if mark is None:
            return b"/Artifact BMC"
        plain = mark.text.isascii() and not mark.text.endswith(" ")
        needed = not mark.right_to_left and not plain and int(match[2]) not in lettered
        text = mark.text.removesuffix(HYPHEN) + "-" * mark.text.endswith(HYPHEN)
        actual = b"/ActualText <FEFF%b>" % text.encode("utf-16-be").hex().encode() if needed else b""
        return b"/%b <</MCID %b%b>> BDC" % (match[1], match[2], actual)

    return MARK.sub(rewrite, content)


def _mark(properties: bytes) -> Mark:
    values = {m[1].decode(): bytes.fromhex((m[2] or b"").decode()) for m in _PROPERTY.finditer(properties)}
    names = ("Lang", "Text", "Line", "Field")
    lang, text, line, role = (values.get(name, b"").decode("utf-16-be") for name in names)
    return Mark(lang, text, line, "Label" in values, "Decoration" in values, role, "Parted" in values)
