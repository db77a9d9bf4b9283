"""A page that differs from one before in texts and links alone gets its tree, styles and blocks, and is the same."""

from __future__ import annotations

from html import escape
from xml.etree.ElementTree import tostring

import pytest
from weasyprint import Document

from pressroom.compose import HtmlPage
from pressroom.layout import Stylesheet
from pressroom.render import kept_boxes, kept_styles, kept_trees
from pressroom.render.cache import RenderCache
from pressroom.render.engine import Engine, RenderError
from pressroom.render.kept_trees import keep_tree, kept_tree
from pressroom.render.proof import render_piece
from pressroom.render.quick_styles import PlainHTML
from tests.render.test_base_and_imprint import CLINICS, prepared
from tests.render.test_quick_styles import values_of

_CSS = """
@page { size: 60mm 160mm; margin: 0 }
.frame { position: absolute; inset: 2mm; font-size: calc(var(--fs-size) * 1pt); line-height: 1.3 }
.row { display: flex; column-gap: 0.7em } .row > b { flex-grow: 1 } p:empty { height: 9pt } .left { float: left }
ol { margin: 0 } li::before { content: counter(list-item) ". " } .wide { width: 40vw; height: 10vh }
"""
_HTML = """<html lang="ar" dir="rtl"><head><title>T</title><meta name="author" content="{0}"></head><body>
<section class="sheet"><div class="frame" id="one"><h1>{0} <b>two</b></h1><p>{1}</p><div class="wide">{0}</div>
<div class="row"><span>{0}</span> <b>six</b></div><div class="row"><b>seven</b></div>
<table><tr><td>eight<td>nine</table><p>thirteen <span dir="ltr">twelve</span></p><ol>
<li>three<li>{0}</ol><a href="{2}">{0}</a>
<p class="left">ten</p><p>eleven</p></div></section></body>"""


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
    kept_trees._kept.clear()


ONE, OTHER = ("Brook", "x", "tel:1"), ("A longer name of a clinic", "y", "https://a.example/")


def test_a_page_is_the_same_after_another() -> None:
    """Every style, place and byte is that of the page laid out by itself; the links and the facts are its own."""
    engine(*ONE).lay_out(":root { --fs-size: 9 }")
    assert len(kept_styles._kept) == 1
    after, alone = engine(*OTHER), engine(*OTHER, like=False)
    pages = [one.lay_out(":root { --fs-size: 9 }") for one in (after, alone)]
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
        (ONE, _HTML.replace('href="{2}"', ""), _CSS, "9"),
        (ONE, _HTML.replace('class="wide"', 'class="row"'), _CSS, "9"),
        (ONE, _HTML.replace("<b>six</b>", "<i>six</i>"), _CSS, "9"),
        (ONE, _HTML.replace("<b>two</b></h1>", "</h1><b>two</b>"), _CSS, "9"),
        (ONE, _HTML, _CSS.replace("2mm", "3mm"), "9"),
        (ONE, _HTML, _CSS, "10"),
    ],
    ids=["no text", "no address", "class", "element", "nesting", "style", "size"],
)
def test_another_page_has_styles_of_its_own(texts: tuple[str, ...], html: str, css: str, sizes: str) -> None:
    """Where more differs than a text, the styles are computed, and the page is that laid out by itself."""
    engine(*ONE).lay_out(":root { --fs-size: 9 }")
    last = f":root {{ --fs-size: {sizes} }}"
    pages = engine(*texts, html=html, css=css).lay_out(last)
    assert len(kept_styles._kept) == 2
    assert styles(pages) == styles(engine(*texts, html=html, css=css, like=False).lay_out(last))


def test_a_broken_style_is_found_each_time() -> None:
    """WeasyPrint says once what is wrong, when it computes the style: that page is not kept."""
    broken = _CSS + "p { width: var(--nowhere) }"
    for texts in (ONE, OTHER):
        with pytest.raises(RenderError):
            engine(*texts, css=broken).lay_out(":root { --fs-size: 9 }")
        assert not kept_styles._kept


