"""Finds where lines may end in scripts that the layout engine knows too little about, and marks them.

Pango breaks Thai by a dictionary, but Khmer, Lao, Burmese and Karen only at spaces, Japanese between any two signs,
and Korean within words. U+200B allows a break and U+2060 forbids one; they are added here and are in no catalog.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pressroom.language import Language, weak_words

if TYPE_CHECKING:
    from budoux import Parser

Way = Callable[[str, Language], dict[int, str]]
BREAK: Final = "\u200b"
JOIN: Final = "\u2060"
# A phrase of more signs may break between two ideographs, as any compound may in Japanese.
_LONG_PHRASE: Final = 6
_LONGEST_COMPOUND: Final = 4
# A sign with the hiragana after it: an inflected ending, or a particle.
_ENDING: Final = re.compile(r"\S[ぁ-ゖ]+")
# What is longer is several words, and may be wider than a narrow column: a line may end after a particle in it.
_LONGEST_ENDING: Final = 7
_PARTICLES_WITHIN: Final = frozenset("がを")
# Up to five ideographs are one word to a reader.
_SHORT_COMPOUND = re.compile(r"(?<![㐀-鿿々])[㐀-鿿々]{2,5}(?![㐀-鿿々])")
# Punctuation that ends something, and combining marks: BudouX may begin a phrase with one that Japanese does not use.
_NEVER_FIRST: Final = frozenset({"Pe", "Pf", "Po", "Mn", "Mc", "Me"})
_OPENS: Final = r"(\[{“‘「『〈《"
_HANGUL = re.compile(rf"(?<=[^\s{_OPENS}])(?=[가-힣])|(?<=[가-힣])(?=[{_OPENS}A-Za-z0-9])")
# After these the syllable goes on below (Khmer's coeng, Burmese virama); a letter before those closes one (asat).
_STACKERS: Final = "\u17d2\u1039"
_CLOSERS: Final = "\u1039\u103a"


def line_signs(text: str, language: Language, kept: Sequence[tuple[int, int]], *, firm: bool = False) -> dict[int, str]:
    """The sign to be put in before each offset; none within a stretch of `kept`, which must never be broken.

    Words of Chinese and Japanese are `firm` in headings: running text and labels have `weak_ends`, and signs only
    within the ends of Japanese predicates.
    """
    find = (_WAYS if firm or language.breaking not in GIVING else _FIRM_ENDINGS).get(language.breaking)
    if find is None:
        return {}
    if language.breaking in _WORD_FINDERS:
        return _beside(text, language, kept, find)
    inside = {offset for start, end in kept for offset in range(start + 1, end)}
    return {offset: sign for offset, sign in find(text, language).items() if offset not in inside}


def word_signs(text: str, language: Language) -> dict[int, str]:
    """The signs that hold Japanese phrases and Chinese words together, which give way in running text."""
    return _WAYS[language.breaking](text, language) if language.breaking in GIVING else {}


def _beside(text: str, language: Language, kept: Sequence[tuple[int, int]], find: Way) -> dict[int, str]:
    """Signs for the text between kept stretches, and a break beside a kept word.

    A dictionary that does not know the kept word would join letters of its neighbours to it.
    """
    edges = [0, *(offset for stretch in _merged(kept) for offset in stretch), len(text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    signs = {start + at: sign for start, end in gaps for at, sign in find(text[start:end], language).items()}
    ends = {offset for offset in edges if 0 < offset < len(text) and _is_letter(text[offset - 1])}
    return signs | {offset: BREAK for offset in ends if _may_begin(text, offset, language)}


def _merged(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order, with those that overlap joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _dictionary(text: str, language: Language) -> dict[int, str]:
    """ICU's dictionaries; a break that a space allows already, or that would cut a syllable, is left out."""
    from icu4py.breakers import LineBreaker

    ends = (end for _, end in LineBreaker(_in_one_unit(text), _ICU_TAGS.get(language.tag, language.tag)).segments())
    return {at: BREAK for at in ends if at < len(text) and _may_begin(text, at, language)}


def _in_one_unit(text: str) -> str:
    """ICU counts in UTF-16: a sign that takes two units is replaced by one that takes one, and breaks as a picture."""
    return "".join(sign if ord(sign) < 0x10000 else "\ufffc" for sign in text)


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


def _may_begin(text: str, at: int, language: Language) -> bool:
    before, after, next_sign = text[at - 1], text[at], text[at + 1 : at + 2]
    cuts = before in _STACKERS or unicodedata.category(after) != "Lo" or (next_sign and next_sign in _CLOSERS)
    return not cuts and not before.isspace() and not _is_ending(text, at, language)


def _is_ending(text: str, at: int, language: Language) -> bool:
    """True where an ending begins that ends with a syllable: `ကို`, but not `ကိုယ်`, a word whose letters go on."""
    ends = (at + len(ending) for ending in language.never_first if text.startswith(ending, at))
    return any(not _goes_on(text, end) for end in ends)


def _goes_on(text: str, at: int) -> bool:
    """True where the syllable before `at` has not ended: a mark follows, or a letter that closes it."""
    following = text[at : at + 1]
    return bool(following) and (unicodedata.category(following)[0] == "M" or text[at + 1 : at + 2] in {*_CLOSERS})


