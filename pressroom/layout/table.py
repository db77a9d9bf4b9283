"""Reads values from a TOML table: text, numbers, lengths, boxes. An error names the line of its key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.layout.model import Box
from pressroom.nearest import suggestion
from pressroom.project import PREFIX, Files, toml_table
from pressroom.units import ZERO, Length

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_Value = TypeVar("_Value")


class LayoutError(DiagnosticError):
    """A layout, the brand or the table of products can't be used."""


class Table:
    """A table, or a table in it; `name` is what messages call it, `first` the line of its header.

    `beneath` is the packaged table whose keys this one overrides: `values` has the keys of both.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        path: str,
        text: str,
        name: str = "",
        first: int = 0,
        beneath: Table | None = None,
    ) -> None:
        self.values, self.path, self.text, self.name, self.first = values, path, text, name, first
        self.beneath = beneath

    def over(self, base: Table) -> Table:
        """This table, with the keys it lacks from another; `[frames.NAME]` here changes that row of `[[frames]]`."""
        values = {**base.values, **self.values}
        for key, rows in base.values.items():
            amended = self.values.get(key)
            if isinstance(rows, list) and isinstance(amended, dict):
                values[key] = self._amended(key, rows, amended)
        return Table(values, self.path, self.text)

    def _amended(self, key: str, rows: list[Any], amended: Mapping[str, Any]) -> list[Any]:
        named = [row["name"] for row in rows if isinstance(row, dict) and "name" in row]
        for row in self.tables(key):
            if row.values["name"] not in named:
                raise row.refuse("name", "changes what is not there", suggestion(str(row.values["name"]), named))
        return [{**row, **amended.get(str(row.get("name")), {})} if isinstance(row, dict) else row for row in rows]

    def refuse(self, key: str, message: str, hint: str = "see docs/reference/layouts.md") -> LayoutError:
        """The error of a key, at its line, or at the table's header if the key is missing."""
        return LayoutError(diagnostic("layout", self.span(key), f"{self.name}{message}", hint))

    def span(self, key: str) -> Span:
        """Where a key is: in this file, in the one beneath, or, if it is in none, at this table's header."""
        here, beneath = self._line(key), self.beneath
        if here is None and beneath is not None and (beneath._line(key) is not None or self.first == 0):
            return beneath.span(key)
        return Span(self.path, here or self.first)

    def is_own(self, key: str) -> bool:
        """True if the key is in this file; False if it is in the packaged one alone."""
        return self.beneath is None or self._line(key) is not None

    def _line(self, key: str) -> int | None:
        """The line of a key in the file; None if it is not in this table."""
        lines = self.text.splitlines()
        for number, line in enumerate(lines[self.first :], start=self.first + 1):
            if re.match(rf'\s*"?{re.escape(key)}"?\s*[=.]', line):
                return number
            if line.lstrip().startswith("["):
                break
        return None

    def string(self, key: str, default: str | None = None) -> str:
        """The text of a key, or the default."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.refuse(key, f"lacks the text {key!r}")
        return value

    def one_of(self, key: str, names: Mapping[str, _Value], what: str, default: str | None = None) -> _Value:
        """The value of the name in a key; `what` begins the error for an unknown name."""
        name = self.string(key, default)
        if name not in names:
            raise self.refuse(key, f"{what} {name!r}", suggestion(name, sorted(filter(None, names))))
        return names[name]

    def length(self, key: str) -> Length:
        """The length of a key, as "85.6mm"."""
        return self._length(key, self.string(key))

    def lengths(self, key: str, count: int | None = None) -> tuple[Length, ...]:
        """The lengths of a list; exactly `count` of them if it is given."""
        return tuple(self._length(key, value) for value in self._list(key, "lengths", count))

    def _list(self, key: str, what: str, count: int | None) -> list[Any]:
        values = self.values.get(key, [])
        if not isinstance(values, list) or (count is not None and len(values) != count):
            raise self.refuse(key, f"{key} is not a list of {count or 'some'} {what}")
        return values

    def _length(self, key: str, value: object) -> Length:
        try:
            return Length.parse(str(value))
        except ValueError as error:
            raise self.refuse(key, f"{key}: {error}") from None

    def box(self, key: str = "box") -> Box:
        """The box [left, top, width, height] of a key."""
        left, top, width, height = self.lengths(key, 4)
        if width.pt <= 0 or height.pt <= 0:
            raise self.refuse(key, f"{key} has no width or no height", "write [left, top, width, height]")
        return Box(left, top, width, height)

    def inset(self, outer: Box, key: str = "inset") -> Box:
        """A rectangle in another: `box`, [left, top, width, height], or an inset, [left, top, right, bottom].

        Each of an inset is measured from its own edge or, negative, from the edge across.
        """
        if key not in self.values:
            return self.box().within(outer)
        left, top, right, bottom = self.lengths(key, 4)
        start, head = _from(left, outer.width), _from(top, outer.height)
        end, foot = outer.width - _from(right, outer.width), outer.height - _from(bottom, outer.height)
        if end <= start or foot <= head:
            raise self.refuse(key, "has no room left between its edges", "write [left, top, right, bottom]")
        return Box(start, head, end - start, foot - head).within(outer)

    def number(self, key: str) -> float | None:
        """The number of a key, or None."""
        value = self.values.get(key)
        return None if value is None else self._number(key, value)

    def numbers(self, key: str, count: int) -> tuple[float, ...] | None:
        """The `count` numbers of a key, or None."""
        if key not in self.values:
            return None
        return tuple(self._number(key, value) for value in self._list(key, "numbers", count))

    def _number(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10_000:
            raise self.refuse(key, f"{key} is not a number that can be used: {value!r}", "write 11 or 0.86")
        return float(value)

    def strings(self, key: str) -> tuple[str, ...]:
        """The texts of a list; none if the key is missing."""
        values = self._list(key, "texts", None)
        if not all(isinstance(value, str) for value in values):
            raise self.refuse(key, f"{key} is not a list of texts", f'write {key} = ["…", "…"]')
        return tuple(values)

    def boolean(self, key: str, default: bool) -> bool:
        """The `true` or `false` of a key."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, f"{key} is neither true nor false: {value!r}", "write true or false")
        return value

    def table(self, key: str) -> Table:
        """The table of a key; an empty one if it is missing."""
        header = self._header(rf"\[\s*[\"']?{re.escape(key)}[\"']?\s*\]")
        value, first = self.values.get(key, {}), header or self._line(key) or 0
        if not isinstance(value, dict):
            raise self.refuse(key, f"{key} is not a table", f"write [{key}] on a line of its own")
        beneath = self.beneath.table(key) if self.beneath is not None and key in self.beneath.values else None
        return Table(value, self.path, self.text, f"{key} ", first, beneath)

    def nested(self, key: str, name: str) -> Table:
        """The table `[key.NAME]` of this table, which is that of `key`; written on one line, it has that line."""
        first = (
            self._header(rf'\[\s*{re.escape(key)}\s*\.\s*"?{re.escape(name)}"?\s*\]') or self._line(name) or self.first
        )
        return Table(self.values[name], self.path, self.text, f"{key}.{name} ", first)

    def tables(self, key: str) -> list[Table]:
        """The tables of `[[key]]`, or of `[key.NAME]`, each with its `name`."""
        rows = self.values.get(key, [])
        if isinstance(rows, dict):
            rows = [{"name": name, **row} if isinstance(row, dict) else row for name, row in rows.items()]
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.refuse(key, f"{key} is not made of tables", f"write [[{key}]] on a line of its own")
        tables: list[Table] = []
        for number, row in enumerate(rows):
            name = row.get("name", "?")
            # `[frames.NAME]` changes a row of the layout that this one is like.
            named = self._header(rf"\[\s*{key}\.{re.escape(str(name))}\s*\]")
            first = named or self._header(rf"\[\[\s*{key}\s*\]\]", number)
            table = Table({"name": name, **row}, self.path, self.text, f"{key} {name!r} ", first)
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                raise table.refuse("name", f"can't be called {name!r}", "use lower-case letters, digits and hyphens")
            if any(name == other.values["name"] for other in tables):
                raise table.refuse("name", "is there twice", "give each a name of its own")
            tables.append(table)
        return tables

    def _header(self, pattern: str, number: int = 0) -> int:
        """The line of a header, the first being number 0; 0 if there is none."""
        lines = [n for n, line in _header_lines(self.text) if re.match(pattern, line)]
        return lines[number] if number < len(lines) else 0


