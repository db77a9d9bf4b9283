"""Finds what runs left to right in right-to-left text: numbers, Latin words, and every sign that belongs to them.

Unicode's bidi algorithm (UAX 9) moves a sign without a direction of its own to the other side of its number: 65+ would
be printed as +65, and 1½ as ½1. What belongs together is decided by properties of characters: the bidi class and the
general category, sentence boundaries (UAX 29) and the classes of line breaking (UAX 14), the last two through ICU.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from pressroom.data_files import data_table

SPACES: Final = " \u00a0\u202f"
# Strong right-to-left letters, and what ends a paragraph.
_BOUNDARY_CLASSES: Final = frozenset({"R", "AL", "B", "S"})
_FULL_STOP: Final = "."
_COMMA: Final = ","
_DOTTED: Final = re.compile(r"[^\W\d]{1,2}(?:\.[^\W\d]{1,2})+")
_SPACED_PART: Final = re.compile(f"[^{SPACES}]+")
_BRACKETS: Final = {"(": ")", "[": "]"}
_JOINS_WITHSPACES: Final = "&"
# The signs of feet and inches, and what opens a quotation that they would close.
_MEASURES: Final = {"'": "'", "’": "‘", '"': '"', "”": "“„"}
_LAST_WORD: Final = re.compile(r"(?<!\w)[^\W\d_]+(?:\.[^\W\d_]+)*\Z")


# Numbers in the digits of Arabic (bidi class AN): from one to the other, or below zero. A telephone number is no range.
_ARABIC: Final = "[٠-٩](?:[٠-٩٫٬.,]*[٠-٩])?"
_ARABIC_RANGE: Final = re.compile(f"(?:{_ARABIC}(?:[{SPACES}]?–[{SPACES}]?|-(?=[٠-٩]{{1,3}}$)){_ARABIC}|[-−]{_ARABIC})")

_ARABIC_DASH: Final = re.compile("(?<=[٠-٩])[-‐‑–−](?=[٠-٩])")


class Span(NamedTuple):
    """Where something begins in a text, and where it ends."""

    start: int
    end: int


def left_to_right_spans(text: str) -> Iterator[Span]:
    """The stretches of right-to-left `text` that must be set left to right, in order.

    A stretch has a letter with a left-to-right direction or a digit, and begins and ends with what belongs to it: the
    sign of a number, its unit, the full stop of an abbreviation, the brackets around it. The space before it, and the
    punctuation of the sentence, are outside.
    """
    for run in _runs(text):
        for part in _parts(text, run):
            span = _trimmed(text, part)
            if span is not None:
                yield _with_brackets(text, span)


def is_right_to_left(stretch: str) -> bool:
    """True of a range in the digits of Arabic, and of such a number with a minus: they run as Arabic is read.

    UAX 9 has it so: a dash between numbers of class AN goes with the text around (rules N1 and N2), and CLDR's minus of
    `ar-EG` and `ckb` is at the right. With Western or Persian digits CLDR's minus is at the left: there ranges run left
    to right (docs/explanation/numbers.md).
    """
    return _ARABIC_RANGE.fullmatch(stretch) is not None


def held_dashes(stretch: str) -> list[int]:
    """The dashes between numbers in the digits of Arabic that must not turn them round: those of a telephone number.

    Even in text that runs left to right a dash between two such numbers runs right to left (UAX 9, rules N1 and I1).
    """
    return [] if is_right_to_left(stretch) else [found.start() for found in _ARABIC_DASH.finditer(stretch)]


def _runs(text: str) -> Iterator[Span]:
    """The longest stretches without a right-to-left letter or sign."""
    start = 0
    for at, sign in enumerate(text):
        if _is_boundary(sign):
            if at > start:
                yield Span(start, at)
            start = at + 1
    if start < len(text):
        yield Span(start, len(text))


@cache
def _is_boundary(sign: str) -> bool:
    """A right-to-left letter, or a sign of such a script that is no digit (the Arabic comma and percent sign)."""
    kind = unicodedata.bidirectional(sign)
    if kind in _BOUNDARY_CLASSES:
        return True
    # UAX 9 gives the digits of Arabic and their separators the class AN, those of Persian EN.
    of_script = unicodedata.name(sign, "").startswith(("ARABIC ", "HEBREW "))
    return of_script and kind not in ("AN", "EN")


@cache
def _is_core(sign: str) -> bool:
    """A digit or number of any form, or a letter that runs left to right."""
    category = unicodedata.category(sign)
    return category[0] == "N" or (category[0] == "L" and unicodedata.bidirectional(sign) == "L")


def _parts(text: str, run: Span) -> Iterator[Span]:
    """The run, split where a sentence or a clause ends, at quotation marks and at brackets that are open."""
    cuts = sorted({run.start, run.end, *_cuts(text, run)})
    for start, end in itertools.pairwise(cuts):
        yield Span(start, end)


def _cuts(text: str, run: Span) -> Iterator[int]:
    for at in range(run.start, run.end):
        if _is_quotation(text, at, run):
            yield at
            yield at + 1
        elif text[at + 1 : at + 2] in {*SPACES} and at + 1 < run.end and _ends_clause(text, at, run):
            yield at + 1
    for at in _open_brackets(text, run):
        yield at
        yield at + 1


def _is_quotation(text: str, at: int, run: Span) -> bool:
    """A quotation mark; one inside a word is an apostrophe, one after a number a foot or an inch: 5’10”."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _MEASURES and before.isdecimal():
        return any(mark in text[run.start : at] for mark in _MEASURES[sign])
    if sign in "'’":
        return not (before and after and _is_core(before) and _is_core(after))
    return unicodedata.category(sign) in ("Pi", "Pf") or sign == '"'


