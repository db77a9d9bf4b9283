"""Reads the layouts' own words, `layouts/words.toml`: messages by name, translated like any text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pressroom.content import Message
from pressroom.content.inline import parse_inline
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.table import over
from pressroom.nearest import suggestion
from pressroom.project import PREFIX, toml_table

_KEYS: Final = {"text", "note", "context"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]*")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_TABLE: Final = re.compile(r"\s*\[\s*([A-Za-z0-9_-]+)\s*\]\s*(?:#.*)?")


def read_words(text: str, path: str, beneath: str = "") -> tuple[dict[str, Message], list[Diagnostic]]:
    """The messages by the name that templates use, in the file's order, and an error for each broken one.

    Each table has `text`, and may have `note` (to translators) and `context` (msgctxt). `beneath` is the text of the
    packaged words; a key in `text` overrides the key there.
    """
    tables, wrong, line = toml_table(text)
    if tables is None:
        return {}, [diagnostic("layout-words", Span(path, line), wrong, 'write [name], then text = "…"')]
    packaged = toml_table(beneath)[0] or {}
    lines, lines_beneath = _lines(text), _lines(beneath)
    words: dict[str, Message] = {}
    problems: list[Diagnostic] = []
    for name, table in over(tables, packaged).items():
        own = name in tables
        at = Span(path, lines.get(name, 0)) if own else Span(f"{PREFIX}{path}", lines_beneath.get(name, 0))
        problem = _problem(name, table)
        if problem is None:
            words[name] = _message(table, at)
        else:
            problems.append(diagnostic("layout-words", at, *problem))
    return words, problems


def _lines(text: str) -> dict[str, int]:
    """The line of each table's header by its name, and of each key that is above them all."""
    lines: dict[str, int] = {}
    above = True
    for number, row in enumerate(text.splitlines(), start=1):
        header = _TABLE.fullmatch(row)
        above = above and header is None
        if (match := header or (_KEY.match(row) if above else None)) is not None:
            lines.setdefault(match[1], number)
    return lines


def _message(table: dict[str, str], at: Span) -> Message:
    notes = tuple(line for line in (" ".join(table.get("note", "").split()),) if line)
    msgid = unicodedata.normalize("NFC", table["text"])
    return Message(msgid, at, context=table.get("context"), role="layout word", notes=notes)


def _problem(name: str, table: object) -> tuple[str, str] | None:
    if not _NAME.fullmatch(name):
        return f"{name!r} can't name a word", "use lower-case letters, digits, hyphens and underscores"
    if not isinstance(table, dict):
        return f"{name} is not a table", f"write [{name}] on a line of its own"
    if unknown := sorted(set(table) - _KEYS):
        return f"{name} has no key {unknown[0]!r}", suggestion(unknown[0], sorted(_KEYS))
    if not all(isinstance(value, str) for value in table.values()) or not table.get("text", "").strip():
        return f"{name} has no text", 'write text = "…"'
    problems = parse_inline(table["text"]).problems
    return (f"{name} {problems[0]}", "write the markers in pairs") if problems else None
