"""Text copied out of a file, by a program of others, against the text that went in.

The words are the names of days and months in Unicode's own data: real words in every script, set on narrow paper.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from shutil import which

import pikepdf
import pypdfium2
import pytest
from babel import Locale

from pressroom.language import Language, find_language
from pressroom.language.fonts import families, font_file

pytestmark = pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
LEFT_TO_RIGHT = [
    "en",
    "es",
    "vi",
    "tr",
    "ru",
    "th",
    "lo",
    "km",
    "my",
    "hi",
    "ne",
    "bn",
    "gu",
    "pa-Guru",
    "ko",
    "ja",
    "zh-Hans",
    "zh-Hant",
    "am",
    "pl",
    "el",
    "hy",
    "ka",
    "ta",
    "te",
    "kn",
    "ml",
    "si",
]
# Poppler wraps right-to-left words in these; they are no part of the text.
CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
LATIN = ".latin { white-space: nowrap; font-family: 'Noto Sans' }"
# They end what Poppler reads from the left.
MARKS = re.compile("[\u200e\u200f]")
JOINER = "\u200c"


@pytest.fixture
def drawn(engine_of):
    """The words of a language, and the PDF they were set in."""

    def draw(tag: str) -> tuple[list[str], bytes]:
        language = find_language(tag)
        missing = [f.name for f in families(language.stack) if not all(font_file(x).is_file() for x in f.faces)]
        if missing:
            pytest.skip(f"{', '.join(missing)} is not installed")
        words = _words(language)
        html = f'<html lang="{tag}" dir="{language.direction}"><head><title>x</title></head><body>'
        stack = ", ".join(f'"{family}"' for family in language.stack)
        css = f"@page {{ size: 70mm 140mm; margin: 8mm }} html {{ font: 11pt/1.8 {stack} }}"
        engine = engine_of(f"{html}<p>{' '.join(words)}</p></body></html>", css)
        return words, engine.write(engine.lay_out(""))

    return draw


def _words(language: Language) -> list[str]:
    names = Locale.parse(language.posix)
    both = [*names.days["format"]["wide"].values(), *names.months["format"]["wide"].values()]
    return " ".join([language.autonym, *both]).split()


def _extracted(pdf: bytes) -> list[str]:
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return CONTROLS.sub("", run.stdout.decode()).split()


@pytest.mark.parametrize("tag", LEFT_TO_RIGHT)
def test_left_to_right_text_comes_out_as_it_went_in(drawn, tag: str) -> None:
    """Every letter in its order, in alphabets, syllabaries and the scripts whose glyphs are shaped and moved."""
    words, pdf = drawn(tag)
    assert "".join(_extracted(pdf)) == "".join(words)


@pytest.mark.parametrize("tag", ["en", "es", "ru", "hi"])
def test_words_come_out_apart(drawn, tag: str) -> None:
    """Where words are written with spaces, they come out with spaces, at the ends of lines too."""
    words, pdf = drawn(tag)
    assert _extracted(pdf) == words


@pytest.mark.parametrize("tag", ["ar", "ps", "ckb", "ur"])
def test_right_to_left_words_come_out_whole(drawn, tag: str) -> None:
    """Every word of Arabic script comes out letter for letter; docs/explanation/text-extraction.md has the limit."""
    words, pdf = drawn(tag)
    assert [word for word in words if word.replace(JOINER, "") not in _extracted(pdf)] == []


@pytest.mark.parametrize(
    "text",
    [
        "تورّم، عادةً في ساق",
        "العميقة<span> </span><span class='latin' dir='ltr'>(DVT)</span> عندما",
        "الصدر: حاد، كالطعن",
        "من 10 مل.",
    ],
)
def test_signs_come_out_beside_their_words(engine_of, text: str) -> None:
    """A comma, a colon, a number and a Latin term in brackets stand before the space that follows them."""
    html = f'<html lang="ar" dir="rtl"><head><title>x</title></head><body><p>{text}</p></body></html>'
    engine = engine_of(
        html, "@page { size: 90mm 40mm; margin: 8mm } html { font: 11pt/1.8 'Noto Naskh Arabic' } " + LATIN
    )
    pdf = engine.write(engine.lay_out(""))
    words = CONTROLS.sub("", re.sub("<[^>]+>", "", text)).split()
    assert [MARKS.sub("", word) for word in _extracted(pdf)] == words
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_textpage().get_text_range().split() == words


@pytest.mark.parametrize("tag", ["ar", "fa", "fa-AF", "ps", "ckb", "ur"])
def test_the_tags_hold_right_to_left_text_exactly(drawn, tag: str) -> None:
    """What a screen reader is told of right-to-left text is the text itself, joiners and marks included."""
    words, pdf = drawn(tag)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        told = "".join(_told(document.Root.StructTreeRoot.K[0]))
    assert told.split() == words


def _told(element: pikepdf.Object) -> Iterator[str]:
    if "/ActualText" in element:
        yield str(element.ActualText)
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _told(kid)
