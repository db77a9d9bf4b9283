"""Cuts the fonts of a document down to what it draws, and numbers their glyphs again, from 1.

WeasyPrint 70 keeps a font's own numbers, which reach into the thousands. A subset then has a place for each glyph that
it lacks: in a Chinese one of nine glyphs three quarters were such places. Text is written as bytes after the fonts are
made, so it can have the new numbers. A PDF has its own map from codes to glyphs, its own widths, and its own name of
each font (ISO 32000-1, 9.6 to 9.9): only the tables that draw are left. A piece of text on an imprint's page is set in
the base's font if that has all its glyphs. Text in a form or pattern is not: these name no font of the base.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pydyf
import uharfbuzz
import weasyprint.pdf
from uharfbuzz import SubsetFlags
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from pressroom.render.tags.read_back import MisreadError
from pressroom.render.tags.text_arrays import glyphs_of, whole_array

# What the names in a base begin with.
PREFIX: Final = "base-"
# A text in one of the base's fonts.
_LENT: Final = re.compile(rb"^/%b(\S+) \S+ Tf\n\[(.*)\] TJ$" % PREFIX.encode(), re.MULTILINE)
# ISO 32000-1, 9.9: what a TrueType font program in a PDF needs. Validators read the widths of CFF outlines in `hmtx`.
NEEDED: Final = frozenset({"CFF ", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"})
# Hinting moves points on coarse screens alone. A page names glyphs by number, and some printers look for the glyph with
# that CID (9.7.4.2), so both are the same.
_FLAGS: Final = (
    SubsetFlags.NO_HINTING
    | SubsetFlags.DESUBROUTINIZE
    | SubsetFlags.NO_LAYOUT_CLOSURE
    | SubsetFlags.CFF_IDENTITY_CHARSET
)
# The table directory of a font, with a checksum of each table, is at its beginning.
_DIRECTORY: Final = 4096
# Subsets kept in a process: a piece has a dozen, of at most a hundred kilobytes.
_KEPT: Final = 48


class Letter(NamedTuple):
    """A glyph of a finished font: its number there, its text, and its width."""

    number: int
    text: str
    width: float


# The letters of fonts by WeasyPrint's name of each, then by their numbers in the whole font.
Letters = Mapping[str, Mapping[int, Letter]]
NO_LETTERS: Final[Letters] = {}


@dataclass(frozen=True, slots=True)
class Subset:
    """A font file, and the number that each glyph has in it, by that in the whole font."""

    data: bytes
    numbers: Mapping[int, int]


_kept: Final[dict[tuple[object, ...], Subset]] = {}


@dataclass(slots=True)
class DrawnLetters:
    """The letters of a document while it is drawn; `given` are those of its base, `texts` what is set in each font.

    Once the fonts are made, `made` has its own, and `own` and `lent` the numbers of glyphs in its fonts and its base's.
    """

    given: Letters
    texts: dict[str, list[_Shown]] = field(default_factory=dict)
    made: dict[str, Mapping[int, Letter]] = field(default_factory=dict)
    own: dict[str, Mapping[int, int]] = field(default_factory=dict)
    lent: dict[str, Mapping[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class _Shown:
    """Text that is written once the numbers of its font's glyphs are known: pydyf asks for it then.

    `names_font`: its font may be the base's, so it is named before each text; `is_lent`: it is.
    """

    text: str
    font: str
    size: float
    names_font: bool
    letters: DrawnLetters
    glyphs: list[int] = field(init=False)
    is_lent: bool = False

    def __post_init__(self) -> None:
        self.glyphs = glyphs_of(self.text)

    def lend(self, lent: Container[int]) -> None:
        """Set it in the base's font if that has all its glyphs: an array that is cut would be read as many texts."""
        self.is_lent = self.names_font and all(glyph in lent for glyph in self.glyphs)

    def __str__(self) -> str:
        own, lent = self.letters.own[self.font], self.letters.lent[self.font]
        name, numbers = (PREFIX + self.font, lent) if self.is_lent else (self.font, own)
        array = f"[{whole_array(self.text, numbers)}] TJ"
        return f"/{name} {pydyf._to_bytes(self.size).decode()} Tf\n{array}" if self.names_font else array


def refuse_renumbered(drawn: Sequence[object], content: bytes, given: Letters) -> None:
    """Compare what a page sets in its base's fonts with what was drawn to be set in them. Raises MisreadError.

    Where the letters are beside the glyphs, no reader would see another glyph.
    """
    own = (one for one in drawn if type(one) is _Shown)
    drawn_so = [(one.font, one.glyphs) for one in own if one.is_lent]
    glyphs = {font: {letter.number: glyph for glyph, letter in known.items()} for font, known in given.items()}
    found = ((match[1].decode(), glyphs_of(match[2].decode())) for match in _LENT.finditer(content))
    if drawn_so != [(font, [glyphs[font].get(number) for number in numbers]) for font, numbers in found]:
        raise MisreadError("a text would be set in other glyphs of its base's font")


