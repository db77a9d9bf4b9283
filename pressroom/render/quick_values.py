"""Values that a style sets by var() and calc(), each computed once; each is that of the long way.

A piece asks for thousands of them, at many sizes and in several layouts, and most were computed before: for an element
beside it, for a layout before, or for another piece in the same layout. What is remembered depends on nothing but the
rule, the words of its custom properties, and the font size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from weasyprint.css import resolve_math, resolve_var
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.tokens import Pending, PercentageInMath
from weasyprint.css.units import ABSOLUTE_UNITS
from weasyprint.css.validation.properties import validate_non_shorthand

# WeasyPrint publishes no types.
Style = Any
Value = Any
Token = Any
# Each of these depends on others, and is computed the long way.
ENTANGLED: Final = frozenset({"display", "float", "page", "position"})
PROPAGATED: Final = "text_decoration_"
CUSTOM: Final = "__"
_WIDE: Final = ("initial", "inherit", "unset", "revert")
# After so many values memory is worth more than what was remembered.
_MOST: Final = 20_000
_MOST_FONTS: Final = 200
# What calc() here may be of.
_CALCULATED: Final = frozenset(ABSOLUTE_UNITS) | {"em"}


class LongWay(Exception):
    """A value that is not computed here."""


@dataclass(slots=True)
class _Solved:
    """A rule's value, and the same without var().

    `computed` is what its calc() comes to, if it `is_math`, by the font size or for all. The rule's value is kept, so
    that no other gets its address.
    """

    rule: Value
    value: Value
    is_math: bool
    by_font: bool
    computed: dict[float, Value] = field(default_factory=dict)


# A value as a rule has it, and the custom properties in it (None: it has no var()), by address.
_rules: dict[int, tuple[Value, tuple[str, ...] | None]] = {}
# What values of rules come to, by address, property, and the words of their custom properties.
_values: dict[tuple[object, ...], _Solved] = {}
# The words of each value of a custom property, by address.
_words: dict[int, tuple[Value, str]] = {}


def quick_value(style: Style, name: str, value: Value, wanted: str) -> Value:
    """The computed value of a property that a rule sets to `value`, under the name `wanted`. Raises LongWay."""
    if name in ENTANGLED or name[:2] == CUSTOM or name.startswith(PROPAGATED):
        raise LongWay
    names = _named_in(value)
    said = () if names is None else (style.base_url, *(_said(style[one]) for one in names))
    key = id(value), wanted, said
    solved = _values.get(key)
    if solved is None or solved.rule is not value:
        solved = _values[key] = _solved(style, value, wanted)
    value = solved.value
    if solved.is_math:
        font = style["font_size"] if solved.by_font else 0.0
        if font not in solved.computed:
            if len(solved.computed) > _MOST_FONTS:
                solved.computed.clear()
            solved.computed[font] = _calculated(style, name, value)
        value = solved.computed[font]
    computer = COMPUTER_FUNCTIONS.get(name)
    style[name] = value = value if computer is None else computer(style, name, value)
    return value


def _named_in(value: Value) -> tuple[str, ...] | None:
    """The custom properties in a value; None if there is no var() in it."""
    known = _rules.get(id(value))
    if known is None or known[0] is not value:
        if len(_rules) + len(_values) + len(_words) > _MOST:
            for table in (_rules, _values, _words):
                table.clear()
        names = tuple(dict.fromkeys(_names(value.tokens))) if isinstance(value, Pending) else None
        known = _rules[id(value)] = value, names
    return known[1]


def _solved(style: Style, rule: Value, wanted: str) -> _Solved:
    value = rule
    if isinstance(value, Pending):
        tokens: list[Token] = []
        for token in value.tokens:
            found = resolve_var(style, token, style.parent_style)
            tokens.extend((token,) if found is None else found)
        try:
            if not tokens:
                raise LongWay
            value = value.validate(tokens, wanted, style.base_url)
        except Exception:  # the long way says what is wrong
            raise LongWay from None
    if isinstance(value, str) and value in _WIDE:
        raise LongWay
    math = [one for one in (value if type(value) is tuple else (value,)) if check_math(one)]
    units = set(_units(math))
    if not units <= _CALCULATED or (wanted == "font-size" and "em" in units):
        raise LongWay
    return _Solved(rule, value, bool(math), "em" in units)


def _calculated(style: Style, name: str, value: Value) -> Value:
    """The value with its calc() worked out, as `ComputedStyle` does it."""
    tokens: list[Token] = []
    try:
        for one in value if type(value) is tuple else (value,):
            tokens.append(_worked_out(one, style, name) if check_math(one) else one)
        return validate_non_shorthand(tokens, name.replace("_", "-"))[0][1]
    except Exception:  # the long way says what is wrong
        raise LongWay from None


def _worked_out(function: Token, style: Style, name: str) -> Token:
    try:
        token = resolve_math(function, style, name)
    except PercentageInMath:
        return function
    if token is None:
        raise LongWay
    return token


def _said(value: Value) -> str:
    """The words of a custom property."""
    if not value:
        return ""
    known = _words.get(id(value))
    if known is None or known[0] is not value:
        # Kept with its words, so no other value gets its address.
        known = _words[id(value)] = value, "".join(token.serialize() for token in value)
    return known[1]


def _names(tokens: Iterable[Token]) -> Iterator[str]:
    """The custom properties that are named in var(), as WeasyPrint names them."""
    for token in tokens:
        inside = getattr(token, "arguments", None) or getattr(token, "content", None) or ()
        if token.type == "function" and token.lower_name == "var":
            first = next((one for one in inside if one.type not in ("whitespace", "comment")), None)
            if first is None or first.type != "ident":
                raise LongWay
            yield first.value.replace("-", "_")
        yield from _names(inside)


def _units(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "dimension":
            yield token.unit.lower()
        yield from _units(getattr(token, "arguments", None) or getattr(token, "content", None) or ())
