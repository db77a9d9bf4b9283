"""Checks that what a clinic gives as a telephone number is one number that a telephone can dial."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pressroom.data_files import data_table

# Digits are ASCII on every piece: staff and telephones read no others.
_NUMBER: Final = re.compile(r"[+(]?[0-9][0-9 ()./-]*(?P<extension> x[0-9]{1,6})?")
_BETWEEN: Final = re.compile(r"[,;|&\n]|\b(?:or|and)\b", re.IGNORECASE)
_WRITE: Final = "write ASCII digits, spaces, hyphens; an extension as 555-0100 x21"
# The longest number of all countries has 15 digits (ITU-T E.164), 18 with the international prefix.
_MOST_DIGITS: Final = 18
# What comes before a slash is an area code, which is shorter than a number; longer with its country's code.
_AREA_AT_LEAST: Final = 3
_AREA: Final = 5
_AREA_WITH_COUNTRY: Final = 8


def number_fault(number: str, *, emergency: bool) -> tuple[str, str] | None:
    """What is wrong with a number, for a sentence about it, and what to write; None if it can be dialled."""
    match = _NUMBER.fullmatch(number)
    if _is_several(number):
        several = "is more than one number: a telephone would dial them joined together"
        return several, "write the one number that people call; a clinic elsewhere has a table of its own"
    if match is None or (emergency and match["extension"]):
        return "is not a telephone number", _WRITE
    return None


def _is_several(written: str) -> bool:
    """True for two numbers side by side; `030/1234567` is one, with its area code."""
    number = written.partition(" x")[0]
    if sum(any(map(str.isdigit, part)) for part in _BETWEEN.split(number)) > 1:
        return True
    first, *others = (re.sub(r"\D", "", part) for part in number.split("/"))
    area = _AREA_WITH_COUNTRY if number.startswith("+") else _AREA
    short = {one for one in (first, *others) if one in _short_numbers() or len(one) < _AREA_AT_LEAST}
    if others and (len(others) > 1 or len(first) > area or short):
        return True
    groups = re.findall(r"\d+", number)
    return _is_twice(number.split()) or (len(groups) > 1 and _short_numbers().issuperset(groups))


@cache
def _short_numbers() -> frozenset[str]:
    """The numbers that people call for help, in any country: each is whole by itself."""
    return frozenset(data_table("catalog/checks/phones.toml")["emergency"])


def _is_twice(blocks: list[str]) -> bool:
    """True for `555-0100 555-0101`: blocks of one shape, each long enough for a number; or for far too many digits."""
    shapes = {re.sub(r"\d", "0", block) for block in blocks}
    whole = len(blocks) > 1 and len(shapes) == 1 and blocks[0].count("-") > 0 and len(blocks[0]) > _AREA
    return whole or sum(map(str.isdigit, "".join(blocks))) > _MOST_DIGITS