def test_few_pages_are_kept() -> None:
    """The oldest goes first."""
    for number in range(12):
        engine(*ONE).lay_out(f":root {{ --fs-size: {number + 5} }}")
    assert len(kept_styles._kept) == kept_styles._KEPT


@pytest.mark.parametrize("product", [("dvt-pe", "wallet-card"), ("services", "trifold")])
def test_a_clinics_file_is_the_same_alone_and_among_others_in_any_order(product: tuple[str, str]) -> None:
    """What is kept of other clinics' frames changes no byte; a piece that none follows keeps and gets nothing."""
    pieces = [prepared(product[0], "es", product[1], clinic) for clinic in CLINICS]
    alone = [render_piece(piece, RenderCache()).pdf for piece in pieces]
    assert not kept_styles._kept
    assert not kept_trees._kept
    for order in (range(len(pieces)), reversed(range(len(pieces)))):
        kept_styles._kept.clear()
        kept_trees._kept.clear()
        cache = RenderCache(twins={})
        assert all(render_piece(pieces[at], cache).pdf == alone[at] for at in order)
        assert kept_styles._kept


_SIZES = ":root { --fs-size: 9 }"
# As wide, a line more in the first block, less in another, other letters, the first page again.
_PAGES = [ONE, ("Creek", "x", "tel:2"), OTHER, ("Brook", "x " * 40, "tel:1"), ("نهر ≤ & <b>", "y", "tel:3&4"), ONE]


def test_many_pages_one_after_another_are_as_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks move, grow and shrink, and none is another page's; some are copied, or this would prove nothing."""
    copied = []
    copy = kept_boxes._copied
    monkeypatch.setattr(kept_boxes, "_copied", lambda *args: copied.append(1) or copy(*args))
    for texts in (tuple(map(escape, page)) for page in _PAGES):
        after, alone = engine(*texts), engine(*texts, like=False)
        pages = [one.lay_out(_SIZES) for one in (after, alone)]
        assert styles(pages[0]) == styles(pages[1])
        assert after.draw(pages[0]) == alone.draw(pages[1])
        elements = set(after.root.iter())
        (page,) = pages[0].pages
        assert {box.element for box in page._page_box.children[0].descendants()} <= elements
    assert len(copied) > 5


def parsed(html: str) -> str:
    """The tree of a page as text."""
    return tostring(PlainHTML(string=html).etree_element, encoding="unicode")


@pytest.mark.parametrize("texts", _PAGES)
def test_a_tree_is_that_of_the_page_parsed(texts: tuple[str, ...]) -> None:
    """Texts, links and facts are where a parser puts them, and the tree that is kept stays as it is."""
    first = _HTML.format(*ONE)
    keep_tree(first, PlainHTML(string=first).etree_element)
    html = _HTML.format(*map(escape, texts))
    for _ in range(2):
        tree = kept_tree(html)
        assert tree is not None
        assert tostring(tree, encoding="unicode") == parsed(html)
        tree[1].clear()


@pytest.mark.parametrize("change", ["<h1>", 'class="wide"', "</h1>", "twelve", "\n<div", "lang"])
def test_another_page_is_parsed(change: str) -> None:
    """Where a tag, a class or a space between blocks differs, or a text is gone, the tree is not that one's."""
    first = _HTML.format(*ONE)
    keep_tree(first, PlainHTML(string=first).etree_element)
    becomes = {"<h1>": "<h2>", 'class="wide"': 'class="row"', "</h1>": "</b></h1>", "twelve": "", "lang": "title"}
    assert kept_tree(first.replace(change, becomes.get(change, "<div"))) is None
    assert kept_tree(_HTML.format("a\rb", *ONE[1:])) is None


def test_a_page_that_is_parsed_to_another_order_is_not_kept() -> None:
    """A parser moves a text out of a table; it is then not clear where each text is."""
    html = "<html><body><table>one<tr><td>two</table></body></html>"
    keep_tree(html, PlainHTML(string=html).etree_element)
    moved = html.replace("one", "three")
    found = kept_tree(moved)
    assert found is None or tostring(found, encoding="unicode") == parsed(moved)
