"""Finds the numbers in a text of any script, so that they can be compared between languages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Final

from pressroom.data_files import data_table

_NUMBER: Final = re.compile(r"\d+(?:[.,'’٫٬\u00a0\u202f]\d+)*")
_WORD: Final = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_SPACES: Final = "\u00a0\u202f "


def ascii_digits(text: str) -> str:
    """The text with every digit, of any script or form (٩, ९, ９, ⁹, ½), as ASCII digits."""
    return text if text.isascii() else text.translate(_DIGITS)


class _Digits(dict[int, str]):
    """What each sign becomes, found when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


_DIGITS: Final = _Digits()


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "No":
        # A space before it keeps 1½ from becoming eleven halves.
        return " " + unicodedata.normalize("NFKC", character).replace("\u2044", "/")
    return character


def written_numbers(text: str) -> list[str]:
    """The numbers of a text as they are written, digits in ASCII: `4.5`, `1,000`, `10` and `20` of `10–20`."""
    return _NUMBER.findall(ascii_digits(text))


def value(written: str, decimal: str = ".", group: str = ",") -> str:
    """A number's value as plain digits with a point; a number that is not grouped in threes keeps all its parts."""
    text = written.replace("٫", ".").replace("٬", "") if "٫" in written or "٬" in written else written
    if text is not written:
        decimal, group = ".", ","
    whole, _, fraction = text.partition(decimal)
    groups = re.split(f"[{re.escape(group)}{_SPACES}'’]", whole)
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or groups[0] == "0" or any(len(g) != 3 for g in groups[1:])):
        return text
    if fraction and not fraction.isdigit():
        return text
    digits = "".join(groups).lstrip("0") or "0"
    return f"{digits}.{fraction.rstrip('0')}".rstrip(".") if fraction else digits


def turning_words(text: str) -> Counter[str]:
    """The words of an English text that turn its meaning or change a dose, its numbers among them."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    table = _turning()
    # The number says whether it is one tablet or two: a plural alone changes nothing.
    single = (word if word in table else word.removesuffix("s") for word in words)
    return Counter(word for word in single if word in table) + Counter(map(value, written_numbers(text)))


@cache
def _turning() -> frozenset[str]:
    table = data_table("catalog/english.toml")
    return frozenset((*table["negations"], *table["opposites"], *table["numbers"]))
