"""How different two colours look: a screen's, and what four inks print."""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final

Rgb = tuple[float, float, float]
Lab = tuple[float, float, float]
# D65, the white of sRGB (IEC 61966-2-1).
_WHITE: Final = (0.95047, 1.0, 1.08883)
_MATRIX: Final = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)


def rgb_of(written: str) -> Rgb:
    """The red, green and blue (0 to 1) of `#rgb` or `#rrggbb`."""
    digits = written.lstrip("#")
    digits = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def rgb_of_inks(cyan: float, magenta: float, yellow: float, black: float) -> Rgb:
    """About what inks (0 to 1) look like: each takes its share of the paper's light, and black of what is left.

    A print shop's profile knows better; this is enough to tell teal from purple.
    """
    red, green, blue = ((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow))
    return red, green, blue


def inks_of(colour: Rgb) -> tuple[float, float, float, float]:
    """Inks (0 to 1) that look about like a colour, with as much black as it has."""
    light = max(colour)
    if light == 0:
        return 0.0, 0.0, 0.0, 1.0
    red, green, blue = (1 - channel / light for channel in colour)
    return red, green, blue, 1 - light


def hex_of(colour: Rgb) -> str:
    """A colour as `#rrggbb`."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def lab_of(colour: Rgb) -> Lab:
    """A colour in CIELAB, under D65."""
    linear = list(map(_linear, colour))
    sums = (sum(factor * channel for factor, channel in zip(row, linear, strict=True)) for row in _MATRIX)
    x, y, z = (_cube(value / white) for value, white in zip(sums, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube(ratio: float) -> float:
    return ratio ** (1 / 3) if ratio > 216 / 24389 else (24389 / 27 * ratio + 16) / 116


def difference(one: Rgb, other: Rgb) -> float:
    """The difference of two colours to the eye: CIEDE2000 (ISO/CIE 11664-6); 1 is just seen, 10 at a glance."""
    (l1, a1, b1), (l2, a2, b2) = lab_of(one), lab_of(other)
    chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * sqrt(chroma**7 / (chroma**7 + 25**7))
    c1, c2 = hypot(a1 * stretch, b1), hypot(a2 * stretch, b2)
    h1, h2 = degrees(atan2(b1, a1 * stretch)) % 360, degrees(atan2(b2, a2 * stretch)) % 360
    turn = 0.0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weight = 1 - 0.17 * _cos(hue - 30) + 0.24 * _cos(2 * hue) + 0.32 * _cos(3 * hue + 6) - 0.20 * _cos(4 * hue - 63)
    lightness = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    colourful = (c2 - c1) / (1 + 0.045 * chroma)
    hued = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    bend = 2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(lightness**2 + colourful**2 + hued**2 - bend * colourful * hued)


def _cos(angle: float) -> float:
    return cos(radians(angle))
