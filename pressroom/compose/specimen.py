"""Composes specimens: one page that shows a native reader how a language is typeset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from pressroom.catalog import Translated, Translation
from pressroom.compose.composition import HtmlPage
from pressroom.compose.template import engine_style, render_page
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import Language

# What is never broken and always runs from left to right, in any text.
_NUMBERS: Final = (
    "10–20 mL",
    "(CSF)",
    "911",
    "801-555-0100",
    "2026-11-23 – 2026-12-01",
    "8:00–17:30",
    "50%",
    "37.5 °C",
)
# Invented values of every placeholder.
_VALUES: Final = {
    "emergency": "911",
    "phone": "801-555-0100",
    "url": "example.org",
    "clinic": "Clinic",
    "address": "1 Main St",
}
# More letters than this are set smaller, so that all fit on one page.
_MANY_LETTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """What a specimen shows: a list of signs, a running text and one with numbers, where the project has any.

    `fonts` and `tools` are names with versions, `made` the day. `has_texts` is False if the project has no text in the
    language: the texts are CLDR's names of days, months and measures then.
    """

    language: Language
    signs: tuple[str, ...]
    running: str
    letters: tuple[str, ...]
    fonts: tuple[str, ...]
    numbered: str = ""
    tools: tuple[str, ...] = ()
    made: str = ""
    has_texts: bool = True


def compose_specimen(sample: Sample) -> HtmlPage:
    """One page, US Letter: a card's list at its smallest and its preferred size, numbers, letters, a narrow column."""
    language = sample.language
    low, high = language.sizes["card"]
    brochure = language.set_for("brochure")
    html = render_page(
        "specimen.html",
        language=language,
        brochure=brochure,
        facts=_facts(sample),
        has_texts=sample.has_texts,
        panels=[("Smallest", low, language.leading(1)["tight"]), ("Preferred", high, language.leading(0)["tight"])],
        signs=[_set(text, language) for text in sample.signs],
        numbers=[_set(f"{_quoted(language)} {number}", language) for number in _NUMBERS],
        narrow=_set(sample.running, brochure),
        size=brochure.sizes["brochure"][0],
        leading=brochure.leading(0)["line-height"],
        numbered=_set(sample.numbered, language) if sample.numbered else "",
        letters=sample.letters,
        letter_size=_letter_size(sample),
    )
    return HtmlPage(html, (engine_style("specimen.css"),))


def _letter_size(sample: Sample) -> float:
    """As large as a brochure's text, hundreds as small as a card's; half as large again where there is no text."""
    many = len(sample.letters) > _MANY_LETTERS
    return sample.language.sizes["card" if many else "brochure"][0] * (1 if sample.signs else 1.5)


def _facts(sample: Sample) -> list[tuple[str, str]]:
    """The facts about the language that its reader signs for."""
    language = sample.language
    brochure = language.set_for("brochure")
    facts = {
        "Script": f"{language.script}, {'right to left' if language.direction == 'rtl' else 'left to right'}",
        "Card": f"{_range(language.sizes['card'])} pt, leading {_range(language.tight)}",
        "Brochure": f"{_range(brochure.sizes['brochure'])} pt, leading {_range(brochure.line_height)}",
        "Line ends": f"{language.breaking}, {'hyphens in brochures' if language.hyphenate else 'no hyphens'}",
        "Digits": "ascii",
        "Plural": language.plural.rstrip(";"),
        "Fonts": ", ".join(sample.fonts),
        "Set with": ", ".join(sample.tools),
        "Made": sample.made,
    }
    return [(name, value) for name, value in facts.items() if value]


def _range(both: tuple[float, float]) -> str:
    return f"{both[0]:g}–{both[1]:g}"


def _quoted(language: Language) -> str:
    """The language's name in its own quotation marks, outer and inner."""
    outer, close, inner, inner_close = tuple(language.quotes)
    return f"{outer}{language.autonym} {inner}{language.autonym}{inner_close}{close}"


def _set(text: str, language: Language) -> Markup:
    """The text in HTML, set like any message."""
    message = Message(text, Span("specimen"))
    known = {message.key: Translated(text, "translated", message.span)}
    return TextSetter(language, Translation(language.tag, "", known), _VALUES, marks=False).set(message)
