"""What a PDF was meant to be, held against what it is: findings come out, each with a next move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.facts import Facts
from pressroom.units import Length

# A twentieth of a millimetre: less than any cutter keeps to.
_TOLERANCE_PT: Final = 0.15
_STYLES: Final = ("Bold", "Italic", "Oblique", "Bold-Italic", "Bold-Oblique")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a piece's file must be; `families` are the fonts it may hold, as families.

    No size on a spilt proof, no pages on a flowing one.
    """

    pages: int | None
    width: Length | None
    height: Length | None
    language: str
    families: tuple[str, ...]


def check_pdf(facts: Facts, expected: Expected, span: Span) -> list[Diagnostic]:
    """Every way in which the file is not what it was meant to be."""
    found: list[tuple[str, str]] = []
    if expected.pages is not None and facts.pages != expected.pages:
        found.append((f"it has {facts.pages} pages and the layout {expected.pages}", "text ran onto another page"))
    if expected.width is not None and expected.height is not None:
        found += _sizes(facts, expected.width, expected.height)
    allowed = {family.replace(" ", "-") for family in expected.families}
    for name in sorted(facts.fonts):
        if not any(_is_of(name, family) for family in allowed):
            found.append(
                (f"it is set in {name}, which is not among {', '.join(expected.families)}", "see docs/how-to/fonts.md")
            )
    found += [(f"the font {name} is not embedded", "printers would replace it") for name in sorted(facts.unembedded)]
    if facts.language != expected.language:
        found.append((f"its language is {facts.language!r}, not {expected.language!r}", "set lang in the template"))
    if not facts.title:
        found.append(("it has no title", "set the title in the template's head"))
    if not facts.tagged:
        found.append(("it is not tagged", "screen readers can't read it"))
    found += [(f"it holds an {name}", "a patient's file must not act") for name in facts.active]
    return [diagnostic("preflight", span, message, hint) for message, hint in found]


def _is_of(name: str, family: str) -> bool:
    """True for Noto-Sans-Bold of Noto-Sans, False for Noto-Sans-Khmer-Bold of it. Pango names a face so."""
    return name in {family, *(f"{family}-{style}" for style in _STYLES)}


def _sizes(facts: Facts, width: Length, height: Length) -> list[tuple[str, str]]:
    found = []
    for number, (left, bottom, right, top) in enumerate(facts.boxes, start=1):
        over_x, over_y = right - left - width.pt, top - bottom - height.pt
        if max(abs(over_x), abs(over_y)) > _TOLERANCE_PT:
            size = f"{Length(right - left).mm:.2f} × {Length(top - bottom).mm:.2f} mm"
            found.append(
                (f"page {number} is {size}, not {width.mm:.2f} × {height.mm:.2f} mm", "see the layout's sheet")
            )
    return found
