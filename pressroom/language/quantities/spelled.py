"""Finds numbers that a text spells digit by digit, as people say telephone numbers: `nine one one`, `九一一`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pressroom.language.quantities.facts import facts_of
from pressroom.language.quantities.numerals import HAN_DIGITS, Numeral, in_han, in_words
from pressroom.language.quantities.plain import plain

_LEAST: Final = 3
_BETWEEN: Final = re.compile(r"[ \u00a0,،、.·–-]{1,3}")


@lru_cache(maxsize=16384)
def spelled_numbers(text: str, tag: str) -> tuple[str, ...]:
    """Each number of three digits or more that a text without markup spells in words, in ASCII digits."""
    simple, facts = plain(text), facts_of(tag)
    han = [number.written for number in in_han(simple, facts) if HAN_DIGITS.keys() >= {*number.written}]
    spelled = ["".join(str(HAN_DIGITS[sign]) for sign in written) for written in han]
    words = sorted(in_words(simple, facts), key=lambda number: number.start)
    return tuple(number for number in (*spelled, *_runs(words, simple, joined=facts.joined)) if len(number) >= _LEAST)


def _runs(words: list[Numeral], text: str, *, joined: bool) -> Iterator[str]:
    """The digits of words that follow each other."""
    run, end = "", 0
    for word in words:
        digit = next((str(value) for value in word.values if value in range(10)), "")
        gap = text[end : word.start]
        if not digit or not (_BETWEEN.fullmatch(gap) or (joined and not gap)):
            yield run
            run = ""
        run, end = run + digit, word.end
    yield run
