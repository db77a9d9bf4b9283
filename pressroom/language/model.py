"""How one language is written and set, with its letters, sample words and words of measure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, Literal

from pressroom.data_files import data_table
from pressroom.language import cldr
from pressroom.language.fonts import FontFamily, families, sign_fonts

Direction = Literal["ltr", "rtl"]
# What documents are written in: the language of `source/`.
ENGLISH: Final = "en"
LATIN_FAMILY: Final = "Noto Sans"
# What can find the ends of lines; docs/how-to/add-a-language.md describes each.
BREAKING: Final = ("spaces", "built-in", "dictionary", "phrases", "words", "compounds")
# Vowels of Thai and Lao that are letters to Unicode, and are never written alone.
_WITH_BASE: Final = "\u0e33\u0eb3"


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is written and set; `line_height` and `tight` are (least, preferred) in em, `sizes` in points.

    `names` holds `english`, `autonym` and `plural` if the tables set them; CLDR's, found under the tag `cldr`, are
    used otherwise. `sizes` maps a class of product ("card", "brochure") to (smallest legible, usual) body size, and
    `ceiling` to the largest, where text may grow into the room that it has.
    `title` is the size of a card's title in em of the body, `title_lead` the leading of titles in em of themselves,
    `overhang` how far letters may hang out of their line sideways in em. `label` is the size of a proof's label in its
    narrow strip, relative to the English one, and how far down it is moved, in em. `quotes` are the outer and inner
    marks. `breaking` names the method that finds the ends of lines (compose/line_break.py). `spaced_signs` are signs
    with the fixed space a reader expects before them, or (True) after them. No line may break a word of `keep_whole`
    or begin with an ending of `never_first`. `between` is the text between two sentences, `units` the project's own
    words of measure, `letters` its alphabet if the engine's tables have none. `by_class` holds the language as it is
    set in a class of product, if that differs, `own_fonts` the families that the project brings. An `invented` language
    has no catalogs: its text is made from the English.
    """

    tag: str
    cldr: str
    names: dict[str, str]
    script: str
    family: str
    line_height: tuple[float, float]
    tight: tuple[float, float]
    bullet_shift: float
    title: float
    title_lead: float
    sizes: dict[str, tuple[float, float]]
    ceiling: dict[str, float] = field(default_factory=dict)
    direction: Direction = "ltr"
    overhang: float = 0.0
    label: tuple[float, float] = (1.0, 0.0)
    breaking: str = "spaces"
    quotes: str = "“”‘’"
    hyphenate: bool = False
    lone_letters: bool = False
    spaced_signs: tuple[tuple[str, str, bool], ...] = ()
    keep_whole: tuple[str, ...] = ()
    never_first: tuple[str, ...] = ()
    between: str = " "
    aliases: tuple[str, ...] = ()
    note: str = ""
    units: tuple[str, ...] = ()
    letters: str = ""
    invented: bool = False
    by_class: dict[str, Language] = field(default_factory=dict)
    own_fonts: tuple[FontFamily, ...] = field(default=(), repr=False)

    @property
    def english(self) -> str:
        """Its name in English."""
        return self.names.get("english") or cldr.english_name(self.cldr) or self.tag

    @property
    def autonym(self) -> str:
        """Its name in itself."""
        return self.names.get("autonym") or cldr.autonym(self.cldr) or self.tag

    @property
    def plural(self) -> str:
        """The value of gettext's Plural-Forms header for this language."""
        return self.names.get("plural") or cldr.plural_rule(self.cldr) or "nplurals=1; plural=0;"

    @property
    def smallest(self) -> dict[str, float]:
        """The smallest leadings (em) and type sizes (points) it may be set in, by the keys of the tables."""
        sizes = {f"size.{name}": least for name, (least, _) in self.sizes.items()}
        return {"line-height": self.line_height[0], "tight": self.tight[0]} | sizes

    @property
    def posix(self) -> str:
        """The name of its folder: `zh-Hans` is `zh_Hans`."""
        return self.tag.replace("-", "_")

    def set_for(self, type_class: str) -> Language:
        """The language as it is set in this class of product: Urdu is Nastaliq in a brochure and Naskh on a card."""
        return self.by_class.get(type_class, self)

    def type_sizes(self, type_class: str) -> tuple[float, float, float]:
        """The smallest legible, the usual and the largest body size in a class of product, in points."""
        known = type_class if type_class in self.sizes else "brochure"
        legible, usual = self.sizes[known]
        return legible, usual, max(usual, self.ceiling.get(known, usual))

    def in_family(self, family: str, own_fonts: tuple[FontFamily, ...] = ()) -> Language:
        """The language in another font family; a class of product with its own family keeps that."""
        classes = {
            name: replace(language, family=family, own_fonts=own_fonts) if language.family == self.family else language
            for name, language in self.by_class.items()
        }
        return replace(self, family=family, by_class=classes, own_fonts=own_fonts)

    def leading(self, tightened: float) -> dict[str, float]:
        """The leadings in em by the name of their token, from the preferred (0) to the least (1)."""
        both = {"line-height": self.line_height, "tight": self.tight}
        return {name: round(high + (low - high) * tightened, 3) for name, (low, high) in both.items()}

    @property
    def stack(self) -> tuple[str, ...]:
        """The font families it may be set in: its own first, Latin last. Signs alone may come from `sign_fonts`."""
        return (self.family,) if self.family == LATIN_FAMILY else (self.family, LATIN_FAMILY)

    @property
    def fonts(self) -> tuple[FontFamily, ...]:
        """The families of its stack, then those for signs, with their files."""
        own = tuple(family for family in self.own_fonts if family.name in self.stack)
        return (*own, *families(self.stack), *sign_fonts())

    @property
    def font_names(self) -> tuple[str, ...]:
        """The names that a style lists: its stack, then the families for signs."""
        return (*self.stack, *(family.name for family in sign_fonts()))


