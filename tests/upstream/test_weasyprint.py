"""What `render` takes for true of WeasyPrint, most of it not documented."""

from __future__ import annotations

import inspect
import logging
from importlib.resources import files

import pikepdf
import pytest
import weasyprint.css
import weasyprint.draw
import weasyprint.draw.text
import weasyprint.layout.inline
import weasyprint.layout.percent
import weasyprint.layout.table
import weasyprint.text.line_break
from weasyprint import CSS, HTML, Document
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from pressroom.render.engine import font_configuration
from tests.upstream.assumption import assumed_of

FACE = "body { font: 20px/30px 'Noto Sans'; margin: 0 } @page { size: 400px 300px; margin: 0 } "


def _laid_out(body: str, css: str = "") -> Document:
    page = f'<html lang="en"><title>t</title><body>{body}</body></html>'
    return HTML(string=page).render(stylesheets=[CSS(string=FACE + css)], font_config=font_configuration())


def _all(box: boxes.Box, kind: type) -> list[boxes.Box]:
    found = [box] if isinstance(box, kind) else []
    for child in getattr(box, "children", ()):
        found += _all(getattr(child, "_box", child), kind)
    return found


@assumed_of("weasyprint", "render/page_boxes.py", "render/places.py", "render/sections.py", "render/visible_text.py")
def test_a_page_gives_its_boxes() -> None:
    """`Page._page_box` is the tree of boxes; lines and texts have place, size, element and text in CSS pixels."""
    page = _laid_out("<p style='margin: 0'>one <b>two</b></p>").pages[0]._page_box
    (line,) = _all(page, boxes.LineBox)
    texts = _all(page, boxes.TextBox)
    assert [text.text for text in texts] == ["one ", "two"]
    assert (line.position_x, line.position_y, line.height) == (0, 0, 30)
    assert texts[1].position_x == pytest.approx(texts[0].width)
    assert (line.element.tag, texts[1].element_tag, page.margin_height()) == ("p", "b", 300)
    assert page.canvas_background is None or hasattr(page.canvas_background, "color")


@assumed_of("weasyprint", "render/page_boxes.py", "render/places.py")
def test_what_is_placed_leaves_a_placeholder() -> None:
    """Where an absolutely placed element was written there is an object whose `_box` is its box."""
    page = _laid_out("<div style='position: absolute; left: 50px; top: 70px'>x</div>").pages[0]._page_box
    (text,) = _all(page, boxes.TextBox)
    assert (text.position_x, text.position_y) == (50, 70)


@assumed_of("weasyprint", "render/tags/hook.py", "render/page_boxes.py")
def test_what_a_style_writes_has_its_name_in_the_tag() -> None:
    """`element_tag` of a number of a list is `li::marker`, of a text before an element `p::before`."""
    page = _laid_out("<ol><li>a</ol><p>b", "p::before { content: '!' }").pages[0]._page_box
    assert {"li::marker", "p::before"} <= {text.element_tag for text in _all(page, boxes.TextBox)}


@assumed_of("weasyprint", "render/measure.py")
def test_anchors_are_places_of_identifiers() -> None:
    """`Page.anchors` has the place of each element with an id, in CSS pixels from the page's top left."""
    (page,) = _laid_out("<p style='margin: 0'>a</p><p style='margin: 0' id='end-x'>b").pages
    assert page.anchors["end-x"][:2] == (0, 30)


@assumed_of("weasyprint", "render/measure.py", "render/too_long.py")
def test_text_below_the_page_is_dropped_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    """Text placed below the foot of the page is not on it, and nothing is logged: so heights are measured first."""
    with caplog.at_level(logging.WARNING, "weasyprint"):
        document = _laid_out("<p style='position: absolute; top: 400px'>gone")
    assert len(document.pages) == 1
    assert not caplog.records


@assumed_of("weasyprint", "render/engine.py")
def test_a_dropped_declaration_is_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    """A declaration that is not understood is a warning of the logger `weasyprint`: it
    begins with `Ignored` and has ` at line:column`.
    """
    with caplog.at_level(logging.WARNING, "weasyprint"):
        CSS(string="p { color: red;\n  strange: 1 }")
    assert [record.name for record in caplog.records] == ["weasyprint"]
    assert caplog.records[0].getMessage().startswith("Ignored `strange: 1 ` at 2:3")


@assumed_of("weasyprint", "render/engine.py")
def test_a_refused_address_ends_the_layout() -> None:
    """`FatalURLFetchingError` of a fetcher is no Exception, and goes through all of WeasyPrint."""

    class Refusing(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> object:
            raise FatalURLFetchingError(url)

    assert not issubclass(FatalURLFetchingError, Exception)
    fetcher = Refusing(allowed_protocols=("https",), allow_redirects=False, fail_on_errors=True)
    with pytest.raises(FatalURLFetchingError):
        HTML(string="<img src='https://example.org/a.png'>", url_fetcher=fetcher).render()


@assumed_of("weasyprint", "render/tags/hook.py")
def test_marked_content_is_the_last_but_one() -> None:
    """`Stream.marked(box, tag)` is a context; on entry the last thing but one that it wrote is a dict of properties."""
    written = []
    marked = Stream.marked

    def noting(stream: Stream, box: boxes.Box, tag: str) -> object:
        context = marked(stream, box, tag)
        enter = context.__enter__

        class Noting:
            def __enter__(self) -> None:
                enter()
                if stream._tags is not None:
                    written.append((type(stream.stream[-2]), stream.stream[-1]))

            def __exit__(self, *error: object) -> object:
                return context.__exit__(*error)

        return Noting()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stream, "marked", noting)
        _laid_out("<p>text").write_pdf(pdf_variant="pdf/ua-1")
    assert written
    assert {(issubclass(kind, dict), last) for kind, last in written} == {(True, b"BDC")}


