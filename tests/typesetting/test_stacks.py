"""Blocks are laid out by numbers as CSS says: stacks, margins that meet, rows, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pressroom.typesetting.blocks import Block, Laid, Lengths, Share, Text, Unmodelled
from pressroom.typesetting.paragraph import LineBreak, Paragraph
from pressroom.typesetting.stacks import Setter, collapsed

PLAIN = Lengths(
    font=10.0,
    lead=12.0,
    margins=(0.0, 0.0, 0.0, 0.0),
    above=0.0,
    below=0.0,
    left=0.0,
    sides=0.0,
    width=None,
    height=None,
)


def _words(*widths: float) -> Text:
    """Words of these widths at 10 px, without spaces between them."""
    places, end = list[LineBreak](), 0.0
    for number, width in enumerate(widths):
        places.append(LineBreak(number + 1, end + width, end + width))
        end += width
    return Text((Paragraph(tuple(places)),), 10.0, 1, widest=max(widths), width=end)


def _frame(children: Sequence[Block], styles: Sequence[Lengths], **own: object) -> Laid:
    """These blocks, with these styles from 1 on, in a frame of 100 by 500 px."""
    frame = replace(PLAIN, width=100.0, height=500.0, **own)
    return Setter(dict(enumerate([frame, *styles]))).frame(Block("stack", 0, children=tuple(children), closed=True))


def _tops(laid: Laid) -> list[float]:
    return [child.top for child in laid.children]


def test_margins_that_meet() -> None:
    """Between two blocks the larger margin counts; one below zero is taken off it."""
    assert collapsed([]) == 0
    assert collapsed([4, 9]) == 9
    assert collapsed([4, 9, -3, -1]) == 6
    one = replace(PLAIN, height=10.0, margins=(5.0, 0.0, 8.0, 0.0))
    other = replace(PLAIN, height=10.0, margins=(3.0, 0.0, 0.0, 0.0))
    laid = _frame([Block("stack", 1), Block("stack", 2)], [one, other])
    assert _tops(laid) == [5, 23]


def test_a_first_margin_goes_through_what_has_no_edge() -> None:
    """The margin of a first child is above its parent, unless a border or a closed block is between them."""
    inner = replace(PLAIN, height=10.0, margins=(7.0, 0.0, 4.0, 0.0))
    open_one = Block("stack", 1, children=(Block("stack", 2),))
    after = Block("stack", 3)
    laid = _frame([open_one, after], [PLAIN, inner, replace(PLAIN, height=1.0)])
    assert _tops(laid) == [7, 21]
    assert laid.children[0].height == 10
    laid = _frame([replace(open_one, closed=True), after], [PLAIN, inner, replace(PLAIN, height=1.0)])
    assert _tops(laid) == [0, 21]
    laid = _frame([open_one, after], [replace(PLAIN, above=2.0), inner, replace(PLAIN, height=1.0)])
    assert _tops(laid) == [0, 23]


def test_an_empty_block_is_nothing_but_margins() -> None:
    """An end mark is where the next block would begin, and moves nothing."""
    block = replace(PLAIN, height=10.0, margins=(0.0, 0.0, 6.0, 0.0))
    mark = Block("stack", 2)
    laid = _frame([Block("stack", 1), mark, Block("stack", 1)], [block, replace(PLAIN, height=0.0)])
    assert _tops(laid) == [0, 16, 16]


def test_text_has_as_many_lines_as_it_needs() -> None:
    """Larger type has wider words, more lines, and a larger lead."""
    text = Block("text", 1, text=_words(30, 30, 30, 30))
    assert _frame([text], [PLAIN]).children[0].lines == (2,)
    large = _frame([text], [replace(PLAIN, font=20.0, lead=24.0)]).children[0]
    assert (large.lines, large.height, large.over) == ((4,), 96, 0)
    wide = _frame([text], [replace(PLAIN, font=40.0, lead=48.0)]).children[0]
    assert wide.over == pytest.approx(20)


def test_type_of_no_size_is_not_counted() -> None:
    """Only a layout says how type of no size breaks."""
    with pytest.raises(Unmodelled, match="no size"):
        _words(30, 130).counts(100.0, 0.0)


def test_a_text_that_may_break_anywhere_is_not_counted() -> None:
    """Where a word that is too wide would be parted at any letter, only a layout knows the lines."""
    text = replace(_words(30, 130), anywhere=True)
    with pytest.raises(Unmodelled):
        _frame([Block("text", 1, text=text)], [PLAIN])


def test_limits_of_a_height() -> None:
    """A block is no lower than its least height and no taller than its most; padding may count to it."""
    low = replace(PLAIN, least=(0.0, 40.0), above=5.0, below=5.0)
    assert _frame([Block("stack", 1)], [low]).children[0].height == 50
    assert _frame([Block("stack", 1)], [replace(low, is_whole=True)]).children[0].height == 40
    assert _frame([Block("stack", 1)], [replace(PLAIN, height=90.0, most=(None, 70.0))]).children[0].height == 70


def test_a_row_is_as_tall_as_its_tallest() -> None:
    """Items of a row share its width; what is centred is in the middle of it."""
    row = Block("row", 1, children=(Block("text", 2, text=_words(20, 20, 20)), Block("text", 3, text=_words(20))))
    half = replace(PLAIN, grow=1.0, basis=0.0)
    laid = _frame([row], [replace(PLAIN, gap=50.0), half, half]).children[0]
    assert [one.width for one in laid.children] == [25, 25]
    assert laid.height == 36
    middle = replace(row, children=(row.children[0], replace(row.children[1], align="center")))
    assert _tops(_frame([middle], [replace(PLAIN, gap=50.0), half, half]).children[0]) == [0, 12]


def test_an_item_is_as_wide_as_its_words_and_another_has_the_rest() -> None:
    """What does not grow takes its own width; what can't shrink further runs out of the row."""
    row = Block("row", 1, children=(Block("text", 2, text=_words(20, 20)), Block("text", 3, text=_words(5))))
    fixed, rest = replace(PLAIN, shrink=0.0, least=(None, 0.0)), replace(PLAIN, grow=1.0, basis=0.0)
    laid = _frame([row], [PLAIN, fixed, rest]).children[0]
    assert [one.width for one in laid.children] == [40, 60]
    assert laid.children[0].lines == (1,)
    laid = _frame([row], [PLAIN, replace(fixed, font=30.0), replace(rest, least=(None, 0.0))]).children[0]
    assert laid.over == pytest.approx(25)


