"""A specimen: how a language is set, on one page; a sample goes in, a `Composition` for a native reader comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pressroom.catalog import Translated, Translation
from pressroom.compose.page import Composition
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import Language
from pressroom.layout import Stylesheet

# What is never broken and always runs from left to right, as it may stand in any text.
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
_TEMPLATES: Final = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Sample:
    """What a specimen shows: a list of signs and a running text in the language, where the project has any."""

    language: Language
    signs: tuple[str, ...]
    running: str
    letters: tuple[str, ...]
    fonts: tuple[str, ...]


def compose_specimen(sample: Sample) -> Composition:
    """One page, US Letter: a card's list at its smallest and its preferred size, numbers, letters, a narrow column."""
    language = sample.language
    low, high = language.sizes["card"]
    brochure = language.set_for("brochure")
    html = (
        _environment()
        .from_string(_text("specimen.html"))
        .render(
            language=language,
            brochure=brochure,
            fonts=sample.fonts,
            panels=[("smallest", low, language.leading(1)["tight"]), ("preferred", high, language.leading(0)["tight"])],
            signs=[_set(text, language) for text in sample.signs],
            numbers=[_set(f"{_quoted(language)} {number}", language) for number in _NUMBERS],
            narrow=_set(sample.running, brochure),
            size=brochure.sizes["brochure"][0],
            leading=brochure.leading(0)["line-height"],
            letters=sample.letters,
        )
    )
    return Composition(html, (Stylesheet("specimen.css", _text("specimen.css")),), {}, ())


def _quoted(language: Language) -> str:
    """The language's name in its own quotation marks, outer and inner."""
    outer, close, inner, inner_close = tuple(language.quotes)
    return f"{outer}{language.autonym} {inner}{language.autonym}{inner_close}{close}"


def _set(text: str, language: Language) -> Markup:
    """Set like any message, so that a specimen shows what the composer does."""
    message = Message(text, Span("specimen"))
    known = {message.key: Translated(text, "translated", message.span)}
    return TextSetter(language, Translation(language.tag, "", known), _VALUES, marks=False).set(message, bind=True)


@cache
def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _text(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
