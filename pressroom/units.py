"""Lengths with their unit: reads text such as "85.6mm" as a `Length` that adds and compares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_POINTS_PER: Final = {"pt": 1.0, "mm": 72 / 25.4, "in": 72.0}
_WRITTEN = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*(pt|mm|in)")


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A distance on paper, kept in points (1/72 inch)."""

    pt: float

    @classmethod
    def parse(cls, text: str) -> Length:
        """Read "85.6mm", "3.5in" or "12pt".

        Raises:
            ValueError: there is no number, no unit, or another unit.
        """
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a length; write a number and mm, pt or in")
        return cls(float(match[1]) * _POINTS_PER[match[2]])

    @property
    def mm(self) -> float:
        """The same distance in millimetres."""
        return self.pt / _POINTS_PER["mm"]

    def __add__(self, other: Length) -> Length:
        return Length(self.pt + other.pt)

    def __sub__(self, other: Length) -> Length:
        return Length(self.pt - other.pt)

    def __mul__(self, factor: float) -> Length:
        return Length(self.pt * factor)

    def css(self) -> str:
        """The length in CSS; four decimals are 35 nanometres, and are the same on every machine."""
        return f"{round(self.pt, 4):g}pt" if self.pt < 10_000 else f"{self.pt:.2f}pt"


def mm(value: float) -> Length:
    """A length of so many millimetres."""
    return Length(value * _POINTS_PER["mm"])


ZERO: Final = Length(0.0)
