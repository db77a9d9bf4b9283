"""What is known of one language: how it is written, read and set."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]
LATIN_FAMILY: Final = "Noto Sans"


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is written and set; `line_height` and `tight` are (least, preferred) in em, `sizes` in points.

    `sizes` maps a class of product ("card", "brochure") to (smallest legible, preferred) body size. `title` is the
    size of a card's title in em of the body, `title_lead` the leading of titles in em of themselves, `overhang` how
    far letters may hang out of their line sideways in em. `label` is how large a proof's label is set in its narrow
    strip, against the English one, and how far down it is moved, in em. `quotes` are the outer and inner marks.
    `breaking` names what finds the ends of lines (see compose.breaking). `spaced_signs` are signs with the fixed
    space a reader expects before them, or (True) after them. `keep_whole` are words no line may break,
    `never_first` endings none may begin with, `between` what stands between two sentences, `units` its words of measure
    and `letters` its alphabet where the
    engine's own tables have none. `by_class` holds the language as it is set in a class of product, where that
    differs. An `invented` language has no catalogs: its text is made from the English.
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
    label: tuple[float, float] = (1.0, 0.0)
    breaking: str = "spaces"
    quotes: str = "“”‘’"
    digits: str = "ascii"
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

    @property
    def posix(self) -> str:
        """The name of its folder: `zh-Hans` is `zh_Hans`."""
        return self.tag.replace("-", "_")

    def set_for(self, type_class: str) -> Language:
        """The language as it is set in this class of product: Urdu is Nastaliq in a brochure and Naskh on a card."""
        return self.by_class.get(type_class, self)

    def in_family(self, family: str) -> Language:
        """The language in another family; where a class of product has a family of its own, that stays."""
        classes = {
            name: replace(one, family=family) if one.family == self.family else one
            for name, one in self.by_class.items()
        }
        return replace(self, family=family, by_class=classes)

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