def _phrases(text: str, language: Language) -> dict[int, str]:
    """BudouX: a break between phrases; none inside a short one, nor before its kana."""
    signs: dict[int, str] = {}
    start = 0
    for phrase in _japanese_phrases(text):
        if start and not text[start - 1].isspace() and unicodedata.category(text[start]) not in _NEVER_FIRST:
            signs[start] = BREAK
        for at in range(start + 1, start + len(phrase)):
            pair = writing_of(text[at - 1]), writing_of(text[at])
            if "other" not in pair and not (len(phrase) > _LONG_PHRASE and _may_part(text, at)):
                signs[at] = JOIN
        start += len(phrase)
    return signs


def endings(text: str, language: Language) -> dict[int, str]:
    """Japanese: what an inflected ending holds together; a line may end before a particle, or a word among the kana."""
    signs: dict[int, str] = {}
    start, words = 0, weak_words(language.tag)
    beginnings = [beginning.split("|") for beginning in sorted(words.beginnings)]
    for phrase in _japanese_phrases(text):
        for ending in _ENDING.finditer(phrase):
            if ending[0][1:] in words.postpositions and writing_of(ending[0][0]) != "kana":
                continue
            long = range(ending.start() + 4, ending.end() - 2) if len(ending[0]) > _LONGEST_ENDING else ()
            for at in range(ending.start() + 1, ending.end()):
                begins = any(phrase[at - 1] in before and phrase.startswith(word, at) for before, word in beginnings)
                if not (begins or (at in long and phrase[at - 1] in _PARTICLES_WITHIN)):
                    signs[start + at] = JOIN
        start += len(phrase)
    return signs


def _predicates(text: str, language: Language) -> dict[int, str]:
    """Japanese: no line ends within the end of a predicate, as `ます`, nor before it, nor among two kana before it."""
    held = [range(match.start(), match.end()) for match in _predicate(language.tag).finditer(text)]
    return {at: sign for at, sign in endings(text, language).items() if any(at in one for one in held)}


@cache
def _predicate(tag: str) -> re.Pattern[str]:
    longest_first = sorted(weak_words(tag).endings, key=lambda ending: (-len(ending), ending))
    return re.compile(rf"[ぁ-ゖ]{{0,2}}(?:{'|'.join(longest_first)})")


@lru_cache(maxsize=1024)
def _japanese_phrases(text: str) -> tuple[str, ...]:
    return tuple(_japanese().parse(text))


@cache
def _japanese() -> Parser:
    import budoux

    return budoux.load_default_japanese_parser()


def writing_of(sign: str) -> str:
    """Whether a sign is an ideograph, katakana, other kana, or of another script."""
    if "\u30a0" <= sign <= "\u30ff":
        return "katakana"
    if "\u3400" <= sign <= "\u9fff" or sign == "々":
        return "ideograph"
    return "kana" if unicodedata.east_asian_width(sign) in "WF" else "other"


def _may_part(text: str, at: int) -> bool:
    """True where a loan word begins or ends in a compound, and inside a compound of many ideographs."""
    before, after = writing_of(text[at - 1]), writing_of(text[at])
    if before == after == "ideograph":
        return not any(run.start() < at < run.end() for run in _SHORT_COMPOUND.finditer(text))
    return {before, after} == {"ideograph", "katakana"}


def _compounds(text: str, language: Language) -> dict[int, str]:
    """Chinese: a line may end after any sign, but a reader is spared words of two to four signs cut in two."""
    words = ((a, b) for a, b in chinese_words(text) if b - a <= _LONGEST_COMPOUND)
    return {at: JOIN for a, b in words for at in range(a + 1, b) if writing_of(text[at]) == "ideograph"}


@lru_cache(maxsize=1024)
def chinese_words(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words begin and end that ICU finds."""
    from icu4py.breakers import WordBreaker

    return tuple(WordBreaker(_in_one_unit(text), "zh").segments())


def _words(text: str, language: Language) -> dict[int, str]:
    """Korean: a word is not broken, nor before its bracket; a particle stays with the number or bracket before it."""
    return {match.start(): JOIN for match in _HANGUL.finditer(text)}


# ICU knows no Karen; its rules for Burmese give the syllables of the script they share.
_ICU_TAGS: Final = {"ksw": "my"}
# Ways whose words give way: a line may end after any ideograph, so a paragraph never needs a line for its words' sake.
GIVING: Final = frozenset({"compounds", "phrases"})
# Ways that look words up: a line may end beside a word that they do not know.
_WORD_FINDERS: Final = frozenset({"built-in", "dictionary"})
_WAYS: Final[dict[str, Way]] = {
    # Pango's dictionary finds the ends of words when lines are laid out.
    "built-in": lambda text, language: {},
    "compounds": _compounds,
    "dictionary": _dictionary,
    "phrases": _phrases,
    "words": _words,
}
# What must stay whole also where words give way.
_FIRM_ENDINGS: Final[dict[str, Way]] = {"phrases": _predicates}
