"""Moves colours in OKLCH, where a step looks as large at every hue: `#rrggbb` goes in and comes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

from pressroom.layout.colours import contrast, difference, rgb_of

if TYPE_CHECKING:
    from coloraide import Color

# Seen by about one man in twelve. Viénot, Brettel and Mollon (1999), as coloraide has them.
BLINDNESS: Final = {"protan": "no red cones", "deutan": "no green cones"}
_STEP: Final = 0.005
_LESS: Final = 0.97


class ColourError(ValueError):
    """What was written is not a colour; the message ends in what to write."""


def read_colour(written: str) -> tuple[str, bool]:
    """A colour as CSS writes it, as `#rrggbb`, and whether screens show it as it is.

    Raises:
        ColourError: it is none, or paper shines through it.
    """
    from coloraide import Color

    try:
        colour = Color(written.strip())
    except ValueError:
        raise ColourError(f"{written!r} is not a colour: write six digits, as #7a1f5c") from None
    if colour.alpha() < 1:
        raise ColourError(f"{written!r} lets the paper shine through: write six digits, as #7a1f5c")
    return _hex(colour), colour.in_gamut("srgb")


def oklch(light: float, chroma: float, hue: float) -> str:
    """A colour by its lightness (0 to 1), chroma and hue in degrees; what no screen shows loses chroma alone."""
    from coloraide import Color

    return _hex(Color("oklch", [max(0.0, light), chroma, hue]))


def until(colour: str, holds: Callable[[str], bool], move: Callable[[str], str]) -> str:
    """The colour, moved step by step until it holds."""
    while not holds(colour):
        moved = move(colour)
        if moved == colour:
            break
        colour = moved
    return colour


def darker(colour: str) -> str:
    """A step darker."""
    return oklch(light(colour) - _STEP, chroma(colour), hue(colour))


def lighter(colour: str) -> str:
    """A step lighter."""
    return oklch(light(colour) + _STEP, chroma(colour), hue(colour))


def duller(colour: str) -> str:
    """A step duller."""
    return oklch(light(colour), chroma(colour) * _LESS, hue(colour))


def darker_and_duller(colour: str) -> str:
    """A step darker, and duller."""
    return oklch(light(colour) - _STEP, chroma(colour) * _LESS, hue(colour))


def _hex(colour: Color) -> str:
    """`#rrggbb`; what no screen shows loses chroma, not its lightness or hue."""
    return colour.convert("srgb").fit("srgb", method="oklch-chroma").to_string(hex=True)


@cache
def _values(colour: str) -> tuple[float, ...]:
    from coloraide import Color

    return tuple(Color(colour).convert("oklch").coords(nans=False))


def light(colour: str) -> float:
    """Its lightness, 0 to 1."""
    return _values(colour)[0]


def chroma(colour: str) -> float:
    """How strong it is, from 0 on."""
    return _values(colour)[1]


def hue(colour: str) -> float:
    """Its hue in degrees."""
    return _values(colour)[2]


@cache
def as_seen(colour: str, kind: str) -> str:
    """The colour as a reader sees it: `everyone`, or one of BLINDNESS."""
    from coloraide import Color

    if kind not in BLINDNESS:
        return colour
    return _hex(Color(colour).filter(kind))


def ratio(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    return contrast(rgb_of(one), rgb_of(other))


def apart(one: str, other: str) -> float:
    """The difference of two colours (CIEDE2000)."""
    return difference(rgb_of(one), rgb_of(other))
