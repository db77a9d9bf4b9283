"""Checks that a translation has the numbers of the English, in any digits, and no phone number typed by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import Pair, words_of
from pressroom.catalog.numbers import ascii_digits, english_word_numbers, value, written_numbers
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import Language, number_signs

_SPACED: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def check_numbers(pair: Pair) -> Iterator[Diagnostic]:
    """The same multiset of values; a number the English writes as a word may be digits here."""
    lost, extra = number_differences(pair)
    if not lost and not extra:
        return
    said = [f"lacks {', '.join(sorted(lost.elements()))}"] if lost else []
    said += [f"has {', '.join(sorted(extra.elements()))} too many"] if extra else []
    hint = "write the same numbers; if one is right as a word, a reviewer signs a waiver"
    yield pair.finding("number-changed", " and ".join(said), hint)


def number_differences(pair: Pair) -> tuple[Counter[str], Counter[str]]:
    """The values that the translation lacks, and those it has too many."""
    if not any(map(str.isnumeric, pair.english)) and not any(map(str.isnumeric, pair.text)):
        return Counter(), Counter()
    source, target = words_of(pair.source), words_of(pair.target)
    lost, extra = _differences(source, target, pair.language)
    if lost and extra and number_signs(pair.language.tag)[1].isspace():
        return min((lost, extra), _differences(source, _SPACED.sub("\u00a0", target), pair.language), key=_size)
    return lost, extra


def _differences(source: str, target: str, language: Language) -> tuple[Counter[str], Counter[str]]:
    wanted, found = Counter(written_numbers(source)), Counter(written_numbers(target))
    # What is written alike is alike, whichever sign the language has for decimals: US Spanish writes 1.5 and 1,000.
    missing, added = wanted - found, found - wanted
    lost = Counter(value(number) for number in missing.elements())
    extra = Counter(value(number, *number_signs(language.tag)) for number in added.elements())
    both = lost & extra
    return lost - both, extra - both - english_word_numbers(source)


def _size(differences: tuple[Counter[str], Counter[str]]) -> int:
    return sum(map(len, differences))


# Seven digits or more with what people write between them: 801-555-0100, (801) 555 0100, 1 800 222-1222.
_PHONE: Final = re.compile(r"(?<![\d.,])\+?\(?\d(?:[\s().\-‐‑–/\u00a0\u202f]{0,2}\d){6,14}(?![\d.,]\d)")
_SHORT: Final = re.compile(r"(?<![\d.,:/A-ZＡ-Ｚ])(?<!\d[\s\u00a0\u202f])\d{3,4}(?![\d:/]|[.,]\d)")
# A date is no phone number, though it has as many digits.
_DATE: Final = re.compile(r"(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4})(?:\s\d{1,2})?")
_SAME: Final = re.compile(r"\D")


def check_phones(pair: Pair) -> Iterator[Diagnostic]:
    """No emergency or phone number that the English does not have in digits."""
    if not any(map(str.isdecimal, pair.text)):
        return
    source, target = (ascii_digits(words_of(inline)) for inline in (pair.source, pair.target))
    for number in sorted(_typed(source, target)):
        name = next((n for n in ("{emergency}", "{phone}") if n in pair.english), "a placeholder")
        what = f"has the phone number {number} typed by hand"
        yield pair.finding("phone-typed", what, f"write {name}; the number follows the country of use")


def _typed(source: str, target: str) -> set[str]:
    known = {_SAME.sub("", number) for number in _PHONE.findall(source)}
    found = {number.strip() for number in _PHONE.findall(target) if _SAME.sub("", number) not in known}
    there = Counter(written_numbers(source))
    # A date and an hour of the English, in another order, are not a typed phone number.
    phones = {n for n in found if not _DATE.fullmatch(n) and Counter(written_numbers(n)) - there}
    # In English, the 100 of "20 mg/100 ml" counts too, whatever is before it.
    short = Counter(_SHORT.findall(target)) - there
    return phones | {number for number in short if number in _emergency_numbers()}


@cache
def _emergency_numbers() -> frozenset[str]:
    table = data_table("catalog/checks/phones.toml")
    return frozenset(table["emergency"])
