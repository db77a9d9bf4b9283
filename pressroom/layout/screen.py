"""The brand's colours for pages on a screen: brand tokens go in, a style sheet of custom properties comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pressroom.layout.brand_colours import CONTRAST
from pressroom.layout.colours import hex_of, rgb_of
from pressroom.layout.dark import pale
from pressroom.layout.oklch import darker, hue, lighter, oklch, ratio, until

# The grounds of the pages' own styles, `static/css/tokens.css`: pages stay legible with any brand.
_LIGHT: Final = "#ffffff"
_DARK: Final = "#0f1517"
# How light words on a button in the dark scheme are, and how strong.
_DEEP: Final = (0.24, 0.04)
# How much of a colour a mark on paper has: the words below it stay readable.
_MARK: Final = ("26", "40")
_USED: Final = ("flow", "alarm")


def screen_colours(tokens: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The custom properties of the light and of the dark scheme: of `flow` and `alarm`, as far as a brand has them.

    `tokens` are those of `read_brand`. Each colour has a contrast of 7:1 on the pages' ground, or is moved until it has
    (WCAG 2.2, 1.4.6). The dark one is that of `[dark]`, or computed from the light one: the same hue.
    """
    bright: dict[str, str] = {}
    dark: dict[str, str] = {}
    for name in (name for name in _USED if f"colour-{name}" in tokens):
        given = hex_of(rgb_of(tokens[f"colour-{name}"]))
        colour = until(given, lambda one: ratio(one, _LIGHT) >= CONTRAST, darker)
        bright[f"colour-{name}"] = colour
        dark[name] = until(
            tokens.get(f"dark-{name}") or pale(colour), lambda one: ratio(one, _DARK) >= CONTRAST, lighter
        )
    if "flow" in dark:
        deep = oklch(*_DEEP, hue(dark["flow"]))
        dark["on-flow"] = until(deep, lambda one: ratio(one, dark["flow"]) >= CONTRAST, darker)
        bright["mark"], dark["mark"] = (f"{bright['colour-flow']}{share}" for share in _MARK)
    return bright, dark


def brand_css(tokens: Mapping[str, str]) -> str:
    """The style sheet that pages load after their own."""
    bright, dark = screen_colours(tokens)
    return f":root {{{_lines(bright)}}}\n@media (prefers-color-scheme: dark) {{\n:root {{{_lines(dark)}}}\n}}\n"


def _lines(values: Mapping[str, str]) -> str:
    return "".join(f" --{name}: {value};" for name, value in sorted(values.items()))
