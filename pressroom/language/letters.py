"""The letters of a language and words of its script, for specimens and for measuring."""

from __future__ import annotations

import unicodedata
from typing import Final

from pressroom.data_files import data_table
from pressroom.language.model import Language

# Vowels of Thai and Lao that are letters to Unicode, and are never written alone.
_WITH_BASE: Final = "\u0e33\u0eb3"


def letters_of(language: Language) -> tuple[str, ...]:
    """Its letters in order, marks on a letter that carries them; empty for Han, whose letters only texts show."""
    table = data_table("language/letters.toml")
    letters = language.letters or table["language"].get(language.tag)
    if letters is not None:
        return tuple(letters.split())
    script = table["script"].get(language.script, {})
    signs = [chr(point) for first, last in script.get("ranges", ()) for point in range(first, last + 1)]
    return tuple(_shown(sign, script.get("base", "")) for sign in signs if unicodedata.category(sign)[0] in "LMP")


def sample_of(language: Language) -> str:
    """Ordinary words of its writing system, to measure by; empty if there are none."""
    return str(data_table("language/samples.toml").get(language.script, ""))


def _shown(sign: str, base: str) -> str:
    return base + sign if unicodedata.category(sign)[0] == "M" or sign in _WITH_BASE else sign
