"""Cuts a source file into the blocks that an author edits one at a time, each with its lines, as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markdown_it.token import Token

from pressroom.content.blocks import block_tokens
from pressroom.fingerprint import content_hash

SourceKind = Literal["title", "heading", "text", "table", "slot"]
_LEAVES: Final[dict[str, SourceKind]] = {"heading_open": "heading", "paragraph_open": "text", "table_open": "table"}
_SLOT: Final = re.compile(r"<!--\s*slot\s*:")
_TITLE: Final = re.compile(r"title\s*:")
_FENCE: Final = "---"


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """One block of a source: its number from 1, its first line from 1, the line after its last, and its text.

    A comment on the line directly above, such as a note to translators, is a part of it.
    """

    number: int
    kind: SourceKind
    line: int
    end: int
    text: str

    @property
    def mark(self) -> str:
        """Sixteen hex digits of its text."""
        return content_hash(self.text.encode("utf-8", "surrogatepass"))[:16]


def source_blocks(text: str) -> tuple[SourceBlock, ...]:
    """The blocks of a source in order: its title, headings, paragraphs, list items, tables, and slots."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    body = _body(lines)
    spans: list[tuple[SourceKind, int, int]] = [
        ("title", at, at + 1) for at, line in enumerate(lines[:body]) if _TITLE.match(line)
    ][:1]
    spans += [(kind, first + body, end + body) for kind, first, end in _leaves(lines[body:])]
    return tuple(
        SourceBlock(number, kind, first + 1, end + 1, "\n".join(lines[first:end]))
        for number, (kind, first, end) in enumerate(spans, start=1)
    )


def with_block(text: str, block: SourceBlock, written: str) -> str:
    """The source with another text in the place of a block; not one other byte changes."""
    lines = text.split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    new = [f"{line}{ending}" for line in written.strip("\n").split("\n")]
    if block.end > len(lines):
        # The file's last line has no end.
        new[-1] = new[-1].removesuffix(ending)
    return "\n".join([*lines[: block.line - 1], *new, *lines[block.end - 1 :]])


def _body(lines: Sequence[str]) -> int:
    """The index of the first line after the front matter; 0 if there is none."""
    if not lines or lines[0].removeprefix("\ufeff").rstrip() != _FENCE:
        return 0
    return next((at + 1 for at, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), 0)


def _leaves(lines: Sequence[str]) -> Iterator[tuple[SourceKind, int, int]]:
    """The kind, the first line and the line after the last of each block, from 0."""
    above: Token | None = None
    inside = -1
    for token in block_tokens("\n".join(lines)):
        if token.map is None or token.map[0] < inside:
            continue
        first, end = token.map
        if token.type == "html_block":
            if _SLOT.search(token.content):
                yield "slot", first, _last(lines, first, end)
                above = None
            else:
                above = token
        elif token.type in _LEAVES:
            touches = above is not None and above.map is not None and _last(lines, *above.map) == first
            begin = above.map[0] if touches and above is not None and above.map is not None else first
            inside = _last(lines, first, end)
            yield _LEAVES[token.type], begin, inside
            above = None


def _last(lines: Sequence[str], first: int, end: int) -> int:
    """The line after the last one that is not empty."""
    while end > first + 1 and not lines[end - 1].strip(" >\t"):
        end -= 1
    return end
