"""Reads what a joined file paints by its parts: the base once for all files, and the imprint in each.

The result is what `read_drawing` reads from the whole file. Where that is not certain there is none: something of the
imprint is not in its frames, or what no signature covers in it has something of the base in it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Dictionary

from pressroom.drawing.content import Content, File, UnknownError
from pressroom.drawing.frame_words import FoundWords, ReadImprint
from pressroom.drawing.left_out import without
from pressroom.drawing.lines import page_lines, text_hash
from pressroom.drawing.model import (
    DrawnPiece,
    Frame,
    Glyph,
    Item,
    LeftOut,
    PageDrawing,
    PieceDrawing,
    Rectangle,
    Shape,
    inside,
    meet,
)
from pressroom.drawing.operators import OPERATORS
from pressroom.drawing.outlines import FontError, NoGlyphError
from pressroom.drawing.parts import SLACK, divided, is_clinics, with_what_meets
from pressroom.drawing.read import page_line, read_link, refuse_active
from pressroom.drawing.said import refuse_unseen
from pressroom.drawing.state import State

# A letter may reach so far out of its frame, in points, and still be read by parts.
_REACH: Final = 36.0


class OutsideError(UnknownError):
    """An imprint paints something that is not in its frames."""


_Unread = (UnknownError, FontError, pikepdf.PdfError, ValueError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a frame of the imprint is painted: its name, the state it begins in, the near items painted before."""

    frame: str
    state: State
    before: int


@dataclass(frozen=True, slots=True)
class DrawnBasePage:
    """A page of a base: its sizes as a line, the places of an imprint's frames, and the items that may meet them."""

    line: str
    cuts: tuple[Cut, ...]
    near: tuple[Glyph | Shape, ...]
    areas: int


@dataclass(frozen=True, slots=True)
class DrawnBase:
    """What a base paints: the lines that people sign, and their hash; page by page what an imprint may meet."""

    text: str
    digest: str
    pages: tuple[DrawnBasePage, ...]


# A page's content: parts of the base, with the names of the imprint's frames between them.
Contents = Sequence[Sequence[bytes | str]]


def read_base(pdf: bytes, contents: Contents, areas: Sequence[int], left_out: LeftOut) -> DrawnBase | None:
    """What the base of a joined file paints; `areas` are the numbers of its active areas on each page.

    None if the imprint of a file can't be read by itself.
    """
    file, lines, pages = File(OPERATORS), list[str](), list[DrawnBasePage]()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            for at, (content, count) in enumerate(zip(contents, areas, strict=True)):
                page, items = _base_page(file, document, at, content, count, left_out)
                lines += page_lines(PageDrawing(page.line, items), at + 1)
                pages.append(page)
    except _Unread:
        return None
    return DrawnBase("\n".join([*lines, ""]), text_hash(lines), tuple(pages))


def read_joined(
    pdf: bytes, base: DrawnBase, imprint: Sequence[Mapping[str, bytes]], left_out: LeftOut
) -> tuple[DrawnPiece | None, ReadImprint] | None:
    """What a joined file paints, from its base and the content of the imprint's frames on each page; and its words.

    The drawing is None if the whole file must be read, all is if its words can't be read either. Raises OutsideError.
    """
    file, lines, words, certain = File(OPERATORS), list[str](), FoundWords(left_out.fonts), True
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            refuse_active(document.Root)
            for at, (page, frames) in enumerate(zip(base.pages, imprint, strict=True)):
                items = _imprint_page(file, document, at, page, frames, left_out, words)
                certain = certain and not _is_mixed(page, at, left_out)
                lines += page_lines(PageDrawing(page.line, items), at + 1)
            read = words.read(document)
    except OutsideError:
        raise
    except _Unread:
        return None
    if not certain:
        return None, read
    hashes = PieceDrawing(base.digest, text_hash(lines))
    return DrawnPiece(hashes, base.text, "\n".join([*lines, ""])), read


def read_own(
    pdf: bytes, imprint: Sequence[Mapping[str, bytes]], areas: Sequence[int], fonts: tuple[Path, ...]
) -> ReadImprint | None:
    """The words of a joined file's own frames, from their content on each page; None if they can't be read alone.

    `areas` are the numbers of its base's active areas on each page. Raises NoGlyphError.
    """
    file, words = File(OPERATORS), FoundWords(fonts)
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            for page, frames, first in zip(document.pages, imprint, areas, strict=True):
                content = Content(file, page.obj.get("/Resources", Dictionary()), State())
                for name, frame in frames.items():
                    begins = len(content.items)
                    content.go_on(frame)
                    words.add(name, frame, content.items[begins:])
                content.end()
                words.add_links(list(page.obj.get("/Annots", []))[first:])
            return words.read(document)
    except NoGlyphError:
        raise
    except _Unread:
        return None


