"""A page that differs from one before in texts and links alone is laid out in that one's styles, and is the same."""

from __future__ import annotations

import pytest
from weasyprint import Document

from pressroom.compose import HtmlPage
from pressroom.layout import Stylesheet
from pressroom.render import kept_styles
from pressroom.render.engine import Engine, RenderError
from tests.render.test_quick_styles import values_of

_CSS = """
@page { size: 60mm 160mm; margin: 0 }
.frame { position: absolute; inset: 2mm; font-size: calc(var(--size) * 1pt); line-height: 1.3 }
.row { display: flex; column-gap: 0.7em } .row > b { flex-grow: 1 } p:empty { height: 9pt }
ol { margin: 0 } li::before { content: counter(list-item) ". " } .wide { width: 40vw; height: 10vh }
"""
_HTML = """<html lang="ar" dir="rtl"><head><title>T</title><meta name="author" content="{0}"></head><body>
<section class="sheet"><div class="frame" id="one"><h1>{0} <b>two</b></h1><p>{1}</p><div class="wide">{0}</div>
<div class="row"><span>{0}</span> <b>six</b></div><ol><li>three<li>{0}</ol><a href="{2}">{0}</a>
</div></section></body>"""


def engine(*texts: str, html: str = _HTML, like: bool = True, css: str = _CSS) -> Engine:
    """An engine for the page with these texts."""
    page = HtmlPage(html.format(*texts), (Stylesheet("a.css", css),))
    return Engine(page, "a.html", is_like_others=like)


def styles(pages: Document) -> list[tuple[dict[str, str], float, float, str]]:
    """The style, the place and the text of each box."""
    found = (box for page in pages.pages for box in page._page_box.descendants())
    return [(values_of(box), box.position_x, box.position_y, getattr(box, "text", "")) for box in found]


@pytest.fixture(autouse=True)
def _forget() -> None:
    kept_styles._kept.clear()


ONE, OTHER = ("Brook", "x", "tel:1"), ("A longer name of a clinic", "y", "https://a.example/")


def test_a_page_is_the_same_after_another() -> None:
    """Every style, place and byte is that of the page laid out by itself; the links and the facts are its own."""
    engine(*ONE).lay_out(":root { --size: 9 }")
    assert len(kept_styles._kept) == 1
    after, alone = engine(*OTHER), engine(*OTHER, like=False)
    pages = [one.lay_out(":root { --size: 9 }") for one in (after, alone)]
    assert len(kept_styles._kept) == 1
    assert styles(pages[0]) == styles(pages[1])
    drawn = [one.draw(document) for one, document in zip((after, alone), pages, strict=True)]
    assert drawn[0] == drawn[1]
    assert [link[1] for link in pages[0].pages[0].links] == ["https://a.example/"]
    assert pages[0].metadata.authors == ["A longer name of a clinic"]


@pytest.mark.parametrize(
    ("texts", "html", "css", "sizes"),
    [
        (("Brook", "", "tel:1"), _HTML, _CSS, "9"),
        (ONE, _HTML.replace('class="wide"', 'class="row"'), _CSS, "9"),
        (ONE, _HTML.replace("<b>six</b>", "<i>six</i>"), _CSS, "9"),
        (ONE, _HTML.replace("<b>two</b></h1>", "</h1><b>two</b>"), _CSS, "9"),
        (ONE, _HTML, _CSS.replace("2mm", "3mm"), "9"),
        (ONE, _HTML, _CSS, "10"),
    ],
    ids=["no text", "class", "element", "nesting", "style", "size"],
)
def test_another_page_has_styles_of_its_own(texts: tuple[str, ...], html: str, css: str, sizes: str) -> None:
    """Where more differs than a text, the styles are computed, and the page is that laid out by itself."""
    engine(*ONE).lay_out(":root { --size: 9 }")
    last = f":root {{ --size: {sizes} }}"
    pages = engine(*texts, html=html, css=css).lay_out(last)
    assert len(kept_styles._kept) == 2
    assert styles(pages) == styles(engine(*texts, html=html, css=css, like=False).lay_out(last))


def test_a_broken_style_is_found_each_time() -> None:
    """WeasyPrint says once what is wrong, when it computes the style: that page is not kept."""
    broken = _CSS + "p { width: var(--nowhere) }"
    for texts in (ONE, OTHER):
        with pytest.raises(RenderError):
            engine(*texts, css=broken).lay_out(":root { --size: 9 }")
        assert not kept_styles._kept


def test_few_pages_are_kept() -> None:
    """The oldest goes first."""
    for number in range(12):
        engine(*ONE).lay_out(f":root {{ --size: {number + 5} }}")
    assert len(kept_styles._kept) == kept_styles._KEPT
