"""Counts what an SVG draws once every `<use>`, pattern, marker and mask in it is drawn as often as it is named.

Ten elements that each draw another ten times make a drawing of ten thousand million, from 2 kB.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pressroom.content.svg_repeats import dash_period, line_length, styled_period, tiles

_ELEMENTS: Final = 40_000
_DEPTH: Final = 60
_POINTS: Final = 150_000
# Each rule of a style is tried on each element.
_TRIED: Final = 1_000_000
# What an element draws by its name: `href="#arrow"`, `fill="url(#shade)"`.
_USED: Final = re.compile(r"(?:^\s*|url\(\s*['\"]?)#([^'\")\s]+)")
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
# The classes, ids and types that a selector names; an element with any of them may have the rule.
_NAMED: Final = re.compile(r"[.#]?[\w-]+|\*")
_NUMBER: Final = re.compile(r"[\d.]+")
_MARKED: Final = ("d", "points")
# A dash is drawn sooner than an element.
_DASHES_OF_ELEMENT: Final = 25


class EndlessError(Exception):
    """It draws itself, or more than a page can hold; the text says which."""


@dataclass(slots=True)
class _Element:
    kind: str
    names: frozenset[str]
    used: list[str]
    points: int
    attributes: Mapping[str, str]
    tiles: int
    children: list[_Element] = field(default_factory=list)


@dataclass(slots=True)
class Uses:
    """The elements of a file as they are read, and what each names."""

    _open: list[_Element] = field(default_factory=list)
    _first: _Element | None = None
    _by_id: dict[str, _Element] = field(default_factory=dict)
    _rules: list[tuple[frozenset[str], list[str]]] = field(default_factory=list)
    _counts: dict[int, int] = field(default_factory=dict)
    _points: int = 0
    _elements: int = 0
    _selectors: int = 0
    # The shortest dash and its gap that anything is drawn with.
    _period: float = math.inf
    _box: str = ""

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = attributes.get("id", "")
        classes = {f".{word}" for word in attributes.get("class", "").split()}
        values = [value for key, value in attributes.items() if key not in _MARKED]
        used = [found for value in values for found in _USED.findall(value)]
        points = sum(len(_NUMBER.findall(attributes[key])) for key in _MARKED if key in attributes) // 2
        self._box = self._box or attributes.get("viewBox", "")
        dashed = dash_period(attributes.get("stroke-dasharray", ""))
        self._period = min(self._period, dashed, styled_period(attributes.get("style", "")))
        repeated = tiles(attributes, self._box) if element == "pattern" else 1
        names = frozenset({element, f"#{name}", "*", *classes})
        made = _Element(element, names, used, max(1, points), attributes, repeated)
        if self._open:
            self._open[-1].children.append(made)
        self._open.append(made)
        self._first = self._first or made
        self._points += made.points
        self._elements += 1
        if self._points > _POINTS:
            raise EndlessError(f"has more than {_POINTS:,} points and elements")
        if name:
            self._by_id.setdefault(name, made)

    @property
    def inside(self) -> str:
        """The kind of the element that was begun last and has not ended."""
        return self._open[-1].kind if self._open else ""

    def end(self) -> None:
        """The element that was begun last ends."""
        self._open.pop()

    def style(self, text: str) -> None:
        """What a style says that elements draw: `.shade { fill: url(#shade) }`."""
        self._period = min(self._period, styled_period(text))
        for selector, declarations in _RULE.findall(text):
            self._selectors += 1 + selector.count(",")
            if used := _USED.findall(declarations):
                self._rules.append((frozenset(_NAMED.findall(selector)), used))

    def check(self) -> None:
        """Raise an EndlessError if it draws itself, or more elements or deeper than any page needs."""
        if self._selectors * self._elements > _TRIED:
            raise EndlessError(f"has {self._selectors:,} rules of style for {self._elements:,} elements")
        if self._first and (drawn := self._count(self._first, ())) > _ELEMENTS:
            what = "elements" if self._period == math.inf else "elements, with the dashes of its lines"
            raise EndlessError(f"draws {drawn:,} {what}; the limit is {_ELEMENTS:,}")

    def _count(self, element: _Element, above: tuple[int, ...]) -> int:
        """How many elements are drawn when this one is, itself among them."""
        key = id(element)
        if key in above:
            raise EndlessError("has an element that draws itself")
        if len(above) > _DEPTH:
            raise EndlessError(f"has elements that draw each other more than {_DEPTH} deep")
        if key not in self._counts:
            way = (*above, key)
            inside = sum(self._count(child, way) for child in element.children)
            # A marker is drawn at each point of a path.
            times = {"marker": element.points}
            named = sum(times.get(one.kind, one.tiles) * self._count(one, way) for one in self._named(element))
            self._counts[key] = 1 + self._dashes(element) + inside + named
        return self._counts[key]

    def _dashes(self, element: _Element) -> int:
        # The length of a path of 100,000 points takes a second: it counts only where something is dashed.
        if self._period == math.inf:
            return 0
        return int(min(line_length(element.attributes) / self._period, 1e12)) // _DASHES_OF_ELEMENT

    def _named(self, element: _Element) -> Iterator[_Element]:
        styled = [name for names, used in self._rules if names & element.names for name in used]
        for name in (*element.used, *styled):
            if name in self._by_id:
                yield self._by_id[name]
