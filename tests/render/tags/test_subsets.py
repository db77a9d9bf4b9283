"""Fonts of a file have what it draws and no more, under new numbers, and a kept subset is the one that is made."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import partial

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from weasyprint.pdf.stream import Stream

from pressroom.compose import HtmlPage
from pressroom.drawing.cff import Cff
from pressroom.drawing.outlines import TrueType
from pressroom.language import families, font_file
from pressroom.layout import Stylesheet
from pressroom.render.engine import Engine
from pressroom.render.fonts import subset_face
from pressroom.render.tags import MisreadError, Raw, subsets
from pressroom.render.tags.objects import content_of, found, pages_of
from pressroom.render.tags.subsets import NEEDED, NO_LETTERS, Letters, refuse_renumbered, small_subsets, subset_of

_STYLE = Stylesheet("test.css", 'html { font-family: "Noto Sans" }')


def _file(words: str) -> bytes:
    html = f'<html lang="en"><head><title>T</title></head><body><p>{words}</p></body></html>'
    engine = Engine(HtmlPage(html, (_STYLE,), {}), "test.md", is_like_others=True)
    return engine.write(engine.lay_out(""))


@pytest.mark.parametrize(
    ("family", "read"), [("Noto Sans", partial(TrueType, hinted=False)), ("Noto Sans CJK JP", Cff)]
)
def test_a_subset_draws_the_same_outlines_under_its_own_numbers(family, read, tmp_path):
    """Each glyph is there as it was, with .notdef and the parts of glyphs; numbers have no gaps."""
    (found,) = families([family])
    path = (
        subset_face(found, found.faces[0], frozenset(), tmp_path) if found.in_collection else font_file(found.faces[0])
    )
    whole, glyphs = path.read_bytes(), [5, 70, 71, 200, 300]
    subset = subset_of(whole, 0, glyphs)
    before, after = read(whole), read(subset.data)
    assert [after.outline(subset.numbers[glyph]) for glyph in glyphs] == [before.outline(one) for one in glyphs]
    assert sorted(subset.numbers.values()) == list(range(len(subset.numbers)))
    assert len(glyphs) < len(subset.numbers) < 20
    with TTFont(io.BytesIO(subset.data)) as font:
        assert set(font.reader.keys()) <= NEEDED


def test_a_page_names_glyphs_by_their_new_numbers(page):
    """The numbers in a page's text begin at 1, and each font has as many glyphs as the page names, or parts of them."""
    with pikepdf.open(io.BytesIO(page)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        fonts = pdf.pages[0].Resources.Font
        for name, font in fonts.items():
            texts = re.findall(rb"/%b [\d.]+ Tf\n(?:(?!Tf$).*\n)*?\[(.*)\] TJ" % name[1:].encode(), content)
            used = {
                code for text in texts for code in re.findall(rb"[0-9a-f]{4}", b"".join(re.findall(rb"<.*?>", text)))
            }
            descriptor = font.DescendantFonts[0].FontDescriptor
            with TTFont(io.BytesIO(descriptor.FontFile2.read_bytes())) as file:
                assert max(int(code, 16) for code in used) < file["maxp"].numGlyphs
                assert file["maxp"].numGlyphs < 100


def test_embedded_fonts_have_only_tables_that_draw(page):
    """No font of a finished file has names, a character map or measures for word processors."""
    with pikepdf.open(io.BytesIO(page)) as pdf:
        descriptors = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one]
        fonts = [TTFont(io.BytesIO(one.FontFile2.read_bytes())) for one in descriptors]
    assert fonts
    assert {tag for font in fonts for tag in font.reader.keys()} <= NEEDED  # noqa: SIM118


def test_a_kept_subset_is_the_one_that_is_made(fonts, monkeypatch):
    """Files that use the same glyphs, and others between them, are the same with kept subsets and without."""
    words = ("abc 123", "abc 124", "cab 321", "abc 123")
    monkeypatch.setattr(subsets, "_kept", {})
    with_kept = [_file(one) for one in words]
    assert len(subsets._kept) == 2
    alone = []
    for one in words:
        monkeypatch.setattr(subsets, "_kept", {})
        alone.append(_file(one))
    assert with_kept == alone


