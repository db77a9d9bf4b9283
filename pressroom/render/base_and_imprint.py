"""Draws a piece in two parts: the base that all clinics share, once, and the imprint, the frames of one clinic.

The file depends on the piece alone, whether its base was drawn for it or for another clinic before. The caller draws a
piece in one part if it can't be split (a style paints around frames, or counts from frame to frame).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from weasyprint import Document

from pressroom.compose import Composition, Form, Part, Piece
from pressroom.diagnostics import PROGRAM_FAULT, Span, diagnostic
from pressroom.drawing import Rectangle
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.layout import Flip
from pressroom.render.cache import RenderCache, Room, SharedBase
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine, RenderError, StyleError
from pressroom.render.line_ends import Composed, lay_out_composed
from pressroom.render.numbers import Disagreement, disagreeing
from pressroom.render.own_words import OwnWords, own_words
from pressroom.render.page_boxes import paints_around
from pressroom.render.places import Places, places_of
from pressroom.render.tags import (
    CannotJoin,
    Imprint,
    JointError,
    MisreadError,
    Parts,
    linked,
    prepared_base,
    prepared_imprint,
    refuse_broken,
)
from pressroom.render.twins import frame_ends

_NOWHERE: Final = Span("")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_COUNTED: Final = re.compile(r"counter-(?:increment|set)\s*:\s*([\w-]+)")
# A list starts its count again in its own frame.
_RESTARTED: Final = re.compile(r"(?:^|[\s,}])[ou]l[\w.-]*\s*{[^}]*counter-reset\s*:\s*([\w-]+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """The sizes to set, the paragraphs whose lines were composed, and what the pages must agree with.

    That is where frames end, and the columns of texts in frames (`Numbers.ends`, `Numbers.texts`).
    """

    sizes: Sizes
    composed: Sequence[Composed]
    ends: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, Mapping[int, Room]] = field(default_factory=dict)

    def of(self, frames: Collection[str], *, others: bool = False) -> Setting:
        """The setting of these frames, or of all others."""

        def belongs(name: str) -> bool:
            return (name in frames) is not others

        composed = [one for one in self.composed if belongs(one.frame)]
        ends = {name: end for name, end in self.ends.items() if belongs(name)}
        texts = {name: rooms for name, rooms in self.texts.items() if belongs(name)}
        return Setting(self.sizes.of_frames(belongs), composed, ends, texts)

    def lay_out(self, composition: Composition, engine: Engine) -> Document:
        """The pages of what this engine has of the composition. Raises Disagreement and RenderError."""
        pages = lay_out_composed(engine, self.sizes.css(), self.composed)
        if found := disagreeing(pages, engine.root, composition, self.ends, self.texts):
            raise Disagreement(found)
        return pages


@dataclass(frozen=True, slots=True)
class Joined:
    """A file that was joined: from what, what the imprint has where, what it must say, where they end."""

    pdf: bytes
    shared: SharedBase
    imprint: Imprint
    places: Places
    words: OwnWords
    ends: Mapping[str, float]


def draw_apart(
    piece: Piece, composition: Composition, engine: Engine, setting: Setting, cache: RenderCache
) -> Joined | None:
    """The finished file in this setting; None if it can't be split. Raises RenderError if the joined file is broken.

    `engine` has the composition's styles.
    """
    imprint_frames = frozenset(part.frame for part in composition.parts if part.imprint)
    if not imprint_frames or _counts_on(tuple(sheet.text for sheet in composition.stylesheets)):
        return None
    try:
        shared = _shared(piece, composition, engine, setting.of(imprint_frames, others=True), cache)
        others_follow = cache.twins is not None
        own = setting.of(imprint_frames)
        drawn = _imprint(piece, composition, shared, engine, own, others_follow) if shared else None
    except StyleError:
        raise
    except (CannotJoin, MisreadError, RenderError):
        return None
    if shared is None or drawn is None:
        return None
    imprint, places, ends = drawn
    boxes = _boxes(places, imprint_frames, len(shared.base.pages))
    return Joined(_joined(piece, shared, imprint, boxes), shared, imprint, places, own_words(composition), ends)


def _boxes(places: Places, own: Collection[str], pages: int) -> list[list[Rectangle]]:
    return [[box for page, name, box in places.frames if page == at and name in own] for at in range(pages)]


def _joined(piece: Piece, shared: SharedBase, imprint: Imprint, boxes: Sequence[Sequence[Rectangle]]) -> bytes:
    pdf = linked(shared.base, imprint)
    try:
        refuse_broken(pdf, shared.base, imprint, boxes)
    except JointError as error:
        message = f"the two parts of {piece.document.name} in {piece.language.tag} were not joined as they must be: "
        raise RenderError(
            diagnostic("joint-broken", Span(piece.layout.path), f"{message}{error}", PROGRAM_FAULT)
        ) from None
    return pdf


def _in_base(part: Part) -> Form:
    return "unseen" if part.imprint else "whole"


def base_html(composition: Composition) -> str:
    """The document with what every clinic's piece has; the imprint is hidden in its place."""
    return composition.written(_in_base, replace(composition.head, author="", keywords=""))


