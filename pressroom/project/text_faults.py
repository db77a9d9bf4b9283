"""Finds what no text file of a project may have: invisible characters, and git's conflict marks."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic

# Control characters other than the tab and the line's end; no program needs them, and NUL ends a text for some.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What no reader sees and what acts on its neighbours: format characters, separators, private use, unassigned. With
# U+202E 119 is shown as 911.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
# Letters, marks and symbols that print nothing, and signs for what a program lost or could not show.
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufffc\ufffd\U000e0100-\U000e01ef]"
)
_LOST: Final = "\ufffc\ufffd"
# A symbol may have one, which chooses its shape.
_SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
# Burmese writes four marks on a letter, and Tibetan seven.
_MARKS: Final = 8
MARKS_PILED: Final = f"a letter has more than {_MARKS} marks on it"
_MAY_BE_MARKS: Final = re.compile(rf"[^\w\s\x00-\x7f]{{{_MARKS + 1},}}")
# Letters of Persian, Khmer and others need these two between them.
_JOINERS: Final = "\u200c\u200d"
_BEYOND_LATIN: Final = re.compile("[^\t\n -~\u00a1-\u00ac\u00ae-\u024f]")
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
# Below words a row of seven = underlines a heading; below anything else, git left it.
_MIDDLE: Final = re.compile(r"(?:\A|^[ \t]*\n|^(?:[-*+#>]|\d+[.)]) .*\n|-->\n)(?P<mark>={7})$", re.MULTILINE)
# Texts that people write and that are printed, or decide what is.
_WRITTEN: Final = (".md", ".html", ".css")


def text_fault(text: str, name: str) -> Diagnostic | None:
    """The first fault of a text file, with its line and column; `name` is its path in the project."""
    if (conflict := _conflict(text)) is not None:
        hint = "choose one of the two versions, and remove the marker lines"
        return diagnostic("merge-conflict", Span(name, _line(text, conflict)), "a merge left its conflict here", hint)
    if (pile := piled_marks(text)) is not None:
        hint = "type the letter again"
        return diagnostic("file-character", Span(name, _line(text, pile)), MARKS_PILED, hint)
    strict = PurePosixPath(name).suffix in _WRITTEN
    at = unseen_character(text) if strict else _first(_CONTROL, text)
    if at is None:
        return None
    return diagnostic("file-character", Span(name, _line(text, at)), described(text, at), "remove it")


def _conflict(text: str) -> int | None:
    if "<<<<<<<" in text or ">>>>>>>" in text or "|||||||" in text:
        return _first(_CONFLICT, text)
    found = _MIDDLE.search(text) if "=======" in text else None
    return found.start("mark") if found else None


def unseen_character(text: str) -> int | None:
    """Where the first invisible character is; line ends and tabs do not count, nor do the joiners of letters."""
    if text.isascii():
        return _first(_CONTROL, text)
    return next(
        (m.start() for m in _BEYOND_LATIN.finditer(text) if _is_unseen(m[0], text[m.start() - 1 : m.start()])), None
    )


def piled_marks(text: str) -> int | None:
    """Where the first letter is that has more marks than any script writes on one, which take minutes to draw."""
    if text.isascii():
        return None
    return next((m.start() for m in _MAY_BE_MARKS.finditer(text) if _is_pile(m[0])), None)


def _is_pile(signs: str) -> bool:
    count = 0
    for sign in signs:
        count = count + 1 if unicodedata.category(sign)[0] == "M" else count if sign in _JOINERS else 0
        if count > _MARKS:
            return True
    return False


def described(text: str, at: int) -> str:
    """What is wrong at this place of a text, as a diagnostic says it."""
    column = at - text.rfind("\n", 0, at)
    sign = text[at]
    what = f"U+{ord(sign):04X} {unicodedata.name(sign, 'control character' if sign < ' ' else '')}".rstrip()
    return f"{what} in column {column} " + ("marks a lost letter" if sign in _LOST else "is invisible")


def _is_unseen(sign: str, before: str) -> bool:
    if sign in _SELECTORS:
        return unicodedata.category(before or " ")[0] != "S"
    return bool(_BLANK.match(sign)) or (unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return found.start() if found else None