@assumed_of("weasyprint", "render/tags/letters.py", "render/tags/frames.py", "render/tags/text_arrays.py")
@pytest.mark.parametrize(
    ("where", "name", "parameters"),
    [
        (weasyprint.draw, "draw_stacking_context", ["stream", "stacking_context"]),
        (weasyprint.draw, "draw_inline_level", ["stream", "page", "box"]),
        (weasyprint.draw.text, "draw_first_line", ["stream", "textbox", "text_overflow", "block_ellipsis", "matrix"]),
        (Stream, "show_text", ["self", "text"]),
    ],
)
def test_drawing_calls_what_is_put_in_place(where: object, name: str, parameters: list[str]) -> None:
    """What draws a page, a line and a text is looked up by its name each time, and gets these arguments in order."""
    draw, calls = getattr(where, name), []
    assert list(inspect.signature(draw).parameters)[: len(parameters)] == parameters

    def noting(*arguments: object, **named: object) -> object:
        calls.append(arguments)
        return draw(*arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, name, noting)
        _laid_out("<p>text").write_pdf()
    assert calls


@assumed_of("weasyprint", "render/tags/frames.py")
def test_a_stream_remembers_colours_by_these_names() -> None:
    """A stream that forgets `_current_color` and the like writes colour, opacity and font again."""
    streams = []
    draw = weasyprint.draw.draw_stacking_context
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weasyprint.draw, "draw_stacking_context", lambda s, c: (streams.append(s), draw(s, c))[1])
        _laid_out("<p style='color: red'>text").write_pdf()
    remembered = ("color", "color_stroke", "alpha", "alpha_stroke", "font")
    assert all(hasattr(streams[0], f"_current_{what}") for what in remembered)


@assumed_of("weasyprint", "render/quick_styles.py")
@pytest.mark.parametrize(
    ("where", "name"),
    [
        (weasyprint.css, "check_math"),
        (weasyprint.css.ComputedStyle, "__missing__"),
        (weasyprint.css.computed_values, "PHYSICAL_FUNCTIONS"),
        (weasyprint.layout.percent, "resolve_one_percentage"),
        (weasyprint.layout.percent, "percentage"),
        (weasyprint.layout.inline, "resolve_one_percentage"),
        (weasyprint.layout.table, "resolve_one_percentage"),
        (weasyprint.text.line_break, "_font_style_cache_key"),
        (HTML, "_ua_stylesheets"),
    ],
)
def test_styles_are_computed_by(where: object, name: str) -> None:
    """Styles are computed and percentages resolved by functions of these names, which may be replaced."""
    assert hasattr(where, name)


@assumed_of("weasyprint", "render/tags/hook.py", "render/quick_styles.py")
def test_its_own_files_are_there() -> None:
    """The package has the profile of sRGB, and a style for HTML whose rules of notes begin lines."""
    assert (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()[36:40] == b"acsp"
    style = (files("weasyprint.css") / "html5_ua.css").read_text(encoding="utf-8")
    assert any(line.startswith("::footnote-") for line in style.splitlines())


@assumed_of("weasyprint", "render/tags/letters.py", "drawing/letters.py")
def test_a_font_is_named_after_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font has a `hash` of letters that is in its `name`, and `to_unicode` from glyph to text."""
    made = []
    init = Font.__init__
    monkeypatch.setattr(Font, "__init__", lambda self, *rest: (init(self, *rest), made.append(self))[0])
    _laid_out("<p>text").write_pdf()
    (font,) = made
    assert font.hash.isalpha()
    assert font.hash.encode() in font.name
    assert "t" in font.to_unicode.values()


@assumed_of("weasyprint", "render/engine.py", "publish/store.py")
def test_the_same_page_is_the_same_file() -> None:
    """Two files of one document have the same bytes: no date, no random identifier."""
    assert _laid_out("<p>text").write_pdf() == _laid_out("<p>text").write_pdf()


@assumed_of("weasyprint", "render/tags/read_back.py", "preflight/placement.py")
def test_a_page_is_one_content_stream(tmp_path: object) -> None:
    """A page has its text in its own content, in fonts of Type 0 whose letters take two bytes."""
    import io

    with pikepdf.open(io.BytesIO(_laid_out("<p>text").write_pdf())) as document:
        (font,) = document.pages[0].Resources.Font.values()
        assert (font.Subtype, font.Encoding) == ("/Type0", "/Identity-H")
        shown = [o for o, op in pikepdf.parse_content_stream(document.pages[0]) if str(op) in {"TJ", "Tj"}]
        assert shown
