"""Checks the values of a style's declarations, one token at a time, against the kinds of value that it may have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import tinycss2

_HEX: Final = re.compile(r"(?:[0-9a-f]{3}){1,2}", re.I)
_MATHS: Final = frozenset({"calc", "min", "max", "clamp"})
_LENGTHS: Final = frozenset({"length", "offset", "size"})
# What separates page numbers in a margin, and the signs that isolate them. Other signs say something: `5` or `-5`.
_SEPARATORS: Final = frozenset(" /·|–—()\u00a0\u2066\u2067\u2068\u2069")
# The bullets of a list, and what ends its numbers.
_BULLETS: Final = frozenset(" •◦▪▫‣·.)\u00a0")
# The smallest type on a screen, by unit.
_SMALLEST: Final = {"em": 0.75, "rem": 0.75, "px": 12.0, "pt": 9.0, "%": 75.0}
_COUNTERS: Final = {"decimal"}
_PAGE_COUNTERS: Final = frozenset({"page", "pages"})


def value_fault(kinds: Sequence[str], value: Sequence[Any], *, margin_box: bool, moves: bool) -> str:
    """What is wrong in a value, in words; empty if it is of these kinds. `moves` allows lengths below zero."""
    if "content" in kinds:
        return _content_fault(value, margin_box=margin_box)
    for token in _solid(value):
        if not _is_of(kinds, token, moves=moves):
            return _written(token)
    return ""


def custom_value_fault(value: Sequence[Any]) -> str:
    """What in the value of a custom property is neither a length nor a colour; empty if nothing is."""
    for token in _solid(value):
        if not _is_of(("length", "colour"), token, moves=True):
            return _written(token)
    return ""


def screen_fault(name: str, value: Sequence[Any]) -> str:
    """What on a screen would make words too small or lay lines on each other, where no page can be measured."""
    for token in _solid(value):
        if token.type == "function" and any(part == "-" for part in token.arguments):
            return "a difference may be below zero"
        smallest = _SMALLEST.get("%" if token.type == "percentage" else getattr(token, "lower_unit", ""), 0.0)
        if name in ("font", "font-size") and token.type in ("dimension", "percentage") and token.value < smallest:
            return f"{_written(token)} is too small to read"
        if name == "line-height" and token.type == "number" and token.value < 1:
            return f"{_written(token)} lays lines on each other"
    return ""


def _written(token: Any) -> str:  # noqa: ANN401  tinycss2 publishes no types
    return str(tinycss2.serialize([token])).strip()


def _solid(value: Sequence[Any]) -> list[Any]:
    return [token for token in value if token.type not in ("whitespace", "comment")]


def _is_of(kinds: Sequence[str], token: Any, *, moves: bool) -> bool:  # noqa: ANN401
    if token.type == "ident":
        return _is_word(kinds, token)
    if token.type == "literal":
        return token.value in "/," and bool(set(kinds) & {"length", "size", "family"})
    if token.type == "string":
        return "family" in kinds
    if token.type == "hash":
        return "colour" in kinds and bool(_HEX.fullmatch(token.value))
    if token.type in ("number", "dimension", "percentage"):
        return _is_number(kinds, token.value, moves=moves)
    if token.type == "function":
        return _is_function(kinds, token)
    return False


def _is_word(kinds: Sequence[str], token: Any) -> bool:  # noqa: ANN401
    word = token.lower_value
    colour = "colour" in kinds and word == "currentcolor"
    named = ("family" in kinds and word in ("system-ui", "sans-serif")) or "name" in kinds
    return word in kinds or word == "inherit" or colour or named


def _is_number(kinds: Sequence[str], value: float, *, moves: bool) -> bool:
    if "size" in kinds:
        return value > 0
    return bool(_LENGTHS & set(kinds)) and (value >= 0 or (moves and bool({"offset", "colour"} & set(kinds))))


def _is_function(kinds: Sequence[str], token: Any) -> bool:  # noqa: ANN401
    if token.lower_name == "var":
        rest = _solid(token.arguments)[1:]
        return bool(set(kinds) & {*_LENGTHS, "colour", "family"}) and all(
            part.type == "literal" or _is_of(kinds, part, moves=True) for part in rest
        )
    return bool(_LENGTHS & set(kinds)) and token.lower_name in _MATHS and _is_sum(token.arguments)


def _is_sum(arguments: Sequence[Any]) -> bool:
    """True for numbers, lengths, var() and signs of calculation."""
    for token in _solid(arguments):
        if token.type == "() block":
            if not _is_sum(token.content):
                return False
        elif token.type == "literal":
            if token.value not in "+-*/,":
                return False
        elif not _is_of(("offset",), token, moves=True):
            return False
    return True


def _content_fault(value: Sequence[Any], *, margin_box: bool) -> str:
    signs = _SEPARATORS if margin_box else _BULLETS
    for token in _solid(value):
        if token.type == "string":
            fine = signs.issuperset(token.value)
        elif token.type == "function":
            fine = _is_counter(token, margin_box=margin_box)
        else:
            fine = token.type == "ident" and token.lower_value in ("none", "normal")
        if not fine:
            return ascii(_written(token)).strip("'")
    return ""


def _is_counter(token: Any, *, margin_box: bool) -> bool:  # noqa: ANN401
    """A plain counter: of pages and the page's running title in its margin, of an item in a list."""
    arguments = _solid(token.arguments)
    if not arguments or any(part.type != "ident" and part != "," for part in arguments):
        return False
    names = [part.value for part in arguments if part != ","]
    if margin_box and token.lower_name == "string":
        return names == ["title"]
    known = names[0] in _PAGE_COUNTERS if margin_box else names[0] not in _PAGE_COUNTERS
    return token.lower_name == "counter" and known and set(names[1:]) <= _COUNTERS
