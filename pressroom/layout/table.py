"""TOML tables read strictly: a file goes in, values by key come out, or the line of the one that is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.model import Box
from pressroom.units import ZERO, Length


class LayoutError(Exception):
    """A layout, the brand or the table of products can't be used; carries the diagnostic."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Table:
    """A TOML table whose missing and wrong values are refused by name and line."""

    def __init__(self, values: Mapping[str, Any], path: str, text: str, name: str = "") -> None:
        self.values, self.path, self.text, self.name = values, path, text, name

    def refuse(self, key: str, message: str, hint: str = "see docs/reference/layouts.md") -> LayoutError:
        """The refusal of a key's value, at its line."""
        line = next((n for n, row in enumerate(self.text.splitlines(), 1) if row.lstrip().startswith(key)), 0)
        return LayoutError(diagnostic("layout", Span(self.path, line), f"{self.name}{message}", hint))

    def string(self, key: str, default: str | None = None) -> str:
        """A text; refused where it is missing and has no default."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.refuse(key, f"lacks the text {key!r}")
        return value

    def length(self, key: str) -> Length:
        """A length."""
        return self._length(key, self.string(key))

    def lengths(self, key: str, count: int | None = None) -> tuple[Length, ...]:
        """A list of lengths, of so many where a count is given."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or (count is not None and len(values) != count):
            raise self.refuse(key, f"{key} is not a list of {count or 'some'} lengths")
        return tuple(self._length(key, value) for value in values)

    def _length(self, key: str, value: object) -> Length:
        try:
            return Length.parse(str(value))
        except ValueError as error:
            raise self.refuse(key, f"{key}: {error}") from None

    def box(self, key: str = "box") -> Box:
        """A box as [left, top, width, height]."""
        left, top, width, height = self.lengths(key, 4)
        return Box(left, top, width, height)

    def inset(self, outer: Box) -> Box:
        """A rectangle in another: `box`, [left, top, width, height], or `inset`, [left, top, right, bottom].

        Each of an inset is measured from its own edge or, negative, from the edge across.
        """
        if "box" in self.values:
            return self.box().within(outer)
        left, top, right, bottom = self.lengths("inset", 4)
        start, head = _from(left, outer.width), _from(top, outer.height)
        end, foot = outer.width - _from(right, outer.width), outer.height - _from(bottom, outer.height)
        if end <= start or foot <= head:
            raise self.refuse("inset", "has no room left between its edges")
        return Box(start, head, end - start, foot - head).within(outer)

    def number(self, key: str) -> float | None:
        """A number, or none."""
        value = self.values.get(key)
        return None if value is None else float(value)

    def table(self, key: str) -> Table:
        """A table in this one; an empty one where there is none."""
        return Table(self.values.get(key, {}), self.path, self.text, f"{key} ")

    def tables(self, key: str) -> list[Table]:
        """The tables of a list, or of a table of tables, where each gets its name."""
        found = self.values.get(key, [])
        rows = [(row.get("name", "?"), row) for row in found] if isinstance(found, list) else list(found.items())
        return [Table({"name": name, **row}, self.path, self.text, f"{key} {name!r} ") for name, row in rows]


def _from(distance: Length, across: Length) -> Length:
    return distance if distance >= ZERO else across + distance


def read_table(path: Path, relative: str) -> Table:
    """The table in a file; `relative` is the path that diagnostics name.

    Raises:
        LayoutError: the file is missing or is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return Table(tomllib.loads(text), relative, text)
    except FileNotFoundError:
        raise LayoutError(diagnostic("layout", Span(relative), "the file is missing")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(diagnostic("layout", Span(relative), f"can't be read: {error}")) from None
