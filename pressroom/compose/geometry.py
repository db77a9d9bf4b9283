"""Where everything stands, as CSS: a layout, a language and a brand go in, one generated stylesheet comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pressroom.language import Language
from pressroom.layout import Box, Layout
from pressroom.units import ZERO, Length

ORIGIN: Final = "https://project.invalid/"
# Classes of product whose running text may be hyphenated; never a card, never a heading.
_HYPHENATED: Final = frozenset({"brochure"})
_HYPHENS: Final = ".frame p, .frame li { hyphens: auto; hyphenate-limit-chars: 8 4 4 }"
# Names and addresses are whole, whatever language they stand in.
_WHOLE: Final = "address, .brand, .control, .frame [lang=en], .frame .latin { hyphens: manual }"


@dataclass(frozen=True, slots=True)
class Spill:
    """How much larger than the trim a proof's paper must be, so that overset text runs on instead of being lost."""

    left: Length = ZERO
    right: Length = ZERO
    bottom: Length = ZERO


def placed(box: Box, layout: Layout, language: Language) -> Box:
    """Where a box of the layout stands for this language: right-to-left mirrors the whole sheet."""
    return box.mirrored(layout.width) if language.direction == "rtl" else box


def geometry_css(layout: Layout, language: Language, brand: dict[str, str], art: dict[str, str], spill: Spill) -> str:
    """The sheet, its pages, panels and frames in absolute positions, and every token as a custom property.

    `art` maps a page's name to the address of its drawing.
    """
    width, height = layout.width + spill.left + spill.right, layout.height + spill.bottom
    # No margin at the foot: what runs into a margin is dropped without a word.
    margin = f"0 {spill.right.css()} 0 {spill.left.css()}"
    rules = [
        f"@page {{ size: {width.css()} {height.css()}; margin: {margin} }}",
        f":root {{ {_tokens(language, brand, layout)} }}",
        f".sheet {{ width: {layout.width.css()}; height: {layout.height.css()} }}",
    ]
    if language.hyphenate and layout.type_class in _HYPHENATED:
        rules += [_HYPHENS, _WHOLE]
    rules += [f'.sheet-{page} {{ background-image: url("{ORIGIN}{address}") }}' for page, address in art.items()]
    rules += [f".panel-{p.name} {{ {_position(placed(p.box, layout, language))} }}" for p in layout.panels]
    rules += [f".frame-{f.name} {{ {_position(placed(f.box, layout, language))} }}" for f in layout.frames]
    return "\n".join(rules) + "\n"


def _position(box: Box) -> str:
    return f"left: {box.left.css()}; top: {box.top.css()}; width: {box.width.css()}; height: {box.height.css()}"


def _tokens(language: Language, brand: dict[str, str], layout: Layout) -> str:
    families = ", ".join(f'"{family}"' for family in language.stack)
    tokens = {
        **brand,
        "family": families,
        **{name: f"{em:g}" for name, em in language.leading(0).items()},
        "bullet-shift": f"{language.bullet_shift:g}",
        "title": f"{language.title:g}em",
        "title-lead": f"{language.title_lead:g}",
        "safe": layout.safe.css(),
    }
    return "; ".join(f"--{name}: {value}" for name, value in tokens.items())
