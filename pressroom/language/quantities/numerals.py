"""Finds the numbers of a plain text: in digits, with the language's separators, as fractions, in Han, in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from pressroom.language.quantities.facts import Facts

_DIGITS: Final = re.compile(
    # 1 1/2, 1/2 and 24/7; a date or a path has more of them.
    r"(?P<mixed>(?<![\d.,/])\d{1,3}[ \u00a0-]\d{1,2}/\d{1,3}(?![\d/]|[.,]\d))"
    r"|(?P<fraction>(?<![\d.,/])\d{1,3}/\d{1,3}(?![\d/]|[.,]\d))"
    # 10 000 with ordinary spaces may be two numbers.
    r"|(?P<spaced>(?<![\d.,:/] )(?<![\d.,:/])[1-9]\d{0,2}(?: \d{3})+(?![\d:/]| \d|[.,]\d{1,2}:))"
    r"|(?P<number>\d+(?:[.,'٫٬،\u00a0]\d+)*)"
)
_NAKED: Final = re.compile(r"(?:^|(?<=[ \u00a0(<>≤≥~–-]))[.,٫]$")
HAN_DIGITS: Final = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_HAN_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS: Final = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8}
_HAN: Final = re.compile("[〇零一二三四五六七八九十百千万萬億亿两兩]+")
_GROUPS: Final = re.compile(r"[1-9]\d{0,2}(?:\D\d{3})+")
_INDIAN: Final = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")
_ROMAN: Final = re.compile(r"(?<![A-Za-z])(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![A-Za-z])")
_ROMAN_SIGNS: Final = re.compile("[\u2160-\u216b]")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10}
# Shorter words of scripts without spaces are in others: ห้า, five, is in ห้าม, "do not".
_LONG: Final = 4
_SPACES: Final = " \u00a0"
# No number that people read is longer, and Python refuses to read one of thousands of digits: its first ones are read.
_DIGITS_READ: Final = 100


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at its place; `numbers` are those that it is made of, `counts` is the unit that a word counts."""

    start: int
    end: int
    written: str
    values: frozenset[Fraction]
    english: Fraction | None = None
    numbers: tuple[str, ...] = ()
    soft: bool = False
    counts: str = ""


def in_digits(text: str, facts: Facts) -> Iterator[Numeral]:
    """The numbers that are written in digits, with what multiplies them: `1万`, `2 million`."""
    for match in _DIGITS.finditer(text):
        start, end, written = match.start(), match.end(), match[0]
        if len(written) > _DIGITS_READ:
            digits = re.sub(r"\D", "", written)[:_DIGITS_READ]
            yield Numeral(start, end, written[:_DIGITS_READ], frozenset({Fraction(digits)}))
            continue
        numbers: tuple[str, ...] = ()
        english: Fraction | None = None
        if match.lastgroup == "number":
            numbers = _listed(written, facts)
            if start and text[start - 1] in ".,٫" and _NAKED.search(text, max(0, start - 2), start):
                start, written = start - 1, f"0{text[start - 1]}{written}"
            values, english = _readings(written, facts)
        elif match.lastgroup == "spaced":
            values, numbers = frozenset({Fraction(written.replace(" ", ""))}), tuple(written.split(" "))
        else:
            values, numbers = _fraction(written, facts)
        scale = (
            _scale(text, end, facts)
            if not (start and text[start - 1].isascii() and text[start - 1].isalpha())
            else None
        )
        while scale is not None:
            end, times = scale
            scale = _scale(text, end, facts) if end - start < _DIGITS_READ else None
            bare = values if text[start:end].endswith(tuple(facts.words.endings)) else frozenset()
            values, english, numbers = frozenset(v * times for v in values) | bare, None, ()
        yield Numeral(start, end, text[start:end].strip(), values, english, numbers)


def _listed(written: str, facts: Facts) -> tuple[str, ...]:
    """The numbers of `7,11` where the comma is not the language's decimal sign: it may be a list."""
    if facts.decimal == "," or not re.fullmatch(r"\d+(?:[,،]\d+)+", written) or _GROUPS.fullmatch(written):
        return ()
    return tuple(re.split("[,،]", written))


def _scale(text: str, end: int, facts: Facts) -> tuple[int, int] | None:
    """Where a word that multiplies the number before it ends, and by how much."""
    at = end + 1 if text[end : end + 1] in (" ", "\u00a0") else end
    found = facts.words.scale.after(text, at)
    if found is None:
        return None
    unit = facts.units.after.after(text, at)
    # 千克 is a kilogram, not a thousand.
    if unit is not None and unit.edge > found.edge:
        return None
    return found.edge, int(next(iter(found.meanings)))


def _fraction(written: str, facts: Facts) -> tuple[frozenset[Fraction], tuple[str, ...]]:
    numbers = tuple(re.split(r"[ \u00a0/-]", written))
    *rest, over, under = map(int, numbers)
    if not under:
        return frozenset(), numbers
    values = {sum(rest) + Fraction(over, under)}
    if facts.slash_decimal and not rest:
        values.add(Fraction(f"{over}.{numbers[-1]}"))
    return frozenset(values), numbers


