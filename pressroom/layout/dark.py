"""The brand's colours on a dark screen: those of `[dark]`, or computed from the ones on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pressroom.layout.colours import hex_of, rgb_of
from pressroom.layout.oklch import chroma, hue, light, lighter, oklch, ratio, until

# WCAG 2.2, 1.4.11: shapes that mean something.
SHAPE: Final = 3.0
# A colour on a dark ground: as light as this at least, and not stronger.
_PALE: Final = 0.7
_DULL: Final = 0.11
# How far a tint is from dark paper: seen, and far enough below what is drawn on it.
_TINT: Final = 1.5
# What `pressroom/compose/templates/web.css` has where a brand says nothing.
_NEUTRAL: Final = {"ink": ("#000000", "#e9eef0"), "paper": ("#ffffff", "#12181b")}
_COLOUR: Final = "colour-"
_DARK: Final = "dark-"


class Shade(NamedTuple):
    """A colour on paper and by day, and the same in the dark, as `#rrggbb`."""

    bright: str
    dark: str


def pale(colour: str) -> str:
    """The same hue, as a dark ground needs it."""
    return oklch(max(_PALE, light(colour)), min(_DULL, chroma(colour)), hue(colour))


def on_dark(colour: str, ground: str, needs: float) -> str:
    """The same hue, light enough for this contrast on a dark ground."""
    return until(pale(colour), lambda one: ratio(one, ground) >= needs, lighter)


def tint_on_dark(tint: str, ground: str) -> str:
    """The hue of a tint, a little lighter than a dark ground."""
    start = oklch(light(ground), min(_DULL, chroma(tint)), hue(tint))
    return until(start, lambda one: ratio(one, ground) >= _TINT, lighter)


def drawing_colours(tokens: Mapping[str, str], needs: float) -> dict[str, Shade]:
    """The brand's colours by name, `ink` and `paper` among them, as drawings on a screen have them."""
    given = {name.removeprefix(_COLOUR): value for name, value in tokens.items() if name.startswith(_COLOUR)}
    bright = {name: _long(given.get(name, shade[0])) for name, shade in _NEUTRAL.items()}
    bright |= {name: _long(value) for name, value in given.items()}
    ground = _long(tokens.get(f"{_DARK}paper", _NEUTRAL["paper"][1]))

    def dark(name: str) -> str:
        if (said := tokens.get(f"{_DARK}{name}") or _NEUTRAL.get(name, ("", ""))[1]) != "":
            return _long(said)
        colour = bright[name]
        return tint_on_dark(colour, ground) if is_tint(colour, bright["paper"]) else on_dark(colour, ground, needs)

    return {name: Shade(colour, dark(name)) for name, colour in bright.items()}


def is_tint(colour: str, paper: str) -> bool:
    """True for a colour so near to paper that nothing depends on seeing it."""
    return ratio(colour, paper) < SHAPE


def _long(colour: str) -> str:
    return hex_of(rgb_of(colour))
