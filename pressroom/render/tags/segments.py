"""Divides the letters of a piece of a line where programs that copy text would put its signs in another order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

# Unicode does not mirror quotation marks, PDFium does.
_PAIRS: Final = ("()", "[]", "{}", "<>", "«»", "‹›", "≤≥", "“”", "‘’")
MIRRORED: Final = {one: other for pair in _PAIRS for one, other in zip(pair, pair[::-1], strict=True)}
# Signs without a direction (UAX 9).
_NEUTRAL: Final = frozenset({"ON", "WS"})
# Poppler reads signs of these classes from the left, and what follows them up to a letter that runs from the right: a
# mark ends them there, before the space. Another mark holds a bracket at the end of a Latin piece to it.
_READ_FROM_LEFT: Final = frozenset({"L", "EN", "AN", "ES", "ET", "CS"})
_FROM_RIGHT: Final = "\u200f"
_FROM_LEFT: Final = "\u200e"


def segments(seen: Sequence[tuple[str, bool]], *, level: bool) -> Iterator[tuple[str, bool, str]]:
    """The segments of a piece, each with the mark that Poppler needs after it (see `_READ_FROM_LEFT`)."""
    if not any(backward for _, backward in seen):
        ends_in_sign = not (level or seen[-1][0].isalnum())
        yield "".join(sign for sign, _ in seen), False, _FROM_LEFT if ends_in_sign else ""
        return
    start = 0
    for signs, is_mirrored in _mirrored(seen):
        rest = signs
        while not is_mirrored and (at := _run_end(seen, start, rest)) >= 0:
            if at:
                yield rest[:at], False, ""
            yield rest[at], False, _FROM_RIGHT
            start, rest = start + at + 1, rest[at + 1 :]
        if rest:
            yield rest, is_mirrored, ""
        start += len(rest)


def _run_end(seen: Sequence[tuple[str, bool]], start: int, signs: str) -> int:
    """Where among these signs, which start there, a space is beside what Poppler reads from the left; -1 if nowhere.

    What is beside the piece may be read so.
    """
    for at, sign in enumerate(signs):
        after = seen[start + at + 1][0] if start + at + 1 < len(seen) else ""
        is_beside = not after or unicodedata.bidirectional(after) in _READ_FROM_LEFT
        if sign == " " and seen[start + at][1] and is_beside:
            return at
    return -1


def _mirrored(seen: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The letters in order, with True for signs without a direction among which one is mirrored."""
    plain = ""
    for is_neutral, group in groupby(seen, key=_is_neutral):
        signs = "".join(sign for sign, _ in group)
        if is_neutral and not MIRRORED.keys().isdisjoint(signs):
            if plain:
                yield plain, False
            yield signs, True
            plain = ""
        else:
            plain += signs
    if plain:
        yield plain, False


def _is_neutral(letter: tuple[str, bool]) -> bool:
    """True for a sign without a direction, in right-to-left text."""
    return letter[1] and unicodedata.bidirectional(letter[0]) in _NEUTRAL
