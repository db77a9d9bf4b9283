"""Reads a source file: its front matter, and its panels of blocks.

The YAML front matter is strict: strings and lists of strings. Events are read and no objects are built: an alias bomb,
a tag or a duplicate key is refused, and `no` is the text `no` (see docs/explanation/untrusted-input.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import yaml

from pressroom.border import BorderError, border
from pressroom.content.check import faults
from pressroom.content.directives import Directive
from pressroom.content.model import Block, Document, FrontMatter, Message, Panel
from pressroom.diagnostics import Diagnostic, DiagnosticError, Severity, Span, diagnostic, worst
from pressroom.nearest import suggestion

if TYPE_CHECKING:
    from pressroom.content.blocks import BlockReader

_REQUIRED: Final = ("number", "title", "products", "version", "date", "review-by")
_OPTIONAL: Final = ("art", "note", "notice", "terms")
_NOTICE: Final = "required"
_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?")
_MONTH: Final = len("2026-11")
_STEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Sixty pages of a book; a brochure has a tenth of it.
_SIZE_LIMIT: Final = 100_000
_MESSAGES: Final = 2_000
_LIMIT = 20_000
# The keys, and one list.
_LISTS: Final = 2
# A document's name, its product's, its clinic's and its version are the name of a file, which holds 255 bytes.
_LONGEST_NAME: Final = 60
# What a control line can print and be read back from, and for the version what a file's name can hold.
_NUMBER = re.compile(r"[^\s·/\\]{1,40}")
_VERSION = re.compile(r"[0-9A-Za-z](?:[\w.+-]{0,19})", re.ASCII)
_PROOF: Final = "PROOF"


def parse_document(text: str, path: str) -> tuple[Document | None, list[Diagnostic]]:
    """Read one source file, at a posix path in the project; None as document if any diagnostic is an error."""
    if len(text) > _SIZE_LIMIT:
        last = Span(path, text.count("\n", 0, _SIZE_LIMIT) + 1)
        message = f"the file is {len(text)} characters long; the limit is {_SIZE_LIMIT}"
        return None, [diagnostic("source-size", last, message, "split it into several documents")]
    front, problems = read_front_matter(text, path)
    try:
        _, body, first_line = _split(text, path)
    except FrontMatterError:
        return None, problems
    # Imported here: a plan reads front matter alone, and Markdown takes longer to import than that.
    from pressroom.content.blocks import BlockReader

    reader = BlockReader(path, first_line)
    panels, panel_problems = _panels(reader, body)
    problems += reader.problems + panel_problems
    if front is None or worst(problems) is Severity.ERROR:
        return None, problems
    document = Document(PurePosixPath(path).stem, path, front, tuple(panels))
    if (count := len(document.messages)) > _MESSAGES:
        message = f"the file has {count} messages; the limit is {_MESSAGES}"
        return None, [
            *problems,
            diagnostic("source-size", document.messages[-1].span, message, "split it into several documents"),
        ]
    return document, problems


def read_front_matter(text: str, path: str) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Read only the front matter: enough to plan a build, and much quicker."""
    try:
        head, _, _ = _split(text, path)
        entries = _read(head, path)
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


def _values(entries: Mapping[str, FrontMatterEntry], name: str) -> tuple[str, ...]:
    return entries[name].values if name in entries else ()


def _entry_faults(entries: Mapping[str, FrontMatterEntry], path: str) -> Iterator[tuple[int, str, str]]:
    """The line, the message and the hint of everything wrong with the front matter's keys."""
    stem = PurePosixPath(path).stem
    if not _STEM.fullmatch(stem) or len(stem) > _LONGEST_NAME:
        hint = f"use lower-case letters, digits and hyphens, {_LONGEST_NAME} at most"
        yield 1, f"{stem[:_LONGEST_NAME]!r} can't name a document", hint
    for name in _REQUIRED:
        if not _values(entries, name) or not all(_values(entries, name)):
            yield 1, f"the front matter has no {name!r}", f"add a line `{name}: …`"
    for name, entry in entries.items():
        if name not in (*_REQUIRED, *_OPTIONAL):
            yield entry.line, f"no key is called {name!r}", suggestion(name, (*_REQUIRED, *_OPTIONAL))
        elif entry.is_list and name not in ("products", "terms"):
            yield entry.line, f"{name!r} takes one value", "write it on the key's line"
        elif name in ("date", "review-by") and not _is_date(entry.text):
            yield entry.line, f"{entry.text!r} is not a date", "write 2026-11 or 2026-11-23"
        elif name == "number" and entry.text and not _NUMBER.fullmatch(entry.text):
            yield (
                entry.line,
                f"{entry.text[:40]!r} can't be a document's number",
                "write it as in DVT-001, without spaces",
            )
        elif name == "version" and entry.text and (not _VERSION.fullmatch(entry.text) or entry.text.upper() == _PROOF):
            yield entry.line, f"{entry.text[:40]!r} can't be a version", 'write version: "1.0"'
        elif name == "notice" and entry.values != (_NOTICE,):
            yield entry.line, f"notice is {entry.text!r}", f"write `notice: {_NOTICE}`, or leave it out"
    dated, review_by = ("".join(_values(entries, name)) for name in ("date", "review-by"))
    if _is_date(dated) and _is_date(review_by) and review_by[:_MONTH] < dated[:_MONTH]:
        line = entries["review-by"].line
        yield line, f"the review by {review_by} is before the date {dated}", "write the month of the next review"
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
                other = "more-signs" if item.value == "signs" else f"{item.value}-more"
                hint = f"it began at line {begun[item.value][0].line}; write <!-- panel: {other} --> here"
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


