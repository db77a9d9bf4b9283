"""Checks, letter by letter, that text of the engine's own pages is seen as it was set: whole, upright, large enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.page_content import GlyphRun, PageContent
from pressroom.preflight.page_view import Rectangle
from pressroom.preflight.placement import TextFault
from pressroom.units import Length

# Latin words in another script are set smaller, because their letters are as tall all the same (press.css: 0.88).
_LATIN: Final = 0.87
_ROUNDING: Final = 0.05
_MEANT: Final = "correct the layout's style: words are printed whole, upright and apart from each other"
_SAID: Final = {
    "covered": "something is drawn over",
    "cut": "the paper's edge or a clip cuts",
    "overlapping": "other words lie on",
    "turned": "turned, mirrored or squeezed:",
}


@dataclass(frozen=True, slots=True)
class TypeFrame:
    """A frame: its page (from 1, 0 for all), its box from the foot of the paper, the smallest type that can be read.

    Lengths are points; `smallest` is 0 for the words of staff and of the clinic.
    """

    name: str
    page: int
    box: Rectangle
    smallest: float

    def holds(self, run: GlyphRun | TextFault) -> bool:
        """True if a piece of text is in this frame."""
        left, bottom, right, top = self.box
        return self.page in (0, run.page) and left <= run.across <= right and bottom <= run.middle <= top


@dataclass(frozen=True, slots=True)
class Seen:
    """What is checked letter by letter: the `frames`, and on a release `everywhere`; a proof has marks around them."""

    frames: tuple[TypeFrame, ...] = ()
    everywhere: bool = True

    def holds(self, run: GlyphRun | TextFault) -> bool:
        """True if a piece of text is where letters are checked."""
        return self.everywhere or any(frame.holds(run) for frame in self.frames)


def check_letters(content: PageContent, where: Seen, span: Span) -> Iterator[Diagnostic]:
    """What of a page's text is not seen as it was set; the first of each kind on each page."""
    reported: set[tuple[int, str]] = set()
    for fault in filter(where.holds, content.faults):
        if (fault.page, fault.kind) not in reported:
            reported.add((fault.page, fault.kind))
            message = f"page {fault.page}: {_SAID[fault.kind]} {_said(fault)}, {_height(fault.middle)}"
            yield diagnostic(f"preflight-{fault.kind}", span, message, _MEANT)
    runs = list(filter(where.holds, content.runs))
    yield from _letters([run for run in runs if run.crossed], "crossed", "a line or an edge runs through", span)
    if where.everywhere:
        dim = [run for run in runs if not run.seen and not run.hidden]
        yield from _letters(dim, "unseen", "nothing shows of", span)
    yield from _small(content, where.frames, span)


def _letters(runs: Sequence[GlyphRun], kind: str, said: str, span: Span) -> Iterator[Diagnostic]:
    for page in sorted({run.page for run in runs}):
        letters = [run for run in runs if run.page == page]
        first = max(letters, key=lambda run: run.middle)
        message = (
            f"page {page}: {said} {counted(len(letters), 'letter')} of {first.size:.1f} pt, {_height(first.middle)}"
        )
        yield diagnostic(f"preflight-{kind}", span, message, _MEANT)


def _said(fault: TextFault) -> str:
    """The words, or that there are letters: those of Nastaliq have their text beside them, in a font of its own."""
    return repr(fault.text[:40]) if fault.text.strip() else "letters"


def _height(middle: float) -> str:
    return f"{Length(middle).mm:.0f} mm above the foot"


def _small(content: PageContent, frames: Sequence[TypeFrame], span: Span) -> Iterator[Diagnostic]:
    for frame in frames:
        sizes = [run.size for run in content.runs if frame.holds(run)]
        if sizes and min(sizes) < frame.smallest * _LATIN - _ROUNDING:
            message = f"frame {frame.name!r} has type of {min(sizes):.1f} pt; its language needs {frame.smallest:g} pt"
            hint = "set patients' words at calc(var(--fs-GROUP) * 1pt) or more, or give the frame a group of staff"
            yield diagnostic("preflight-small", span, message, hint)
