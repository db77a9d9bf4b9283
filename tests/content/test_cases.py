from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pressroom.content import Block, Document, Message
from pressroom.content.parse import parse_document

CASES = Path(__file__).parents[1] / "cases"
HEAD = '---\nnumber: A-1\ntitle: T\nproducts: [card]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n---\n'
_CASE = re.compile(
    r"^# (?P<title>[^\n]+)\n\n## input\n~~~~\n(?P<input>.*?)^~~~~\n\n## expected\n~~~~\n(?P<expected>.*?)^~~~~\n\n"
    r"## diagnostics\n~~~~\n(?P<diagnostics>.*?)^~~~~\n",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """One case of a file in tests/cases/."""

    title: str
    input: str
    expected: str
    diagnostics: list[str]


def _cases() -> Iterator[object]:
    for path in sorted(CASES.glob("*.md")):
        if path.name != "README.md":
            for found in _CASE.finditer(path.read_text(encoding="utf-8")):
                case = Case(found["title"], found["input"], found["expected"], found["diagnostics"].splitlines())
                yield pytest.param(case, id=f"{path.stem}: {case.title}")


def test_no_case_is_passed_over() -> None:
    """Every title in tests/cases/ belongs to a case that is whole."""
    titles = [
        line
        for path in sorted(CASES.glob("*.md"))
        if path.name != "README.md"
        for line in re.sub(r"~~~~\n.*?~~~~", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).splitlines()
        if line.startswith("# ")
    ]
    assert len(titles) == len(list(_cases())) > 30


@pytest.mark.parametrize("case", list(_cases()))
def test_case(case: Case) -> None:
    """A source is read as the case says, or refused with what it says."""
    own_head = case.input.startswith("---")
    before = 0 if own_head else HEAD.count("\n")
    document, problems = parse_document(case.input if own_head else HEAD + case.input, "source/case.md")
    told = [(f"{p.span.line - before} {p.code} ", p.message) for p in problems]
    for (place, message), wanted in zip(told, case.diagnostics, strict=True):
        assert wanted.startswith(place)
        assert wanted.removeprefix(place) in message
    assert _written(document) == case.expected
    assert (document is None) == bool(problems)


def _written(document: Document | None) -> str:
    panels = document.panels if document else ()
    return "".join(line + "\n" for panel in panels for line in (f"panel {panel.name}", *_blocks(panel.blocks, 1)))


def _blocks(blocks: tuple[Block, ...], depth: int) -> Iterator[str]:
    for block in blocks:
        kind = f"ordered {block.kind}" if block.ordered else block.kind
        kind += f" {block.level}" if block.level else ""
        kind += f" {block.source}" if block.source else ""
        kind += f" {block.rank}" if block.rank else ""
        kind += " of boxes" if block.boxes else " to write in" if block.written else ""
        kind += f" {block.width}%" if block.width else ""
        kind += f" {block.side}" if block.side else ""
        kind += " window" if block.window else ""
        words = f": {block.message.msgid}" if block.message else ""
        yield "  " * depth + kind + words.replace("\n", "⏎")
        if block.message:
            yield from ("  " * (depth + 1) + said for said in _said(block.message))
        yield from _blocks(block.children, depth + 1)


def _said(message: Message) -> Iterator[str]:
    yield from (f"@role {message.role}" for _ in [0] if message.role.startswith("table"))
    yield from (f"@context {message.context}" for _ in [0] if message.context)
    yield from (f"@note {note}" for note in message.notes)
    yield from (f"@pending {message.pending}" for _ in [0] if message.pending)
    yield from (f"@link {link}" for link in message.links)
