"""Pairs the lines of a text with those that a person signed, and shows what changed in each, word by word."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from pressroom.approval.wording import WordingLine
from pressroom.content.inline import InlineRun, parse_inline

Kind = Literal["same", "gone", "new"]
# Two texts with a smaller ratio of similarity are two messages, not one that changed.
_SIMILAR: Final = 0.5
# A text with fewer spaces than one in twenty letters is compared by letter.
_SPACED: Final = 20
# A word, or the marks at its end, each with the spaces after it. A mark within a word or number is part of it.
_WORD: Final = re.compile(r"(?:(?![.,;:!?)…”»،؛؟۔]+(?:\s|$))\S)+\s*|\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line as it is now, and as it was signed; `before` is None for a new line."""

    now: WordingLine
    before: WordingLine | None

    @property
    def english_changed(self) -> bool:
        """True if the English is not what was signed, or is in another panel, or has other links."""
        if self.before is None:
            return True
        parts = ((line.panel, line.context, line.english) for line in (self.now, self.before))
        return len({*parts}) > 1

    @property
    def text_changed(self) -> bool:
        """True if the text in the locale is not what was signed."""
        return self.before is None or self.before.text != self.now.text

    @property
    def changed(self) -> bool:
        """True if either is not what was signed."""
        return self.english_changed or self.text_changed


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A stretch of text set one way that is the same, gone or new."""

    kind: Kind
    run: InlineRun


# A space that only the text as it was has.
_SPACE: Final = ShownRun("gone", InlineRun(" "))


def line_changes(
    before: Iterable[WordingLine], now: Sequence[WordingLine]
) -> tuple[tuple[LineChange, ...], tuple[WordingLine, ...]]:
    """Each line of now with the signed line that it was, in the order of now; and the signed lines that are gone.

    A line is found again by all of it, else by its English, else by a similar text. Each signed line is found once.
    """
    left = [replace(line, links=()) for line in before]
    found: dict[int, WordingLine] = {}
    for same in (_same_line, _same_english):
        for number, line in enumerate(now):
            match = next((old for old in left if same(old, line)), None) if number not in found else None
            if match is not None:
                left.remove(match)
                found[number] = match
    for number, line in enumerate(now):
        if number not in found and (near := _nearest(left, line)) is not None:
            left.remove(near)
            found[number] = near
    return tuple(LineChange(line, found.get(number)) for number, line in enumerate(now)), tuple(left)


def is_reordered(before: Iterable[WordingLine], now: Iterable[WordingLine]) -> bool:
    """True if the same English lines come in another order."""
    old, new = ([line.english for line in lines] for lines in (before, now))
    return old != new and Counter(old) == Counter(new)


def shown_runs(text: str) -> tuple[ShownRun, ...]:
    """A text in which nothing changed."""
    return tuple(ShownRun("same", run) for run in parse_inline(text).runs)


def run_diff(before: str, after: str) -> tuple[ShownRun, ...]:
    """Both texts with their emphasis, each word once where it is the same. A word that became bold is gone and new."""
    spaced = after.count(" ") + before.count(" ") >= (len(after) + len(before)) / _SPACED
    old, new = (list(_pieces(text, spaced=spaced)) for text in (before, after))
    keys = [[replace(run, text=run.text.strip()) for run in runs] for runs in (old, new)]
    shown: list[ShownRun] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        gone = old[i:j] if tag != "equal" else []
        if gone and shown and i and spaced:
            shown += _space_before(old[i - 1], shown[-1])
        shown += [ShownRun("gone", run) for run in gone]
        shown += [_SPACE] if gone and k < m and spaced and gone[-1].text == gone[-1].text.rstrip() else []
        shown += [ShownRun("same" if tag == "equal" else "new", run) for run in new[k:m]]
    return tuple(part for one in _joined(shown) for part in _without_spaces(one))


def _space_before(old: InlineRun, last: ShownRun) -> list[ShownRun]:
    """The space that a word had before the words that are gone after it."""
    return [_SPACE] if old.text.endswith(" ") and not last.run.text.endswith(" ") else []


def _without_spaces(one: ShownRun) -> Iterator[ShownRun]:
    """A stretch that is gone or new, with the spaces around it apart: they are neither struck nor underlined."""
    text = one.run.text
    core = text.strip()
    if one.kind == "same" or core == text or not core:
        yield one
        return
    at = text.index(core)
    parts = (text[:at], core, text[at + len(core) :])
    yield from (ShownRun(one.kind, replace(one.run, text=part)) for part in parts if part)


def _same_line(old: WordingLine, line: WordingLine) -> bool:
    return (old.panel, old.context, old.english, old.text) == (line.panel, line.context, line.english, line.text)


def _same_english(old: WordingLine, line: WordingLine) -> bool:
    return (old.context, old.english) == (line.context, line.english)


def _nearest(left: Iterable[WordingLine], line: WordingLine) -> WordingLine | None:
    """The line whose English is most similar; None if none is similar."""
    pairs = [(difflib.SequenceMatcher(a=o.english, b=line.english, autojunk=False).ratio(), o) for o in left]
    likeness, near = max(pairs, key=lambda pair: pair[0], default=(0.0, None))
    return near if likeness >= _SIMILAR else None


def _pieces(text: str, *, spaced: bool) -> Iterator[InlineRun]:
    """The runs of a text cut into words, or into letters where it has no spaces."""
    for run in parse_inline(text).runs:
        if run.placeholder is not None or run.link is not None or run.line_break:
            yield run
        else:
            yield from (replace(run, text=piece) for piece in (_WORD.findall(run.text) if spaced else run.text))


def _joined(shown: Iterable[ShownRun]) -> Iterator[ShownRun]:
    """Neighbours of one kind that are set one way, as one."""
    last: ShownRun | None = None
    for one in shown:
        if last is not None and last.kind == one.kind and _joins(last.run, one.run):
            last = ShownRun(one.kind, replace(last.run, text=last.run.text + one.run.text))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _joins(left: InlineRun, right: InlineRun) -> bool:
    return replace(left, text="") == replace(right, text="") and left.placeholder is None and not left.line_break