def _readings(written: str, facts: Facts) -> tuple[frozenset[Fraction], Fraction | None]:
    """What the language's readers may read, and what an English reader reads."""
    if written.isdigit():
        return _whole(written)
    english = _value(written, ".", ",")
    own = _value(written, facts.decimal, facts.group)
    values = {own} if own is not None else {english}
    if facts.either_separator or own is None:
        values |= {english, _value(written, ",", "."), _value(written, "٫", "٬"), _value(written, "،", ",")}
    return frozenset(value for value in values if value is not None), english


@lru_cache(maxsize=4096)
def _whole(digits: str) -> tuple[frozenset[Fraction], Fraction]:
    value = Fraction(digits)
    return frozenset({value}), value


@lru_cache(maxsize=4096)
def _value(written: str, decimal: str, group: str) -> Fraction | None:
    """The value of digits with separators, or None if they can't be read so."""
    if "٫" in written or "٬" in written:
        decimal, group = "٫", "٬"
    if _INDIAN.fullmatch(written):
        return Fraction(written.replace(",", ""))
    if decimal == "," and re.fullmatch(r"\d+'\d{1,2}", written):
        return Fraction(written.replace("'", "."))
    whole, sign, rest = written.partition(decimal)
    if sign and not rest.isdigit():
        return None
    if not whole.isdigit():
        parts = set(re.sub(r"\d", "", whole))
        if len(parts) != 1 or not _GROUPS.fullmatch(whole) or not parts <= {group, "\u00a0", "'"} - {decimal}:
            return None
        whole = re.sub(r"\D", "", whole)
    return Fraction(f"{whole}.{rest}") if sign else Fraction(whole)


def in_words(text: str, facts: Facts) -> Iterator[Numeral]:
    """Numbers in words. Where words join without a space, one is a number only before a unit."""
    if facts.words.pattern is None:
        return
    for match in facts.words.pattern.finditer(text):
        value, counts = facts.words.value(match[0])
        if not counts and facts.joined and not _counts(text, match.start(), match.end(), facts):
            continue
        yield Numeral(match.start(), match.end(), match[0], frozenset({value}), soft=True, counts=counts)
    if facts.joined:
        return
    yield from _glued(text, facts)


def _counts(text: str, start: int, end: int, facts: Facts) -> bool:
    """True if a word is a number: it is long, or a unit follows it, or it has no letter beside it."""
    if end - start >= _LONG:
        return True
    alone = not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha() and start > 0
    return alone or facts.units.after.after(text, past_space(text, end)) is not None


def _glued(text: str, facts: Facts) -> Iterator[Numeral]:
    """Words that a unit follows at once: `zweimal`, `dreitägig`."""
    for match in re.finditer(r"[^\W\d_]{4,}", text) if facts.tag == "de" else ():
        for length in range(len(match[0]) - 2, 2, -1):
            word = match[0][:length]
            found = facts.words.values.get(word)
            if found is None:
                continue
            at = match.start() + length
            if facts.units.after.after(text, at) is not None:
                yield Numeral(match.start(), at, word, frozenset({found[0]}), soft=True)
            break


def in_han(text: str, facts: Facts) -> Iterator[Numeral]:
    """Han numerals: 两次, 二十, 第三条. One of several signs ends where a unit begins (三十分)."""
    for match in _HAN.finditer(text) if facts.han else ():
        if match.start() and text[match.start() - 1].isdigit():
            continue
        start, end = match.span()
        if end - start > _DIGITS_READ:
            end = start + _DIGITS_READ
        for shorter in range(end, start, -1):
            if facts.units.after.after(text, past_space(text, shorter)) or facts.clock.hour.after(text, shorter):
                end = shorter
                break
        yield Numeral(start, end, text[start:end], frozenset({Fraction(_han(text[start:end]))}), soft=True)


def _han(written: str) -> int:
    total = section = digit = 0
    if not any(c in _HAN_POWERS or c in _HAN_MYRIADS for c in written):
        return int("".join(str(HAN_DIGITS[c]) for c in written))
    for sign in written:
        if sign in HAN_DIGITS:
            digit = HAN_DIGITS[sign]
        elif sign in _HAN_POWERS:
            section += (digit or 1) * _HAN_POWERS[sign]
            digit = 0
        else:
            total += (section + digit or 1) * _HAN_MYRIADS[sign]
            section = digit = 0
    return total + section + digit


def roman_values(text: str) -> Iterator[tuple[str, Fraction]]:
    """Roman numerals of two capitals or more, and Unicode's own: Level II, Ⅲ度."""
    for match in _ROMAN.finditer(text):
        digits = [_ROMAN_DIGITS[sign] for sign in match[0]]
        value = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
        yield match[0], Fraction(value)
    for sign in _ROMAN_SIGNS.findall(text):
        yield sign, Fraction(int(unicodedata.numeric(sign)))


def before_space(text: str, at: int, least: int = 0) -> int:
    """The place before the spaces that end here, not before `least`."""
    while at > least and text[at - 1] in _SPACES:
        at -= 1
    return at


def past_space(text: str, at: int) -> int:
    """The place after one or two spaces, or a hyphen, behind a number."""
    end = at
    while end < len(text) and end < at + 2 and text[end] in _SPACES:
        end += 1
    if end == at and text[at : at + 1] in ("-", "–") and text[at + 1 : at + 2].isalpha():
        end += 1
    return end
