from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import accumulate

import pypdfium2
import pytest

from pressroom.compose.no_break import joints
from pressroom.compose.text import _words, spaces_apart
from pressroom.language import find_language

pytestmark = pytest.mark.usefixtures("fonts")
TEXT = "Second mass effect from the blood volume equalizes both sides of the dural allowing time for the hole to seal"


def _lines(text: str, width: int, tag: str = "en", family: str = "Noto Sans") -> list[str]:
    from weasyprint import HTML

    from pressroom.render.engine import font_configuration

    style = f"@page {{ size: {width}pt 300pt; margin: 0 }} body {{ font: 10pt '{family}' }}"
    html = HTML(string=f"<style>{style} .keep {{ white-space: nowrap }}</style><p lang={tag}>{text}</p>")
    with pypdfium2.PdfDocument(html.write_pdf(font_config=font_configuration())) as document:
        seen = document[0].get_textpage().get_text_range().replace("\u00a0", " ")
    return [" ".join(line.split()) for line in seen.split("\r\n")]


@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_no_line_ends_too_soon(space: str) -> None:
    """With the space set apart lines end where those of plain text do; with Pango 1.50 some ended too soon."""
    marked = f'{TEXT}{space}<span class="keep">itself</span> and after it come more words'
    for width in range(190, 206):
        plain = _lines(f"{TEXT}{space}itself and after it come more words", width)
        assert _lines(spaces_apart(marked), width) == plain


@pytest.mark.parametrize(
    ("tag", "before", "word", "after"),
    [
        ("th", "แพทย์จะฉีดเลือดเข้าไปใกล้", "เยื่อดูรา", "เพื่อปิดรูรั่วและลดอาการปวดศีรษะ"),
        ("km", "គ្រូពេទ្យនឹងចាក់ឈាមចូលទៅជិត", "ឌូរ៉ាម៉ាទែរ", "ដើម្បីបិទរន្ធនិងបន្ថយការឈឺក្បាល"),
        ("zh-Hans", "医生会把血液注射到", "硬膜外", "腔以封闭漏孔并减轻您的头痛"),
    ],
)
def test_lines_end_beside_a_kept_word(tag: str, before: str, word: str, after: str) -> None:
    """In a column of any width no line ends within a word of the registry; just before and just after it some do."""
    language = replace(find_language(tag), keep_whole=(word,))
    text = before + word + after
    html = spaces_apart(_words(text, language, 0, joints(text, language, bind="no")))
    ends: set[int] = set()
    for width in range(80, 240, 4):
        ends |= set(accumulate(_base_letters(line) for line in _lines(html, width, tag, language.family)))
    start, end = _base_letters(before), _base_letters(before + word)
    assert {start, end} <= ends
    assert not ends & set(range(start + 1, end))


def _base_letters(text: str) -> int:
    """How many letters that are no marks: a reader of the file tells marks in another order."""
    return sum(unicodedata.category(sign) == "Lo" for sign in text)
