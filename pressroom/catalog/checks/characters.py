"""Finds characters that are invisible, or not what they look like: bidi controls, look-alikes, broken encodings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import Pair, named
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.project.text_faults import MARKS_PILED, piled_marks

# Unicode's explicit embeddings, overrides and isolates (UAX 9, 2): with them 119 is shown as 911.
BIDI_CONTROLS: Final = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x2070))))
# Control, line and paragraph separators, private use, unassigned, surrogates, tags, interlinear annotation.
_ACTING: Final = frozenset({"Cc", "Zl", "Zp", "Co", "Cn", "Cs"})
_TAGS: Final = re.compile("[\ufff9-\ufffb\U000e0000-\U000e007f]")


def check_bidi(pair: Pair) -> Iterator[Diagnostic]:
    """No embedding, override or isolate: the program isolates what needs it."""
    for character in sorted(BIDI_CONTROLS.intersection(pair.decoded)):
        hint = "take it out; numbers and placeholders are kept in order by the program"
        yield pair.finding("bidi-control", f"has a direction control {_name(character)}", hint)


def check_controls(pair: Pair) -> Iterator[Diagnostic]:
    """No control character but the line break, nothing that is no character at all, and no heap of marks."""
    if piled_marks(pair.decoded) is not None:
        yield pair.finding("control-character", MARKS_PILED, "type the letter again")
    if pair.decoded.isprintable():
        return
    for character in sorted(set(pair.decoded)):
        if character == "\n" or character in pair.english:
            continue
        if unicodedata.category(character) in _ACTING or _TAGS.match(character):
            yield pair.finding("control-character", f"has {_name(character)}", "take it out, or type it again")


def check_invisible(pair: Pair) -> Iterator[Diagnostic]:
    """Zero-width characters only where the language needs them, and never beside a digit."""
    table = _invisible()
    if table.keys().isdisjoint(pair.signs):
        return
    allowed = _allowed(pair.language.script, pair.language.direction)
    for character in sorted(set(pair.decoded) & table.keys()):
        shown = f"{_name(character)} ({table[character][0]})"
        if character not in allowed:
            yield pair.finding(
                "zero-width", f"has an invisible {shown}", f"{pair.language.english} needs none: take it out"
            )
        elif re.search(f"\\d{character}|{character}\\d", pair.decoded):
            yield pair.finding("zero-width", f"has an invisible {shown} beside a digit", "take it out there")


def _name(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


@cache
def _allowed(*kinds: str) -> frozenset[str]:
    return frozenset(character for character, (_, scripts) in _invisible().items() if scripts.intersection(kinds))


@cache
def _invisible() -> dict[str, tuple[str, frozenset[str]]]:
    table = data_table("catalog/checks/characters.toml")
    return {chr(row["code"]): (row["name"], frozenset(row["scripts"])) for row in table["invisible"]}


_DATA = "catalog/checks/writing.toml"
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALPHABETS: Final = ("LATIN", "CYRILLIC", "GREEK")
# Zawgyi stores what it shows (UTN 11): the vowel sign E before its consonant, the stacking sign where no consonant
# follows, and letters in a block that Unicode gave to other languages.
_ZAWGYI: Final = re.compile("(?<![\u1000-\u102a\u103b-\u103f])\u1031|\u1039(?![\u1000-\u1021])|[\u105a\u1060-\u1097]")
# UTF-8 read as Windows-1252: é becomes Ã©, and a closing quotation mark â€™.
_WINDOWS: Final = re.compile("[\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x80-\x9f]{2,}")
_QUOTES: Final = "’”“‘»«–—…™"
# A letter that an encoding lacks becomes a question mark: in a row, inside a word, or at its beginning. In scripts
# without spaces a question may end so.
_LETTER: Final = "A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
_QUESTIONS: Final = re.compile(
    rf"\?{{3,}}|[{_LETTER}]+\?(?=[a-z\u00df-\u00ff\u0430-\u045f])|(?:(?<=\s)|^)\?[{_LETTER}]+"
)
_BESIDE_DIGIT: Final = re.compile(r"\d[^\W\d_]")


def check_look_alikes(pair: Pair) -> Iterator[Diagnostic]:
    """No word of two alphabets, no letter in place of a digit, no neighbour's letter."""
    text = pair.target_words
    is_latin = text.isascii() or max(text) < "\u0250"
    if is_latin and ("0" not in pair.signs or not _BESIDE_DIGIT.search(text)):
        return
    mixed = [word for word in _WORD.findall(text) if _is_mixed(word) and word not in pair.english]
    table = data_table(_DATA)
    letters = f"{table['zero']}{table['one']}"
    mixed += [m[0] for m in re.finditer(rf"\d+[{re.escape(letters)}](?![^\W\d_])\d*", text) if m[0] not in pair.english]
    if mixed:
        shown = ", ".join(f"{word} ({' '.join(f'U+{ord(c):04X}' for c in word)})" for word in mixed[:3])
        yield pair.finding(
            "look-alike", f"mixes letters that look alike: {shown}", "type the word again in one alphabet"
        )
    wrong = table["letters"].get(pair.language.tag, {})
    if found := sorted(set(text) & set(wrong)):
        said = ", ".join(f"{c} (U+{ord(c):04X})" for c in found)
        right = ", ".join(f"{wrong[c]} (U+{ord(wrong[c]):04X})" for c in found)
        yield pair.finding("neighbour-letter", f"has {said}", f"{pair.language.english} writes {right}")


