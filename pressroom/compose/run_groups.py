"""Groups the runs of a right-to-left message, where a number and its sign are in different runs: `**5** µg`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from pressroom.compose.left_to_right import SPACES, Span, left_to_right_spans
from pressroom.content.inline import InlineRun

# For a placeholder, whose value has a direction of its own: a right-to-left letter.
_CLOSED = "\u05d0"


class PlacedRun(NamedTuple):
    """A run and the offset of its first letter in the printed message."""

    run: InlineRun
    start: int


class RunGroup(NamedTuple):
    """Runs side by side; if `together`, they are one stretch that must be set left to right."""

    runs: tuple[PlacedRun, ...]
    together: bool = False

    @property
    def length(self) -> int:
        """How many letters it has."""
        return sum(len(placed.run.text) for placed in self.runs)


def message_spans(runs: Sequence[InlineRun], printed: Sequence[str]) -> tuple[Span, ...]:
    """The stretches of a whole right-to-left message that are set left to right; placeholders are in none."""
    texts = zip(runs, printed, strict=True)
    return tuple(left_to_right_spans("".join(_CLOSED * len(text) if run.placeholder else text for run, text in texts)))


def spans_within(spans: Sequence[Span], text: str, start: int) -> Iterator[Span]:
    """What of these stretches is in a text that begins at `start` in the message, counted from its first letter."""
    for span in spans:
        first, last = max(span.start - start, 0), min(span.end - start, len(text))
        if words := text[first:last].strip(SPACES) if first < last else "":
            first = text.index(words, first)
            yield Span(first, first + len(words))


def run_groups(runs: Sequence[InlineRun], printed: Sequence[str], spans: Sequence[Span]) -> Iterator[RunGroup]:
    """The runs in order, cut where a stretch of several of them begins.

    `printed` is what is printed of each run, `spans` what is set left to right of the message.
    """
    starts = [0, *accumulate(map(len, printed))]
    placed = [PlacedRun(run, start) for run, start in zip(runs, starts, strict=False)]
    shared = _shared(runs, spans, starts) if len(runs) > 1 else []
    pieces = [piece for one, text in zip(placed, printed, strict=True) for piece in _cut(one, len(text), shared)]
    for number, group in groupby(pieces, key=lambda piece: _stretch_of(piece, shared)):
        if number is None:
            yield from (RunGroup((piece,)) for piece in group)
        else:
            yield RunGroup(tuple(group), together=True)


def _shared(runs: Sequence[InlineRun], spans: Sequence[Span], starts: Sequence[int]) -> list[Span]:
    """The stretches that reach over an edge of runs. None cuts a link in two."""
    links = [Span(starts[at], starts[at + 1]) for at, run in enumerate(runs) if run.link is not None]
    edges = starts[1:-1]
    return [
        span
        for span in spans
        if any(span.start < edge < span.end for edge in edges)
        and not any(link.start < edge < link.end for edge in span for link in links)
    ]


def _cut(placed: PlacedRun, length: int, shared: Sequence[Span]) -> Iterator[PlacedRun]:
    run, start = placed
    if run.placeholder or run.line_break or not run.text:
        yield placed
        return
    inside = {edge - start for span in shared for edge in span if start < edge < start + length}
    edges = [0, *sorted(inside), length]
    for first, last in pairwise(edges):
        yield PlacedRun(replace(run, text=run.text[first:last]), start + first)


def _stretch_of(placed: PlacedRun, shared: Sequence[Span]) -> int | None:
    if placed.run.placeholder or placed.run.line_break or not placed.run.text:
        return None
    return next((at for at, span in enumerate(shared) if span.start <= placed.start < span.end), None)
