"""Measures text as the pages print it: HarfBuzz shapes it in the font that Pango chooses for each character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import uharfbuzz
from fontTools import unicodedata as scripts
from weasyprint.text.ffi import TO_UNITS, ffi, harfbuzz, pango
from weasyprint.text.fonts import font_features, get_hb_object_data, get_pango_font_hb_face
from weasyprint.text.line_break import Layout, first_line_metrics

from pressroom.language import UnknownLanguage, find_language

Style = Any  # WeasyPrint publishes no type
_COMMON: Final = frozenset({"Zyyy", "Zinh", "Zzzz"})
_RIGHT_TO_LEFT: Final = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})
_THAI: Final = "\u0e00"
_SPACES: Final = frozenset(" \u00a0\u2060\u200b\u202f\u034f")


@dataclass(frozen=True, slots=True)
class Shaped:
    """For each character how far it moves the pen, in CSS pixels, and whether a line can't begin at it unchanged.

    A cluster's width is at its first character.
    """

    advances: list[float]
    joined: list[bool]


@dataclass(slots=True)
class _Face:
    """A font file; `spare` keeps Pango's object, whose address is the key it is found by.

    `rank` is its family's place among those that the style names: the first is what the text should be set in.
    """

    font: uharfbuzz.Font
    upem: int
    spare: object
    rank: int


@dataclass(slots=True)
class _Setting:
    """What text of one style is set in: OpenType features, and the face of each character that was met.

    `space` is the face of a space that nothing is before.
    """

    features: dict[str, int]
    space: _Face
    faces: dict[str, _Face]


_settings: dict[tuple[object, ...], _Setting] = {}
_faces: dict[int, tuple[uharfbuzz.Font, int, object]] = {}
# By setting, size and font.
_extents: dict[tuple[object, ...], tuple[float, float]] = {}
# Pango's sample languages (pango_script_get_sample_language).
_SAMPLES: Final = {"Latn": "en", "Cyrl": "ru", "Grek": "el", "Arab": "ar", "Hebr": "he", "Deva": "hi", "Thai": "th"}
_PARTS: Final = {
    "Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Hira", "Kana"), "Kore": ("Hang", "Hani"),
}  # fmt: skip


@lru_cache(maxsize=4096)
def _measured(text: str, key: tuple[object, ...], language: str) -> tuple[tuple[float, ...], tuple[bool, ...]]:
    """The advances in em, and where the glyphs are joined; the style's setting has a face for each character."""
    advances, joined = [0.0] * len(text), [False] * len(text)
    for start, end, face, script in _segments(text, _settings[key]):
        buffer = uharfbuzz.Buffer()
        # The text around decides how letters join, as it does in a line.
        buffer.add_str(text, start, end - start)
        buffer.script = script
        buffer.direction = "rtl" if script in _RIGHT_TO_LEFT else "ltr"
        buffer.language = _spoken(language, script)
        uharfbuzz.shape(face.font, buffer, _settings[key].features)
        scale = 1 / face.upem
        # No line begins within a cluster, whose width is all at its first character.
        joined[start:end] = [True] * (end - start)
        for first in {info.cluster for info in buffer.glyph_infos}:
            joined[first] = False
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            at = info.cluster
            advances[at] += position.x_advance * scale
            joined[at] = joined[at] or _is_inside(text, at) or info.flags & uharfbuzz.GlyphFlags.UNSAFE_TO_BREAK != 0
    return tuple(advances), tuple(joined)


def _is_inside(text: str, at: int) -> bool:
    """True within a word of a script that breaks at spaces: asking HarfBuzz takes longer than shaping."""
    return at > 0 and text[at] < _THAI and text[at].isalpha() and text[at - 1].isalpha()


def shape(text: str, style: Style) -> Shaped:
    """Measure a text in one style, as one line of it would be set."""
    key = _key(style)
    setting = _settings.get(key)
    if setting is None:
        setting = _settings[key] = _Setting(_features(style), next(_runs(" ", style))[1], {})
    if any(sign not in setting.faces for sign in text):
        for part, face in _runs(text, style):
            setting.faces |= {sign: face for sign in part if sign not in setting.faces}
    ems, joined = _measured(text, key, style["lang"] or "")
    # Pango sets type in whole units of 1/1024 pixel.
    size = int(style["font_size"] * TO_UNITS) / TO_UNITS
    letter = style["letter_spacing"]
    letter = 0.0 if letter == "normal" else int(letter * TO_UNITS) / TO_UNITS
    advances = [em * size for em in ems]
    if letter:
        advances = [
            advance + (letter if _is_spaced(sign) else 0.0) for advance, sign in zip(advances, text, strict=True)
        ]
    return Shaped(advances, list(joined))


