"""Checks that the English types no telephone or emergency number: each follows the clinic and the country of use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pressroom.catalog.checks.phones import DATE, bare_digits, emergency_numbers
from pressroom.content import Message
from pressroom.content.inline import parse_inline, words_of
from pressroom.content.words import small_words
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, diagnostic
from pressroom.project import Clinic

_TABLE: Final = data_table("catalog/checks/phones.toml")
# Seven digits or more with what people write between them; not a sum with its thousands apart.
_PHONE: Final = re.compile(r"(?<![\d.,/])\+?\(?\d(?:[\s().\-‐‑–\u00a0\u202f]{0,2}\d){6,14}(?![\d.,]\d)")
_SUM: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_YEARS: Final = re.compile(r"(?:19|20)\d\d\s?[-‐‑–]\s?(?:19|20)\d\d")
# Three or four digits alone, also as 9-1-1: no dose, no range, no time, no share, no part of a number.
_BEFORE: Final = r"(?<![\w.,:/\-‐‑–−<>≥≤±])(?<!\d[ \u00a0\u202f])"
_NUMBER: Final = r"(\d{3,4}|\d(?:[-‐‑ \u00a0.]\d){2,3})"
_AFTER: Final = r"(?![\w/%°:]|[.,]\d|[ \u00a0\u202f]\d{{3}}|[-‐‑–]\d|\s?(?:{})\b)".format("|".join(_TABLE["units"]))
_SHORT: Final = re.compile(_BEFORE + _NUMBER + _AFTER, re.I)
_CALLS: Final = re.compile(
    r"\b(?:{})(?:\s+(?:{}))*[\s:]*\Z".format("|".join(_TABLE["call"]), "|".join(_TABLE["between"])), re.I
)
_DIGITS: Final[dict[str, str]] = _TABLE["digits"]
_DIGIT: Final = re.compile(r"\d")
# People write 1-{phone}; nothing belongs before an emergency number, and no digit right beside either.
_BESIDE: Final = re.compile(
    r"\d[*]*\{(?:phone|emergency)\}|\{(?:phone|emergency)\}[*]*\d|\d[*]*[ \u00a0-][*]*\{emergency\}"
)
_SPOKEN: Final = re.compile(r"\b(?:{0})(?:[-‐‑\s]+(?:{0})){{2,}}\b".format("|".join(_DIGITS)), re.I)


def check_typed_numbers(messages: Iterable[Message], clinics: Iterable[Clinic]) -> Iterator[Diagnostic]:
    """A finding for each number of the English that is a clinic's, or shaped like one, or known for emergencies."""
    clinics = tuple(clinics)
    phones = {bare_digits(clinic.phone) for clinic in clinics} - {""}
    emergency = {bare_digits(clinic.emergency) for clinic in clinics} - {""}
    for message in dict.fromkeys(messages):
        text = words_of(parse_inline(message.msgid), "\ufffc")
        if (beside := _BESIDE.search(message.msgid)) is not None:
            hint = "put a word between the two, or take the digit out"
            what = f"has {beside[0]}, which is printed as another number"
            yield diagnostic("phone-altered", message.span, what, hint)
        links = [link.removeprefix("tel:") for link in message.links if link.startswith("tel:")]
        for number, name in dict.fromkeys((*_typed(text, phones, emergency), *((link, "phone") for link in links))):
            what = f"{number!r} is typed by hand, and would be printed for every clinic"
            yield diagnostic("phone-typed", message.span, what, _what_to_write(number, name, phones | emergency))


def _what_to_write(number: str, name: str, known: set[str]) -> str:
    """The words to write, and where the number belongs if no clinic has it."""
    hint = f"write {{{name}}} in its place: the number follows the clinic and the country of use"
    if bare_digits(number) in known or not _DIGIT.search(number):
        return hint
    return f'{hint}; if it is the clinic\'s, write {name} = "{number}" in source/clinics.toml'


def _typed(text: str, phones: set[str], emergency: set[str]) -> Iterator[tuple[str, str]]:
    if _DIGIT.search(text):
        yield from _typed_digits(text, phones, emergency)
    # A letter beyond ASCII may be an ASCII letter in capitals.
    if text.isascii() and _DIGITS.keys().isdisjoint(small_words(text)):
        return
    for match in _SPOKEN.finditer(text):
        digits = "".join(_DIGITS[word.casefold()] for word in re.split(r"[-‐‑\s]+", match[0]))
        if digits in emergency or digits in emergency_numbers() or digits in phones:
            yield match[0], "emergency"


def _typed_digits(text: str, phones: set[str], emergency: set[str]) -> Iterator[tuple[str, str]]:
    for match in _PHONE.finditer(text):
        number = match[0].strip()
        if not any(shape.fullmatch(number) for shape in (_SUM, DATE, _YEARS)):
            yield number, "phone"
    for match in _SHORT.finditer(text):
        digits = bare_digits(match[1])
        called = digits in emergency_numbers() and _CALLS.search(text[: match.start()])
        if digits in phones:
            yield match[1], "phone"
        elif called or digits in emergency or digits in _TABLE["always"]:
            yield match[1], "emergency"
