"""Checks whether the pages can be read: hidden and faint text, small type, coarse pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.check import Finding
from pressroom.preflight.page_content import GlyphRun, PageContent, Picture
from pressroom.units import Length

# WCAG 2.2, 1.4.6 (AAA); large text may have less.
_CONTRAST: Final = 7.0
_LARGE_CONTRAST: Final = 4.5
_LARGE_PT: Final = 18.0
# Control lines are the smallest type there is on any piece.
_SMALLEST_PT: Final = 5.4
_DPI: Final = 300

Item = TypeVar("Item", GlyphRun, Picture)


def check_sight(sight: PageContent, span: Span) -> list[Diagnostic]:
    """Hidden or faint text, type smaller than a control line, and coarse pictures: the worst of each page."""
    findings = (*_unseen(sight), *_faint(sight), *_small(sight), *_coarse(sight))
    return [diagnostic(code, span, message, hint) for code, message, hint in findings]


def _unseen(sight: PageContent) -> Iterator[Finding]:
    for page in sorted({run.page for run in sight.runs if not run.seen}):
        hidden = [run for run in sight.runs if run.page == page and not run.seen]
        first = max(hidden, key=lambda run: run.middle)
        ink, height = "#{:02x}{:02x}{:02x}".format(*first.colour), Length(first.middle).mm
        where = f"the first, in {ink}, is {height:.0f} mm above the foot"
        message = f"page {page}: {len(hidden)} pieces of text can't be seen; {where}"
        yield "preflight-unseen", message, "correct the layout: something covers it, or its background has its colour"


def _faint(sight: PageContent) -> Iterator[Finding]:
    # Measured colours are whole numbers: a hundredth is no difference.
    faint = (run for run in sight.runs if run.contrast < _required(run) - 0.01)
    for page, run in _worst_of_pages(faint, lambda run: run.contrast):
        ink, paper = ("#{:02x}{:02x}{:02x}".format(*colour) for colour in (run.colour, run.paper))
        message = f"page {page}: text of {run.size:.1f} pt in {ink} on {paper} has a contrast of {run.contrast:.1f}:1"
        yield "preflight-contrast", message, f"make it darker: it needs {_required(run):g}:1"


def _required(run: GlyphRun) -> float:
    return _LARGE_CONTRAST if run.size >= _LARGE_PT else _CONTRAST


def _small(sight: PageContent) -> Iterator[Finding]:
    for page, run in _worst_of_pages(sight.runs, lambda run: run.size):
        if run.size < _SMALLEST_PT:
            message = f"page {page}: the smallest type is {run.size:.1f} pt"
            yield "preflight-type-size", message, "control lines are 5.5 pt, text more"


def _coarse(sight: PageContent) -> Iterator[Finding]:
    for page, picture in _worst_of_pages(sight.pictures, lambda picture: picture.dpi):
        if picture.dpi < _DPI:
            message = f"page {page}: a picture has {picture.dpi:.0f} dots an inch"
            yield "preflight-resolution", message, f"give it {_DPI}, or draw it"


def _worst_of_pages(items: Iterable[Item], measure: Callable[[Item], float]) -> list[tuple[int, Item]]:
    worst: dict[int, Item] = {}
    for item in items:
        worst[item.page] = min(worst.get(item.page, item), item, key=measure)
    return sorted(worst.items(), key=lambda row: row[0])
