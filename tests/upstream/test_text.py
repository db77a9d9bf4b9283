"""What the engine takes for true of the libraries that know scripts: Pango, HarfBuzz, ICU, budoux, pyphen."""

from __future__ import annotations

import budoux
import pyphen
import pytest
import uharfbuzz
from icu4py.breakers import LineBreaker, SentenceBreaker, WordBreaker
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import ffi
from weasyprint.text.fonts import font_features
from weasyprint.text.line_break import Layout, get_log_attrs

from pressroom.language import families
from pressroom.language.fonts import font_file
from pressroom.render.engine import font_configuration
from pressroom.render.shaping import shape
from tests.upstream.assumption import assumed_of


def _texts(box: boxes.Box) -> list[boxes.TextBox]:
    found = [box] if isinstance(box, boxes.TextBox) else []
    return found + [text for child in getattr(box, "children", ()) for text in _texts(child)]


def _text(text: str, tag: str, family: str) -> boxes.TextBox:
    css = CSS(string=f"body {{ font: 20px '{family}', 'Noto Sans' }} @page {{ size: 3000px 100px }}")
    page = HTML(string=f"<html lang={tag}><title>t</title><body>{text}")
    document = page.render(stylesheets=[css], font_config=font_configuration())
    (box,) = _texts(document.pages[0]._page_box)
    return box


def _font(family: str) -> uharfbuzz.Font:
    (known,) = families([family])
    face = known.faces[0]
    return uharfbuzz.Font(uharfbuzz.Face(font_file(face).read_bytes(), getattr(face, "index", 0) or 0))


@pytest.mark.parametrize(
    ("text", "tag", "family"),
    [
        ("Take 2.5 mg – with AV fistulas", "en", "Noto Sans"),
        ("اتصل بالعيادة فوراً", "ar", "Noto Naskh Arabic"),
        ("ហៅគ្លីនិកភ្លាមៗ", "km", "Noto Sans Khmer"),
        ("今すぐ電話してください", "ja", "Noto Sans CJK JP"),
    ],
)
@assumed_of("weasyprint", "render/shaping.py", "render/line_breaks.py", "typesetting/fit.py")
def test_pango_and_harfbuzz_agree_on_widths(text: str, tag: str, family: str) -> None:
    """A line that Pango sets is as wide as HarfBuzz, called by `shape`, says, to a hundredth of a CSS pixel."""
    box = _text(text, tag, family)
    assert sum(shape(text, box.style).advances) == pytest.approx(box.width, abs=0.05)


@assumed_of("weasyprint", "render/shaping.py", "render/tags/letters.py")
def test_pango_gives_its_runs() -> None:
    """A `Layout` of WeasyPrint gives its first line. Its runs have offset, length in bytes, and an odd level if they
    run right to left.
    """
    layout = Layout(_text("abc", "ar", "Noto Naskh Arabic").style)
    layout.set_text("abc \u0646\u0639\u0645")
    line, _ = layout.get_first_line()
    found, run = [], line.runs[0]
    while run != ffi.NULL:
        item = run.data.item
        found.append((item.offset, item.length, item.analysis.level % 2))
        run = run.next
    assert sorted(found) == [(0, 4, 0), (4, 6, 1)]


@assumed_of("weasyprint", "render/line_breaks.py")
def test_pango_says_where_lines_may_end() -> None:
    """`get_log_attrs(text, language)` has one entry a character and one more; lines may end before a word."""
    attributes = get_log_attrs("one two", "en")
    breaks = [at for at in range(1, 8) if attributes[at].is_line_break]
    assert breaks == [4, 7]


@assumed_of("weasyprint", "render/shaping.py")
def test_features_are_numbers_by_their_tag() -> None:
    """`font_features` turns styles into OpenType features, each a tag of four letters and a number."""
    assert font_features(font_feature_settings=(("halt", 1),))["halt"] == 1
    assert font_features(font_kerning="none")["kern"] == 0


@assumed_of("uharfbuzz", "render/shaping.py")
def test_a_cluster_is_the_number_of_its_first_character() -> None:
    """After `add_str` clusters count characters, not bytes; a mark is in the cluster of its letter."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str("xกี้y")
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font("Noto Sans Thai"), buffer, {})
    assert {info.cluster for info in buffer.glyph_infos} == {0, 1, 4}


@assumed_of("uharfbuzz", "compose/mark_widths.py", "render/line_ends.py", "render/shaping.py")
def test_halt_halves_a_mark() -> None:
    """In the Chinese and Japanese font `halt` makes a full-width mark half as wide."""
    widths = []
    for features in ({}, {"halt": True}):
        buffer = uharfbuzz.Buffer()
        buffer.add_str("。")
        buffer.guess_segment_properties()
        uharfbuzz.shape(_font("Noto Sans CJK JP"), buffer, features)
        widths.append(buffer.glyph_positions[0].x_advance)
    assert widths[0] == 2 * widths[1]


@assumed_of("uharfbuzz", "render/shaping.py")
def test_joined_letters_are_unsafe_to_break() -> None:
    """Between letters that join, a glyph has the flag UNSAFE_TO_BREAK."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str("سلام")
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font("Noto Naskh Arabic"), buffer, {})
    assert any(info.flags & uharfbuzz.GlyphFlags.UNSAFE_TO_BREAK for info in buffer.glyph_infos)


@pytest.mark.parametrize(
    ("tag", "text", "parts"),
    [
        ("km", "ទៅមន្ទីរពេទ្យ", ["ទៅ", "មន្ទីរពេទ្យ"]),
        ("th", "ไปโรงพยาบาล", ["ไป", "โรง", "พยาบาล"]),
    ],
)
@assumed_of("icu4py", "compose/line_break.py")
def test_icu_knows_the_words_of_scripts_without_spaces(tag: str, text: str, parts: list[str]) -> None:
    """Lines may end between the words of Khmer and Thai; segments are pairs of places in the text."""
    assert [text[start:end] for start, end in LineBreaker(text, tag).segments()] == parts


@assumed_of("icu4py", "compose/line_break.py")
def test_icu_counts_in_utf_16() -> None:
    """A sign outside of the first plane counts as two: it is replaced by one that counts as one."""
    assert list(LineBreaker("😀", "th").segments()) == [(0, 2)]


@assumed_of("icu4py", "compose/line_break.py", "compose/left_to_right.py")
def test_icu_knows_words_and_sentences() -> None:
    """Chinese words are segments, and a sentence goes until its full stop."""
    assert (0, 2) in list(WordBreaker("医生说", "zh").segments())
    assert [end for _, end in SentenceBreaker("One. Two.", "en").segments()] == [5, 9]


@assumed_of("budoux", "compose/line_break.py")
def test_budoux_divides_and_loses_nothing() -> None:
    """Its Japanese parser gives phrases that together are the text."""
    text = "今日は病院に行きます。"
    phrases = budoux.load_default_japanese_parser().parse(text)
    assert "".join(phrases) == text
    assert len(phrases) >= 3


@assumed_of("pyphen", "render/line_breaks.py")
def test_pyphen_gives_places_in_the_word() -> None:
    """Places are numbers of characters that keep so many on each side; a region leads to its language."""
    assert pyphen.language_fallback("de-DE") == "de_DE"
    assert pyphen.Pyphen(lang="de_DE", left=3, right=3).positions("Blutgerinnsel") == [4, 6, 10]
