"""A piece drawn apart: what all clinics' pieces have is drawn once, the clinic's own for each, and both are joined.

The file is a function of the piece alone, whether its base was drawn for it or for another clinic before. What is not
understood (a layout that writes in a way of its own, a frame that another covers) is drawn whole, by whoever asks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pressroom.compose import ComposeError, Composition, Piece, compose
from pressroom.compose.line_break import joined
from pressroom.diagnostics import Span
from pressroom.layout import Flip
from pressroom.project import Clinic
from pressroom.render.cache import Memo, Shared
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine, RenderError
from pressroom.render.frame_boxes import crossed, paints_around, standing
from pressroom.render.html_frames import Parts, frames_of, parted
from pressroom.render.runts import Runt, lay_out_mended
from pressroom.render.tags import NotUnderstood, graft, read_base

_NOWHERE: Final = Span("")
_COUNTED: Final = re.compile(r"counter-(?:increment|set)\s*:\s*([\w-]+)")
# A list counts anew in its own frame.
_COUNTED_ANEW: Final = re.compile(r"(?:^|[\s,}])[ou]l[\w.-]*\s*{[^}]*counter-reset\s*:\s*([\w-]+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """The sizes to set, and the last lines of one word, to be mended."""

    sizes: Sizes
    runts: Sequence[Runt]

    def of(self, frames: Collection[str], *, others: bool = False) -> Setting:
        """The setting of these frames, or of all others."""
        gap, drop = (
            {name: value for name, value in table.items() if (name in frames) is not others}
            for table in (self.sizes.gap, self.sizes.drop)
        )
        runts = [runt for runt in self.runts if (runt.frame in frames) is not others]
        return Setting(replace(self.sizes, gap=gap, drop=drop), runts)


def draw_apart(piece: Piece, composition: Composition, engine: Engine, setting: Setting, memo: Memo) -> bytes | None:
    """The finished file in this setting; none where it must be drawn whole. `engine` has the composition's styles."""
    parts = parted(composition, _neutral_frames(piece, memo))
    if parts is None or _counts_on(sheet.text for sheet in composition.stylesheets):
        return None
    try:
        shared = _shared(piece, parts, engine, setting.of(parts.own_frames, others=True), memo)
        return None if shared is None else _with_own(piece, parts, shared, engine, setting.of(parts.own_frames))
    except (NotUnderstood, RenderError):
        return None


def _counts_on(styles: Iterable[str]) -> bool:
    """True where a style counts from frame to frame: an element that is not seen would not be counted."""
    text = "\n".join(styles)
    return not set(_COUNTED.findall(text)) <= set(_COUNTED_ANEW.findall(text))


def _neutral_frames(piece: Piece, memo: Memo) -> dict[str, str]:
    """The frames of the piece for a clinic of no name, with the same emergency number, which is most clinics'."""
    what = f"{piece.layout.name} {piece.clinic.emergency}"
    if what not in memo.neutral:
        clinic = Clinic("neutral", "·", ("·",), piece.clinic.emergency, "·", "·")
        control = replace(piece.control, inputs="·")
        neutral = replace(piece, clinic=clinic, places=(clinic,), logo=None, control=control)
        try:
            memo.neutral[what] = frames_of(compose(neutral, drawn=memo.drawings.get(piece.layout.name)))
        except ComposeError:
            memo.neutral[what] = {}
    return memo.neutral[what]


def _shared(piece: Piece, parts: Parts, engine: Engine, setting: Setting, memo: Memo) -> Shared | None:
    """What is shared, drawn only where it was not before; none where it is not understood."""
    pictures = dict(_shared_pictures(piece, parts))
    told = [f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in sorted(pictures.items())]
    told += [parts.base.html, setting.sizes.css(), repr(setting.runts)]
    told += [sheet.text for sheet in parts.base.stylesheets]
    key = hashlib.sha256("\x00".join(told).encode()).hexdigest()
    if key not in memo.bases:
        part = engine.of_part(replace(parts.base, assets=pictures))
        memo.bases[key] = _drawn(parts, part, setting, joined(piece.language))
    return memo.bases[key]


def _shared_pictures(piece: Piece, parts: Parts) -> Iterator[tuple[str, bytes]]:
    """All pictures but the clinic's logo."""
    logo = piece.logo.path if piece.logo else ""
    return ((name, data) for name, data in parts.base.assets.items() if name != logo)


def _drawn(parts: Parts, engine: Engine, setting: Setting, joiner: str) -> Shared | None:
    try:
        document = lay_out_mended(engine, setting.sizes.css(), setting.runts, joiner)
        if engine.unprinted(document, _NOWHERE):
            return None
        bookmarks = tuple(
            tuple(_dealt(page.bookmarks, [0 if child.own else child.headings for child in sheet]))
            for page, sheet in zip(document.pages, parts.sheets, strict=True)
        )
        anchors = tuple(dict(page.anchors) for page in document.pages)
        return Shared(read_base(engine.draw(document)), bookmarks, anchors, standing(document))
    except (NotUnderstood, RenderError, ValueError):
        return None


def _with_own(piece: Piece, parts: Parts, shared: Shared, engine: Engine, setting: Setting) -> bytes | None:
    """The clinic's own, drawn and joined with the base; none where a style hides some of it, or the two cross."""
    part = engine.of_part(parts.own)
    document = lay_out_mended(part, setting.sizes.css(), setting.runts, joined(piece.language))
    if len(document.pages) != len(parts.sheets) or part.unprinted(document, _NOWHERE) or paints_around(document):
        return None
    pages = zip(shared.stands, standing(document), strict=True)
    if any(crossed(theirs, ours, parts.own_frames) for theirs, ours in pages):
        return None
    for page, sheet, bookmarks, anchors in zip(
        document.pages, parts.sheets, shared.bookmarks, shared.anchors, strict=True
    ):
        own = _dealt(page.bookmarks, [child.headings if child.own else 0 for child in sheet])
        # One of the two is empty: a child is drawn in one part.
        page.bookmarks = [mark for pair in zip(own, bookmarks, strict=True) for some in pair for mark in some]
        page.anchors = {**anchors, **page.anchors}
    flip: Flip = piece.finish.edge if piece.finish else ""
    return graft(shared.base, part.draw(document), [[child.own for child in sheet] for sheet in parts.sheets], flip)


def _dealt(bookmarks: list[Any], counts: list[int]) -> list[tuple[Any, ...]]:
    """The bookmarks of a page, parted among the children of its sheet, each of which has so many."""
    if len(bookmarks) != sum(counts):
        raise NotUnderstood("headings and bookmarks differ")
    left = iter(bookmarks)
    return [tuple(next(left) for _ in range(count)) for count in counts]