def extents(text: str, style: Style) -> list[tuple[float, float]]:
    """How far each font that a text is set in reaches above and below its line, in CSS pixels, as Pango says it."""
    shape(text, style)
    key = _key(style)
    samples = {id(face.font): sign for sign in text if (face := _settings[key].faces.get(sign)) and sign not in _SPACES}
    return [_extent(sign, key, style) for sign in samples.values()]


def _extent(sign: str, key: tuple[object, ...], style: Style) -> tuple[float, float]:
    face = _settings[key].faces[sign]
    place = key, style["font_size"], id(face.font)
    if place not in _extents:
        layout = Layout(style)
        layout.set_text(sign)
        line, _ = layout.get_first_line()
        _, _, _, _, height, above = first_line_metrics(
            line, sign, layout, resume_at=None, space_collapse=False, style=style
        )
        _extents[place] = above, height - above
    return _extents[place]


def _is_spaced(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "MC"


def _key(style: Style) -> tuple[object, ...]:
    names = (
        "font_family", "font_style", "font_stretch", "font_weight", "font_kerning", "font_variant_ligatures",
        "font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates",
        "font_variant_east_asian", "font_feature_settings", "font_variation_settings", "lang",
    )  # fmt: skip
    return tuple(str(style[name]) for name in names)


def _features(style: Style) -> dict[str, int]:
    features = font_features(
        style["font_kerning"], style["font_variant_ligatures"], style["font_variant_position"],
        style["font_variant_caps"], style["font_variant_numeric"], style["font_variant_alternates"],
        style["font_variant_east_asian"], style["font_feature_settings"],
    )  # fmt: skip
    return {name: int(value) for name, value in features.items()}


def _runs(text: str, style: Style) -> Iterator[tuple[str, _Face]]:
    """The text as Pango divides it, with the face of each part."""
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    encoded = text.encode()
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item = run.data.item
        yield encoded[item.offset : item.offset + item.length].decode(), _face(item.analysis.font, style["font_family"])
        run = run.next


def _face(pango_font: object, families: Sequence[str]) -> _Face:
    hb_face = get_pango_font_hb_face(pango_font)
    address = int(ffi.cast("uintptr_t", hb_face))
    if address not in _faces:
        data, index = get_hb_object_data(hb_face), harfbuzz.hb_face_get_index(hb_face)
        face = uharfbuzz.Face(data, index)
        _faces[address] = uharfbuzz.Font(face), face.upem, hb_face
    family = _family(pango_font)
    rank = families.index(family) if family in families else len(families)
    return _Face(*_faces[address], rank)


def _family(pango_font: object) -> str:
    description = ffi.gc(pango.pango_font_describe_with_absolute_size(pango_font), pango.pango_font_description_free)
    return str(ffi.string(pango.pango_font_description_get_family(description)).decode())


def _segments(text: str, setting: _Setting) -> Iterator[tuple[int, int, _Face, str]]:
    """Stretches of one font and one script, as Pango divides text; a comma has the script of what is before it."""
    start, face = 0, None
    written = _scripts(text)
    first = next((own for sign in text if (own := _own_face(sign, None, setting))), None)
    for at, sign in enumerate(text):
        here = _own_face(sign, face, setting)
        if written[at] == written[start] and (here is None or face is None or here.font is face.font):
            face = here or face
            continue
        stop = at
        if written[at] == written[start] and here and face and _rank(here, first) < _rank(face, first):
            # A space is not set in a font that only replaces another for the sign before it.
            stop = start + len(text[start:at].rstrip(" ")) or at
        yield start, stop, face or setting.space, written[start]
        start, face = stop, here
    if text:
        yield start, len(text), face or setting.space, written[start]


def _rank(face: _Face, first: _Face | None) -> int:
    """The font that a text begins with comes first, whatever the style says."""
    return -1 if first is not None and face.font is first.font else face.rank


def _own_face(sign: str, before: _Face | None, setting: _Setting) -> _Face | None:
    """The face that a sign asks for; a space asks for none, and a mark goes with its letter."""
    if sign in _SPACES or (before is not None and unicodedata.category(sign)[0] == "M"):
        return None
    return setting.faces.get(sign)


def _scripts(text: str) -> list[str]:
    """The script of each character; what many scripts use has that of what is before it, or at the start after it."""
    script = next((own for sign in text if (own := _script(sign)) not in _COMMON), "Zyyy")
    found = []
    for sign in text:
        own = _script(sign)
        script = script if own in _COMMON else own
        found.append(script)
    return found


def _spoken(tag: str, script: str) -> str:
    """The language that a font is asked for: one of the script, where the text's own language is not written in it."""
    return tag if _is_written_in(tag, script) else _SAMPLES.get(script, tag)


@cache
def _is_written_in(tag: str, script: str) -> bool:
    try:
        own = find_language(tag).script
    except UnknownLanguage:
        return True
    return script in _PARTS.get(own, (own,))


@cache
def _script(sign: str) -> str:
    return str(scripts.script(sign))
