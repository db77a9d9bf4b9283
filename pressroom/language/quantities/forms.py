"""Finds the longest of many forms at a place of a text, before it or after it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_ANY_LETTER: Final = r"[^\W\d_]"
_LETTER: Final = re.compile(_ANY_LETTER)
# Vowels and signs that belong to the letter before: a word of these scripts does not end before one.
_MARKS: Final = (
    "\u05b0-\u05bd\u05bf\u05c1\u05c2\u05c7\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
    # Bengali to Sinhala.
    + "".join(chr(point) for point in range(0x0980, 0x0E00) if unicodedata.category(chr(point)) in ("Mn", "Mc"))
)
_MARK: Final = re.compile(f"[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was found: where it ends (or begins, if it is before its number), and what it may mean."""

    text: str
    edge: int
    meanings: frozenset[str]


class Forms:
    """Forms with their meanings. A form that ends in `*` may go on with letters.

    `joined` forms may be followed by any letter, as in scripts without spaces, unless they end in a Latin letter.
    """

    def __init__(self, forms: Mapping[str, Iterable[str]], *, joined: bool = False, before: bool = False) -> None:
        self.joined = joined
        self.before = before
        self.meanings = {form: frozenset(meanings) for form, meanings in forms.items() if form.strip("* ")}
        self._starts: dict[str, list[tuple[str, bool, re.Pattern[str] | None, frozenset[str]]]] = {}
        for form in sorted(self.meanings, key=lambda form: (-len(form.rstrip("*")), form)):
            bare = form.rstrip("*")
            inner = "*" in bare
            pattern = re.compile(f"{_ANY_LETTER}*".join(map(re.escape, bare.split("*")))) if inner else None
            key = bare[-1] if before else bare[0]
            self._starts.setdefault(key, []).append((bare, form.endswith("*"), pattern, self.meanings[form]))

    def after(self, text: str, at: int) -> Form | None:
        """The longest form that begins at this place."""
        if at >= len(text):
            return None
        for form, stem, pattern, meanings in self._starts.get(text[at], ()):
            if pattern is not None:
                match = pattern.match(text, at)
                if match is None:
                    continue
                end = match.end()
            elif text.startswith(form, at):
                end = at + len(form)
            else:
                continue
            if stem:
                while end < len(text) and text[end].isalpha():
                    end += 1
            elif not self._ends(text, end):
                continue
            return Form(text[at:end], end, meanings)
        return None

    def ending(self, text: str, at: int) -> Form | None:
        """The longest form that ends at this place."""
        if at <= 0:
            return None
        for form, _, _, meanings in self._starts.get(text[at - 1], ()):
            start = at - len(form)
            if (
                start >= 0
                and text.startswith(form, start)
                and (self.joined or not _is_letter(text, start - 1, form[0]))
            ):
                return Form(form, start, meanings)
        return None

    def _ends(self, text: str, end: int) -> bool:
        if end >= len(text):
            return True
        if _MARK.match(text, end):
            return False
        if (not text[end - 1].isalpha() and not _MARK.match(text, end - 1)) or not text[end].isalpha():
            return True
        return self.joined and (not text[end].isascii() or not text[end - 1].isascii())


def _is_letter(text: str, at: int, first: str) -> bool:
    return at >= 0 and first.isalpha() and bool(_LETTER.match(text[at]))


def words_pattern(words: Iterable[str], *, joined: bool = False) -> re.Pattern[str] | None:
    """A pattern that finds any of these words, the longest first; None if there are none."""
    bare = sorted(set(words), key=lambda word: (-len(word), word))
    if not bare:
        return None
    # What may not follow is written once for all words that end alike: compiling it takes longer than the words.
    rows = (
        (end, "|".join(re.escape(word).replace(r"\*", f"{_ANY_LETTER}*") for word in row))
        for end, row in groupby(bare, key=lambda word: _end(word, joined=joined))
    )
    start = "" if joined else f"(?<!{_ANY_LETTER})"
    return re.compile(f"{start}(?:{'|'.join(f'(?:{row}){end}' for end, row in rows)})")


def _end(word: str, *, joined: bool) -> str:
    """What may not follow a word."""
    if joined:
        return "" if word.endswith("*") else f"(?![{_MARKS}])"
    # No letter follows a stem, for it takes all of them.
    return f"(?!{_ANY_LETTER})" if word[-1:].isalpha() or word.endswith("*") else ""
