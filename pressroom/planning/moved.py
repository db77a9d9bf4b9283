"""Findings of a piece whose lines moved: where they were among the piece's places, and where they are today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pressroom.diagnostics import Diagnostic, Span

# The number of a finding's own place in the piece, then those of the places that its words name; -1 is no place in it.
Places = tuple[int, ...]


def places_in(finding: Diagnostic, spans: tuple[Span, ...]) -> Places:
    """Where a finding is among the places of the piece that it was found in."""
    numbers: dict[str, int] = {}
    for number, span in enumerate(spans):
        numbers.setdefault(str(span), number)
    named = _mention(span.path for span in spans).findall(_words(finding))
    return (numbers.get(str(finding.span), -1), *(numbers.get(mention, -1) for mention in named))


def at_places(finding: Diagnostic, places: Places, spans: tuple[Span, ...]) -> Diagnostic:
    """The finding at today's lines; `spans` are the places of the piece as it is now.

    Raises:
        ValueError: the finding names other places than it did.
    """
    own, *named = places
    mention, words = _mention(span.path for span in spans), _words(finding)
    if len(mention.findall(words)) != len(named) or max(places) >= len(spans):
        raise ValueError("its places are not those of the piece")
    numbers = iter(named)

    def today(match: re.Match[str]) -> str:
        number = next(numbers)
        return match[0] if number < 0 else str(spans[number])

    message, hint = (mention.sub(today, text) for text in (finding.message, finding.hint))
    return replace(finding, span=finding.span if own < 0 else spans[own], message=message, hint=hint)


def _words(finding: Diagnostic) -> str:
    return f"{finding.message}\n{finding.hint}"


def _mention(paths: Iterable[str]) -> re.Pattern[str]:
    """A line of one of these files, as findings name it."""
    return re.compile("(?:" + "|".join(map(re.escape, sorted(set(paths) - {""}))) + r"):\d+(?!\d)")
