from __future__ import annotations

import pypdfium2
import pytest

from pressroom.compose.text import _spaces_apart

pytestmark = pytest.mark.usefixtures("fonts")
TEXT = "Second mass effect from the blood volume equalizes both sides of the dural allowing time for the hole to seal"


def _lines(text: str, width: int) -> list[str]:
    from weasyprint import HTML

    from pressroom.render.engine import font_configuration

    style = f"@page {{ size: {width}pt 300pt; margin: 0 }} body {{ font: 10pt 'Noto Sans' }}"
    html = HTML(string=f"<style>{style} .keep {{ white-space: nowrap }}</style><p lang=en>{text}</p>")
    with pypdfium2.PdfDocument(html.write_pdf(font_config=font_configuration())) as document:
        seen = document[0].get_textpage().get_text_range().replace("\u00a0", " ")
    return [" ".join(line.split()) for line in seen.split("\r\n")]


@pytest.mark.parametrize(("space", "width"), [(" ", 195), ("\u00a0", 201)])
def test_no_line_ends_too_soon(space: str, width: int) -> None:
    """With the space set apart lines end where those of plain text do; without, WeasyPrint still loses words of one."""
    plain = _lines(f"{TEXT}{space}itself and after it come more words", width)
    marked = f'{TEXT}{space}<span class="keep">itself</span> and after it come more words'
    assert _lines(_spaces_apart(marked), width) == plain
    assert _lines(marked, width) != plain
