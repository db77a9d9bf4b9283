"""Examines the font files that a project brings: can they be read, embedded and used for its languages?"""

from __future__ import annotations

import io
import string
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from pressroom.border import BorderError, border
from pressroom.counted import counted
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import OWN_FONT_LIMIT, Face, FontFamily, Language, families, font_file, letters_of
from pressroom.project.open_file import file_bytes

_PATH: Final = "layouts/brand.toml"
_SHOWN: Final = 12
# Bits of OS/2.fsType (OpenType 1.9): what the licence forbids a document to do with the font.
_RESTRICTED, _PREVIEW, _EDITABLE, _INSTALLABLE_MASK, _WHOLE_ONLY, _BITMAPS = 0x2, 0x4, 0x8, 0xF, 0x100, 0x200
_STATIC: Final = "ask its maker for files of one weight each, in TrueType or OpenType (.ttf or .otf)"
_BOLD: Final = 600
# OpenType 1.9, `head`.
_EM: Final = (16, 16_384)
# Drawn once: a letter that is made of itself has no end.
_READ: Final = string.digits + string.ascii_letters
# Smaller small letters than this share of the listed font's are reported: the smallest sizes were chosen for that one.
_LOW: Final = 0.94


def own_font_problems(family: FontFamily, languages: Iterable[Language]) -> list[Diagnostic]:
    """What is wrong with a project's own family, each at its line of the brand's table; `languages` are set in it."""
    fonts: list[tuple[Face, TTFont]] = []
    contents: list[bytes] = []
    findings: list[Diagnostic] = []
    for face in family.faces:
        (data, font), wrong = _opened(face)
        if font is not None:
            fonts.append((face, font))
            contents.append(data)
            wrong = [*wrong, *_examined(face, font)]
        findings += wrong
    if findings or len(fonts) != len(family.faces):
        return findings
    try:
        with border():
            findings += _weights(family, fonts, same=contents[0] == contents[1])
            for language in languages:
                findings += _letters(language, family, fonts)
                findings += _height(language, fonts[0])
    except BorderError as error:
        findings.append(_finding("brand-font", fonts[0][0], f"is damaged: {error}", _STATIC))
    return list(dict.fromkeys(findings))


def _opened(face: Face) -> tuple[tuple[bytes, TTFont | None], list[Diagnostic]]:
    """A file's bytes and the font in them; None for the font, and why, if it can't be used."""
    assert face.root is not None
    data, unread = file_bytes(face.root, face.path, limit=OWN_FONT_LIMIT, optional=True)
    if data is None:
        missing = ("is not there", f"put the file at {face.path}")
        reasons = [(f"can't be read: {fault.message}", fault.hint) for fault in unread] or [missing]
        return (b"", None), [_finding("brand-font", face, *reason) for reason in reasons]
    if data[:4] in (b"wOFF", b"wOF2", b"ttcf"):
        what = "a web font" if data[:3] == b"wOF" else "a collection of fonts"
        return (data, None), [_finding("brand-font", face, f"is {what}", _STATIC)]
    try:
        with border():
            font = TTFont(io.BytesIO(data), lazy=False)
            for tag in font.keys():  # noqa: SIM118  the tables, and a made-up one that says nothing
                font[tag]
            font.getGlyphSet()
            font.getBestCmap()
    except BorderError as error:
        return (data, None), [_finding("brand-font", face, f"is damaged, or is not a font: {error}", _STATIC)]
    return (data, font), []


def _examined(face: Face, font: TTFont) -> list[Diagnostic]:
    try:
        with border():
            return [*_kind(face, font), *_licence(face, font), *_shapes(face, font)]
    except BorderError as error:
        return [_finding("brand-font", face, f"is damaged: {error}", _STATIC)]


def _kind(face: Face, font: TTFont) -> Iterator[Diagnostic]:
    """Only outlines of one weight are embedded as they are drawn."""
    if "fvar" in font or "CFF2" in font:
        yield _finding("brand-font", face, "is a variable font, of which a PDF holds one weight alone", _STATIC)
    elif "glyf" not in font and "CFF " not in font:
        yield _finding("brand-font", face, "has no outlines", _STATIC)
    if not font.getBestCmap():
        yield _finding("brand-font", face, "says of no glyph which character it is", _STATIC)
    if "OS/2" not in font:
        yield _finding("brand-font", face, "does not say what its licence allows (no OS/2 table)", _STATIC)


def _licence(face: Face, font: TTFont) -> Iterator[Diagnostic]:
    """The maker's word on embedding, which a printed or sent PDF needs, with the letters in use alone."""
    bits = font["OS/2"].fsType if "OS/2" in font else 0
    hint = "use another font, or ask its maker for files whose licence allows it"
    if bits & _INSTALLABLE_MASK == _RESTRICTED:
        yield _finding("font-licence", face, "may not be embedded in a document (fsType 2)", hint)
    if bits & _WHOLE_ONLY:
        yield _finding("font-licence", face, "may be embedded only whole, and a PDF has the letters in use", hint)
    if bits & _BITMAPS:
        yield _finding("font-licence", face, "may be embedded only as pictures of its letters", hint)


