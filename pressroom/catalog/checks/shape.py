"""Compares the shape of a translation with the English: copies, lengths, line breaks and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import DENSE, Pair
from pressroom.catalog.lengths import printed_length
from pressroom.content.inline import Inline
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH

_FLAG: Final = re.compile(r"max-length:(\d{1,5})")
_AT_MOST: Final = "At most "
_TOLD: Final = re.compile(rf"{_AT_MOST}(\d{{1,5}}) characters[:,].* the space is fixed\.")


def check_length(pair: Pair) -> Iterator[Diagnostic]:
    """No more characters than there is room for, markers and all, counted as Weblate counts: all code points."""
    limit = length_limit(pair.entry.flags, pair.entry.extracted)
    if limit is None:
        return
    length = len(pair.entry.msgstr)
    if length > limit:
        what = f"is {length} characters long; there is room for {limit}"
        yield pair.finding("too-long", what, "say it shorter")


def length_limit(flags: tuple[str, ...], extracted: tuple[str, ...]) -> int | None:
    """The limit of an entry: from its flag, or from the comment, because gettext 0.21 and Poedit delete the flag."""
    found = [int(m[1]) for flag in flags if (m := _FLAG.fullmatch(flag))]
    found += [int(m[1]) for line in extracted if line.startswith(_AT_MOST) and (m := _TOLD.fullmatch(line))]
    return min(found, default=None)


_ENGLISH_WORD: Final = re.compile(r"[A-Za-z]+")
_SPACES: Final = re.compile(r"^[ \t]|[ \t]$|[^\S\n\u00a0\u202f\u3000]{2,}", re.MULTILINE)
_NO_BREAK: Final = re.compile("[\u00a0\u202f]")
_BREAKABLE: Final = re.compile(r"\d [^\W\d_]|[^\W\d_] \d")
# Shorter texts vary too much; of longer ones the honest catalogs tried stay within these shares of the English.
_LONG: Final = 60
# Vowels that are marks don't count as characters that take room.
_MARKED: Final = frozenset(
    {
        *("Khmr", "Mymr", "Thai", "Laoo", "Ethi", "Hebr"),
        *("Deva", "Beng", "Gujr", "Guru", "Taml", "Telu", "Knda", "Mlym", "Sinh"),
    }
)
_SHARE: Final = (0.35, 3.0)
_MARKED_SHARE: Final = (0.25, 3.0)
_DENSE_SHARE: Final = (0.10, 1.2)


def check_copy(pair: Pair) -> Iterator[Diagnostic]:
    """A translation is not the English itself, where that has words of the language and not only names."""
    if pair.text != unicodedata.normalize("NFC", pair.english) or pair.language.tag == ENGLISH:
        return
    words = [word.lower() for word in _ENGLISH_WORD.findall(pair.source_words) if len(word) > 1]
    if len(words) > 1 and any(word in _english_words() for word in words):
        yield pair.finding("untranslated-copy", "is the English itself", "translate it, or leave it empty")


def check_proportion(pair: Pair) -> Iterator[Diagnostic]:
    """A long message has no translation so short, or so long, that a sentence must be missing or doubled."""
    if len(pair.english) < _LONG:
        return
    length, english = _length(pair.target, pair.target_words), _length(pair.source, pair.source_words)
    script = pair.language.script
    low, high = _DENSE_SHARE if script in DENSE else _MARKED_SHARE if script in _MARKED else _SHARE
    if english >= _LONG and not low * english <= length <= high * english:
        what = f"is {length} characters long beside {english} in English"
        yield pair.finding("length-odd", what, "see whether a sentence is missing or repeated")


def _length(inline: Inline, words: str) -> int:
    """How many characters are printed, white space in a row as one."""
    text = inline.plain if inline.is_marked else words
    return printed_length(" ".join(text.split()) if _may_have_spaces(text) else text)


def check_line_breaks(pair: Pair) -> Iterator[Diagnostic]:
    """As many line breaks as the English has."""
    wanted, found = pair.english.count("\n"), pair.text.count("\n")
    if wanted != found:
        what = f"has {found} line breaks, not {wanted}"
        yield pair.finding("line-breaks", what, "break the lines where the English does")


def check_spaces(pair: Pair) -> Iterator[Diagnostic]:
    """No space at an end, none doubled."""
    if _may_have_spaces(pair.text) and _SPACES.search(pair.text) and not _SPACES.search(pair.english):
        yield pair.finding("spaces", "has a space too many", "take it out, at an end or between two words")


def _may_have_spaces(text: str) -> bool:
    # Of all white space only the space is printable.
    return not text.isprintable() or "  " in text or text.startswith(" ") or text.endswith(" ")


def check_no_break(pair: Pair) -> Iterator[Diagnostic]:
    """A no-break space of the English is one in the translation too, or the words have none between them."""
    lost = len(_NO_BREAK.findall(pair.english)) > len(_NO_BREAK.findall(pair.text))
    if lost and _BREAKABLE.search(pair.target_words):
        yield pair.finding("no-break-lost", "lost a no-break space", "write U+00A0 between the number and its unit")


@cache
def _english_words() -> frozenset[str]:
    table = data_table("catalog/checks/writing.toml")
    return frozenset(table["english"]["words"])