class UnknownLanguage(LookupError):
    """No language of the registry has this tag; `near` is the most similar one."""

    def __init__(self, tag: str, near: str | None) -> None:
        super().__init__(f"no language is called {tag!r}")
        self.tag = tag
        self.near = near

    @property
    def hint(self) -> str:
        """What to do next."""
        return f"did you mean {self.near}?" if self.near else "see docs/reference/languages.md, or {command} locales"


class UnsetLanguage(UnknownLanguage):
    """CLDR knows the language, and nothing here sets its script."""

    def __init__(self, tag: str, english: str) -> None:
        super().__init__(tag, None)
        script = cldr.script_of(tag) or ""
        self.args = (f"{english} ({tag}) is written in {cldr.script_name(script)}, which this program can't set",)

    @property
    def hint(self) -> str:
        """The scripts that there are."""
        scripts = sorted(map(cldr.script_name, data_table("language/scripts.toml")))
        return f"it sets {', '.join(scripts)}"


def letters_of(language: Language) -> tuple[str, ...]:
    """Its letters in order, marks on a letter that carries them; empty for Han, whose letters only texts show."""
    table = data_table("language/letters.toml")
    letters = language.letters or table["language"].get(language.tag)
    if letters is not None:
        return tuple(letters.split())
    script = table["script"].get(language.script, {})
    if "ranges" not in script:
        return tuple(_shown(letter, script.get("base", "")) for letter in cldr.letters(language.cldr))
    signs = [chr(point) for first, last in script.get("ranges", ()) for point in range(first, last + 1)]
    return tuple(_shown(sign, script.get("base", "")) for sign in signs if unicodedata.category(sign)[0] in "LMP")


def sample_of(language: Language) -> str:
    """Ordinary words of its writing system, to measure by; empty if there are none."""
    return str(data_table("language/samples.toml").get(language.script, ""))


def _shown(sign: str, base: str) -> str:
    return base + sign if unicodedata.category(sign[0])[0] == "M" or sign in _WITH_BASE else sign


def units_of(language: Language) -> tuple[str, ...]:
    """The symbols every language may use and the language's own words (CLDR's, ours, the project's), longest first."""
    return _units(language.tag, language.units)


@cache
def _units(tag: str, project_words: tuple[str, ...]) -> tuple[str, ...]:
    table, patterns = data_table("language/units.toml"), cldr.unit_patterns(tag)
    from_cldr = {
        pattern.removeprefix("{0}").strip()
        for unit in table["units"]
        for length, form, pattern in patterns.get(unit, ())
        if length != "narrow" and form != "per" and pattern.startswith("{0}") and "/" not in pattern
    } - {""}
    words = {*table["symbols"], *from_cldr, *table["more"].get(tag, ()), *project_words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
