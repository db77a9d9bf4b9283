"""The fuzzy matcher: finds the known msgid that is most like a new one.

Measured against the three in use: msgmerge compares every pair, Babel likewise in Python, translate-toolkit misses
one in sixteen. Here a cut by length and by shared words leaves few pairs, and those are compared in C.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Indel

_WORD: Final = re.compile(r"\w+")
# Two sentences of one subject share about half of their letters by chance; below this, most pairs are strangers.
_LETTERS: Final = 0.60
_WORDS: Final = 0.50
# With so few words one changed word is half of the message, and only the letters can tell.
_FEW: Final = 2
_CLOSE: Final = 0.72
_LOOKED_AT: Final = 24


class Matcher:
    """An index of known msgids by their words; the rarer a shared word, the sooner its msgid is looked at."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self.words = [tuple(_WORD.findall(text.lower())) for text in known]
        self.holders: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.words):
            for word in dict.fromkeys(words):
                self.holders[word].append(place)
        self.short = [place for place, words in enumerate(self.words) if len(words) <= _FEW + 1]

    def best(self, msgid: str) -> tuple[int, float] | None:
        """The place of the known msgid most like this one, and how like it is (0 to 1); the earliest of equals."""
        words = tuple(_WORD.findall(msgid.lower()))
        found: tuple[int, float] | None = None
        for place in self._nearby(msgid, words):
            floor = found[1] if found else 0.0
            score = _likeness(msgid, words, self.known[place], self.words[place], floor)
            if score > floor or (found and score == floor and score and place < found[0]):
                found = place, score
        return found

    def _nearby(self, msgid: str, words: tuple[str, ...]) -> list[int]:
        shared: Counter[int] = Counter()
        total = len(self.known)
        for word in dict.fromkeys(words):
            holders = self.holders.get(word, ())
            # A word that a large part of the messages has tells nothing, unless there are few messages.
            if len(holders) * 8 <= total or total < 200:
                for place in holders:
                    shared[place] += 1
        near = [place for place, _ in shared.most_common(4 * _LOOKED_AT)]
        if len(words) <= _FEW:
            near += [place for place in self.short if place not in shared]
        length = len(msgid)
        near = [p for p in near if 3 * min(length, len(self.known[p])) >= max(length, len(self.known[p]))]
        return near if len(words) <= _FEW else near[:_LOOKED_AT]


def _likeness(one: str, one_words: tuple[str, ...], other: str, other_words: tuple[str, ...], floor: float) -> float:
    few = max(len(one_words), len(other_words)) <= _FEW
    letters = Indel.normalized_similarity(one, other, score_cutoff=max(_CLOSE if few else _LETTERS, 2 * floor - 1))
    if few or not letters:
        return letters
    words = Indel.normalized_similarity(one_words, other_words, score_cutoff=_WORDS)
    return (letters + words) / 2 if words else 0.0