def _shapes(face: Face, font: TTFont) -> Iterator[Diagnostic]:
    """A size that every program reads alike, and ten digits of ten shapes."""
    units = font["head"].unitsPerEm
    if not _EM[0] <= units <= _EM[1]:
        says = f"has {counted(units, 'unit')} to the em, and programs read {_EM[0]} to {_EM[1]:,}"
        yield _finding("brand-font", face, says, _STATIC)
    glyphs, names, known = font.getGlyphSet(), font.getBestCmap(), dict[str, str]()
    for sign in _READ:
        if ord(sign) not in names:
            continue
        pen = DecomposingRecordingPen(glyphs)
        glyphs[names[ord(sign)]].draw(pen)
        if sign.isdigit() and (other := known.setdefault(str(pen.value), sign)) != sign:
            yield _finding("brand-font", face, f"draws {sign} as it draws {other}", _STATIC)


def _weights(family: FontFamily, fonts: Sequence[tuple[Face, TTFont]], *, same: bool) -> Iterator[Diagnostic]:
    """The bold file is bolder than the other: what is stressed must be seen."""
    (_, regular), (dark, bold) = fonts
    weights = [font["OS/2"].usWeightClass for font in (regular, bold)]
    if same:
        yield _finding("brand-font", dark, "is the same file as regular", f"name the bold file of {family.name}")
    elif weights[1] < _BOLD or weights[1] <= weights[0]:
        says = f"is not bold: its weight is {weights[1]}, and that of regular {weights[0]}"
        yield _finding("brand-font", dark, says, f"name the bold file of {family.name}")


def _letters(language: Language, family: FontFamily, fonts: Sequence[tuple[Face, TTFont]]) -> Iterator[Diagnostic]:
    """Every letter of the alphabet, in both weights, and the rules by which a script joins its letters."""
    wanted = set(map(ord, "".join(letters_of(language)))) - {0x200C, 0x200D}
    for face, font in fonts:
        missing = sorted(wanted - set(font.getBestCmap()))
        if missing:
            shown = " ".join(map(chr, missing[:_SHOWN])) + (" …" if len(missing) > _SHOWN else "")
            says = f"lacks {counted(len(missing), 'letter')} of {language.english}: {shown}"
            hint = f"use a font with them; the list's is {registry_family(language)}"
            yield _finding("font-letters", face, says, hint)
        tags = data_table("language/shaping.toml").get(language.script, ())
        if tags and not set(tags) & _scripts(font):
            says = f"does not say how {language.english} joins its letters (no {' or '.join(tags)} in GSUB)"
            yield _finding(
                "font-letters", face, says, f"use a font made for it; the list's is {registry_family(language)}"
            )


def registry_family(language: Language) -> str:
    """The family of the list that the language's script is set in."""
    return str(data_table("language/scripts.toml")[language.script]["family"])


def _scripts(font: TTFont) -> set[str]:
    table = font["GSUB"].table if "GSUB" in font else None
    records = table.ScriptList.ScriptRecord if table is not None and table.ScriptList else ()
    return {record.ScriptTag for record in records}


def _height(language: Language, regular: tuple[Face, TTFont]) -> Iterator[Diagnostic]:
    """The smallest sizes are legible in the listed font: letters that are lower at the same size may not be."""
    face, font = regular
    (listed,) = families([registry_family(language)])
    if not font_file(listed.faces[0]).is_file():
        return
    with TTFont(font_file(listed.faces[0]), fontNumber=listed.faces[0].number, lazy=True) as other:
        share = _typical_height(font, language) / (_typical_height(other, language) or 1)
    if 0 < share < _LOW:
        size = language.sizes["card"][0]
        says = f"has letters {1 - share:.0%} lower than {listed.name}, for which the smallest sizes were chosen"
        larger = f"[{language.tag}] size.card = [{size / share:.1f}, …]"
        hint = f"look at a proof; in locales/languages.toml you can ask for larger type: {larger}"
        yield _finding("font-small", face, says, hint)


def _typical_height(font: TTFont, language: Language) -> float:
    """The height of the middle one of the language's small letters, in em; 0 if it has none of them."""
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    letters = {letter for letter in letters_of(language) if len(letter) == 1 and letter == letter.lower()}
    heights = sorted(filter(None, (_top(glyphs, cmap[ord(letter)]) for letter in letters if ord(letter) in cmap)))
    return heights[len(heights) // 2] / font["head"].unitsPerEm if heights else 0.0


def _top(glyphs: object, name: str) -> float:
    from fontTools.pens.boundsPen import BoundsPen

    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)  # type: ignore[index]
    return float(pen.bounds[3]) if pen.bounds else 0.0


def _finding(code: str, face: Face, says: str, hint: str) -> Diagnostic:
    return diagnostic(code, Span(_PATH, face.line), f"{Path(face.path).name} {says}", hint)
