"""Checks the shape of a Markdown table, and reads its rows as the texts of cells with their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.tree import SyntaxTreeNode

from pressroom.content.fields import fields_alone
from pressroom.content.inline import parse_inline
from pressroom.content.model import Block, Message
from pressroom.counted import counted
from pressroom.diagnostics import Span

_COLUMNS: Final = range(2, 4)
_PIPE: Final = re.compile(r"(?<!\\)\|")
# The row below a table's head; or any row between two pipes.
_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_ROW: Final = re.compile(r"\s*\|.*\|\s*")


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong with a table, its line from 0, and the next move."""

    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """The texts of a row's cells, and its line from 0."""

    cells: tuple[str, ...]
    line: int


def read_table(node: SyntaxTreeNode) -> list[TableRow]:
    """The rows of a table, its head first."""
    rows = [row for part in node.children for row in part.children]
    return [TableRow(tuple(map(_text, row.children)), row.map[0] if row.map else 0) for row in rows]


def table_block(rows: Sequence[TableRow], span: Span, message: Callable[[str, Span, str], Message]) -> Block:
    """The block of a table; `message` makes a cell's from its text, line and role. Fields alone are room to write."""
    names = [parse_inline(text).plain for text in rows[0].cells]
    made: list[Block] = []
    for number, row in enumerate(rows):
        at = Span(span.path, span.line + row.line - rows[0].line)
        cells = [
            Block("cell", at, message(text, at, _role(number, column, names)))
            if text and not fields_alone(text)
            else Block("cell", at)
            for column, text in enumerate(row.cells)
        ]
        made.append(Block("row", at, children=tuple(cells)))
    return Block("table", span, children=tuple(made))


def _role(row: int, column: int, names: Sequence[str]) -> str:
    """What a cell is, for translators."""
    if row == 0:
        return f"table heading, column {column + 1} of {len(names)}"
    return f"table cell, row {row}, column {column + 1} (“{names[column]}”)"


def _text(cell: SyntaxTreeNode) -> str:
    return cell.children[0].content.strip() if cell.children else ""


def table_faults(rows: Sequence[TableRow], lines: Sequence[str]) -> Iterator[TableFault]:
    """Everything wrong with a table's shape; `lines` are those of the file's text, in which it is."""
    head = rows[0]
    columns = len(head.cells)
    if columns not in _COLUMNS:
        few = columns < _COLUMNS.start
        message = f"a table of {columns} column{'' if columns == 1 else 's'} is not allowed"
        yield TableFault(head.line, message, "write a list" if few else "write two or three columns, or several tables")
        return
    if empty := [number for number, text in enumerate(head.cells, start=1) if not text]:
        yield TableFault(head.line, f"column {empty[0]} of a table has no heading", "say what the column is about")
    if len(rows) == 1:
        hint = "write a row below the hyphens; a cell with nothing in it is room to write in"
        yield TableFault(head.line, "a table has a heading and no rows", hint)
    for row in rows[1:]:
        if (count := _cells_of(lines[row.line])) != columns:
            message = f"a row has {counted(count, 'cell')}, and the table {counted(columns, 'column')}"
            hint = r"write | between cells and \| for the sign itself; leave an empty line below the table"
            yield TableFault(row.line, message, hint)


def _cells_of(line: str) -> int:
    """How many cells a row has as it is written: Markdown fills short rows and cuts long ones."""
    row = line.strip()
    cells = _PIPE.split(row)
    return len(cells) - row.startswith("|") - (len(cells) > 1 and not cells[-1].strip())


def almost_table(text: str) -> TableFault | None:
    """The fault of a paragraph that was meant as a table, its line counted from the paragraph's; None for others."""
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if "|" in line and _RULE.fullmatch(line):
            cells = counted(_cells_of(lines[number - 1]), "cell")
            message = f"a table's head has {cells}, and its row of hyphens {_cells_of(line)}"
            return TableFault(number, message, "write as many --- as there are columns")
    if _ROW.fullmatch(lines[0]):
        hint = "write | --- | --- | below the row with the columns' headings"
        return TableFault(0, "a row of a table is not in a table", hint)
    return None
