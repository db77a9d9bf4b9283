"""Reads a page of the docs as a list of steps: what its reader types, writes into a file, or translates.

Every `sh` block is typed. A comment on the line above a block or a table says otherwise:

    <!-- not run: why -->            the block can't run in a test
    <!-- file: source/a.md -->       the reader gives the file this content
    <!-- add to: pyproject.toml -->  the reader adds it to the file
    <!-- translate: locales/….po --> the table's rows are English and translation
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "source" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
# How the program is called, each way in its own words.
_PROGRAM = re.compile(r"(?:\./press|pressroom|(?:python )?publish\.py)(?= |$)")
_BLOCK = re.compile(
    r"(?:^ *<!-- (?P<kind>not run|file|add to|translate): (?P<what>[^\n]*?) -->\n+)?"
    r"(?:^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^ *```$|^(?P<table>(?:\|[^\n]*\n)+))",
    re.MULTILINE | re.DOTALL,
)

Kind = Literal["type", "not run", "file", "add to", "translate"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a reader does. `what` is the reason, or the file; `text` has the commands, or the content."""

    kind: Kind
    what: str
    text: str

    def commands(self) -> list[str]:
        """The command lines of a step: continued lines joined, comments and empty lines left out."""
        lines = (line.strip() for line in self.text.replace("\\\n", " ").splitlines())
        return [line for line in lines if line and not line.startswith("#")]

    def rows(self) -> list[tuple[str, str]]:
        """The English and the translation of each row of a table, without its head."""
        cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in self.text.splitlines()]
        return [(english, said) for english, said in cells[2:]]


def read_steps(page: str) -> list[Step]:
    """What the reader of a page does, in order."""
    return list(_steps(page))


def _steps(page: str) -> Iterator[Step]:
    for block in _BLOCK.finditer(page):
        kind, text = block["kind"], block["table"] or block["text"]
        indent = block["indent"] or ""
        text = "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))
        if kind in ("file", "add to", "translate") or (kind == "not run" and block["language"] == "sh"):
            yield Step(kind, block["what"], text)
        elif block["language"] == "sh":
            yield Step("type", "", text)


def parts(command: str) -> list[str]:
    """A command line without its comment, divided where `&&` does."""
    code = re.sub(r"\s+# .*$", "", command)
    return [part.strip() for part in code.split("&&")]


def arguments(command: str) -> list[str] | None:
    """What the program is called with; None if a command calls another program."""
    called = _PROGRAM.match(command)
    return shlex.split(command[called.end() :]) if called else None


def inline_commands(page: str) -> list[str]:
    """The calls of the program within the text of a page, in its `code`."""
    text = re.sub(r"^ *```.*?^ *```$", "", page, flags=re.MULTILINE | re.DOTALL)
    return [code for code in re.findall(r"`([^`\n]+)`", text) if _PROGRAM.match(code)]
