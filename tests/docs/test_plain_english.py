from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT

INSTEAD = tomllib.loads((Path(__file__).parent / "plain-english.toml").read_text(encoding="utf-8"))
# The history of changes is kept as it was written.
CHECKED = [page for page in PAGES if page.name != "CHANGELOG.md"]
pages = pytest.mark.parametrize("page", CHECKED, ids=lambda page: page.relative_to(ROOT).as_posix())
_WORD = re.compile(rf"\b(?:{'|'.join(INSTEAD)})\b", re.IGNORECASE)
_LONGEST_AVERAGE = 20
# The hash of a record covers its first line, so that line stays as it is.
_IN_RECORDS = {("records.py", "stands"), ("records.py", "stand")}


def _prose(page: Path) -> str:
    """A page without its code, its comments, the names of codes and products, and the targets of its links."""
    text = re.sub(r"^ *```.*?^ *```$|<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^    .*$|^### .*$|\]\([^)]*\)|`[^`]*`", " ", text, flags=re.MULTILINE)


def _sentences(prose: str) -> list[list[str]]:
    """The words of every sentence of four words or more; a cell, an item and a heading end one."""
    ends = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n|\||\n *(?:[-*]|\d+\.) |^#.*$", re.MULTILINE)
    words = (re.findall(r"[\w’'–-]+", sentence) for sentence in ends.split(prose))
    return [found for found in words if len(found) > 3]


@pages
def test_everyday_words(page: Path) -> None:
    """A page has no word for which the list knows a plainer one."""
    words = {match.lower() for match in _WORD.findall(_prose(page))}
    assert {word: INSTEAD[word] for word in sorted(words)} == {}


@pages
def test_short_sentences(page: Path) -> None:
    """The sentences of a page have under 20 words on average."""
    sentences = _sentences(_prose(page))
    assert sum(map(len, sentences)) < _LONGEST_AVERAGE * max(1, len(sentences))


def test_everyday_words_in_messages() -> None:
    """No message, hint or docstring of the program has such a word either."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {match[0]}"
        for path in sorted((ROOT / "pressroom").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        for match in _WORD.finditer(node.value)
        if (path.name, match[0]) not in _IN_RECORDS
    ]
    assert found == []