@contextmanager
def small_subsets(given: Letters, *, keep: bool) -> Iterator[DrawnLetters]:
    """Inside this context, a document has subsets with new numbers, and arrays that every viewer reads alike.

    `given` are the letters of its base. `keep`: documents follow that use mostly the same glyphs, so what was cut down
    is kept in this process.
    """
    show, set_size, build = Stream.show_text, Stream.set_font_size, weasyprint.pdf.build_fonts_dictionary
    letters = DrawnLetters(given)

    def showing(stream: Any, text: str) -> None:  # noqa: ANN401  WeasyPrint publishes no types
        font, size = stream._current_font
        shown = _Shown(text, font, size, font in given and _is_page(stream), letters)
        letters.texts.setdefault(font, []).append(shown)
        stream.stream.append(shown)

    def sizing(stream: Any, font: str, size: float) -> None:  # noqa: ANN401
        if font in given and _is_page(stream):
            # Each text names its font: it may be in two.
            stream._current_font = font, size
        else:
            set_size(stream, font, size)

    def building(pdf: Any, fonts: Any, *rest: Any) -> Any:  # noqa: ANN401
        same: dict[str, list[Any]] = {}
        for font in fonts.values():
            same.setdefault(font.hash, []).append(font)
        needed = {name for name, group in same.items() if _is_needed(group, name, letters, keep=keep)}
        return build(pdf, {key: font for key, font in fonts.items() if font.hash in needed}, *rest)

    Stream.show_text, Stream.set_font_size, weasyprint.pdf.build_fonts_dictionary = showing, sizing, building
    try:
        yield letters
    finally:
        Stream.show_text, Stream.set_font_size, weasyprint.pdf.build_fonts_dictionary = show, set_size, build


def _is_needed(fonts: Sequence[Any], name: str, letters: DrawnLetters, *, keep: bool) -> bool:
    """Give fonts of one file their subset; False if the base has all that they say, in the same width."""
    letters.own[name], letters.lent[name] = {}, {}
    if not _is_plain(fonts[0]):
        return True
    given = letters.given.get(name, {})
    said = [(glyph, text, font.widths[glyph]) for font in fonts for glyph, text in font.to_unicode.items()]
    others = {glyph for glyph, *rest in said if glyph not in given or [*given[glyph][1:]] != rest}
    lent = letters.lent[name] = {glyph: given[glyph].number for glyph, *_ in said if glyph not in others}
    texts = letters.texts.get(name, [])
    for shown in texts:
        shown.lend(lent)
    used = sorted({glyph for shown in texts if not shown.is_lent for glyph in shown.glyphs})
    if not used:
        return False
    subset = _subset(fonts[0].file_content, fonts[0].index, used, keep=keep)
    # A letter that the font lacks has a number behind all others, and is a finding.
    numbers = {**{glyph: len(subset.numbers) + at for at, glyph in enumerate(used)}, **subset.numbers}
    for font in fonts:
        font.file_content, font.subset = subset.data, lambda *_: None
        font.missing = {point: numbers[glyph] for point, glyph in font.missing.items()}
    letters.own[name] = numbers
    letters.made[name] = _renumbered(fonts, numbers)
    return True


def _renumbered(fonts: Sequence[Any], numbers: Mapping[int, int]) -> Mapping[int, Letter]:
    """The letters of the last of these fonts, which the document has; the maps of all have the new numbers."""
    made: dict[int, Letter] = {}
    for font in fonts:
        made = {
            glyph: Letter(numbers[glyph], text, font.widths[glyph])
            for glyph, text in font.to_unicode.items()
            if glyph in numbers
        }
        font.to_unicode = {letter.number: letter.text for letter in made.values()}
        font.widths = {numbers[glyph]: width for glyph, width in font.widths.items() if glyph in numbers}
    return made


def _is_page(stream: Any) -> bool:  # noqa: ANN401
    """False for a form or a pattern, which has a dictionary of fonts of its own."""
    return "Type" not in stream.extra


def _is_plain(font: Any) -> bool:  # noqa: ANN401
    """The font of letters has its own numbers; one of pictures or of many weights is WeasyPrint's to make."""
    return isinstance(font, Font) and not font.bitmap and "fvar" not in font.tables


def _subset(font: bytes, index: int, glyphs: Collection[int], *, keep: bool) -> Subset:
    if not keep:
        return subset_of(font, index, glyphs)
    key = (font[:_DIRECTORY], len(font), index, tuple(glyphs))
    # The last used one is the last to go.
    subset = _kept[key] = _kept.pop(key) if key in _kept else subset_of(font, index, glyphs)
    if len(_kept) > _KEPT:
        del _kept[next(iter(_kept))]
    return subset


def subset_of(font: bytes, index: int, glyphs: Collection[int]) -> Subset:
    """The outlines and widths of these glyphs, of their parts, and of .notdef."""
    face, wanted = uharfbuzz.Face(font, index), uharfbuzz.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = _FLAGS
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in set(face.table_tags) - NEEDED)
    plan = uharfbuzz.SubsetPlan(face, wanted)
    return Subset(plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping.items()))
