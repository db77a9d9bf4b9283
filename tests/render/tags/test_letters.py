"""What Chrome's PDF library reads of a page, and where it draws it."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from pressroom.language import find_language
from pressroom.render.tags.text_arrays import whole_array
from tests.drawing.pdfs import page_pdf

LINES = {
    "ur": ["یہ طریقۂ علاج ”ریڑھ کی ہڈی والے سر درد“ میں آرام دیتا ہے۔", "ایپی ڈیورل بلڈ پیچ (دوسرا) کیا ہے؟"],
    "ar": ["يُستخدم «الصداع النخاعي»، أولًا.", "ثانيًا (أو الذراع) سدّ التسرّب"],
    "fa": ["سه‌شنبه به‌تدریج می‌کند؛ «مادهٔ رنگی»", "فوریهٔ خودبه‌خود"],
    "he": ["מִשְׁפָּט עם ניקוד (ראשון).", "שורה שנייה"],
    "km": ["គេប្រើវិធីព្យាបាលនេះដើម្បីសម្រាល", "ស្រោមឌូរ៉ាម៉ាទែរ"],
    "my": ["ခန္ဓာကိုယ်ကို ထိခိုက်မှု အနည်းဆုံး", "လူနာ၏ ကိုယ်ပိုင်သွေး"],
    "hi": ["क्षत्रिय ज्ञान र्प विकित्सा", "हड्डी और रीढ़"],
    "th": ["น้ำตกที่นี้ก็ช้าๆ", "ผู้ป่วยได้รับ"],
}


@pytest.fixture
def read_by_pdfium(engine_of):
    """The lines that PDFium finds in paragraphs set in a language, and the file."""

    def read(tag: str, *paragraphs: str, width: str = "180mm") -> tuple[list[str], bytes]:
        language = find_language(tag).set_for("brochure")
        stack = ", ".join(f'"{family}"' for family in language.stack)
        css = f"@page {{ size: {width} 140mm; margin: 8mm }} html {{ font: 13pt/2.2 {stack} }}"
        body = "".join(f"<p>{text}</p>" for text in paragraphs)
        html = f'<html lang="{tag}" dir="{language.direction}"><head><title>x</title></head><body>{body}</body></html>'
        engine = engine_of(html, css)
        pdf = engine.write(engine.lay_out(""))
        with pypdfium2.PdfDocument(pdf) as document:
            text = document[0].get_textpage().get_text_range()
        return [line.strip() for line in text.split("\r\n")], pdf

    return read


@pytest.mark.parametrize("tag", LINES)
def test_chrome_reads_the_text_that_was_set(read_by_pdfium, tag: str) -> None:
    """Letter for letter: marks, joiners, ligatures, quotation marks, brackets and Nastaliq."""
    from unicodedata import normalize

    lines, _ = read_by_pdfium(tag, *LINES[tag])
    assert [normalize("NFC", line) for line in lines] == [normalize("NFC", line) for line in LINES[tag]]


def test_what_runs_the_other_way_is_read_in_its_place(read_by_pdfium) -> None:
    """A range in an Arabic line keeps its order, and the sign after it; each piece is read on a line of its own."""
    lines, _ = read_by_pdfium(
        "ar", 'يُسحب <span dir="ltr">10–20</span> مل من الدم', 'السائل <span dir="ltr">(CSF)</span>.'
    )
    assert lines == ["يُسحب", "10–20", "مل من الدم", "السائل", "(CSF)."]


def test_a_divided_word_is_read_whole(read_by_pdfium) -> None:
    """A hyphen that the program put in is left out by PDFium, and a soft one in the tag."""
    style = '<span style="hyphens: auto; hyphenate-limit-chars: 8">das Rückenmarkshautgewebe</span>'
    lines, pdf = read_by_pdfium("de", style, width="50mm")
    assert "Rückenmarkshautgewebe" in "".join(lines).replace("\x02", "").replace("\ufffe", "")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        said = [str(item.ActualText) for item in document.objects if _is_said(item)]
    assert any(text.endswith("\u00ad") for text in said)


def _is_said(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and "/S" in item and "/ActualText" in item


def test_the_font_of_letters_draws_nothing(read_by_pdfium) -> None:
    """A page with letters beside its glyphs looks as it does without them."""
    _, pdf = read_by_pdfium("ur", *LINES["ur"])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = document.pages[0].Resources.Font
        (blank,) = [name for name, font in fonts.items() if str(font.BaseFont).endswith("+Letters")]
        kept, shows = [], True
        for operands, operator in pikepdf.parse_content_stream(document.pages[0]):
            shows = str(operands[0]) != blank if str(operator) == "Tf" else shows
            kept += [(operands, operator)] if shows or str(operator) != "TJ" else []
        document.pages[0].Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        out = io.BytesIO()
        document.save(out)
    assert _pixels(pdf) == _pixels(out.getvalue())


def _pixels(pdf: bytes) -> bytes:
    with pypdfium2.PdfDocument(pdf) as document:
        return bytes(document[0].render(scale=2).buffer)


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("<> 814 <> -995 <004b> 995", " -181 <004b> 995 "),
        ("<0001>10<>-10<0002>", "<0001><0002>"),
        ("<0001><0002>0.5<>2<0003>", "<00010002> 2.5 <0003>"),
        ("<0001>-12.5<0002>", "<0001> -12.5 <0002>"),
    ],
)
def test_arrays_of_text_have_no_empty_strings(written: str, whole: str) -> None:
    """What is side by side is joined, and what moves nothing is left out."""
    assert whole_array(written, {}) == whole


def test_glyphs_have_the_numbers_of_their_subset() -> None:
    """Each code of four digits is replaced, spaces are not, and a glyph without a new number keeps its own."""
    assert whole_array("<00410042> 65 <0043>", {0x41: 1, 0x42: 0x65}) == "<00010065> 65 <0043>"


def test_pdfium_loses_a_number_beside_an_empty_string() -> None:
    """The fault that `text_arrays` avoids; if this fails, PDFium draws the array right and the module may go."""
    array = "<0001> -814 <> -995"
    one, other = (
        page_pdf(f"BT /F 20 Tf 40 20 Td [{part}] TJ [<0002>] TJ ET") for part in (array, whole_array(array, {}))
    )
    assert _pixels(one) != _pixels(other)


def test_nastaliq_has_no_empty_strings(read_by_pdfium) -> None:
    """Glyphs that Pango moves are where the file says, for every viewer."""
    _, pdf = read_by_pdfium("ur", *LINES["ur"])
    with pikepdf.open(io.BytesIO(pdf)) as document:
        arrays = [o[0] for o, operator in pikepdf.parse_content_stream(document.pages[0]) if str(operator) == "TJ"]
    assert arrays
    assert not any(isinstance(part, pikepdf.String) and not bytes(part) for array in arrays for part in array)


@pytest.mark.parametrize(
    ("tag", "said", "instead"),
    [("ar", "«الصداع", "«الصدع"), ("ur", "درد", "دَرد"), ("th", "น้ำตก", "นำ้ตก"), ("km", "ដើម្បី", "ដើម្បិ")],
)
def test_letters_that_are_not_those_of_the_text_are_refused(read_by_pdfium, monkeypatch, tag, said, instead) -> None:
    """A file that would be read otherwise than it is printed is not made, if it is but for one letter or its order."""
    from pressroom.render.engine import RenderError
    from pressroom.render.tags import letters

    as_seen = letters._as_seen

    def changed(layout, part):
        signs = list(as_seen(layout, part))
        text, backward = "".join(sign for sign, _ in signs), bool(signs) and signs[0][1]
        one, other = (word[::-1] if backward else word for word in (said, instead))
        return [(sign, backward) for sign in text.replace(one, other)] if one in text else signs

    read_by_pdfium(tag, *LINES[tag])
    monkeypatch.setattr(letters, "_as_seen", changed)
    with pytest.raises(RenderError) as refused:
        read_by_pdfium(tag, *LINES[tag])
    assert [problem.code for problem in refused.value.problems] == ["letters-differ"]


def test_other_letters_in_place_of_signs_are_refused(read_by_pdfium, monkeypatch) -> None:
    """What is said in place of brackets and quotation marks has no letters of its own."""
    from pressroom.render.engine import RenderError
    from pressroom.render.tags import letters

    monkeypatch.setattr(letters, "_actual", lambda text: b"<</ActualText <FEFF0078>>>")
    with pytest.raises(RenderError, match="would be read as"):
        read_by_pdfium("ar", *LINES["ar"])