def _ends_clause(text: str, at: int, run: Span) -> bool:
    """True of a mark before a space that parts what is beside it."""
    sign, following = text[at], text[at + 2 : at + 3]
    if sign == _FULL_STOP:
        return _ends_sentence(text, at, run)
    if sign == _COMMA:
        return not (following and _is_core(following) and not following.isnumeric())
    if sign in _BRACKETS.values():
        # A gloss in brackets, then a number: `(Tylenol) 500 mg`. An area code goes with its number.
        gloss = text[text.rfind(_opening(sign), run.start, at) : at]
        return following.isnumeric() and any(letter.isalpha() for letter in gloss)
    spaced = text[at - 1 : at] in {*SPACES}
    mark = unicodedata.category(sign) == "Po"
    return mark and (_is_closing(sign) or (spaced and sign != _JOINS_WITHSPACES))


def _opening(closing: str) -> str:
    return next(opening for opening, other in _BRACKETS.items() if other == closing)


def _ends_sentence(text: str, at: int, run: Span) -> bool:
    """True of a full stop that ends a sentence by UAX 29, and no abbreviation."""
    from icu4py.breakers import SentenceBreaker

    word = _LAST_WORD.search(text, run.start, at)
    if word is not None and (_is_abbreviation(word[0]) or len(word[0]) == 1):
        return False
    flat = "".join(sign if ord(sign) < 0x10000 else "\ufffc" for sign in text[run.start : run.end])
    ends = {run.start + end for _, end in SentenceBreaker(flat, "en").segments()}
    return any(at < end <= at + 2 for end in ends)


def _is_abbreviation(word: str) -> bool:
    return word.lower() in data_table("compose/abbreviations.toml")["words"] or bool(_DOTTED.fullmatch(word))


@cache
def _is_closing(sign: str) -> bool:
    """True of the marks before which no line may end, even after a space (UAX 14, rule 13)."""
    from icu4py.breakers import LineBreaker

    # An ellipsis is three full stops (its compatibility form).
    plain = unicodedata.normalize("NFKC", sign)[:1]
    return len(list(LineBreaker(f"a {plain}b", "en").segments())) == 1


