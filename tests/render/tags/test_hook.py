"""What WeasyPrint draws under the hook; when these fail with a new WeasyPrint, `hook.py` is to be mended first."""

from __future__ import annotations

import importlib
import io

import pikepdf
import pytest
import weasyprint

from pressroom.render.tags import hook
from pressroom.render.tags.model import Mark, read_marks


@pytest.fixture(scope="module")
def told(engine_of) -> list[Mark]:
    html = """<html lang="th"><body><p>น้ำ\u200bตก <i lang="en">left leg</i></p><ol><li>x</li></ol>
    <p aria-hidden="true">silent <b>too</b></p></body></html>"""
    css = """html { font-family: "Noto Sans Thai", "Noto Sans" } ol { list-style: none } li::before { content: "7" }"""
    engine = engine_of(html, css)
    with hook.described_marks():
        data = engine.lay_out("").write_pdf(pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        marks = read_marks(pdf.pages[0].Contents.read_bytes())
    return [marks[number] for number in sorted(marks)]


def test_the_text_and_language_of_every_box_are_told(told):
    """Each piece of marked content carries its text, without the composer's line-break guides, and its language."""
    assert [(mark.text.strip(), mark.lang) for mark in told[:2]] == [("น้ำตก", "th"), ("left leg", "en")]


def test_a_lists_number_is_told_apart_from_its_text(told):
    """What `li::before` draws is told as a label, and the item's own text is not."""
    assert {mark.text: mark.label for mark in told if mark.text in {"7", "x"}} == {"7": True, "x": False}


def test_decoration_is_told_of_everything_inside_it(told):
    """A box inside an `aria-hidden` element is decoration like the element itself."""
    assert {mark.text.strip(): mark.decoration for mark in told if mark.text.strip() in {"silent", "too", "x"}} == {
        "silent": True,
        "too": True,
        "x": False,
    }


def test_lines_are_told_apart(told):
    """Text of one line has the same line, text of another paragraph another."""
    assert told[0].line == told[1].line
    assert told[0].line != told[2].line


def test_the_hook_is_gone_when_the_drawing_is_done():
    """Outside `told` WeasyPrint draws as it always does."""
    before = weasyprint.pdf.stream.Stream.marked
    with hook.described_marks():
        assert weasyprint.pdf.stream.Stream.marked is not before
    assert weasyprint.pdf.stream.Stream.marked is before


def test_another_version_of_weasyprint_is_refused_at_once(monkeypatch):
    """With a WeasyPrint it was not written against the hook can't even be imported, and says what to do."""
    with monkeypatch.context() as patched:
        patched.setattr(weasyprint, "__version__", "71.0")
        with pytest.raises(ImportError, match="run tests/render/tags"):
            importlib.reload(hook)
    importlib.reload(hook)
