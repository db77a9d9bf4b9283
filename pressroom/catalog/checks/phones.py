"""Checks that no phone number was typed into a translation by hand, and that none becomes another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import Pair, named
from pressroom.catalog.numbers import ascii_digits, written_numbers
from pressroom.content.inline import Inline
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.language.quantities import numbers_in_words, read_quantities, spelled_numbers, whole_numbers

# Seven digits or more with what people write between them: 801-555-0100, (801) 555 0100, 1 800 222-1222.
_PHONE: Final = re.compile(r"(?<![\d.,])\+?\(?\d(?:[\s().\-‐‑–/\u00a0\u202f]{0,2}\d){6,14}(?![\d.,]\d)")
_SHORT: Final = re.compile(r"(?<![\d.,٬٫'’:/A-ZＡ-Ｚ])(?<!\d[\s\u00a0\u202f])\d{3,4}(?![\d:/]|[.,]\d)")
# A date is no phone number, though it has as many digits.
DATE: Final = re.compile(r"(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4})(?:\s\d{1,2})?")
# Hours, as in 08.00–17.00.
_HOURS: Final = re.compile(r"(?:[01]?\d|2[0-4])([.:])[0-5]\d\s?[-–]\s?(?:[01]?\d|2[0-4])\1[0-5]\d")
# Fewer may be counting: one, two, three.
_PHONE_DIGITS: Final = 7
_NO_DIGIT: Final = re.compile(r"\D")
# What makes another number of the one that is printed: 1{emergency} would be 1911, {phone}-5 an extension.
_BEFORE: Final = re.compile(r"(?:\d[ \u00a0\u202f./‐‑–−-]{0,2}|[+#*])\{(?:emergency|phone)\}")
_SPACED: Final = re.compile(r"\{(?:emergency|phone)\}[ \u00a0\u202f](?=\d)")
_BEHIND: Final = re.compile(r"\{(?:emergency|phone)\}(?:[ \u00a0\u202f/‐‑–−-]{0,2}|[.,])\d")


def check_phones(pair: Pair) -> Iterator[Diagnostic]:
    """No emergency or phone number that the English does not have, in digits or spelled in words."""
    typed = {*_spelled(pair)}
    if any(map(str.isdecimal, pair.text)):
        typed |= _typed(ascii_digits(pair.source_words), ascii_digits(pair.target_words))
    for number in sorted(typed):
        name = next((n for n in ("{emergency}", "{phone}") if n in pair.english), "a placeholder")
        what = f"has the phone number {number} typed by hand"
        yield pair.finding("phone-typed", what, f"write {name}; the number follows the country of use")


def _spelled(pair: Pair) -> Iterator[str]:
    """Telephone and emergency numbers that the translation spells in its words or in English ones."""
    spelled = {*spelled_numbers(pair.target_words, pair.language.tag), *spelled_numbers(pair.target_words, ENGLISH)}
    if not spelled:
        return
    written = [bare_digits(number) for number in written_numbers(pair.source_words)]
    # The English may count: 1, 2, 3.
    known = {*spelled_numbers(pair.source_words, ENGLISH), *written, "".join(n for n in written if len(n) == 1)}
    yield from (n for n in spelled - known if len(n) >= _PHONE_DIGITS or n in emergency_numbers())


def check_beside_phones(pair: Pair) -> Iterator[Diagnostic]:
    """Nothing beside a telephone number that makes another one of it, if the English has nothing there.

    A quantity of the English that has its unit behind it may follow: `{phone} 24 horas al día`.
    """
    source, target = _with_names(pair.source), _with_names(pair.target)
    for pattern in (_BEFORE, _BEHIND):
        found = pattern.search(target)
        if found is None or pattern.search(source) or (pattern is _BEHIND and _all_have_units(pair, target)):
            continue
        hint = "put a word or a comma between the two, or take the digit out"
        yield pair.finding("phone-altered", f"has {named(found[0])}, which reads as another number", hint)


def _all_have_units(pair: Pair, target: str) -> bool:
    """True if all that follows a telephone number in digits is a space and a quantity of the English with its unit."""
    known = [one for one in read_quantities(pair.source_words, ENGLISH).quantities if one.units]
    spaced = [target[found.end() :] for found in _SPACED.finditer(target)]
    firsts = [next(iter(read_quantities(rest, pair.language.tag).quantities), None) for rest in spaced]
    return len(spaced) == len(_BEHIND.findall(target)) and all(
        first is not None
        and first.sure
        and ascii_digits(rest).startswith(ascii_digits(first.written))
        and any(first.values & one.values and first.units & one.units for one in known)
        for rest, first in zip(spaced, firsts, strict=True)
    )


def _with_names(inline: Inline) -> str:
    """The words that are printed, with the name of each placeholder in braces."""
    return "".join(f"{{{run.placeholder}}}" if run.placeholder else run.text for run in inline.runs)


def _typed(source: str, target: str) -> set[str]:
    known = {bare_digits(number) for number in _PHONE.findall(source)} | set(whole_numbers(source, ENGLISH))
    found = {number.strip() for number in _PHONE.findall(target) if bare_digits(number) not in known}
    # A number that the English has as a word (one in one hundred) may be digits here.
    there = Counter(written_numbers(source)) + Counter(numbers_in_words(source, ENGLISH))
    # A date and an hour of the English, in another order, are not a typed phone number.
    phones = {
        n for n in found if not (DATE.fullmatch(n) or _HOURS.fullmatch(n)) and Counter(written_numbers(n)) - there
    }
    # In English, the 100 of "20 mg/100 ml" counts too, whatever is before it.
    short = Counter(_SHORT.findall(target)) - there
    return phones | {number for number in short if number in emergency_numbers()}


def bare_digits(number: str) -> str:
    """The digits of a number, without what people write between them."""
    return _NO_DIGIT.sub("", number)


@cache
def emergency_numbers() -> frozenset[str]:
    """The numbers that people call for help, in any country."""
    return frozenset(data_table("catalog/checks/phones.toml")["emergency"])
