"""Reads a source file: its front matter, and its panels of blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from pressroom.content import frontmatter
from pressroom.content.blocks import BlockReader, Directive
from pressroom.content.check import faults
from pressroom.content.frontmatter import FrontMatterEntry, FrontMatterError
from pressroom.content.model import Block, Document, FrontMatter, Message, Panel
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst

_REQUIRED: Final = ("number", "title", "products", "version", "date", "review-by")
_OPTIONAL: Final = ("art", "note", "notice", "terms")
_NOTICE: Final = "required"
_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?")
_MONTH: Final = len("2026-11")
_STEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SIZE_LIMIT = 1_000_000


def parse_document(text: str, path: str) -> tuple[Document | None, list[Diagnostic]]:
    """Read one source file; there is no document if any of the diagnostics is an error.

    `path` is posix and relative to the project; the document is named after its stem.
    """
    if len(text) > _SIZE_LIMIT:
        message = f"the file is {len(text)} characters long; the limit is {_SIZE_LIMIT}"
        return None, [diagnostic("source-size", Span(path), message, "split it into several documents")]
    front, problems = read_front_matter(text, path)
    try:
        _, body, first_line = frontmatter.split(text, path)
    except FrontMatterError:
        return None, problems
    reader = BlockReader(path, first_line)
    panels, panel_problems = _panels(reader, body)
    problems += reader.problems + panel_problems
    if front is None or worst(problems) is Severity.ERROR:
        return None, problems
    return Document(PurePosixPath(path).stem, path, front, tuple(panels)), problems


def read_front_matter(text: str, path: str) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Read only the front matter: enough to plan a build, and much quicker."""
    try:
        head, _, _ = frontmatter.split(text, path)
        entries = frontmatter.read(head, path)
    except FrontMatterError as error:
        return None, [error.problem]
    if faults_of_keys := list(_entry_faults(entries, path)):
        return None, [
            diagnostic("front-matter", Span(path, line), message, hint) for line, message, hint in faults_of_keys
        ]
    title = Message(
        unicodedata.normalize("NFC", entries["title"].text),
        Span(path, entries["title"].line),
        role="title",
        notes=("The document's title: shown by PDF readers and in lists.", *_values(entries, "note")),
    )
    if problems := faults(title, title.msgid):
        return None, problems
    return FrontMatter(
        number=entries["number"].text,
        title=title,
        products=entries["products"].values,
        version=entries["version"].text,
        date=entries["date"].text,
        review_by=entries["review-by"].text,
        art="".join(_values(entries, "art")),
        lines={name: entry.line for name, entry in entries.items()},
        notice="notice" in entries,
        terms=_values(entries, "terms"),
    ), []


def _values(entries: dict[str, FrontMatterEntry], name: str) -> tuple[str, ...]:
    return entries[name].values if name in entries else ()


def _entry_faults(entries: dict[str, FrontMatterEntry], path: str) -> Iterator[tuple[int, str, str]]:
    """The line, the message and the hint of everything wrong with the front matter's keys."""
    if not _STEM.fullmatch(PurePosixPath(path).stem):
        yield 1, f"{PurePosixPath(path).stem!r} can't name a document", "use lower-case letters, digits and hyphens"
    for name in _REQUIRED:
        if not _values(entries, name) or not all(_values(entries, name)):
            yield 1, f"the front matter has no {name!r}", f"add a line `{name}: …`"
    for name, entry in entries.items():
        if name not in (*_REQUIRED, *_OPTIONAL):
            yield entry.line, f"no key is called {name!r}", f"there are {', '.join((*_REQUIRED, *_OPTIONAL))}"
        elif entry.is_list and name not in ("products", "terms"):
            yield entry.line, f"{name!r} takes one value", "write it on the key's line"
        elif name in ("date", "review-by") and not _is_date(entry.text):
            yield entry.line, f"{entry.text!r} is not a date", "write 2026-11 or 2026-11-23"
        elif name == "notice" and entry.values != (_NOTICE,):
            yield entry.line, f"notice is {entry.text!r}", f"write `notice: {_NOTICE}`, or leave it out"
    products = _values(entries, "products")
    for name in sorted({name for name in products if products.count(name) > 1}):
        yield entries["products"].line, f"the product {name!r} is named twice", "name it once"


def _is_date(written: str) -> bool:
    """True for a month or a day that the calendar has."""
    if not _DATE.fullmatch(written):
        return False
    try:
        return bool(date.fromisoformat(written if len(written) > _MONTH else f"{written}-01"))
    except ValueError:
        return False


def _panels(reader: BlockReader, body: str) -> tuple[list[Panel], list[Diagnostic]]:
    problems: list[Diagnostic] = []
    begun: dict[str, tuple[Span, list[Block]]] = {}
    current: list[Block] | None = None
    for item in reader.read(body):
        if isinstance(item, Directive):
            if item.value in begun:
                message = f"the panel {item.value!r} begins a second time"
                hint = f"it began at line {begun[item.value][0].line}; name one of them differently"
                problems.append(diagnostic("panel-name", item.span, message, hint))
            _, current = begun.setdefault(item.value, (item.span, []))
        elif current is None:
            hint = "write <!-- panel: cover --> above it"
            problems.append(diagnostic("panel-name", item.span, "there is text before the first panel", hint))
        else:
            current.append(item)
    for name, (span, blocks) in begun.items():
        if not blocks:
            message = f"the panel {name!r} is empty"
            problems.append(diagnostic("panel-name", span, message, "write its text, or remove it"))
    return [Panel(name, span, tuple(blocks)) for name, (span, blocks) in begun.items()], problems
