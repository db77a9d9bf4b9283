"""A page that differs from one before in texts and links alone gets its tree and its blocks, and is the same."""

from __future__ import annotations

from html import escape
from xml.etree.ElementTree import tostring

import pytest
from weasyprint import Document

from pressroom.compose import HtmlPage
from pressroom.layout import Stylesheet
from pressroom.render import kept_trees
from pressroom.render.cache import RenderCache
from pressroom.render.engine import Engine, RenderError
from pressroom.render.kept_trees import keep_tree, kept_tree
from pressroom.render.proof import render_piece
from pressroom.render.quick_styles import PlainHTML
from tests.render.test_base_and_imprint import CLINICS, prepared
from tests.render.test_quick_styles import values_of

_CSS = """
@page { size: 60mm 160mm; margin: 0 } body { margin: 0 }
.frame { position: absolute; inset: 2mm; font-size: calc(var(--fs-size) * 1pt); line-height: 1.3 }
.row { display: flex; column-gap: 0.7em } .row > b { flex-grow: 1 } p:empty { height: 9pt } .left { float: left }
ol { margin: 0; list-style: none } li::before { content: counter(list-item) ". " } .wide { width: 40vw; height: 10vh }
"""
_HTML = """<html lang="ar" dir="rtl"><head><title>T</title><meta name="author" content="{0}"></head><body>
<section class="sheet"><div class="frame" id="one"><h1>one <b>two</b></h1><p>{1}</p><div class="wide">{0}</div>
<div class="row"><span>{0}</span> <b>six</b></div><div class="row"><b>seven</b></div>
<table><tr><td>eight<td>nine</table><p>thirteen <span dir="ltr">twelve</span></p><ol>
<li>three<li>{0}</ol><p><a href="{2}">{0}</a></p>
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
    kept_trees._kept.clear()


@pytest.fixture
def wholes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The style of each page that was laid out as a whole."""
    found: list[str] = []
    whole = Engine._laid_out
    monkeypatch.setattr(Engine, "_laid_out", lambda self, css: found.append(css) or whole(self, css))
    return found


_SIZES = ":root { --fs-size: 9 }"
ONE, OTHER = ("Brook", "x", "tel:1"), ("Creek 2", "y", "https://a.example/")
LONG = ("A longer name of a clinic that takes two lines in its row, and in the others, too", "y", "https://a.example/")


def compare(texts: tuple[str, ...], html: str = _HTML, css: str = _CSS, sizes: str = _SIZES) -> Document:
    """Lay a page out after others and by itself: every style, place, byte, link and fact is the same."""
    after, alone = engine(*texts, html=html, css=css), engine(*texts, html=html, css=css, like=False)
    pages = [one.lay_out(sizes) for one in (after, alone)]
    assert styles(pages[0]) == styles(pages[1])
    drawn = [one.draw(document) for one, document in zip((after, alone), pages, strict=True)]
    assert [item.data for item in drawn[0].pdf.objects[1:]] == [item.data for item in drawn[1].pdf.objects[1:]]
    assert drawn[0].pdf.info.data == drawn[1].pdf.info.data
    (page,) = pages[0].pages
    assert {box.element for box in page._page_box.children[0].descendants()} <= set(after.root.iter())
    return pages[0]


def test_a_page_is_the_same_after_another(wholes: list[str]) -> None:
    """Only the page before is laid out as a whole, and the page by itself; the links and the facts are its own."""
    engine(*ONE).lay_out(_SIZES)
    for texts in (OTHER, ONE, ("River & <b>", "z", "tel:3&4")):
        wholes.clear()
        pages = compare(tuple(map(escape, texts)))
        assert len(wholes) == 1
        assert [link[1] for link in pages.pages[0].links] == [texts[2]]
        assert pages.metadata.authors == [texts[0]]


@pytest.mark.parametrize(
    ("texts", "html", "css", "sizes"),
    [
        (LONG, _HTML, _CSS, "9"),
        (("Brook", "x " * 80, "tel:1"), _HTML, _CSS, "9"),
        (("Brook", "", "tel:1"), _HTML, _CSS, "9"),
        (("Brook", "x  y", "tel:1"), _HTML, _CSS, "9"),
        (("Brook", "x\u00ady", "tel:1"), _HTML, _CSS, "9"),
        (("Brook", "x", ""), _HTML, _CSS, "9"),
        (ONE, _HTML.replace('href="{2}"', ""), _CSS, "9"),
        (ONE, _HTML.replace('class="wide"', 'class="row"'), _CSS, "9"),
        (ONE, _HTML.replace("<b>six</b>", "<i>six</i>"), _CSS, "9"),
        (ONE, _HTML.replace("<b>two</b></h1>", "</h1><b>two</b>"), _CSS, "9"),
        (ONE, _HTML.replace("<h1>one", "<h1>three"), _CSS, "9"),
        (ONE, _HTML.replace("eight", "seven"), _CSS, "9"),
        (ONE, _HTML.replace("ten", "six"), _CSS, "9"),
        (ONE, _HTML, _CSS.replace("2mm", "3mm"), "9"),
        (ONE, _HTML, _CSS, "10"),
    ],
    ids=[
        "wide",
        "long",
        "none",
        "spaces",
        "hyphen",
        "nowhere",
        "link",
        "class",
        "element",
        "nesting",
        "bookmark",
        "table",
        "float",
        "style",
        "size",
    ],
)
def test_another_page_is_laid_out_as_a_whole(
    texts: tuple[str, ...], html: str, css: str, sizes: str, wholes: list[str]
) -> None:
    """Where more differs than texts that take as much room, and where a text may be elsewhere, too."""
    engine(*ONE).lay_out(_SIZES)
    wholes.clear()
    for _ in range(2):
        compare(texts, html, css, f":root {{ --fs-size: {sizes} }}")
    # The second time it is a page that was laid out before.
    assert len(wholes) == 3