def test_few_subsets_are_kept(fonts, monkeypatch):
    """The one that was used least lately goes first."""
    monkeypatch.setattr(subsets, "_kept", {})
    monkeypatch.setattr(subsets, "_KEPT", 2)
    for words in ("ab", "cd", "ab", "ef"):
        _file(words)
    assert len(subsets._kept) == 2
    before = list(subsets._kept)
    _file("ab")
    assert sorted(subsets._kept, key=str) == sorted(before, key=str)


def test_text_is_written_as_before_outside():
    """Outside of the context WeasyPrint's own way is in its place."""
    before = Stream.show_text
    with small_subsets(NO_LETTERS, keep=False):
        assert Stream.show_text is not before
    assert Stream.show_text is before


def test_text_is_set_in_the_fonts_of_its_base(fonts):
    """A piece of text whose letters the base has is in its font, by its numbers; another is whole in its own."""
    base = _drawn("abc")
    ((name, letters),) = base.letters.items()
    texts = {letter.number: letter.text for letter in letters.values()}
    one, other = _drawn("cab<br>bad", base.letters), _drawn("bac", base.letters)
    assert [_said(run, texts) for run in _shown(one.pdf, f"base-{name}")] == ["cab"]
    assert len(_shown(one.pdf, name)) == 1
    assert _sizes(one.pdf) == [4]
    assert [_said(run, texts) for run in _shown(other.pdf, f"base-{name}")] == ["bac"]
    assert _sizes(other.pdf) == []
    assert _shown(other.pdf, name) == []


@pytest.mark.parametrize("change", [{"text": "x"}, {"width": 1}])
def test_a_letter_with_another_text_or_width_is_not_lent(change, fonts):
    """The base's map would say another letter, or its widths would move what follows."""
    base = _drawn("abc")
    ((name, letters),) = base.letters.items()
    lent = {
        name: {glyph: letter._replace(**change) if letter.text == "b" else letter for glyph, letter in letters.items()}
    }
    assert _sizes(_drawn("abc", lent).pdf) == [4]


@pytest.mark.parametrize("words", ["cab", "دواء"])
def test_another_glyph_of_the_bases_font_is_refused(words, fonts, monkeypatch):
    """Also where its letters are beside it, so that no program that reads text would notice."""
    base, imprint = _raw(words), _raw(words, _raw(words).letters)
    stream = found(imprint.pdf, pages_of(imprint.pdf)[0]["Contents"])
    refuse_renumbered(stream.stream, content_of(stream), base.letters)
    real = subsets.whole_array
    monkeypatch.setattr(
        subsets, "whole_array", lambda text, own: real(text, {old: new + 1 for old, new in own.items()})
    )
    with pytest.raises(MisreadError):
        refuse_renumbered(stream.stream, content_of(stream), base.letters)


@dataclass(frozen=True)
class _Drawn:
    pdf: bytes
    letters: Letters


def _drawn(words: str, given: Letters = NO_LETTERS) -> _Drawn:
    raw, out = _raw(words, given), io.BytesIO()
    raw.pdf.write(out)
    return _Drawn(out.getvalue(), raw.letters)


def _raw(words: str, given: Letters = NO_LETTERS) -> Raw:
    html = f'<html lang="en"><head><title>T</title></head><body><p>{words}</p></body></html>'
    engine = Engine(HtmlPage(html, (_STYLE,), {}), "test.md")
    return engine.draw(engine.lay_out(""), given)


def _shown(raw: bytes, font: str) -> list[bytes]:
    """The arrays that a page shows in a font."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    return re.findall(rb"^/%b [\d.]+ Tf\n\[(.*)\] TJ$" % font.encode(), content, re.MULTILINE)


def _said(array: bytes, texts: dict[int, str]) -> str:
    return "".join(texts[int(code, 16)] for code in re.findall(rb"[0-9a-f]{4}", array))


def _sizes(raw: bytes) -> list[int]:
    """How many glyphs each font of a page has."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        fonts = [
            font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
            for font in pdf.pages[0].Resources.Font.values()
        ]
    return [TTFont(io.BytesIO(font))["maxp"].numGlyphs for font in fonts]
