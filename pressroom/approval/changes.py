"""What changed since it was signed, word by word."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pressroom.approval.digest import WordingLine

Kind = Literal["same", "gone", "new"]
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that is the same, gone or new."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One message that is not what was signed; `before` is empty for a new one, `after` for one that is gone."""

    panel: str
    before: str
    after: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """The message with what is gone and what is new in it."""
        return tuple(word_diff(self.before, self.after))


def word_diff(before: str, after: str) -> Iterator[Part]:
    """The words of both, each once where they are the same; a text without spaces is compared sign by sign."""
    old, new = _words(before), _words(after)
    for tag, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Part("gone", "".join(old[i:j]))
        if k < m:
            yield Part("new", "".join(new[k:m]))


def english_changes(before: Sequence[WordingLine], now: Sequence[WordingLine]) -> tuple[Change, ...]:
    """What the English says otherwise than when it was signed, in the order of the document."""
    return _changes([(line.panel, line.english) for line in before], [(line.panel, line.english) for line in now])


def text_changes(before: Sequence[WordingLine], now: Sequence[WordingLine]) -> tuple[Change, ...]:
    """What the locale says otherwise than when it was signed, in the order of the document."""
    return _changes([(line.panel, line.text) for line in before], [(line.panel, line.text) for line in now])


def as_text(change: Change) -> str:
    """A change in one line: `[-gone-]{+new+}`, as `git diff --word-diff` writes it."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(marks[part.kind].format(part.text) for part in change.parts)


def _changes(before: list[tuple[str, str]], now: list[tuple[str, str]]) -> tuple[Change, ...]:
    found: list[Change] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=before, b=now, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _paired(before[i:j], now[k:m])
    return tuple(found)


def _paired(gone: list[tuple[str, str]], new: list[tuple[str, str]]) -> Iterator[Change]:
    """Each new message with the gone one it was made from, where there is one like it."""
    left = list(gone)
    for panel, after in new:
        near = max(left, key=lambda row: _ratio(row[1], after), default=None)
        if near is not None and _ratio(near[1], after) >= _ALIKE:
            left.remove(near)
            yield Change(panel, near[1], after)
        else:
            yield Change(panel, "", after)
    for panel, text in left:
        yield Change(panel, text, "")


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(a=one, b=other, autojunk=False).ratio()


def _words(text: str) -> list[str]:
    pieces = text.split(" ")
    if len(pieces) < len(text) / 20:
        return list(text)
    return [piece if n == len(pieces) - 1 else f"{piece} " for n, piece in enumerate(pieces)]
