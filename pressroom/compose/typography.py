"""What must stay together on a line and which way it runs: text goes in, typed stretches of it come out.

Doses, ranges, telephone numbers and addresses are never broken; in right-to-left text they and Latin phrases are
isolated here, by the composer, so that a translator never types a control character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pressroom.language import Language

NBSP: Final = "\u00a0"
WORD_JOINER: Final = "\u2060"
# Scripts whose lines break between any two signs, so that headings too end in a lone one.
HAN: Final = frozenset({"Hans", "Hant", "Jpan"})
_NUMBER = r"[+(]?\d(?:[\d.,:/()-]*\d)?(?:\s?[–-]\s?\d(?:[\d.,]*\d)?)?"
_UNIT = r"(?:[ \u00a0](?:mL|ml|L|mg|mcg|µg|g|kg|cm|mm|°C|°F|%|мл|мг|毫升|مل|مم))?"
_KEPT = re.compile(rf"{_NUMBER}{_UNIT}|https?://\S+")
_LATIN_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9 .,:/@'’&–+-]*[A-Za-z0-9])?"
_LATIN = re.compile(rf"\({_LATIN_WORD}\)|(?:https?://\S+)|{_NUMBER}{_UNIT}|{_LATIN_WORD}")
_LAST_WORDS = re.compile(r"(\S+) (\S+)$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text set one way: `kept` is never broken, `isolated` runs left to right whatever surrounds it."""

    text: str
    kept: bool = False
    isolated: bool = False


def stretches(text: str, language: Language) -> Iterator[Stretch]:
    """Split a run of text into plain, kept and isolated stretches, in order, nothing lost."""
    rtl = language.direction == "rtl"
    end = 0
    for match in (_LATIN if rtl else _KEPT).finditer(text):
        if match.start() > end:
            yield Stretch(text[end : match.start()])
        end = match.end()
        kept = any(sign.isdigit() for sign in match[0]) or len(match[0]) < 12 or match[0].startswith("http")
        yield Stretch(match[0].replace(" ", NBSP) if kept else match[0], kept=kept, isolated=rtl)
    if end < len(text):
        yield Stretch(text[end:])


def bind_last_words(text: str, language: Language) -> str:
    """Bind a short last word to the one before it, so that it does not stand on a line alone.

    In scripts with spaces two words of at most seven letters, less than thirteen together; in Han text the last
    three signs. A dash is bound to the word before it.
    """
    text = text.replace(" –", f"{NBSP}–")
    if language.script in HAN:
        return text if len(text) < 5 else text[:-3] + WORD_JOINER.join(text[-3:])
    last = _LAST_WORDS.search(text)
    if last is None or max(map(len, last.groups())) > 8 or len(last[0]) > 13:
        return text
    return f"{text[: last.end(1)]}{NBSP}{last[2]}"
