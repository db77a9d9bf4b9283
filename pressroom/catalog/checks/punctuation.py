"""Checks punctuation against the language's own: quotation marks, commas, French spaces, digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import DENSE, Pair
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import Language

_DATA = "catalog/checks/punctuation.toml"
_WRITING: Final = "catalog/checks/writing.toml"
_APOSTROPHES: Final = "'’‘`´ʹʻʼʽꞌ＇"
CURLY: Final = "“”„‟«»「」『』‹›‚"
_WIDE: Final = "０"
_LETTERS: Final = {
    "Arab": "\u0600-\u06ff\u0750-\u077f",
    "Hans": "\u4e00-\u9fff",
    "Hant": "\u4e00-\u9fff",
    "Jpan": "\u3040-\u30ff\u4e00-\u9fff",
}
_DIGIT: Final = re.compile(r"\d")
_NO_BREAK: Final = "\u00a0\u202f"


def has_glottal_stop(language: Language) -> bool:
    """True if the language has the glottal stop as a letter."""
    return language.tag in data_table(_DATA)["apostrophe"]


def check_apostrophe(pair: Pair) -> Iterator[Diagnostic]:
    """In Tongan, Samoan and Navajo the glottal stop is a letter with a code point of its own."""
    letter = data_table(_DATA)["apostrophe"][pair.language.tag]
    wrong = [sign for sign in _APOSTROPHES if sign != letter]
    # Between letters, or before a word's first vowel where no closing mark makes it a quotation.
    pattern = (
        rf"(?<=[^\W\d_])[{''.join(wrong)}](?=[^\W\d_])|(?<![^\W_])[{''.join(wrong)}](?=[aeiouāēīōū]\w*(?![^\s]*['’]))"
    )
    if (found := re.search(pattern, pair.sentence, re.IGNORECASE)) is not None:
        what = f"writes the glottal stop as {found[0]} (U+{ord(found[0]):04X})"
        yield pair.finding("apostrophe", what, f"{pair.language.english} writes {letter} (U+{ord(letter):04X})")


def check_quotes(pair: Pair) -> Iterator[Diagnostic]:
    """Quotation marks of the language, in pairs; straight ones only where the English has them."""
    text = pair.sentence
    own = pair.language.quotes
    pairs = f"{own[:2]}, and {own[2:]} inside"
    if '"' in text and '"' not in pair.english:
        yield pair.finding("quotation-marks", "has straight quotation marks", f"write {pairs}")
    allowed = data_table(_DATA)["quotes"].get(pair.language.tag)
    found = [sign for sign in text if sign in CURLY]
    if strange := sorted(set(found) - set("".join([own, *(allowed or found)]))):
        what = f"has quotation marks of another language: {' '.join(strange)}"
        yield pair.finding("quotation-marks", what, f"{pair.language.english} writes {pairs}")
    # ‚ is closed by ‘, which is an apostrophe elsewhere.
    elif len([sign for sign in found if sign != "‚"]) % 2:
        yield pair.finding("quotation-marks", "has a quotation mark without its partner", "write them in pairs")


def has_own_signs(language: Language) -> bool:
    """True if the script has its own comma or question mark."""
    return language.script in data_table(_DATA)["sign"]


def check_signs(pair: Pair) -> Iterator[Diagnostic]:
    """Comma, question mark and their like in the form of the script, after a letter of the script."""
    signs = data_table(_DATA)["sign"][pair.language.script]
    text = pair.sentence
    pattern = rf"(?<=[{_LETTERS[pair.language.script]}])[{re.escape(''.join(signs))}](?![A-Za-z0-9{{}}/@.])"
    for sign in sorted(set(re.findall(pattern, text))):
        yield pair.finding(
            "local-sign", f"has {sign} where {pair.language.english} writes {signs[sign]}", f"write {signs[sign]}"
        )


def check_french(pair: Pair) -> Iterator[Diagnostic]:
    """French has a no-break space before ; : ! ? » and after «."""
    text = pair.sentence
    french = data_table(_DATA)["french"]
    signs, opening = french["before"], french["after"]
    before = re.search(rf"[^\s{signs}{opening}(] ?([{signs}])(?=\s|$|[)»])", text)
    found = before or re.search(rf"([{opening}])(?![{_NO_BREAK}])", text)
    if found is not None:
        sign, where = found[1], "before" if before else "after"
        hint = f"write U+202F, or U+00A0, {where} it, so that no line breaks there"
        yield pair.finding("french-space", f"has no no-break space {where} {sign}", hint)


def check_spanish(pair: Pair) -> Iterator[Diagnostic]:
    """In Spanish a question or an exclamation is opened, too."""
    text = pair.sentence
    for opening, closing in ("¿?", "¡!"):
        if opening not in text and re.search(rf"\{closing}(?=[\s)”»\"]|$)", text):
            yield pair.finding(
                "spanish-opening", f"has {closing} without {opening}", f"write {opening} where it begins"
            )


@cache
def _zeros_of(script: str) -> str:
    """The zeros of a script's own digits: of the table, or by its name in Unicode; empty if it has none."""
    if zeros := data_table(_DATA)["digits"].get(script):
        return str(zeros)
    for name in data_table(_WRITING)["scripts"].get(script, ()):
        with suppress(KeyError):
            return unicodedata.lookup(f"{name} DIGIT ZERO")
    return ""


def check_digits(pair: Pair) -> Iterator[Diagnostic]:
    """Digits are ASCII or the language's own, not those of a neighbouring script."""
    if pair.text.isascii() or not _DIGIT.search(pair.text):
        return
    own = data_table(_DATA)["digits"].get(pair.language.tag) or _zeros_of(pair.language.script)
    zeros = {ord(zero) for zero in ("0", *own, _WIDE if pair.language.script in DENSE else "0")}
    strange = sorted(
        {c for c in set(pair.text) if unicodedata.category(c) == "Nd" and ord(c) - unicodedata.decimal(c) not in zeros}
    )
    if strange:
        what = f"has digits of another script: {' '.join(strange)}"
        yield pair.finding("digits", what, "write 0 to 9")