def _open_brackets(text: str, run: Span) -> Iterator[int]:
    """The brackets in the run whose other half is not in it."""
    waiting: list[int] = []
    for at in range(run.start, run.end):
        if text[at] in _BRACKETS:
            waiting.append(at)
        elif text[at] in _BRACKETS.values():
            if waiting and _BRACKETS[text[waiting[-1]]] == text[at]:
                waiting.pop()
            else:
                yield at
    yield from waiting


def _trimmed(text: str, part: Span) -> Span | None:
    """The part from the first sign to the last that belongs to its letters and digits; None if it has none."""
    words = [Span(*match.span()) for match in _SPACED_PART.finditer(text, *part)]
    while words and not _begins(text, words):
        words.pop(0)
    while words and not _ends(text, words):
        words.pop()
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    while not _opens(text, start):
        start += 1
    while not _closes(text, start, end):
        end -= 1
    return Span(start, end)


def _has_core(text: str, word: Span) -> bool:
    return any(map(_is_core, text[word.start : word.end]))


def _begins(text: str, words: list[Span]) -> bool:
    """True if the first word has a letter or digit, or is the sign of the number after it: `≥ 50`, `$ 5`."""
    first = words[0]
    if _has_core(text, first):
        return True
    sign = text[first.start : first.end]
    following = text[words[1].start] if len(words) > 1 else ""
    return len(sign) == 1 and following.isnumeric() and _is_number_sign(sign)


def _ends(text: str, words: list[Span]) -> bool:
    """True if the last word has a letter or digit, or is the sign of the number before it: `50 %`, `37 °`."""
    last = words[-1]
    if _has_core(text, last):
        return True
    sign = "".join(sign for sign in text[last.start : last.end] if not _is_closing(sign))
    before = text[words[-2].end - 1] if len(words) > 1 else ""
    return len(sign) == 1 and before.isnumeric() and unicodedata.bidirectional(sign) == "ET"


def _is_number_sign(sign: str) -> bool:
    """A currency sign, plus or minus, № or a sign that would be mirrored; no dash, which begins a list item."""
    sort = unicodedata.bidirectional(sign)
    if unicodedata.category(sign) == "Pd":
        return False
    return sort in ("ES", "ET") or bool(unicodedata.mirrored(sign)) or unicodedata.normalize("NFKC", sign).isalpha()


def _opens(text: str, at: int) -> bool:
    """True if what begins at `at` belongs to the letters and digits after it."""
    sign, following = text[at], text[at + 1 : at + 2]
    if _is_core(sign):
        return True
    attached = at > 0 and _is_boundary(text[at - 1]) and unicodedata.category(text[at - 1])[0] in "LM"
    category = unicodedata.category(sign)
    if category == "Pd":
        # A hyphen after a word of the other direction joins the two; before a number it is a minus.
        return not attached and following.isnumeric()
    if category[0] == "P":
        # Open brackets were cut out: this one is closed within the part.
        belongs = sign in _BRACKETS or (category == "Po" and not _is_closing(sign))
        return belongs and not attached
    return category[0] == "S"


def _closes(text: str, start: int, end: int) -> bool:
    """True if what ends before `end` belongs to the letters and digits before it."""
    sign = text[end - 1]
    category = unicodedata.category(sign)
    if _is_core(sign) or category[0] in "MS" or unicodedata.bidirectional(sign) == "ET":
        return True
    if sign == _FULL_STOP:
        word = _LAST_WORD.search(text, start, end - 1)
        return word is not None and _is_abbreviation(word[0])
    if sign == "/":
        return "://" in text[start:end]
    return sign in _BRACKETS.values() or (sign in _MEASURES and text[end - 2].isdecimal())


def _with_brackets(text: str, span: Span) -> Span:
    """The stretch with the brackets that hold it and nothing else."""
    before, after = text[span.start - 1 : span.start] if span.start else "", text[span.end : span.end + 1]
    if before in _BRACKETS and before and _BRACKETS[before] == after:
        return Span(span.start - 1, span.end + 1)
    return span
