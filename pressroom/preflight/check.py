"""Compares a PDF's facts with what is expected of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.facts import Boxes, Facts
from pressroom.units import Length

# A twentieth of a millimetre: less than any cutter keeps to.
_TOLERANCE_PT: Final = 0.15
_STYLES: Final = ("Bold", "Italic", "Oblique", "Bold-Italic", "Bold-Oblique")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a piece's file must be; None or empty if unknown, as for a file from elsewhere.

    `families` are the font families it may hold. A spilt proof has no expected size, a `press` file no tags.
    """

    pages: int | None = None
    width: Length | None = None
    height: Length | None = None
    language: str = ""
    families: tuple[str, ...] = ()
    press: bool = False


def check_pdf(facts: Facts, expected: Expected, span: Span) -> list[Diagnostic]:
    """Every way in which the file is not what it was meant to be, or not what a reader needs."""
    findings = [*_paper(facts, expected), *_fonts(facts, expected), *_words(facts, expected)]
    findings += [] if expected.press else _structure(facts)
    return [diagnostic(code, span, message, hint) for code, message, hint in findings]


# Code, message and hint.
Finding = tuple[str, str, str]


def _paper(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if expected.pages is not None and facts.pages != expected.pages:
        message = f"it has {facts.pages} pages and the layout {expected.pages}"
        yield "preflight-pages", message, "text ran onto another page"
    if not facts.pages:
        yield "preflight-pages", "it has no page", "make it again"
    for number, (trim, media) in enumerate(zip(facts.boxes, facts.media, strict=True), start=1):
        yield from _size(number, trim, expected)
        if not _inside(trim, media):
            yield "preflight-size", f"the trim of page {number} runs out of its sheet", "see the layout's sheet"


def _size(number: int, box: Boxes, expected: Expected) -> Iterator[Finding]:
    if expected.width is None or expected.height is None:
        return
    width, height = box[2] - box[0], box[3] - box[1]
    if max(abs(width - expected.width.pt), abs(height - expected.height.pt)) > _TOLERANCE_PT:
        size = f"{Length(width).mm:.2f} × {Length(height).mm:.2f} mm"
        meant = f"{expected.width.mm:.2f} × {expected.height.mm:.2f} mm"
        yield "preflight-size", f"page {number} is {size}, not {meant}", "see the layout's sheet"


def _inside(inner: Boxes, outer: Boxes) -> bool:
    beyond = (outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3])
    return max(beyond) <= _TOLERANCE_PT


def _fonts(facts: Facts, expected: Expected) -> Iterator[Finding]:
    allowed = {family.replace(" ", "-") for family in expected.families}
    for name in sorted(facts.fonts):
        if allowed and not any(_is_of(name, family) for family in allowed):
            message = f"it is set in {name}, which is not among {', '.join(expected.families)}"
            yield "preflight-font", message, "see docs/how-to/fonts.md"
    for name in sorted(facts.unembedded):
        hint = "printers would replace it; export with fonts embedded"
        yield "preflight-font", f"the font {name} is not embedded", hint


def _is_of(name: str, family: str) -> bool:
    """True for Noto-Sans-Bold of Noto-Sans, False for Noto-Sans-Khmer-Bold of it. Pango names a face so."""
    return name in {family, *(f"{family}-{style}" for style in _STYLES)}


def _words(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if not facts.language:
        hint = "set lang in the template, or in the program that made it"
        yield "preflight-language", "it does not say its language", hint
    elif expected.language and facts.language != expected.language:
        message = f"its language is {facts.language!r}, not {expected.language!r}"
        yield "preflight-language", message, "set lang in the template"
    if not facts.title:
        yield "preflight-title", "it has no title", "set the title in the template's head"
    elif not facts.shows_title:
        hint = "set DisplayDocTitle in the program that made it"
        yield "preflight-title", "it has a title, and readers show the file's name", hint


def _structure(facts: Facts) -> Iterator[Finding]:
    if not facts.tagged:
        yield "preflight-tags", "it is not tagged: screen readers can't read it in order", "export it as a tagged PDF"
    else:
        yield from heading_findings(facts.headings)
    if facts.silent:
        message = f"{facts.silent} of its pictures do not say what they show"
        yield "preflight-picture-text", message, "give each an alternative text, or make it decoration"
    for link in sorted(set(facts.links)):
        if not link.startswith(("https://", "tel:", "mailto:")):
            yield "preflight-link", f"a link leads to {link!r}", "link to https addresses only"
    for name in sorted(set(facts.active)):
        yield "preflight-active", f"it holds: {name}", "a patient's file must not act or carry others"


def heading_findings(levels: Sequence[int]) -> Iterator[Finding]:
    """Headings, by level in reading order, must begin with one of level 1 and skip no level on the way down."""
    if levels.count(1) != 1:
        yield "preflight-headings", f"it has {levels.count(1)} headings of level 1", "give it one title as heading 1"
    for above, below in pairwise((0, *levels)):
        if below > above + 1:
            yield "preflight-headings", f"a heading of level {below} follows level {above}", "use the next level down"
