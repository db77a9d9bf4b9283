"""Where lines may end, in scripts the layout engine knows too little of: text goes in, invisible signs come out.

Pango breaks Thai by a dictionary, but Khmer, Lao, Burmese and Karen only at spaces, Japanese between any two signs,
and Korean within words. U+200B allows a break and U+2060 forbids one; they are put in here and stand in no catalog.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from pressroom.language import Language

if TYPE_CHECKING:
    from budoux import Parser

BREAK: Final = "\u200b"
JOIN: Final = "\u2060"
# A phrase of more signs may break between two ideographs, as any compound may in Japanese.
_LONG_PHRASE: Final = 6
_HANGUL = re.compile(r"(?<=[^\s(\[{“‘「『〈《])(?=[가-힣])")
# After these the syllable goes on below (Khmer's coeng, Burmese virama); a letter before those closes one (asat).
_STACKERS: Final = "\u17d2\u1039"
_CLOSERS: Final = "\u1039\u103a"


def line_signs(text: str, language: Language, kept: Sequence[tuple[int, int]]) -> dict[int, str]:
    """The sign to be put in before each offset; none within a stretch of `kept`, which must never be broken."""
    find = _WAYS.get(language.breaking)
    if find is None:
        return {}
    inside = {offset for start, end in kept for offset in range(start + 1, end)}
    signs = {offset: sign for offset, sign in find(text, language).items() if offset not in inside}
    if language.breaking == "dictionary":
        # Where the dictionary cut a kept word wrongly, it may have missed the word's own ends.
        ends = {offset for stretch in kept for offset in stretch if 0 < offset < len(text)}
        signs |= {offset: BREAK for offset in ends if _between_letters(text, offset)}
    return signs


def _dictionary(text: str, language: Language) -> dict[int, str]:
    """ICU's dictionaries; a break that a space allows already, or that would cut a syllable, is left out."""
    from icu4py.breakers import LineBreaker

    # ICU counts in UTF-16; a sign beyond it breaks no word, whatever stands for it.
    flat = "".join(sign if ord(sign) < 0x10000 else "\ufffc" for sign in text)
    ends = (end for _, end in LineBreaker(flat, _ICU_TAGS.get(language.tag, language.tag)).segments())
    return {at: BREAK for at in ends if at < len(text) and _between_letters(text, at)}


def _between_letters(text: str, at: int) -> bool:
    before, after, next_sign = text[at - 1], text[at], text[at + 1 : at + 2]
    cuts = before in _STACKERS or unicodedata.category(after) != "Lo" or (next_sign and next_sign in _CLOSERS)
    return not cuts and not before.isspace()


def _phrases(text: str, language: Language) -> dict[int, str]:
    """BudouX: a break between phrases; none inside a short one, nor before its kana."""
    signs: dict[int, str] = {}
    start = 0
    for phrase in _japanese().parse(text):
        if start and not text[start - 1].isspace():
            signs[start] = BREAK
        for at in range(start + 1, start + len(phrase)):
            before, after = text[at - 1], text[at]
            long = len(phrase) > _LONG_PHRASE and _is_ideograph(before) and _is_ideograph(after)
            if not long and _is_wide(before) and _is_wide(after):
                signs[at] = JOIN
        start += len(phrase)
    return signs


@cache
def _japanese() -> Parser:
    import budoux

    return budoux.load_default_japanese_parser()


def _is_ideograph(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or sign == "々"


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _words(text: str, language: Language) -> dict[int, str]:
    """Korean: a word is not broken, and a particle stays with the number or the bracket before it."""
    return {match.start(): JOIN for match in _HANGUL.finditer(text)}


# ICU knows no Karen; its rules for Burmese give the syllables of the script they share.
_ICU_TAGS: Final = {"ksw": "my"}
_WAYS: Final[dict[str, Callable[[str, Language], dict[int, str]]]] = {
    "dictionary": _dictionary,
    "phrases": _phrases,
    "words": _words,
}
