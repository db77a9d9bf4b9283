"""What a text says in numbers: each value with what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Bound = Literal["", "<", "≤", ">", "≥", "lower", "upper"]
Sign = Literal["", "−", "±", "?"]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Day:
    """A date; what the text does not say is None."""

    year: int | None
    month: int
    day: int | None

    def agrees(self, other: Day) -> bool:
        """True if nothing that both say differs; a year of two digits is one of this century or the last."""
        years = self.year is None or other.year is None or self.year % 100 == other.year % 100
        return years and self.month == other.month and self.day == other.day


@dataclass(frozen=True, slots=True)
class Limit:
    """What a value is bounded by: not `sure` if the word may be another one, `negated` if the sentence denies.

    `must` is True for what every language says somehow: "at least", "up to". `denied` is True where the sentence
    forbids just this, in English: "do not take more than".
    """

    bound: Bound = ""
    sure: bool = True
    negated: bool = False
    must: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value as a text writes it, with everything that it may mean.

    `values` are its readings in the language, `english` what an English reader reads. `units` are what it may belong to
    (several where the form has several meanings), `sure` is False where the form may be another word; `per` are units
    after a slash. A number in words is `soft`. The sign `?` may be a minus or a hyphen. In a `ratio` it is one of the
    numbers of "1 in 5". `times` are minutes of the day, `half_day` is True where the text does not say which half;
    `days` are the dates that it may be. `parts` are its numbers, one by one, for a text that has them apart.
    """

    written: str
    values: frozenset[Fraction] = frozenset()
    english: Fraction | None = None
    units: frozenset[str] = NONE
    sure: bool = False
    per: frozenset[str] = NONE
    soft: bool = False
    sign: Sign = ""
    limit: Limit = Limit()
    ratio: bool = False
    times: frozenset[int] = frozenset()
    half_day: bool = False
    clock: bool = False
    days: frozenset[Day] = frozenset()
    parts: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The quantities of a text in its order, and the spans that something happens in: `day` of "twice a day"."""

    quantities: tuple[Quantity, ...] = ()
    every: frozenset[str] = NONE
    units: frozenset[str] = field(default=NONE)

    def __bool__(self) -> bool:
        return bool(self.quantities or self.every)


def whole(value: Fraction) -> int | None:
    """The value as an integer, or None."""
    return value.numerator if value.denominator == 1 else None


def shown(value: Fraction) -> str:
    """A value as a finding names it: `1.5`, `1/3`, `1000`."""
    if value.denominator == 1:
        return str(value.numerator)
    decimal = f"{float(value):.6g}"
    return decimal if Fraction(decimal) == value else str(value)


def all_parts(quantities: Iterable[Quantity]) -> list[Quantity]:
    """Each quantity, or the numbers it is made of."""
    return [part for quantity in quantities for part in (quantity.parts or (quantity,))]