def check_script(pair: Pair) -> Iterator[Diagnostic]:
    """Letters are those of the language's writing system, or Latin, or the English's own."""
    if pair.text.isascii() or max(pair.text) <= "\u02af":
        if foreign := _latin_words(pair):
            what = f"has Latin letters alone: {named(' '.join(foreign[:3]))}"
            yield pair.finding("wrong-script", what, f"write {pair.language.english} in its own letters")
        return
    allowed = (*data_table(_DATA)["scripts"].get(pair.language.script, ()), *data_table(_DATA)["common"])
    strange = [c for c in dict.fromkeys(pair.text) if c.isalpha() and ord(c) > 0x2AF and c not in pair.english]
    strange = [c for c in strange if not unicodedata.name(c, "").startswith(allowed)]
    if strange:
        what = f"has letters of another script: {named(''.join(strange[:8]))}"
        yield pair.finding("wrong-script", what, f"write {pair.language.english} in its own letters")


def _latin_words(pair: Pair) -> list[str]:
    """The small words of a text in Latin letters, where the language has others and the English has not these words."""
    if "LATIN" in data_table(_DATA)["scripts"].get(pair.language.script, ("LATIN",)) or pair.text == pair.english:
        return []
    english = set(_WORD.findall(pair.english.lower()))
    words = [word for word in _WORD.findall(pair.sentence) if len(word) > 1 and word.lower() not in english]
    return words if len(words) > 1 and any(map(str.islower, words)) else []


def check_zawgyi(pair: Pair) -> Iterator[Diagnostic]:
    """Burmese is Unicode, not Zawgyi, which prints as rubbish in the fonts used here."""
    if _ZAWGYI.search(pair.text):
        yield pair.finding("zawgyi", "is coded as Zawgyi, not as Unicode", "convert it, and read it again")


def check_mojibake(pair: Pair) -> Iterator[Diagnostic]:
    """No letters that went through a wrong encoding."""
    text = pair.text
    if text.isascii() and "?" not in text:
        return
    runs = [run for run in _WINDOWS.findall(text) if run not in pair.english]
    broken = [run for run in runs if _was_utf8(run, pair.language.script)]
    broken += ["\ufffd"] if "\ufffd" in text else []
    broken += _QUESTIONS.findall(text) if "?" in text and not _QUESTIONS.search(pair.english) else []
    if broken:
        what = f"went through a wrong encoding: {named(' '.join(broken[:3]))}"
        yield pair.finding("mojibake", what, "take the text from the original file, saved as UTF-8")


def _is_mixed(word: str) -> bool:
    if word.isascii():
        return False
    alphabets = {name for c in word if (name := _alphabet(c)) in _ALPHABETS}
    if len(alphabets) < 2:
        return False
    table = data_table(_DATA)
    return any(c in table["confusable"] or c in table["confusable-greek"] for c in word)


@cache
def _alphabet(letter: str) -> str:
    """The first word of a letter's name in Unicode: LATIN, ARABIC."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _was_utf8(run: str, script: str) -> bool:
    try:
        raw = b"".join(bytes([ord(c)]) if ord(c) < 256 else c.encode("cp1252") for c in run)
        text = raw.decode("utf-8")
    except UnicodeError:
        return False
    # É” at the end of a quotation is a letter and a mark, though both together could be one letter in UTF-8.
    if len(text) >= len(run) or (len(run) == 2 and run[1] in _QUOTES):
        return False
    # And é with a no-break space and » would be one Chinese sign, which no French word has.
    likely = (*data_table(_DATA)["scripts"].get(script, ()), "LATIN", "GREEK", "CYRILLIC", "COMBINING")
    return all(unicodedata.category(c)[0] not in "LM" or unicodedata.name(c, "").startswith(likely) for c in text)
