"""Finds where a line may end within a word of Chinese, Japanese and Korean, and had better not."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, Literal

from pressroom.compose.line_break import BREAK, GIVING, JOIN, chinese_words, endings, word_signs, writing_of
from pressroom.language import Language, weak_words

_HANGUL_WORD = re.compile(rf"[가-힣](?:{JOIN}?[가-힣])*")
# Syllables: of the second part at least, and of a word that may be parted after its first one.
_LEAST_PART: Final = 2
_LONG_WORD: Final = 4
# How an end parts a word: within an ending of Japanese, within a phrase or a word, or perhaps within one.
WeakEnd = Literal["ending", "word", "unknown"]


def weak_ends(text: str, language: Language) -> dict[int, WeakEnd]:
    """The offsets within a Japanese phrase or a Chinese word: a line ends there only if others are worse.

    `text` may have signs of its own. A heading needs none: its signs forbid those ends.
    """
    if language.breaking not in GIVING:
        return {}
    places = [at for at, sign in enumerate(text) if sign not in (JOIN, BREAK)]
    bare = "".join(text[at] for at in places)
    found: dict[int, WeakEnd] = dict.fromkeys(_lone_signs(bare, language), "unknown")
    found |= {at: "word" for at, sign in word_signs(bare, language).items() if sign == JOIN}
    if language.breaking == "phrases":
        found |= dict.fromkeys(endings(bare, language), "ending")
    return {places[at]: kind for at, kind in found.items()}


def parted_words(text: str, language: Language) -> list[int]:
    """The offsets between syllables of Korean words at which a line may end where whole words would leave a hole.

    The second part has two syllables or more, and is never a particle or an ending of a verb alone. Words of three
    syllables stay whole.
    """
    if language.breaking != "words":
        return []
    whole, found = weak_words(language.tag).postpositions, []
    for word in _HANGUL_WORD.finditer(text):
        places = [at for at in range(word.start(), word.end()) if text[at] != JOIN]
        bare = "".join(text[at] for at in places)
        if len(bare) >= _LONG_WORD:
            found += [places[at] for at in range(1, len(bare) - _LEAST_PART + 1) if bare[at:] not in whole]
    return found


def _lone_signs(text: str, language: Language) -> list[int]:
    """Chinese: where a word ends beside a sign that is no word by itself; both may be one that ICU does not know."""
    if language.breaking != "compounds":
        return []
    signs = weak_words(language.tag).signs
    words = chinese_words(text)
    return [
        end
        for (start, end), (_, stop) in pairwise(words)
        if writing_of(text[end - 1]) == writing_of(text[end]) == "ideograph"
        and not ({text[start:end], text[end:stop]} & signs)
        and 1 in (end - start, stop - end)
    ]
