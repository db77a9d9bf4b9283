"""Composes the page that shows a brand: its colours on a screen and in ink, its blocks, and how it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pressroom.compose.block_parts import icon_assets, icon_style
from pressroom.compose.composition import HtmlPage
from pressroom.compose.geometry import ORIGIN, custom_properties
from pressroom.compose.template import engine_style, render_page
from pressroom.layout import Stylesheet


@dataclass(frozen=True, slots=True)
class ShownColour:
    """A colour of the brand: `#rrggbb` on a screen and as its inks look, the inks, how far apart, and its contrast."""

    name: str
    use: str
    colour: str
    printed: str
    inks: str
    apart: str
    ratio: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandSheet:
    """What the page shows. `tokens` are the brand's for styles, `seen` the flow and the dot as each reader sees them.

    `contrasts` are rows of use, contrast and need; `words` the layouts' English words by rank; `logo` is a picture's
    name, bytes and words.
    """

    title: str
    given: str
    press: str
    colours: Sequence[ShownColour]
    contrasts: Sequence[tuple[str, str, str, str, str]]
    seen: Sequence[tuple[str, str, str, str]]
    tokens: Mapping[str, str]
    words: Mapping[str, str]
    emergency: str
    notes: Sequence[str]
    logo: tuple[str, bytes, str] | None = None


def compose_brand(sheet: BrandSheet) -> HtmlPage:
    """Two pages of A4, in English: colours, inks and contrasts; then blocks, a dark screen and the logo."""
    html = render_page("brand.html", sheet=sheet)
    assets = {**icon_assets(), **({sheet.logo[0]: sheet.logo[1]} if sheet.logo else {})}
    tokens = Stylesheet("(tokens)", f":root {{ {custom_properties(sheet.tokens)} }} {icon_style(ORIGIN)}")
    return HtmlPage(html, (tokens, engine_style("blocks.css"), engine_style("brand.css")), assets)
