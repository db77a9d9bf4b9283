"""Says which clinics' numbers a text may have typed in it: what is found of typed numbers depends on these alone.

It is asked for each document before anything is parsed. So it looks at the bytes of files, and may find a number where
a reader finds none, but never the other way round. Without it, a new number of one clinic would have every text checked
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from pressroom.catalog.numbers import ascii_digits
from pressroom.data_files import data_table

_NO_DIGIT: Final = re.compile(r"[^0-9]+")
# Digits in tags, also in those with signs in quotation marks, and in addresses of links are between no two of a text.
_PASSED_OVER: Final = tuple(
    map(re.compile, (r"<[^>]*>", r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""", r"\]\([^)]*\)")),
)
_SPELLED: Final[dict[str, str]] = data_table("catalog/checks/phones.toml")["digits"]
_WORD: Final = re.compile("|".join(_SPELLED))
# As YAML and TOML write a sign by its number.
_ESCAPED: Final = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U000([0-9a-fA-F]{5}))")


def runs_of_digits(files: Iterable[bytes]) -> tuple[str, ...]:
    """All digits of these files in order, as they are read in some ways; also those that are spelled in English."""
    return tuple(run for data in files for run in dict.fromkeys(_runs(data.decode(errors="ignore"))))


def numbers_in(runs: Iterable[str], numbers: Iterable[str]) -> frozenset[str]:
    """Those of the numbers that some run of digits has."""
    by_length: dict[int, dict[str, list[str]]] = {}
    for number in numbers:
        digits = _NO_DIGIT.sub("", ascii_digits(number))
        by_length.setdefault(len(digits), {}).setdefault(digits, []).append(number)
    found: set[str] = set()
    for length, known in by_length.items():
        seen = {run[at : at + length] for run in runs for at in range(len(run) - length + 1)}
        found.update(number for digits in known.keys() & seen for number in known[digits])
    return frozenset(found)


def _runs(text: str) -> Iterator[str]:
    for one in dict.fromkeys((text, _ESCAPED.sub(_sign, unescape(text)))):
        for plain in (one, *(pattern.sub("", one) for pattern in _PASSED_OVER)):
            yield _NO_DIGIT.sub("", ascii_digits(plain))
        # A sign that is a letter in capitals only, such as the Kelvin sign, may be in a digit's name.
        yield "".join(_SPELLED[word] for word in _WORD.findall(one.casefold()))


def _sign(escape: re.Match[str]) -> str:
    return chr(int(next(filter(None, escape.groups())), 16))