def imprint_html(composition: Composition) -> str:
    """The document with one clinic's frames; everything else is hidden in its place."""
    return composition.written(lambda part: "whole" if part.imprint else "unseen", composition.head)


@lru_cache(maxsize=16)
def _counts_on(styles: tuple[str, ...]) -> bool:
    """True if a style counts from frame to frame: a hidden element would not be counted."""
    text = "\n".join(styles)
    return not set(_COUNTED.findall(text)) <= set(_RESTARTED.findall(text))


def _shared(
    piece: Piece, composition: Composition, engine: Engine, setting: Setting, cache: RenderCache
) -> SharedBase | None:
    """What all clinics' pieces have, drawn unless it is cached; None if it can't be drawn apart."""
    logo = piece.logo.path if piece.logo else ""
    pictures = {name: data for name, data in sorted(composition.assets.items()) if name != logo}
    texts = [f"{name} {content_hash(data)}" for name, data in pictures.items()]
    texts += [*composition.texts(_in_base), composition.head.title, composition.head.dated]
    texts += [setting.sizes.css(), repr(setting.composed), *(sheet.text for sheet in composition.stylesheets)]
    key = fingerprint(*texts)
    if key not in cache.bases:
        part = engine.of_part(replace(composition.page_of(base_html(composition)), assets=pictures))
        cache.bases[key] = _drawn(composition, part, setting)
    return cache.bases[key]


def _drawn(composition: Composition, engine: Engine, setting: Setting) -> SharedBase | None:
    try:
        pages = setting.lay_out(composition, engine)
        if engine.unprinted(pages, _NOWHERE):
            return None
        bookmarks = tuple(_bookmarks(pages, engine, composition))
        anchors = tuple(dict(page.anchors) for page in pages.pages)
        return SharedBase(
            prepared_base(engine.draw(pages), _own_parts(composition)), bookmarks, anchors, places_of(pages, ())
        )
    except StyleError:
        raise
    except (CannotJoin, MisreadError, RenderError):
        return None


def _imprint(
    piece: Piece, composition: Composition, shared: SharedBase, engine: Engine, setting: Setting, others_follow: bool
) -> tuple[Imprint, Places, dict[str, float]] | None:
    """The imprint, drawn, what it has where, and where its frames end.

    None if a style hides some of it, or paints around frames.
    """
    imprint = engine.of_part(composition.page_of(imprint_html(composition)), is_like_others=others_follow)
    pages = setting.lay_out(composition, imprint)
    if imprint.unprinted(pages, _NOWHERE) or paints_around(pages):
        return None
    bookmarks = list(_bookmarks(pages, imprint, composition))
    for page, theirs, ours, anchors in zip(pages.pages, shared.bookmarks, bookmarks, shared.anchors, strict=True):
        # One of the two is empty: a part is drawn in one of them.
        page.bookmarks = [mark for pair in zip(theirs, ours, strict=True) for some in pair for mark in some]
        page.anchors = {**anchors, **page.anchors}
    flip: Flip = piece.finish.edge if piece.finish else ""
    own = prepared_imprint(imprint.draw(pages, shared.base.letters), shared.base, _own_parts(composition), flip)
    return own, places_of(pages, piece.control.lines), frame_ends(pages, sorted(_own_parts(composition).frames))


def _own_parts(composition: Composition) -> Parts:
    frames = frozenset(part.frame for part in composition.parts if part.imprint)
    return Parts([[part.imprint for part in sheet.parts] for sheet in composition.sheets], frames)


def _bookmarks(pages: Document, engine: Engine, composition: Composition) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """The bookmarks of each page by the parts of its sheet, from the number of headings in each part."""
    sheets = [sheet for sheet in engine.root.iter("section") if "sheet" in (sheet.get("class") or "").split()]
    if not len(sheets) == len(pages.pages) == len(composition.sheets):
        raise CannotJoin("there are other pages than sheets")
    for page, sheet, parts in zip(pages.pages, sheets, composition.sheets, strict=True):
        counts = [sum(element.tag in _HEADINGS for element in child.iter()) for child in sheet]
        if len(counts) != len(parts.parts) or len(page.bookmarks) != sum(counts):
            raise CannotJoin("a sheet has other headings than bookmarks")
        left = iter(page.bookmarks)
        yield tuple(tuple(next(left) for _ in range(count)) for count in counts)