def _base_page(
    file: File, document: pikepdf.Pdf, at: int, parts: Sequence[bytes | str], areas: int, left_out: LeftOut
) -> tuple[DrawnBasePage, tuple[Item, ...]]:
    """A page of a base, and its items that are not in a clinic's frame.

    Raises UnknownError if an imprint can't be read by itself.
    """
    page = document.pages[at]
    own = [frame.box for frame in left_out.frames if frame.page == at and frame.of_clinic]
    frames = [frame for frame in left_out.frames if frame.page == at]
    content = Content(file, page.obj.get("/Resources", Dictionary()), State())
    begins, cuts = 0, list[tuple[str, State, int]]()
    for part in parts:
        if isinstance(part, bytes):
            content.go_on(part)
        else:
            refuse_unseen(content.items[begins:])
            begins = len(content.items)
            cuts.append((part, content.state.copied(), begins))
    painted = content.end()
    refuse_unseen(painted[begins:])
    links = [read_link(area) for area in list(page.obj.get("/Annots", []))[:areas]]
    items = (*without(painted, at, left_out), *links)
    if any(meet(code.box, box) for code in left_out.codes if code.page == at for box in own):
        raise UnknownError("a code of the base is in a clinic's frame")
    number = {id(item): place for place, item in enumerate([*painted, *links])}
    near = [item for item in items if isinstance(item, Glyph | Shape) and _is_near(item.box, own)]
    if any(id(item) not in number for item in near):
        raise UnknownError("something that is left out is in a clinic's frame")
    places = [number[id(item)] for item in near]
    found = tuple(Cut(name, state, sum(place < ends for place in places)) for name, state, ends in cuts)
    return DrawnBasePage(page_line(document, at), found, tuple(near), areas), divided(items, frames)[0]


def _imprint_page(
    file: File,
    document: pikepdf.Pdf,
    at: int,
    page: DrawnBasePage,
    frames: Mapping[str, bytes],
    left_out: LeftOut,
    words: FoundWords,
) -> tuple[Item, ...]:
    """What a page has of the imprint, with all that meets it; adds its words. Raises UnknownError if in doubt."""
    places = [frame for frame in left_out.frames if frame.page == at]
    own = [frame.box for frame in places if frame.of_clinic]
    if page_line(document, at) != page.line or {cut.frame for cut in page.cuts} != frames.keys():
        raise UnknownError("a page that is not that of its base")
    resources = document.pages[at].obj.get("/Resources", Dictionary())
    flat, whole, done = list[Glyph | Shape](), list[Item](), 0
    clinics = {id(item) for item in page.near if is_clinics(item, places)}
    for cut in page.cuts:
        content = Content(file, resources, cut.state.copied())
        content.go_on(frames[cut.frame])
        painted = content.end()
        refuse_unseen(painted)
        mine = list(_in_frames(without(painted, at, left_out), places, own))
        flat += [*page.near[done : cut.before], *mine]
        clinics |= set(map(id, mine))
        done = cut.before
        words.add(cut.frame, frames[cut.frame], painted)
        whole += painted
    areas = list(document.pages[at].obj.get("/Annots", []))[page.areas :]
    words.add_links(areas, whole)
    links = list(_in_frames(map(read_link, areas), places, own))
    flat += [*page.near[done:], *links]
    clinics |= set(map(id, links))
    return tuple(with_what_meets([item for item in flat if id(item) in clinics], flat))


def _is_mixed(page: DrawnBasePage, at: int, left_out: LeftOut) -> bool:
    """True if something of the base is in a code or a control line of the imprint."""
    codes = [code.box for code in left_out.codes if code.page == at]
    lines = [control.box for control in left_out.controls if control.page == at]
    return any(meet(item.box, box) for item in page.near for box in codes) or any(
        _is_within(item, lines) for item in page.near
    )


def _in_frames(items: Iterable[Item], places: Sequence[Frame], own: Sequence[Rectangle]) -> Iterator[Glyph | Shape]:
    """The items of an imprint, all in its frames. Raises OutsideError."""
    for item in items:
        is_mine = is_clinics(item, places)
        # What ends a line of letters draws and says nothing, and may be above its frame.
        if not is_mine and _is_nothing(item):
            continue
        if not isinstance(item, Glyph | Shape) or not any(inside(item.box, box, _REACH) for box in own):
            raise OutsideError("something of it is far from its frames")
        if not is_mine:
            raise OutsideError("something of it is not in its frames")
        yield item


def _is_near(box: Rectangle, own: Sequence[Rectangle]) -> bool:
    """True if something of an imprint may meet this box."""
    left, bottom, right, top = box
    # A line has no area.
    wide = left - _REACH - SLACK, bottom - _REACH - SLACK, right + _REACH + SLACK, top + _REACH + SLACK
    return any(meet(wide, frame) for frame in own)


def _is_within(item: Item, own: Sequence[Rectangle]) -> bool:
    """True for a letter that begins in one of these boxes."""
    return isinstance(item, Glyph) and any(inside((item.x, item.y, item.x, item.y), box, SLACK) for box in own)


def _is_nothing(item: Item) -> bool:
    return isinstance(item, Glyph) and not item.outline and not item.text.strip()


def of_base(left_out: LeftOut, codes: int) -> LeftOut:
    """What is left out of the base: no control lines, and the first codes."""
    return replace(left_out, controls=(), codes=left_out.codes[:codes])


def of_imprint(left_out: LeftOut, codes: int) -> LeftOut:
    """What is left out of an imprint: the codes that are not the base's, and the marks of a proof that are near it."""
    own = [(frame.page, frame.box) for frame in left_out.frames if frame.of_clinic]
    draft = tuple(
        (page, box) for page, box in left_out.draft if _is_near(box, [frame for at, frame in own if at == page])
    )
    return replace(left_out, codes=left_out.codes[codes:], draft=draft)
