"""Texts nobody here has read: messages of the programs that Debian carries, or CLDR's names.

They are measured, never printed for a reader: what they say does not matter, how their letters stand does.
"""

from __future__ import annotations

import gettext
import random
import re
import unicodedata
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from pressroom.language import Language, letters_of
from pressroom.render.fonts import coverage

CATALOGS: Final = Path("/usr/share/locale")
# The folders of a language whose name there is another one.
_FOLDERS: Final = {
    "zh-Hans": ("zh_CN", "zh_Hans"),
    "zh-Hant": ("zh_TW", "zh_Hant"),
    "tl": ("tl", "fil"),
    "fa-AF": ("fa",),
    "pa-Guru": ("pa",),
    "kmr": ("ku", "kmr"),
    "sr-Latn": ("sr@latin", "sr@Latn"),
    "sr-Cyrl": ("sr",),
}
# Letters beside English's that say as much.
_DENSITY: Final = {"Hans": 0.33, "Hant": 0.33, "Jpan": 0.45, "Kore": 0.5}
_CODE: Final = re.compile(r"[%&<>\n\t{}$_\\|@=*#~`^\[\]\"]|--|\w\.\w|[A-Z]{2}|/")
# What a reader must find whole: taken over from the English, as translators do, and put in.
_TOKENS: Final = re.compile(r"\{\w+\}|\d+–\d+ mL|\([A-Z]{2,}\)|\*\*[^*]+\*\*")
EXTRA: Final = ("10–20 mL", "801-555-0100", "2026-11-23", "8:00–17:30", "37.5 °C", "(CSF)", "https://example.org/a")


class Unseen:
    """Makes texts of one language, the same ones every time."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._random = random.Random(language.tag)
        covered = frozenset[int]().union(*(coverage(family) for family in language.fonts))
        sentences = sorted(s for s in _sentences(language) if all(ord(sign) in covered for sign in s))
        names = [] if sentences else _names(language, covered)
        self._sentences = sentences or names or [self._letters() for _ in range(80)]
        self.source = f"{len(sentences)} messages" if sentences else f"{len(names)} names" if names else "letters"

    def like(self, msgid: str, share: float, extra: bool = True) -> str:
        """A text as long as `share` of what a translation of this English may be, with all its tokens."""
        tokens = [t.strip("*") if t.startswith("**") else t for t in _TOKENS.findall(msgid) if not t.startswith("**")]
        words = re.sub(_TOKENS, "", msgid)
        if extra and len(words) > 40:
            tokens.append(self._random.choice(EXTRA))
        length = max(2, round(len(words) * share * _DENSITY.get(self.language.script, 1.0)))
        return self._with(self._running(length), tokens)

    def _running(self, length: int) -> str:
        text = ""
        while len(text) < length:
            text = f"{text} {self._random.choice(self._sentences)}".strip()
        end = text.rfind(" ", 1, length + 1)
        spaced = self.language.script not in {"Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"}
        cut = text[: end if spaced and end > 0 else length].lstrip("、。，．,.;:!?")
        # Never between a letter and its marks.
        return re.sub(r"[\s(،,;:«“]+$", "", cut)

    def _with(self, text: str, tokens: list[str]) -> str:
        for token in tokens:
            spaces = [m.start() for m in re.finditer(" ", text)] or [len(text)]
            at = self._random.choice(spaces)
            text = f"{text[:at]} {token}{text[at:]}".strip() if at else f"{token} {text}"
        return text

    def _letters(self) -> str:
        known = [letter for letter in letters_of(self.language) if unicodedata.category(letter[0])[0] in "LM"]
        letters = [letter for letter in known if letter.islower() or letter == letter.upper()]
        words = ("".join(self._random.choices(letters, k=self._random.randint(2, 9))) for _ in range(9))
        return " ".join(words)


def _names(language: Language, covered: frozenset[int]) -> list[str]:
    """CLDR's names of languages and countries in the language."""
    try:
        locale = Locale.parse(language.tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return []
    names = sorted({*locale.languages.values(), *locale.territories.values()})
    return [name for name in names if not name.isascii() and all(ord(sign) in covered for sign in name)]


def _english() -> set[str]:
    """What the Spanish messages are translated from."""
    found: set[str] = set()
    for path in sorted((CATALOGS / "es/LC_MESSAGES").glob("*.mo"), key=lambda path: -path.stat().st_size)[:12]:
        with path.open("rb") as file:
            keys = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        found |= {key for key in keys if isinstance(key, str) and 12 <= len(key) <= 160 and not _CODE.search(key)}
    return found


def _sentences(language: Language) -> set[str]:
    found: set[str] = set()
    if language.tag == "en":
        return _english()
    for folder in _FOLDERS.get(language.tag, (language.posix,)):
        files = sorted((CATALOGS / folder / "LC_MESSAGES").glob("*.mo"), key=lambda path: -path.stat().st_size)
        for path in files[:12]:
            with path.open("rb") as file:
                try:
                    catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
                except (OSError, ValueError, LookupError):
                    continue
            said = (
                text.replace("\u200b", "").strip() for key, text in catalog.items() if key and isinstance(text, str)
            )
            found |= {text for text in said if 8 <= len(text) <= 160 and not _CODE.search(text) and not text.isascii()}
            if language.script == "Latn":
                said = (text for key, text in catalog.items() if key and isinstance(text, str) and text != key)
                found |= {text for text in said if 12 <= len(text) <= 160 and not _CODE.search(text)}
    return {
        text for text in found if not any(sign in text for sign in "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069")
    }