@pytest.mark.parametrize(
    ("html", "css"),
    [
        (_HTML, _CSS + "p { text-transform: uppercase }"),
        (_HTML.replace("<p>{1}", "<p>{1}<i style='position: absolute'>no</i>"), _CSS),
        (_HTML, _CSS.replace("inset: 2mm", "left: 2mm")),
        (_HTML, _CSS + ".frame > p { position: relative; left: 2pt }"),
        (_HTML, _CSS + "p { string-set: x content() }"),
    ],
    ids=["capitals", "placed", "narrow", "relative", "running"],
)
def test_a_text_that_may_change_more_than_its_block_is_laid_out_with_its_page(
    html: str, css: str, wholes: list[str]
) -> None:
    """A block as wide as its text, a text that is changed before it is set, what is placed by itself."""
    engine(*ONE, html=html, css=css).lay_out(_SIZES)
    wholes.clear()
    compare(("Brook", "y", "tel:1"), html, css)
    assert len(wholes) == 2


def test_a_broken_style_is_found_each_time() -> None:
    """WeasyPrint says once what is wrong, when it computes the style: that page is not kept."""
    broken = _CSS + "p { width: var(--nowhere) }"
    for texts in (ONE, OTHER):
        with pytest.raises(RenderError):
            engine(*texts, css=broken).lay_out(_SIZES)


def test_a_broken_colour_is_found_each_time() -> None:
    """What WeasyPrint says of a page when it is drawn is said of the next one, too: that page is not kept."""
    broken = _CSS + ":root { --colour-x: 4mm } p { border-bottom: 1px solid; border-bottom-color: var(--colour-x) }"
    for texts in (ONE, OTHER, ONE):
        page = engine(*texts, css=broken)
        with pytest.raises(RenderError):
            page.draw(page.lay_out(_SIZES))


def test_few_pages_are_kept() -> None:
    """The oldest goes first, and of one tree those with other styles."""
    for number in range(12):
        engine(*ONE, html=_HTML.replace("two", f"{number}")).lay_out(_SIZES)
        engine(*ONE, html=_HTML.replace("<b>two", f"<b><i></i>{'<i></i>' * number}two")).lay_out(_SIZES)
    assert len(kept_trees._kept) == kept_trees._KEPT
    assert all(len(tree.pages) <= 1 for tree in kept_trees._kept.values())


@pytest.mark.parametrize("product", [("dvt-pe", "wallet-card"), ("services", "trifold")])
def test_a_clinics_file_is_the_same_alone_and_among_others_in_any_order(product: tuple[str, str]) -> None:
    """What is kept of other clinics' frames changes no byte; a piece that none follows keeps and gets nothing."""
    pieces = [prepared(product[0], "es", product[1], clinic) for clinic in CLINICS]
    alone = [render_piece(piece, RenderCache()).pdf for piece in pieces]
    assert not kept_trees._kept
    for order in (range(len(pieces)), reversed(range(len(pieces)))):
        kept_trees._kept.clear()
        cache = RenderCache(twins={})
        assert all(render_piece(pieces[at], cache).pdf == alone[at] for at in order)
        assert kept_trees._kept


# As wide, a line more in the first block, less in another, other letters, the first page again.
_PAGES = [
    ONE,
    ("Creek", "x", "tel:2"),
    OTHER,
    LONG,
    ("Brook", "x " * 40, "tel:1"),
    ("نهر ≤ & <b>", "y", "tel:3&4"),
    ONE,
]


def test_many_pages_one_after_another_are_as_each_by_itself() -> None:
    """Blocks move, grow and shrink, and none is another page's."""
    for texts in (tuple(map(escape, page)) for page in _PAGES):
        compare(texts)


def parsed(html: str) -> str:
    """The tree of a page as text."""
    return tostring(PlainHTML(string=html).etree_element, encoding="unicode")


@pytest.mark.parametrize("texts", _PAGES)
def test_a_tree_is_that_of_the_page_parsed(texts: tuple[str, ...]) -> None:
    """Texts, links and facts are where a parser puts them, whatever was there before."""
    first = _HTML.format(*ONE)
    keep_tree(first, PlainHTML(string=first).etree_element)
    html = _HTML.format(*map(escape, texts))
    kept_tree(_HTML.format("another", "page", "tel:9"))
    tree = kept_tree(html)
    assert tree is not None
    assert tostring(tree.root, encoding="unicode") == parsed(html)


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
    assert found is None or tostring(found.root, encoding="unicode") == parsed(moved)
