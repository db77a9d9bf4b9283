"""Languages by tag: `languages.toml` and `scripts.toml` go in, frozen `Language`s come out."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

Direction = Literal["ltr", "rtl"]
LATIN_FAMILY: Final = "Noto Sans"


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is written and set; `line_height` and `tight` are (least, preferred) in em, `sizes` in points.

    `sizes` maps a class of product ("card", "brochure") to (smallest legible, preferred) body size. `title` is the
    size of a card's title in em of the body, `title_lead` the leading of titles in em of themselves, `overhang` how far
    letters may hang out of their line sideways in em. `quotes` are the
    outer and inner marks. `breaking` names what finds the ends of lines (see compose.breaking). `spaced_signs` are
    signs with the fixed space a reader expects before them, or (True) after them. `keep_whole` are words no line may
    break. `by_class` holds the language as it is set in a class of product, where that differs. An `invented` language
    has no catalogs: its text is made from the English.
    """

    tag: str
    english: str
    autonym: str
    script: str
    direction: Direction
    plural: str
    family: str
    line_height: tuple[float, float]
    tight: tuple[float, float]
    bullet_shift: float
    title: float
    title_lead: float
    sizes: dict[str, tuple[float, float]]
    overhang: float = 0.0
    breaking: str = "spaces"
    quotes: str = "“”‘’"
    digits: str = "ascii"
    hyphenate: bool = False
    lone_letters: bool = False
    spaced_signs: tuple[tuple[str, str, bool], ...] = ()
    keep_whole: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    invented: bool = False
    by_class: dict[str, Language] = field(default_factory=dict)

    @property
    def posix(self) -> str:
        """The name of its folder: `zh-Hans` is `zh_Hans`."""
        return self.tag.replace("-", "_")

    def set_for(self, type_class: str) -> Language:
        """The language as it is set in this class of product: Urdu is Nastaliq in a brochure and Naskh on a card."""
        return self.by_class.get(type_class, self)

    def leading(self, tightened: float) -> dict[str, float]:
        """The leadings in em by the name of their token, from the preferred (0) to the least (1)."""
        both = {"line-height": self.line_height, "tight": self.tight}
        return {name: round(high + (low - high) * tightened, 3) for name, (low, high) in both.items()}

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


def find_invented(written: str) -> Language | None:
    """The invented language of a tag in either form, in any case; none where there is no such."""
    return invented_languages().get(written.replace("_", "-").lower())


@cache
def invented_languages() -> dict[str, Language]:
    """The invented languages by their tag in lower case; they are not among the registered ones."""
    found: dict[str, Language] = {}
    for tag, row in _read("invented.toml").items():
        names = {"tag": tag, "english": row["english"], "autonym": row["autonym"], "aliases": (), "invented": True}
        like = languages()[row["like"]]
        classes = {name: replace(one, **names) for name, one in like.by_class.items()}
        found[tag.lower()] = replace(like, **names, by_class=classes, note="")
    return found


@cache
def languages() -> dict[str, Language]:
    """Every registered language by its tag, in the registry's order."""
    scripts = _read("scripts.toml")
    return {tag: _language(tag, entry, scripts[entry["script"]]) for tag, entry in _read("languages.toml").items()}


def _language(tag: str, entry: dict[str, Any], script: dict[str, Any]) -> Language:
    facts = script | entry
    language = Language(
        tag=tag,
        english=entry["english"],
        autonym=entry["autonym"],
        script=entry["script"],
        direction=script["direction"],
        plural=entry["plural"],
        family=facts["family"],
        line_height=_pair(facts["line-height"]),
        tight=_pair(facts["tight"]),
        bullet_shift=facts["bullet-shift"],
        title=facts["title"],
        title_lead=facts["title-lead"],
        sizes={name: _pair(sizes) for name, sizes in facts["size"].items()},
        overhang=facts.get("overhang", 0.0),
        breaking=facts.get("breaking", "spaces"),
        quotes=facts.get("quotes", "“”‘’"),
        hyphenate=facts.get("hyphenate", False),
        lone_letters=facts.get("lone-letters", False),
        spaced_signs=tuple((signs, space, after) for signs, space, after in facts.get("spaced-signs", ())),
        keep_whole=tuple(facts.get("keep-whole", ())),
        aliases=tuple(entry.get("aliases", ())),
        note=entry.get("note", ""),
    )
    classes = {name: _language(tag, entry | changed | {"class": {}}, script) for name, changed in _classes(entry)}
    return replace(language, by_class=classes)


def _pair(numbers: list[float]) -> tuple[float, float]:
    low, high = numbers
    return low, high


def _classes(entry: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(entry.get("class", {}).items())


@cache
def _tags() -> dict[str, str]:
    entries = _read("languages.toml")
    aliases = {alias.lower(): tag for tag, entry in entries.items() for alias in entry.get("aliases", ())}
    return aliases | {tag.lower(): tag for tag in entries}


@cache
def _read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