@dataclass(frozen=True, slots=True)
class FrontMatterEntry:
    """A key's value: one string, or the strings of a list; `line` is the key's own."""

    values: tuple[str, ...]
    line: int
    is_list: bool

    @property
    def text(self) -> str:
        """The value as one string; a list's first."""
        return self.values[0] if self.values else ""


class FrontMatterError(DiagnosticError):
    """The front matter can't be read."""


def _split(text: str, path: str) -> tuple[str, str, int]:
    """The front matter, the body, and the body's first line. Raises FrontMatterError if a `---` is missing."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise _refused(path, 1, "the file does not begin with front matter", "begin with --- and the document's number")
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    raise _refused(path, 1, "the front matter does not end", "close it with a line of three hyphens")


# A plan reads the front matter of every document, and a later reader of a document does so again.
@lru_cache(maxsize=2048)
def _read(text: str, path: str) -> Mapping[str, FrontMatterEntry]:
    """The keys of a flat mapping that begins at line 2. Raises FrontMatterError for any other, or a key twice."""
    if len(text) > _LIMIT:
        raise _refused(path, 2, f"the front matter is {len(text)} characters long", f"keep it under {_LIMIT}")
    try:
        with border(yaml.YAMLError, FrontMatterError):
            events = list(_flat(yaml.parse(text, Loader=yaml.SafeLoader), path))
    except BorderError as error:
        raise _refused(path, 2, f"the front matter can't be read: {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise _refused(path, mark.line + 2 if mark else 2, f"the front matter can't be read: {problem}") from None
    return _entries(events, path)


def _flat(events: Iterable[yaml.Event], path: str) -> Iterator[yaml.Event]:
    """The events, as far as no list is in a list: a deep one takes seconds to read to its end."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _LISTS:
            raise _refused(path, _line_of(event), "a list is in a list", "aliases and nesting are not allowed")
        yield event


def _entries(events: list[yaml.Event], path: str) -> dict[str, FrontMatterEntry]:
    body = iter([e for e in events if not isinstance(e, _FRAME)])
    first = next(body, None)
    if not isinstance(first, yaml.MappingStartEvent):
        raise _refused(path, 2, "the front matter is not a list of keys", "write one `key: value` a line")
    _refuse_marks(first, path)
    entries: dict[str, FrontMatterEntry] = {}
    while not isinstance(event := next(body), yaml.MappingEndEvent):
        key, line = _scalar(event, path), _line_of(event)
        if key in entries:
            raise _refused(path, line, f"the key {key!r} is there twice", "keep one of the two")
        event = next(body)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        values = tuple(_items(event, body, path)) if is_list else (_scalar(event, path),)
        entries[key] = FrontMatterEntry(values, line, is_list)
    if (more := next(body, None)) is not None:
        raise _refused(path, _line_of(more), "a second YAML document begins", "keep one list of keys")
    return entries


def _items(start: yaml.Event, body: Iterator[yaml.Event], path: str) -> Iterator[str]:
    _refuse_marks(start, path)
    while not isinstance(event := next(body), yaml.SequenceEndEvent):
        yield _scalar(event, path)


_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 2 if event.start_mark else 2


def _scalar(event: yaml.Event, path: str) -> str:
    line = _line_of(event)
    if not isinstance(event, yaml.ScalarEvent):
        raise _refused(path, line, "a value is neither text nor a list of texts", "aliases and nesting are not allowed")
    _refuse_marks(event, path)
    value: str = event.value.strip()
    if "\n" in value:
        raise _refused(path, line, "a value has several lines", "write it on one line")
    return value


def _refuse_marks(event: yaml.Event, path: str) -> None:
    if getattr(event, "tag", None) is not None or getattr(event, "anchor", None) is not None:
        raise _refused(path, _line_of(event), "a value carries a YAML tag or anchor", "write plain text")


def _refused(path: str, line: int, message: str, hint: str = "") -> FrontMatterError:
    return FrontMatterError(diagnostic("front-matter", Span(path, line), message, hint))