def test_a_picture_keeps_its_shape() -> None:
    """A picture that is as wide as its column is as tall as its shape says, up to its most."""
    picture = Block("picture", 1, ratio=2.0)
    laid = _frame([picture], [replace(PLAIN, width=Share(0.5))]).children[0]
    assert (laid.width, laid.height) == (50, 25)
    laid = _frame([picture], [replace(PLAIN, width=Share(1.0), most=(None, 30.0))]).children[0]
    assert laid.height == 30


def test_what_is_placed_takes_no_room() -> None:
    """A block beside the flow is as wide as its insets or its words say, and moves nothing."""
    aside = Block("text", 1, text=_words(20, 20), aside=True)
    laid = _frame([aside, Block("stack", 2)], [replace(PLAIN, insets=(10.0, 15.0)), replace(PLAIN, height=9.0)])
    assert [one.width for one in laid.children] == [75, 100]
    assert _tops(laid) == [0, 0]
    laid = _frame([aside], [PLAIN])
    assert laid.children[0].width == 40


def test_a_frame_has_a_size() -> None:
    """Without a width and a height of its own, a frame can't be laid out by numbers."""
    with pytest.raises(Unmodelled):
        Setter({0: PLAIN}).frame(Block("stack", 0))


def test_boxes_in_lines() -> None:
    """Boxes are set one after another while they fit, each line as tall as its tallest."""
    boxes = Block("boxes", 1, children=tuple(Block("stack", 2 + at, closed=True) for at in range(3)), apart=0.5)
    half, tall = replace(PLAIN, width=Share(0.45), height=30.0), replace(PLAIN, width=40.0, height=50.0)
    laid = _frame([boxes], [PLAIN, half, tall, half]).children[0]
    assert _tops(laid) == [0, 0, 50]
    assert laid.height == 80


def _row(*widths: float) -> Laid:
    """A row that wraps, in 100 px: its first item takes what is left, the others are as wide as their words."""
    takes = replace(PLAIN, grow=1.0, basis=0.0, least=(None, 0.0))
    stays = replace(PLAIN, shrink=0.0, least=(None, 0.0))
    items = [Block("text", 2 if at == 0 else 3, text=_words(width)) for at, width in enumerate(widths)]
    return _frame([Block("row", 1, children=tuple(items), wraps=True)], [replace(PLAIN, gap=5.0), takes, stays])


def test_a_row_that_wraps() -> None:
    """An item that has no room beside the words before it begins another line, and nothing is too wide."""
    for widths, tops, wide in [((60, 35), [0, 0], [60, 35]), ((60, 36), [0, 12], [100, 36])]:
        (row,) = _row(*widths).children
        assert _tops(row) == tops
        assert [item.width for item in row.children] == pytest.approx(wide)
        assert (row.height, row.over) == (tops[-1] + 12, 0)


def test_a_row_that_wraps_is_as_narrow_as_its_widest_word() -> None:
    """A row that wraps needs the room of its widest item, and one that does not that of all."""
    items = tuple(Block("text", 1, text=_words(width)) for width in (30, 40))
    setter = Setter({0: replace(PLAIN, gap=5.0), 1: PLAIN})
    assert setter.least(Block("row", 0, children=items, wraps=True)) == 40
    assert setter.least(Block("row", 0, children=items)) == 75
