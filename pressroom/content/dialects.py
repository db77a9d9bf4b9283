"""Finds marks of other kinds of Markdown, of wikis and of HTML: they would be printed as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.entities import html5
from typing import Final

from pressroom.data_files import data_table

# A text without any of these has no such mark.
_SIGN: Final = re.compile(r"[~^=+:!?*_@…\[<{$\\%&#☐□▢❏❑•·‣⁃▪▫●○◦■➢➤►❖–—−-]|www\.|\.{5}")
_HEAD: Final = re.compile(r"^(?:\W*\w{1,2}[.)]|\.\.|h\d\.|bq\.)", re.MULTILINE)
# An address may have any sign, and what is masked keeps its length.
_ADDRESS: Final = re.compile(r"\]\([^()\s]*\)|https?://[^\s<>]+|www\.[^\s<>]+|[\w.+-]+@[\w.-]+")
_NAMED: Final = re.compile(r"&[A-Za-z][A-Za-z0-9]{1,30};")
_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class ForeignMark:
    """A mark that is not this program's: its code, its text, what it is, what to write, and on which line of the text.

    The first line is 0.
    """

    code: str
    text: str
    what: str
    say: str
    line: int

    @property
    def message(self) -> str:
        """What is wrong, for a sentence."""
        shown = self.text.strip()
        return f"“{shown[:_SHOWN]}{'…' * (len(shown) > _SHOWN)}” is {self.what}, and would be printed as it is"


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: re.Pattern[str]
    code: str
    what: str
    say: str
    only: str
    address: bool
    translation: bool

    def mark(self, text: str, match: re.Match[str]) -> ForeignMark:
        """The mark that was found."""
        return ForeignMark(self.code, match[0], self.what, self.say, text.count("\n", 0, match.start()))


_NO_SIGN: Final = _Row(_NAMED, "markup-dialect", "an unknown name of a sign", "write the sign itself", "", False, True)


def foreign_marks(text: str, *, role: str = "paragraph", translation: bool = False) -> Iterator[ForeignMark]:
    """The marks in the text of one block, by kind; in a translation only those that a translator could type."""
    if not _may_have_any(text):
        return
    masked = _ADDRESS.sub(lambda match: "x" * len(match[0]), text)
    kind = "heading" if role.startswith("heading") else "text"
    taken: list[tuple[int, int]] = []
    for row in _rows():
        if (translation and not row.translation) or row.only not in ("", kind):
            continue
        for match in row.pattern.finditer(text if row.address else masked):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield row.mark(text, match)
            if row.code == "markup-typed":
                break  # one warning is enough for a list of typed bullets
    for named in _NAMED.finditer(masked):
        if named[0][1:] not in html5:
            yield _NO_SIGN.mark(text, named)


def _may_have_any(text: str) -> bool:
    # In a text of one line only its beginning is the head of a line.
    return bool(_SIGN.search(text) or (_HEAD.search(text) if "\n" in text else _HEAD.match(text)))


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            re.compile(row["pattern"], re.MULTILINE),
            row.get("code", "markup-dialect"),
            row["what"],
            row["say"],
            row.get("only", ""),
            row.get("address", False),
            row.get("translation", False),
        )
        for row in data_table("content/dialects.toml")["mark"]
    )
