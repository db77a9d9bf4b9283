"""Reads YAML front matter strictly: strings and lists of strings, with their lines.

It reads events and never builds objects: an alias bomb, a tag or a duplicate key is refused, and `no` is the text `no`
(see docs/explanation/untrusted-input.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from pressroom.diagnostics import Diagnostic, Span, diagnostic

_LIMIT = 20_000


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


class FrontMatterError(Exception):
    """The front matter can't be read; carries the diagnostic."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def split(text: str, path: str) -> tuple[str, str, int]:
    """The front matter, the body, and the number of the body's first line.

    Raises:
        FrontMatterError: the file does not begin with `---`, or the second `---` is missing.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise _refused(path, 1, "the file does not begin with front matter", "begin with --- and the document's number")
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    raise _refused(path, 1, "the front matter does not end", "close it with a line of three hyphens")


def read(text: str, path: str) -> dict[str, FrontMatterEntry]:
    """The keys of one flat mapping; `text` begins at line 2 of its file.

    Raises:
        FrontMatterError: not a flat mapping of strings and lists of strings, or a key twice.
    """
    if len(text) > _LIMIT:
        raise _refused(path, 2, f"the front matter is {len(text)} characters long", f"keep it under {_LIMIT}")
    try:
        events = list(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise _refused(path, mark.line + 2 if mark else 2, f"the front matter can't be read: {problem}") from None
    return _entries(events, path)


def _entries(events: list[yaml.Event], path: str) -> dict[str, FrontMatterEntry]:
    body = iter([e for e in events if not isinstance(e, _FRAME)])
    first = next(body, None)
    if not isinstance(first, yaml.MappingStartEvent):
        raise _refused(path, 2, "the front matter is not a list of keys", "write one `key: value` a line")
    _refuse_marks(first, path)
    entries: dict[str, FrontMatterEntry] = {}
    while not isinstance(event := next(body), yaml.MappingEndEvent):
        key, line = _scalar(event, path), _line(event)
        if key in entries:
            raise _refused(path, line, f"the key {key!r} is there twice", "keep one of the two")
        event = next(body)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        values = tuple(_items(event, body, path)) if is_list else (_scalar(event, path),)
        entries[key] = FrontMatterEntry(values, line, is_list)
    if (more := next(body, None)) is not None:
        raise _refused(path, _line(more), "a second YAML document begins", "keep one list of keys")
    return entries


def _items(start: yaml.Event, body: Iterator[yaml.Event], path: str) -> Iterator[str]:
    _refuse_marks(start, path)
    while not isinstance(event := next(body), yaml.SequenceEndEvent):
        yield _scalar(event, path)


_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 2 if event.start_mark else 2


def _scalar(event: yaml.Event, path: str) -> str:
    line = _line(event)
    if not isinstance(event, yaml.ScalarEvent):
        raise _refused(path, line, "a value is neither text nor a list of texts", "aliases and nesting are not allowed")
    _refuse_marks(event, path)
    value: str = event.value.strip()
    if "\n" in value:
        raise _refused(path, line, "a value has several lines", "write it on one line")
    return value


def _refuse_marks(event: yaml.Event, path: str) -> None:
    if getattr(event, "tag", None) is not None or getattr(event, "anchor", None) is not None:
        raise _refused(path, _line(event), "a value carries a YAML tag or anchor", "write plain text")


def _refused(path: str, line: int, message: str, hint: str = "") -> FrontMatterError:
    return FrontMatterError(diagnostic("front-matter", Span(path, line), message, hint))
