"""Looks at a style's text before it is parsed: brackets in brackets, sizes, and values that grow as they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.model import Stylesheet

# The longest style that comes with the program has 5,000 characters, and brackets four deep.
_CHARACTERS: Final = 200_000
_DEPTH: Final = 12
_VALUES: Final = 2_000
_SIGNS: Final = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|/\*.*?(?:\*/|\Z)|\\.|[(){}\[\]]", re.DOTALL)
_CUSTOM: Final = re.compile(r"--([\w-]+)\s*:([^;{}]*)")
_VAR: Final = re.compile(r"var\(\s*--([\w-]+)", re.IGNORECASE)


def bound_problems(path: str, text: str) -> Iterator[Diagnostic]:
    """Why a style is not parsed: it is too long, or nested so deep that no reader gets to the end."""
    if len(text) > _CHARACTERS:
        message = f"the style is {len(text):,} characters long; the limit is {_CHARACTERS:,}"
        yield diagnostic("look-unknown", Span(path, 1), message, "take out what the layout does not use")
    elif (at := too_deep(text)) is not None:
        message = f"brackets are nested more than {_DEPTH} deep"
        yield diagnostic("look-unknown", Span(path, text.count("\n", 0, at) + 1), message, "write it with fewer")


def too_deep(text: str) -> int | None:
    """Where the first bracket is that is nested too deep; strings and comments have none."""
    depth = 0
    for sign in _SIGNS.finditer(text):
        depth += 1 if sign[0] in "({[" else -1 if sign[0] in ")}]" else 0
        if depth > _DEPTH:
            return sign.start()
    return None


def growth_problem(sheets: Sequence[Stylesheet]) -> Diagnostic | None:
    """The first custom property that grows too much: ten that hold the one before ten times hold ten thousand million.

    One that holds itself is none: the engine says that it has no value.
    """
    used: dict[str, Counter[str]] = {}
    places: dict[str, Span] = {}
    for sheet in sheets:
        for match in _CUSTOM.finditer(sheet.text):
            # Of several values of a name, any may be the one that counts.
            found: Counter[str] = Counter(_VAR.findall(match[2]))
            used[match[1]] = used[match[1]] | found if match[1] in used else found
            places[match[1]] = Span(sheet.path, sheet.text.count("\n", 0, match.start()) + 1)
    sizes: dict[str, int] = {}
    for name in used:
        if _size(name, used, sizes, ()) > _VALUES and name in places:
            message = f"--{name} holds other custom properties more than {_VALUES:,} times"
            return diagnostic("look-unknown", places[name], message, "write the value itself")
    return None


def _size(name: str, used: Mapping[str, Counter[str]], sizes: dict[str, int], above: tuple[str, ...]) -> int:
    """How many values a property has once each var() in it is replaced; too many where they are nested too deep."""
    if name in above or name not in used:
        return 1
    if len(above) > 50:
        return _VALUES + 1
    if name not in sizes:
        inside = (times * _size(one, used, sizes, (*above, name)) for one, times in used[name].items())
        sizes[name] = 1 + sum(inside)
    return sizes[name]
