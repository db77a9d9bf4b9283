"""Languages by tag: `languages.toml` and `scripts.toml` go in, frozen `Language`s come out."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

Direction = Literal["ltr", "rtl"]
LATIN_FAMILY: Final = "Noto Sans"


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is written and set; `line_height` and `tight` are in em, `sizes` in points.

    `sizes` maps a class of product ("card", "brochure") to (smallest legible, preferred) body size.
    """

    tag: str
    english: str
    autonym: str
    script: str
    direction: Direction
    plural: str
    family: str
    line_height: float
    tight: float
    bullet_shift: float
    sizes: dict[str, tuple[float, float]]
    hyphenate: bool = False
    note: str = ""

    @property
    def posix(self) -> str:
        """The name of its folder: `zh-Hans` is `zh_Hans`."""
        return self.tag.replace("-", "_")

    @property
    def stack(self) -> tuple[str, ...]:
        """The font families it may be set in, its own first and Latin last; nothing falls back further."""
        return (self.family,) if self.family == LATIN_FAMILY else (self.family, LATIN_FAMILY)


class UnknownLanguage(LookupError):
    """No language of the registry has this tag; `near` is the closest one that has."""

    def __init__(self, tag: str, near: str | None) -> None:
        super().__init__(f"no language is registered as {tag!r}")
        self.tag = tag
        self.near = near


def find_language(written: str) -> Language:
    """The language of a tag in either form, BCP 47 or POSIX, in any case, or by an alias.

    Raises:
        UnknownLanguage: the registry has none such.
    """
    wanted = written.replace("_", "-").lower()
    tag = _tags().get(wanted)
    if tag is None:
        near = difflib.get_close_matches(wanted, _tags(), n=1)
        raise UnknownLanguage(written, _tags()[near[0]] if near else None)
    return languages()[tag]


@cache
def languages() -> dict[str, Language]:
    """Every registered language by its tag, in the registry's order."""
    scripts = _read("scripts.toml")
    return {tag: _language(tag, entry, scripts[entry["script"]]) for tag, entry in _read("languages.toml").items()}


def _language(tag: str, entry: dict[str, Any], script: dict[str, Any]) -> Language:
    return Language(
        tag=tag,
        english=entry["english"],
        autonym=entry["autonym"],
        script=entry["script"],
        direction=script["direction"],
        plural=entry["plural"],
        family=entry.get("family", script["family"]),
        line_height=entry.get("line-height", script["line-height"]),
        tight=script["tight"],
        bullet_shift=script["bullet-shift"],
        sizes={name: (low, high) for name, (low, high) in script["size"].items()},
        hyphenate=entry.get("hyphenate", False),
        note=entry.get("note", ""),
    )


@cache
def _tags() -> dict[str, str]:
    entries = _read("languages.toml")
    aliases = {alias.lower(): tag for tag, entry in entries.items() for alias in entry.get("aliases", ())}
    return aliases | {tag.lower(): tag for tag in entries}


@cache
def _read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
