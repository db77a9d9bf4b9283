"""Checks a press file against what a press can print. This is not a check against PDF/X."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.facts import Boxes
from pressroom.preflight.page_content import GlyphRun, PageContent
from pressroom.preflight.separations import PressPlates, is_black_alone
from pressroom.units import Length, mm

# The trade's rules, as far as a file can show them.
MOST_INK: Final = 280.0
THINNEST: Final = 0.25
BLEED: Final = mm(3)
REVERSED: Final = 8.0
# Points; numbers in a file are rounded.
_ROUNDING: Final = 0.02


def check_press(press: PressPlates, sight: PageContent, span: Span) -> list[Diagnostic]:
    """Every reason why the file can't go to a press as it is."""
    findings = [*_boxes(press), *_inks(press)]
    if (small := smallest_reversed(sight)) < REVERSED - 0.05:
        hint = f"set it in {REVERSED:g} pt or more, or dark on light"
        findings.append((f"light text on a dark ground is {small:.1f} pt: it fills in on a press", hint))
    return [diagnostic("press", span, message, hint) for message, hint in findings]


def verified(press: PressPlates, sight: PageContent) -> tuple[str, ...]:
    """What was checked and is in order, in words, with its measures."""
    trims = sorted({_size(box) for box in press.trims})
    margins = [min(_margins(trim, bleed)) for trim, bleed in zip(press.trims, press.bleeds, strict=True)]
    rules = "no rule" if press.thinnest is None else f"no rule under {press.thinnest:.2f} pt"
    light = smallest_reversed(sight)
    coloured = sum(1 for plates in press.texts if not is_black_alone(plates))
    text = f", and {coloured} {'ink' if coloured == 1 else 'inks'} of headings" if coloured else ""
    return (
        f"trim {' and '.join(trims)}, bleed {Length(min(margins)).mm:.1f} mm, boxes from the paper's corner",
        f"no RGB; text on the black plate alone{text}",
        f"at most {press.ink:.0f} % of ink",
        f"{rules}, {'no reversed type' if light == _NONE else f'reversed type from {light:.1f} pt'}, no link",
        f"output intent {press.intent!r}" if press.intent else "no output intent",
        "not checked against PDF/X",
    )


_NONE: Final = 1000.0


def smallest_reversed(sight: PageContent) -> float:
    """The size in points of the smallest light text on a dark background; 1000 if there is none."""
    return min((run.size for run in sight.runs if _is_reversed(run)), default=_NONE)


def _is_reversed(run: GlyphRun) -> bool:
    # Text over the edge of a drawing has no one background: only light on dark counts.
    return sum(run.colour) > 3 * 200 and sum(run.paper) < 3 * 128


def _boxes(press: PressPlates) -> Iterator[tuple[str, str]]:
    for number, (trim, bleed, paper) in enumerate(zip(press.trims, press.bleeds, press.papers, strict=True), start=1):
        least = min(_margins(trim, bleed))
        if least < BLEED.pt - _ROUNDING:
            message = f"page {number} has a bleed of {Length(least).mm:.2f} mm, not {BLEED.mm:g}"
            yield message, "render it with its bleed"
        if paper[:2] != (0.0, 0.0):
            yield f"the paper of page {number} does not begin at 0, 0", "normalise its boxes"
        if min(_margins(bleed, paper)) < -_ROUNDING:
            yield f"the bleed of page {number} runs out of its paper", "make the paper larger"


def _inks(press: PressPlates) -> Iterator[tuple[str, str]]:
    for what in press.rgb:
        yield f"{what} is in RGB", "give every colour its inks in layouts/brand.toml"
    if press.ink > MOST_INK + 0.1:
        yield f"a colour has {press.ink:.0f} % of ink, {MOST_INK:.0f} % at most", "see layouts/brand.toml"
    if press.thinnest is not None and press.thinnest < THINNEST - 0.001:
        yield f"a rule is {press.thinnest:.2f} pt, at least {THINNEST} pt print", "make it heavier"
    for plates in press.texts:
        if plates[3] > 0.9 and not is_black_alone(plates):
            yield "black text is on more plates than the black one", "write black as one ink: 0 0 0 100"
    if press.links:
        yield f"{press.links} areas lead somewhere", "a press file has no link"
    if press.intent_space not in {"", "CMYK"}:
        yield f"its output intent is for {press.intent_space}, not for CMYK", "name the print shop's profile"


def _margins(inner: Boxes, outer: Boxes) -> tuple[float, float, float, float]:
    """How far the outer box lies outside the inner, on each side."""
    return inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]


def _size(box: Boxes) -> str:
    return f"{Length(box[2] - box[0]).mm:.2f} × {Length(box[3] - box[1]).mm:.2f} mm"
