"""Where windows and rows to write on are in a frame's HTML, and how they are taken out or written."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from pressroom.compose import Composition, Filler, PlacedFrame, with_windows_at_least, without_windows
from pressroom.compose.composition import ComposedPage, Head, Part
from pressroom.compose.fillers import by_hand_in, elements_of, filler_of, with_rows, without_by_hand
from pressroom.layout import Box, Frame
from pressroom.units import ZERO, mm

FRAME = Frame("a", "p", Box(mm(0), mm(0), mm(9), mm(9)), "", "g", "a")
# A line separator is no line to the parser, and a window may hold elements of its own tag, and images without an end.
WINDOW = '<div\nclass="big window"><img src="x"><div class="window">C</div>\n</div >'
HTML = f'<p>A\u2028B</p>\n{WINDOW}<p class="windows">D</p>'


def _composition(html: str) -> Composition:
    parts = (Part(Markup(""), html, frame="a"), Part(Markup(""), html, frame="b"))
    sheet = ComposedPage("p", "en", "ltr", parts)
    return Composition("en", "ltr", "", Head("", "", "", ""), (sheet,), (), {}, ())


def test_found() -> None:
    """An element is found from its start tag to its end tag, with what is in it; a longer name is another one."""
    ((start, first, last, end),) = elements_of(HTML, "window")
    assert HTML[start:end] == WINDOW
    assert HTML[first:last] == '<img src="x"><div class="window">C</div>\n'
    assert elements_of('<p>A window</p><br class="window">', "window") == ()


def test_kinds() -> None:
    """Two windows are one filler of two; rows have the height that their frame says."""
    two = filler_of('<div class="window"></div><div class="window"></div>', FRAME)
    assert two is not None
    assert (two.kind, two.count, two.least) == ("window", 2, 103)
    rows = filler_of('<div class="lines-to-write"></div>', FRAME)
    assert rows is not None
    assert (rows.kind, rows.count, rows.least, rows.row, rows.most) == ("rows", 1, 44, 22, 12)
    assert filler_of("<p>Window</p>", FRAME) is None


def test_windows_are_taken_out_of_their_frame_alone() -> None:
    """A frame loses its windows with all that is in them; the other frames keep theirs."""
    one, other = without_windows(_composition(HTML), {"a": 1}).parts
    assert one.html == '<p>A\u2028B</p>\n<p class="windows">D</p>'
    assert other.html == HTML


def test_the_last_window_goes_first() -> None:
    """One of two windows is taken out, the last."""
    one, other = without_windows(_composition('<p class="window">A</p><p class="window">B</p>'), {"b": 1}).parts
    assert one.html.count("window") == 2
    assert other.html == '<p class="window">A</p>'


def test_rows_are_written() -> None:
    """So many rows are written into each element for them."""
    one, other = with_rows(_composition('<div class="lines-to-write"></div>'), {"b": 3}).parts
    assert one.html.count("row-to-write") == 0
    assert other.html.count("row-to-write") == 3
    assert other.html.startswith('<div class="lines-to-write"><div class="row-to-write">')


def test_windows_are_taller_in_their_frame_alone() -> None:
    """A window's least height grows, never shrinks, and rows keep theirs."""
    windows, rows = Filler("window", 1, 103.0), Filler("rows", 1, 44.0, 22.0, 12)
    box = Box(ZERO, ZERO, ZERO, ZERO)
    frames = tuple(
        PlacedFrame(name, 1, box, "g", "p", "locale", (), filler=filler)
        for name, filler in (("a", windows), ("b", windows), ("c", rows))
    )
    one = replace(_composition(HTML), frames=frames)
    least = [f.filler and f.filler.least for f in with_windows_at_least(one, {"a": 112, "c": 112}).frames]
    assert least == [112, 103, 44]
    assert with_windows_at_least(one, {"a": 90}) == one


def test_what_is_for_the_readers_hand_goes_with_its_rows() -> None:
    """The last element for the reader's hand is taken out first; a frame that loses its rows has nothing to fill it."""
    html = '<p>A</p><div class="group by-hand">B</div><div class="by-hand"><div class="lines-to-write"></div></div>'
    place = Box(mm(0), mm(0), mm(9), mm(9))
    placed = PlacedFrame("a", 1, place, "g", "p", "x", (), filler=filler_of(html, FRAME), by_hand=len(by_hand_in(html)))
    composition = replace(_composition(html), frames=(placed,))
    fewer = without_by_hand(composition, {"a": 1})
    assert fewer.parts[0].html == '<p>A</p><div class="group by-hand">B</div>'
    assert (fewer.frames[0].by_hand, fewer.frames[0].filler) == (1, None)
    assert without_by_hand(composition, {"a": 0}) is composition
