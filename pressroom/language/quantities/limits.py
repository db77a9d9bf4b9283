"""What limits a number: its sign (−, ±) and its bound (<, ≥, "at least", "up to")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, cast

from pressroom.language.quantities.facts import Facts, reading_table
from pressroom.language.quantities.model import Bound, Limit, Sign
from pressroom.language.quantities.numerals import before_space, past_space

_STOPS: Final = re.compile(r"[.;:!?。！？；।။។։](?=[ \u00a0]|$)|[。！？；।။]")
_COUNTED: Final = re.compile(r"[^\W\d_]{1,4}[ \u00a0]?")
_TAG_END: Final = re.compile(r"<[^<>\d ][^<>]*>$")
_SYLLABLES: Final = "\u0e00"
_DENIED: Final = re.compile(
    r"\b(?:do not|don't|never|must not|mustn't|should not|shouldn't)\b"
    r"(?:(?!\b(?:if|until|unless|when|after|before|because|while)\b)[^,;])*$"
)
# How far before its number a word of comparison may be, and how far a sentence is looked at for a negation.
_NEAR: Final = 30
_REACH: Final = 14


def sign_of(text: str, start: int, end: int, last: int, facts: Facts) -> Sign:
    """The sign of the number that begins here; `last` is where the number before it ends."""
    at = before_space(text, start, last)
    before = text[at - 1 : at]
    if before == "±" or text[max(0, at - 3) : at] == "+/-":
        return "±"
    if (before in ("-", "–") and at == start) or before == "−":
        previous = text[at - 2 : at - 1]
        if last and not text[last : at - 1].strip(" \u00a0"):
            # 4 -6 is a range, or an option.
            return "?" if at - 1 > last and at == start else ""
        if previous and (previous in "-–/" or (previous == "." and text[at - 3 : at - 2].isdigit())):
            return ""
        if not previous.isalnum():
            return "−"
        # In scripts without spaces a word may go before the sign, or before a hyphen.
        return "" if previous < "\u0900" else "−" if before == "−" else "?"
    minus = facts.minus_before.ending(text, at)
    if minus is not None and not any(text.endswith(word, last, at) for word in facts.direction):
        return "−"
    if facts.minus_after.after(text, past_space(text, end)) is not None:
        return "−"
    return ""


def limit_of(text: str, start: int, end: int, last: int, facts: Facts) -> Limit:
    """The limit of a number, by a sign or a word before it or behind it."""
    symbol = _symbol(text, start, last)
    if symbol:
        return Limit(symbol)
    for at in _behind(text, end, facts):
        after = facts.bound_after.after(text, at)
        if after is not None:
            return _worded(text, after.text, at, after.edge, facts)
    window = text[max(last, start - _NEAR) : start]
    stops = [match.end() for match in _STOPS.finditer(window)]
    offset = stops[-1] if stops else 0
    found = list(facts.bound_before.finditer(window, offset)) if facts.bound_before else []
    if found and len(window) - found[-1].end() <= _REACH:
        word = found[-1][0]
        begin = max(last, start - _NEAR) + found[-1].start()
        return _worded(text, word, begin, begin + len(word), facts)
    return Limit()


def _behind(text: str, end: int, facts: Facts) -> Iterator[int]:
    """The places where a word of comparison behind a number may begin: at once, or behind what the number counts."""
    at = past_space(text, end)
    yield at
    counted = _COUNTED.match(text, at)
    if facts.joined and counted is not None:
        yield from range(at + 1, counted.end() + 1)


def _worded(text: str, word: str, start: int, end: int, facts: Facts) -> Limit:
    direction = facts.direction_of_word(word)
    if direction not in ("lower", "upper"):
        return Limit()
    first = max((match.end() for match in _STOPS.finditer(text, 0, start)), default=0)
    stop = _STOPS.search(text, end)
    rest = f"{text[first:start]} {text[end : stop.start() if stop else len(text)]}"
    # "Ne prenez pas plus de 4": the denial belongs to the word that was found.
    negated = bool(facts.negation and not facts.negation.search(word) and facts.negation.search(rest))
    # Two letters are a word in scripts of syllables and ideographs alone.
    sure = word not in facts.links and (len(word) > 2 or word > _SYLLABLES)
    denied = facts.tag == "en" and _DENIED.search(text[first:start]) is not None
    return Limit(cast("Bound", direction), sure, negated, word in facts.must, denied)


def _symbol(text: str, start: int, last: int) -> Bound:
    at = before_space(text, start, last)
    # In French a word may follow the sign: < à 31.
    at = at - 2 if text.endswith(" à", last, at) else at
    for symbol, signs in reading_table()["symbols"].items():
        for sign in signs:
            # An arrow, a tag and a quoted line have such signs too.
            if not text.endswith(sign, last, at) or text[at - len(sign) - 1 : at - len(sign)] in ("-", "=", "<", ">"):
                continue
            return "" if sign == ">" and _TAG_END.search(text, 0, at) else cast("Bound", symbol)
    return ""


@cache
def direction_of(bound: Bound) -> str:
    """`lower` or `upper`, for signs and words; empty without a bound."""
    return str(reading_table()["direction"].get(bound, bound))
