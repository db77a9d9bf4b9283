"""Quick ways to a style's values give those of the long way; this is what they assume of WeasyPrint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import tostring

import tinyhtml5.inputstream
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML
from weasyprint.css import AnonymousStyle
from weasyprint.css.computed_values import COMPUTER_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.formatting_structure import boxes

from pressroom.layout.style_rules import style_problems
from pressroom.render.quick_styles import _BORDERS, PlainHTML, _browser_style, quick_styles

_HTML = """<html lang="ar" dir="rtl"><body><div class="frame"><h1>One <b>two</b></h1><ul><li>three<li>four</ul>
<p class="flex"><span>five</span> <i class="half">six</i></p><a href="#x" id="x">seven</a><br>
<table><tr><td>eight<td>nine</table><p class="column">ten eleven twelve</p></div></body></html>"""
_CSS = """
:root { --lead: 14pt; --size: 11; --edge: 2pt solid #123456; font-size: calc(var(--size) * 1pt) }
@page { size: 200pt 300pt; margin: 5% }
.frame { position: absolute; inset-inline-start: 4pt; width: 80%; padding-inline: 3pt 1em; margin-block: 1em }
h1 { border-block-start: var(--edge); border-inline-end: 1pt dotted; text-decoration: underline dotted 0.6pt }
h1 b { text-decoration: inherit; margin-left: inherit; direction: ltr; padding-inline-start: 2pt }
p { line-height: calc(var(--lead) * 1.1); margin-top: calc(1em + 2pt); text-indent: calc(10% + 1pt) }
ul { list-style: none; border-top: 3pt } li { float: left; min-width: calc(10% - 1pt) } li::before { content: "7" }
.flex { display: flex; column-gap: 0.7em } .half { font-feature-settings: "halt"; font-size: 0 }
.column { columns: 2; height: 50%; max-width: none; background: linear-gradient(#000 2em, #fff) }
table { border-collapse: collapse } td { border: inherit; padding: var(--missing, 2pt) }
"""


def boxes_of(html: HTML, css: str) -> Iterator[boxes.Box]:
    """All boxes of the pages, in order."""
    for page in html.render(stylesheets=[weasyprint.CSS(string=css)]).pages:
        yield from page._page_box.descendants(placeholders=True)


def values_of(box: Any) -> dict[str, str]:
    """Every property of a box's style as text; of logical ones the physical ones that layouts ask for."""
    style = getattr(box, "_box", box).style
    return {name: as_text(style[name]) for name in sorted(INITIAL_VALUES) if not re.search("block|inline", name)}


def as_text(value: Any) -> str:
    """A value without its place in memory."""
    if type(value) in (tuple, list):
        return "(" + ", ".join(map(as_text, value)) + ")"
    if hasattr(value, "serialize"):
        return str(value.serialize())
    return f"{type(value).__name__} {vars(value)}" if hasattr(value, "__dict__") else repr(value)


def both_ways(css: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The styles of all boxes computed the long way, and the quick way."""
    slow = [values_of(box) for box in boxes_of(HTML(string=_HTML), css)]
    with quick_styles():
        return slow, [values_of(box) for box in boxes_of(PlainHTML(string=_HTML), css)]


def test_every_property_of_every_box_is_the_same():
    """Custom properties, calculations, logical and inherited properties, and what is set nowhere."""
    slow, quick = both_ways(_CSS)
    assert slow == quick
    assert len(slow) > 30


def test_the_same_rules_at_other_sizes():
    """What is remembered of a rule is of no use where its custom properties, or the font size, have other values."""
    rules, sizes = weasyprint.CSS(string=_CSS), [f":root {{ --lead: {n}pt; --size: {n - 2} }}" for n in (14, 19, 14)]

    def values(html: HTML, css: str) -> list[dict[str, str]]:
        pages = html.render(stylesheets=[rules, weasyprint.CSS(string=css)]).pages
        return [values_of(box) for page in pages for box in page._page_box.descendants(placeholders=True)]

    slow = [values(HTML(string=_HTML), css) for css in sizes]
    with quick_styles():
        assert [values(PlainHTML(string=_HTML), css) for css in sizes] == slow
    assert slow[0] != slow[1]


_NAMES = ["margin-left", "margin-inline-start", "padding-block", "border-top-style", "border-left-width", "inline-size"]
_NAMES += ["min-height", "max-block-size", "text-decoration", "line-height", "page", "position", "direction", "color"]
_VALUES = ["initial", "inherit", "0", "2pt", "1em", "10%", "calc(10% + 1em)", "solid", "rtl", "none", "absolute", "red"]
_RULES = st.lists(
    st.tuples(
        st.sampled_from(["div", "p", "b", "li::before", "*"]),
        st.sampled_from(_NAMES),
        st.sampled_from([*_VALUES, "var(--a)", "var(--b, 3pt)"]),
    ),
    max_size=12,
)


@settings(max_examples=25)
@given(_RULES)
def test_no_rule_makes_a_difference(rules):
    """Whatever a style says of a property, the quick way gives the value of the long way."""
    text = "".join(f"{selector} {{ --a: 1pt; {name}: {value} }}" for selector, name, value in rules)
    slow, quick = both_ways(text)
    assert slow == quick


def test_initial_values_need_no_computing():
    """WeasyPrint returns an initial value as it is, but for a few; of these a border without a style is 0 wide."""
    assert set(_BORDERS) <= INITIAL_NOT_COMPUTED
    assert all(name in COMPUTER_FUNCTIONS for name in _BORDERS)
    assert not {name for name in INHERITED if name in _BORDERS}


def test_only_rules_for_notes_are_left_out():
    """The browser's own style loses the rules for notes at the foot of a page, and nothing else."""
    whole, less = (pseudos(sheet) for sheet in (*HTML(string="")._ua_stylesheets(), _browser_style()))
    assert whole - less == Counter(
        {"footnote-call": 1, "footnote-marker": 1, "note-call": 1, "note-marker": 1, "note-callback": 1}
    )
    assert not less - whole


def pseudos(sheet: weasyprint.CSS) -> Counter[str | None]:
    """How many selectors of a stylesheet are for elements themselves, and for each pseudo-element."""
    matcher = sheet.matcher
    by_name = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors)
    lists = [*(one for table in by_name for one in table.values()), *matcher.namespace_selectors.values()]
    return Counter(entry[3] for one in (*lists, matcher.lang_attr_selectors, matcher.other_selectors) for entry in one)


def test_no_style_may_ask_for_notes():
    """A layout's style can put nothing at the foot of a page as a note."""
    assert style_problems("a.css", "p { float: footnote }")


def test_each_stretch_of_text_is_found_by_an_expression_that_is_made_once(monkeypatch):
    """A page is parsed to the same tree with the table of tinyhtml5, which makes each expression anew."""
    quick = PlainHTML(string=_HTML).etree_element
    table = tinyhtml5.inputstream.characters_until_regex
    made = len(table)
    PlainHTML(string=_HTML)
    assert len(table) == made > 0
    monkeypatch.setattr(tinyhtml5.inputstream, "characters_until_regex", {})
    assert tostring(PlainHTML(string=_HTML).etree_element) == tostring(quick)
    assert not tinyhtml5.inputstream.characters_until_regex.keys() & table.keys()


def test_a_box_that_no_element_asked_for_has_the_values_of_the_long_way():
    """What was set of its style before stays."""
    parent = next(boxes_of(HTML(string=_HTML), _CSS)).style
    slow, quick = AnonymousStyle(parent), AnonymousStyle(parent)
    slow["overflow"] = quick["overflow"] = "hidden"
    names = [name for name in sorted(INITIAL_VALUES) if not re.search("block|inline", name)]
    with quick_styles():
        found = {name: as_text(quick[name]) for name in names}
    assert found == {name: as_text(slow[name]) for name in names}