@cache
def _header_lines(text: str) -> tuple[tuple[int, str], ...]:
    """The lines that may be headers, with their numbers: found once, for every row of a file looks for its own."""
    return tuple((n, line.lstrip()) for n, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith("["))


def _from(distance: Length, across: Length) -> Length:
    return distance if distance >= ZERO else across + distance


def read_table(files: Files, relative: str) -> Table:
    """The table of a file below the project's root, over the packaged one beneath it; or a LayoutError."""
    text, problems = files.text(relative)
    if text is None:
        raise LayoutError(problems[0])
    values, wrong, line = toml_table(text)
    if values is None:
        raise LayoutError(diagnostic("layout", Span(relative, line), wrong, "correct the line"))
    if (data := files.beneath(relative)) is None:
        return Table(values, relative, text)
    beneath = Table(tomllib.loads(data.decode()), f"{PREFIX}{relative}", data.decode())
    return Table(over(values, beneath.values), relative, text, beneath=beneath)


def over(values: Mapping[str, Any], beneath: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of two tables, and so of each table in them; where both have a key, the first one's value."""
    return {
        **beneath,
        **{
            key: over(value, beneath[key]) if isinstance(value, dict) and isinstance(beneath.get(key), dict) else value
            for key, value in values.items()
        },
    }
