"""Whether it can be read: what an eye meets on the pages goes in, findings on contrast, type and pictures come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.page_content import GlyphRun, PageContent
from pressroom.units import Length

# WCAG 2.2, 1.4.6 (AAA); large text may have less.
_CONTRAST: Final = 7.0
_LARGE_CONTRAST: Final = 4.5
_LARGE_PT: Final = 18.0
# Control lines are the smallest type there is on any piece.
_SMALLEST_PT: Final = 5.4
_DPI: Final = 300


def check_sight(sight: PageContent, span: Span) -> list[Diagnostic]:
    """Text unseen or faint, type smaller than a control line, and coarse pictures: the worst of each page."""
    found = []
    for code, message, hint in (*_unseen(sight), *_faint(sight), *_small(sight), *_coarse(sight)):
        found.append(diagnostic(code, span, message, hint))
    return found


def _unseen(sight: PageContent) -> Iterator[tuple[str, str, str]]:
    for page in sorted({run.page for run in sight.runs if not run.seen}):
        hidden = [run for run in sight.runs if run.page == page and not run.seen]
        first = max(hidden, key=lambda run: run.middle)
        ink, height = "#{:02x}{:02x}{:02x}".format(*first.colour), Length(first.middle).mm
        where = f"the first, in {ink}, stands {height:.0f} mm above the foot"
        message = f"page {page}: {len(hidden)} pieces of text can't be seen; {where}"
        yield "preflight-unseen", message, "mend the layout: it is covered, or its ground is of its colour"


def _faint(sight: PageContent) -> Iterator[tuple[str, str, str]]:
    worst: dict[int, GlyphRun] = {}
    for run in sight.runs:
        # Measured colours are whole numbers: a hundredth is no difference.
        if run.contrast < _wanted(run) - 0.01:
            worst[run.page] = min(worst.get(run.page, run), run, key=lambda r: r.contrast)
    for page, run in sorted(worst.items()):
        ink, paper = ("#{:02x}{:02x}{:02x}".format(*colour) for colour in (run.colour, run.paper))
        message = f"page {page}: text of {run.size:.1f} pt in {ink} on {paper} has a contrast of {run.contrast:.1f}:1"
        yield "preflight-contrast", message, f"make it darker: {_wanted(run):g}:1 is wanted"


def _wanted(run: GlyphRun) -> float:
    return _LARGE_CONTRAST if run.size >= _LARGE_PT else _CONTRAST


def _small(sight: PageContent) -> Iterator[tuple[str, str, str]]:
    sizes: dict[int, float] = {}
    for run in sight.runs:
        sizes[run.page] = min(run.size, sizes.get(run.page, run.size))
    for page, size in sorted(sizes.items()):
        if size < _SMALLEST_PT:
            yield (
                "preflight-type-size",
                f"page {page}: the smallest type is {size:.1f} pt",
                "control lines are 5.5 pt, text more",
            )


def _coarse(sight: PageContent) -> Iterator[tuple[str, str, str]]:
    least: dict[int, float] = {}
    for picture in sight.pictures:
        least[picture.page] = min(picture.dpi, least.get(picture.page, picture.dpi))
    for page, dpi in sorted(least.items()):
        if dpi < _DPI:
            yield (
                "preflight-resolution",
                f"page {page}: a picture has {dpi:.0f} dots an inch",
                f"give it {_DPI}, or draw it",
            )
