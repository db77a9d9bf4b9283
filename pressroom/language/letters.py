"""The letters of a language: the registry's data go in, what a reader of a specimen looks at comes out."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

from pressroom.language.model import Language

# Vowels of Thai and Lao that are letters to Unicode, and are never written alone.
_WITH_BASE: Final = "\u0e33\u0eb3"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("letters.toml").read_text(encoding="utf-8"))


def letters_of(language: Language) -> tuple[str, ...]:
    """Its letters in order, marks on a letter that carries them; empty where only its texts tell them (Han)."""
    own = language.letters or _table()["language"].get(language.tag)
    script = _table()["script"].get(language.script, {})
    if own is not None:
        return tuple(own.split())
    signs = [chr(point) for first, last in script.get("ranges", ()) for point in range(first, last + 1)]
    return tuple(_shown(sign, script.get("base", "")) for sign in signs if unicodedata.category(sign)[0] in "LMP")


def sample_of(language: Language) -> str:
    """Ordinary words of its writing system, to measure by; empty where there are none."""
    return _samples().get(language.script, "")


@cache
def _samples() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("samples.toml").read_text(encoding="utf-8"))


def _shown(sign: str, base: str) -> str:
    return base + sign if unicodedata.category(sign)[0] == "M" or sign in _WITH_BASE else sign
