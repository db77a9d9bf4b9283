"""How different two colours look, and their contrast.

CIELAB is under D50, as print is measured (ISO 13655); sRGB is brought there by Bradford's method, as ICC profiles do.
"""

from __future__ import annotations

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import Final

Rgb = tuple[float, float, float]
Lab = tuple[float, float, float]
Xyz = tuple[float, float, float]
_WHITE: Final = (0.96422, 1.0, 0.82521)
# Linear sRGB (IEC 61966-2-1) to XYZ under D50, and back.
_MATRIX: Final = (
    (0.4360747, 0.3850649, 0.1430804),
    (0.2225045, 0.7168786, 0.0606169),
    (0.0139322, 0.0971045, 0.7141733),
)
_BACK: Final = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)


def rgb_of(written: str) -> Rgb:
    """The red, green and blue (0 to 1) of `#rgb` or `#rrggbb`."""
    digits = written.lstrip("#")
    digits = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


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


def _curved(channel: float) -> float:
    """The channel of a screen for so much light, which a screen may not have."""
    light = min(1.0, max(0.0, channel))
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _times(matrix: tuple[Xyz, Xyz, Xyz], values: Xyz) -> Xyz:
    first, second, third = (sum(factor * part for factor, part in zip(row, values, strict=True)) for row in matrix)
    return first, second, third


def rgb_of_xyz(light: Xyz) -> Rgb:
    """The nearest colour that a screen can show."""
    red, green, blue = map(_curved, _times(_BACK, light))
    return red, green, blue


def lab_of(colour: Rgb) -> Lab:
    """A screen's colour in CIELAB."""
    red, green, blue = map(_linear, colour)
    return lab_of_xyz(_times(_MATRIX, (red, green, blue)))


def lab_of_xyz(light: Xyz) -> Lab:
    """A colour in CIELAB."""
    x, y, z = (_cube(value / white) for value, white in zip(light, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def xyz_of_lab(colour: Lab) -> Xyz:
    """The light of a colour in CIELAB."""
    light, a, b = colour
    y = (light + 16) / 116
    parts = (white * _uncube(value) for white, value in zip(_WHITE, (y + a / 500, y, y - b / 200), strict=True))
    first, second, third = parts
    return first, second, third


def _cube(ratio: float) -> float:
    return ratio ** (1 / 3) if ratio > 216 / 24389 else (24389 / 27 * ratio + 16) / 116


def _uncube(value: float) -> float:
    return value**3 if value > 6 / 29 else (116 * value - 16) * 27 / 24389


def difference(one: Rgb, other: Rgb) -> float:
    """The difference of two colours of a screen to the eye, as `lab_difference` gives it."""
    return lab_difference(lab_of(one), lab_of(other))


def lab_difference(one: Lab, other: Lab) -> float:
    """The difference of two colours to the eye: CIEDE2000 (ISO/CIE 11664-6); 1 is just seen, 10 at a glance."""
    (l1, a1, b1), (l2, a2, b2) = one, other
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
