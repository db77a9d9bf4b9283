"""One thing that a translation says otherwise, and the words that a finding says it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pressroom.language.quantities.model import Quantity, shown


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a translation says otherwise: the kind, what it does, and the next move."""

    kind: str
    what: str
    hint: str = ""


def value_of(q: Quantity) -> str:
    """The value of a quantity, or what is written."""
    return shown(min(q.values)) if q.values else q.written


def unit_names(units: Iterable[str]) -> str:
    """The names of units, as a finding says them."""
    return " or ".join(sorted(units))


def with_unit(q: Quantity) -> str:
    """A number with its unit."""
    return f"{q.written} {unit_names(q.units)}"


def per_unit(q: Quantity) -> str:
    """What a number is measured by: ` per day`."""
    return f" per {unit_names(q.per)}" if q.per else ""


def limit_words(q: Quantity) -> str:
    """The limit of a quantity, in words."""
    return {"lower": "at least or more than", "upper": "at most or less than"}.get(q.limit.bound, q.limit.bound)


def clock_time(q: Quantity) -> str:
    """The time of a quantity in a clock of 24 hours."""
    minute = min(q.times)
    return f"{minute // 60}:{minute % 60:02}"
