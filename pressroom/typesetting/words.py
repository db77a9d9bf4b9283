"""What it costs to end a line at a place in a text, by the words beside it; and how many words a text has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from pressroom.language import WeakWords

# An end within a word, with a hyphen, or in Korean between two syllables: a little less bad than a hole.
PARTED_WORD: Final = 7.9
# Small costs: they choose between line ends that are about as good. A larger one brings back holes.
_ARTICLE: Final = 0.03
_PREPOSITION: Final = 0.012
_POSTPOSITION: Final = 0.03
_NAME: Final = 0.03
_NUMBER: Final = 0.03
_BOLD: Final = 0.02
_QUOTED: Final = 0.04
# A heading is read at a glance: where the sense divides it counts so much more than how even its lines are.
IN_HEADING: Final = 16.0
# An end within a word of Chinese or a phrase of Japanese: a line that is no hole is better. An end that may be within a
# word costs little, and one within an inflected ending as much as a hyphen.
_PARTED: Final = {"word": 4.5, "unknown": 0.8, "ending": PARTED_WORD}
# An end within a term that is left in Latin letters, in text of another script.
_TERM: Final = 3.0
# An end after the hyphen of a compound, and of one with a part as short as in `из-за` and `X-ray`: programs that copy
# text take the hyphen for one that a line put in.
_COMPOUND: Final = 0.3
_SHORT_COMPOUND: Final = 4.0
_SHORT_PART: Final = 3
# The longest quotation or bracket, in letters, that a line had better not end in.
_SHORT_QUOTE: Final = 16
_LATIN_END: Final = re.compile(r"[A-Za-z][\w'’-]*[,)]? $", re.ASCII)
_LATIN_START: Final = re.compile(r"\(?[A-Za-z]", re.ASCII)
_LAST_WORD = re.compile(r"\S+$")
_FIRST_WORD = re.compile(r"\S+")
_QUOTE = re.compile(r"“[^“”]{1,32}”|„[^„“]{1,32}“|«[^«»]{1,32}»|\([^()]{1,32}\)")
# Thai and what follows it, Han and kana among them, write no spaces between words.
_UNSPACED: Final = "\u0e00"
_GUIDES: Final = dict.fromkeys([0x200B, 0x2060])
_OPENING: Final = "“„«‘‚¿¡([\u2066\u2067\u2068\u200e\u200f"
_SENTENCE_ENDS: Final = ".!?:…。！？।۔؟"
_CLOSING: Final = "”“»’)]\u2069.,;:!?،؛。、"
# The share of a word that one sign is: a lone word of four ideographs or five kana is none.
_IDEOGRAPH: Final = 0.34
_KANA: Final = 0.2


def penalties(text: str, places: Sequence[int], weak: WeakWords, bold: Sequence[bool], *, names: bool) -> list[float]:
    """The cost of ending a line before each of these offsets, in order; 0 where nothing is against it.

    `bold` is True for each character in bold type. `names` is True where a capital tells a name.
    """
    quotes = [match.span() for match in _QUOTE.finditer(text) if len(match[0]) - 2 <= _SHORT_QUOTE]
    return [
        _word_cost(text, at, weak, names=names)
        + (_QUOTED if any(start < at < end for start, end in quotes) else 0.0)
        + (_BOLD if bold[at - 1] and bold[at] else 0.0)
        for at in places
    ]


def parting_costs(text: str, places: Sequence[int], weak: Mapping[int, str], *, latin: bool) -> list[float]:
    """What it costs more to end a line before each of these offsets if a word or a term is parted there.

    `weak` are the offsets within words and phrases. `latin` is True where the language is written in Latin letters.
    """
    return [
        _PARTED[weak[at]] if at in weak else _TERM if not latin and _is_within_term(text, at) else 0.0 for at in places
    ]


def _is_within_term(text: str, at: int) -> bool:
    ends = _LATIN_END.search(text[max(0, at - 30) : at].replace("\u00a0", " "))
    return ends is not None and _LATIN_START.match(text, at) is not None


def _word_cost(text: str, at: int, weak: WeakWords, *, names: bool) -> float:
    before = _LAST_WORD.search(text[max(0, at - 30) : at].rstrip())
    after = _FIRST_WORD.match(text[at : at + 30])
    if before is None or after is None:
        return 0.0
    last, first = before[0].lstrip(_OPENING), after[0].lstrip(_OPENING).rstrip(_CLOSING)
    if last[-1:] >= _UNSPACED:
        return _cost_without_spaces(last.translate(_GUIDES), first.translate(_GUIDES), weak)
    if last.endswith("-") and first[:1].isalpha():
        return _SHORT_COMPOUND if min(len(last) - 1, len(first)) <= _SHORT_PART else _COMPOUND
    word = last.lower()
    if word in weak.articles:
        return _ARTICLE
    if word in weak.prepositions:
        return _PREPOSITION
    if first.lower() in weak.postpositions:
        return _POSTPOSITION
    if last[-1:].isdigit() and not first[:1].isupper():
        return _NUMBER
    if names and _is_name(last) and _is_name(first) and not _begins_sentence(text, at, before[0]):
        return _NAME
    return 0.0


def _cost_without_spaces(before: str, after: str, weak: WeakWords) -> float:
    """The cost where no space says where a word begins."""
    if before.endswith(tuple(weak.articles)):
        return _ARTICLE
    if before.endswith(tuple(weak.prepositions)):
        return _PREPOSITION
    return _POSTPOSITION if after.startswith(tuple(weak.postpositions)) else 0.0


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word[-1:].isalnum()


def _begins_sentence(text: str, at: int, word: str) -> bool:
    ahead = text[:at].rstrip()[: -len(word)].rstrip()
    return not ahead or ahead[-1] in _SENTENCE_ENDS


def count_words(text: str, places: Sequence[int]) -> list[float]:
    """How many words end before each offset: a part of one for each sign of scripts that break within words."""
    counts: list[float] = []
    count, begun = 0.0, 0
    for at in places:
        signs = sum(map(_share, text[begun:at]))
        count += signs or (1.0 if any(map(str.isalnum, text[begun:at])) else 0.0)
        counts.append(count)
        begun = at
    return counts


def _share(sign: str) -> float:
    if "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or "\U00020000" <= sign <= "\U0003ffff":
        return _IDEOGRAPH
    return _KANA if "\u3040" <= sign <= "\u30ff" and unicodedata.category(sign)[0] == "L" else 0.0
