"""Frames are measured by numbers: as a layout measures them, and where they are not, a page finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pressroom.compose import Composition, Piece, compose
from pressroom.render import numbers
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.fitting import usual_sizes
from pressroom.render.frame_model import FrameModel
from pressroom.render.line_ends import END
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Numbers
from pressroom.render.proof import render_piece

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")

TEXT = """
<!-- panel: front -->

# A title of several words that takes its lines

{}

<!-- panel: left -->

## Who may call

A paragraph that is long enough for three lines of a column, with **bold words** in it, and words for a fourth.

- One point that is a sentence of its own, and long enough to be broken.
- Two.

1. A step, with a number before it that hangs in the margin of its list.
2. Another.

<!-- panel: right -->

## What to do, in a heading that has two lines where it is large

> [!IMPORTANT]
> ### In this case
>
> Call us if it hurts more than before, or if you can't walk.

> [!WARNING]
> ### Danger
>
> Call {{emergency}}.
>
> Say where you are, and what is wrong with you, in a few words.

<!-- panel: back -->

Places.
"""
TABLE = "| When | What |\n|---|---|\n| Today | Rest, and drink as much as you like |\n| Tomorrow | Walk |\n"


def _piece(make_piece: MakePiece, tag: str = "en", more: str = "") -> Piece:
    return make_piece(TEXT.format(more), tag, project="other-clinic", layout="leaflet")


def _numbers(piece: Piece) -> tuple[Numbers, Gauge, Composition]:
    composition = compose(piece)
    engine = Engine(composition.page, piece.document.path)
    gauge = Gauge(engine, piece.layout, composition, piece.language)
    return Numbers(gauge, usual_sizes(piece, composition).of_text), gauge, composition


def _larger(sizes: Sizes, share: float) -> Sizes:
    return replace(
        sizes,
        body={name: round(size * share, 1) for name, size in sizes.body.items()},
        para=dict.fromkeys(sizes.gap, 2.0),
    )


@pytest.mark.parametrize("tag", ["en", "de", "ar", "zh-Hans", "th"])
@pytest.mark.parametrize("share", [0.8, 1.0, 1.15])
def test_as_tall_as_in_a_layout(make_piece: MakePiece, tag: str, share: float) -> None:
    """At any size, a frame that was read at another is as tall as a layout makes it, and so are its slots."""
    piece = _piece(make_piece, tag)
    measure, gauge, composition = _numbers(piece)
    sizes = replace(_larger(measure.usual, share), leading=piece.language.leading(0.5))
    calculated, measured = measure(sizes), gauge(sizes)
    assert calculated.keys() == measured.keys() == {frame.name for frame in composition.frames}
    for name, text in measured.items():
        assert calculated[name].height == pytest.approx(text.height, abs=0.05), name
        assert calculated[name].slots == pytest.approx(text.slots, abs=0.05), name
    assert measure.unread == ()


def test_no_layout_is_needed(make_piece: MakePiece) -> None:
    """However many sizes are asked for, the page is not laid out."""
    measure, _, _ = _numbers(_piece(make_piece))
    before = Engine.layouts
    for share in (0.8, 0.9, 1.0, 1.1):
        sizes = _larger(measure.usual, share)
        assert measure(sizes)
        assert measure.composed(sizes)
        assert measure.sideways(sizes) == {}
    assert Engine.layouts == before


def test_a_table_is_measured_in_the_layout(make_piece: MakePiece) -> None:
    """A frame with a table is laid out at every size, the others are not; the reason is kept."""
    measure, gauge, _ = _numbers(_piece(make_piece, more=TABLE))
    sizes = _larger(measure.usual, 0.9)
    calculated = measure(sizes)
    ((name, reason),) = measure.unread
    assert (name, reason) == ("front-text", "a table")
    assert calculated[name] == gauge(sizes)[name]


def test_a_word_that_is_too_wide(make_piece: MakePiece) -> None:
    """A word runs out of its column by as much as in the layout."""
    measure, gauge, _ = _numbers(_piece(make_piece, more="Donaudampfschifffahrtsgesellschaftskapitänspatent."))
    sizes = _larger(measure.usual, 2.0)
    calculated, measured = measure.sideways(sizes), gauge.sideways(sizes)
    assert calculated.keys() >= measured.keys() != set()
    for name, wide in measured.items():
        assert calculated[name].over == pytest.approx(wide.over, abs=0.1)
        assert calculated[name].room == pytest.approx(wide.room, abs=0.1)


def test_a_number_beside_a_long_word(make_piece: MakePiece) -> None:
    """In a band, a number that has no room beside the longest word of its heading is below it, and nothing runs out."""
    heights = list[float]()
    for heading in ("Danger", "Gefahrensituationslage"):
        piece = make_piece(TEXT.format("").replace("Danger", heading), project="other-clinic", layout="leaflet")
        measure, gauge, _ = _numbers(piece)
        sizes = _larger(measure.usual, 1.2)
        assert not measure.sideways(sizes)
        calculated, measured = measure(sizes)["right-text"], gauge(sizes)["right-text"]
        assert calculated.height == pytest.approx(measured.height, abs=0.1)
        heights.append(calculated.height)
    assert heights[1] > heights[0] + 10


def test_every_paragraph_has_its_line_ends(make_piece: MakePiece) -> None:
    """A paragraph of several lines gets as many line ends as it needs, at sizes that no page was laid out in."""
    measure, gauge, _ = _numbers(_piece(make_piece))
    sizes = _larger(measure.usual, 1.1)
    composed = measure.composed(sizes)
    for paragraph in composed:
        ends = sum(edit.becomes.count(END) for edit in paragraph.edits if edit.part != "class")
        assert ends == paragraph.lines - 1
    numbered = {(one.frame, one.element): one for one in composed}
    for other in gauge.composed(sizes):
        assert numbered[other.frame, other.element].lines == other.lines
        assert numbered[other.frame, other.element].edits == other.edits


def test_short_words_are_parted_by_numbers_too(make_piece: MakePiece) -> None:
    """Where a line would leave a hole, words of ten letters are parted in the same way as in a layout."""
    more = "Some treatment is uncomfortable; particular treatments are comfortable, as physicians and researchers show."
    measure, gauge, _ = _numbers(_piece(make_piece, more=more))
    parted = 0
    for growth in (1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6):
        sizes = _larger(measure.usual, growth)
        numbered = {(one.frame, one.element): one.edits for one in measure.composed(sizes)}
        measured = {(one.frame, one.element): one.edits for one in gauge.composed(sizes)}
        assert {key: numbered.get(key) for key in measured} == measured
        parted += sum("\u2010" in edit.becomes for edits in measured.values() for edit in edits)
    assert parted


def test_a_frame_that_a_page_shows_otherwise(make_piece: MakePiece, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a page has a frame taller than calculated, it is measured in layouts, and the piece is right."""
    piece = _piece(make_piece)
    right = render_piece(piece)
    assert right.work.disagreed == ()
    at = FrameModel.at

    def wrong(model: FrameModel, sizes: Sizes) -> object:
        laid = at(model, sizes)
        for child in laid.children:
            child.top -= 3 if "end-left-text" in model.anchors else 0
        return laid

    monkeypatch.setattr(FrameModel, "at", wrong)
    proof = render_piece(piece)
    assert proof.work.disagreed == ("left-text",)
    assert proof.work.layouts > right.work.layouts
    assert proof.sizes == right.sizes
    assert proof.diagnostics == right.diagnostics


def test_what_is_not_on_the_page_disagrees(make_piece: MakePiece) -> None:
    """A frame whose end is not on the page at all is not as calculated."""
    measure, gauge, composition = _numbers(_piece(make_piece))
    ends = measure.ends(measure.usual)
    engine, pages = gauge.lay_out(measure.usual, composition.frames)
    assert numbers.disagreeing(pages, engine.root, composition, ends, {}) == frozenset()
    lower = {**ends, "left-text": ends["left-text"] + 0.2}
    assert numbers.disagreeing(pages, engine.root, composition, lower, {}) == {"left-text"}
    for page in pages.pages:
        page.anchors.pop("end-right-text", None)
    assert numbers.disagreeing(pages, engine.root, composition, ends, {}) == {"right-text"}


def test_a_text_in_another_column_disagrees(make_piece: MakePiece) -> None:
    """A column that is wider or narrower than calculated is found, though the text may end at the same place."""
    measure, gauge, composition = _numbers(_piece(make_piece))
    engine, pages = gauge.lay_out(measure.usual, composition.frames)
    rooms = measure.texts(measure.usual)
    assert numbers.disagreeing(pages, engine.root, composition, {}, rooms) == frozenset()
    wider = {number: replace(room, column=room.column + 0.2) for number, room in rooms["left-text"].items()}
    found = numbers.disagreeing(pages, engine.root, composition, {}, {**rooms, "left-text": wider})
    assert found == {"left-text"}


def test_a_word_that_leaves_its_column_disagrees_unless_it_was_calculated(make_piece: MakePiece) -> None:
    """A word that is wider than its column is found on the page too."""
    word = "Donaudampfschifffahrtsgesellschaftskapitänspatent"
    measure, gauge, composition = _numbers(_piece(make_piece, more=f"The {word} is too wide for its column."))
    sizes = _larger(measure.usual, 2.0)
    engine, pages = gauge.lay_out(sizes, composition.frames)
    rooms = measure.texts(sizes)
    assert numbers.disagreeing(pages, engine.root, composition, {}, rooms) == frozenset()
    narrow = {
        name: {number: replace(room, over=0.0) for number, room in texts.items()} for name, texts in rooms.items()
    }
    assert numbers.disagreeing(pages, engine.root, composition, {}, narrow)


def test_a_paragraph_with_a_word_that_is_too_wide_is_not_composed(make_piece: MakePiece) -> None:
    """No page would follow: its lines stay as the engine breaks them, and the piece needs no second layout."""
    word = "Donaudampfschifffahrtsgesellschaftskapitänspatent"
    measure, _, _ = _numbers(_piece(make_piece, more=f"The {word} is a word that is too wide for its column."))
    composed = measure.composed(_larger(measure.usual, 2.0))
    assert composed
    assert not any(word in edit.becomes for paragraph in composed for edit in paragraph.edits)


def test_a_frame_with_shorter_texts(make_piece: MakePiece) -> None:
    """With its texts cut to one length a frame is as tall as a layout of the shorter texts."""
    text = "word " * 60
    measure, _, composition = _numbers(_piece(make_piece, more=text))
    sizes = measure.usual
    (name,) = (f.name for f in composition.frames if any(one.msgid.startswith("word") for one in f.messages))
    whole, cut, none = (measure.shortened(name, sizes, most) for most in (10_000, 124, 0))
    assert whole is not None
    assert cut is not None
    assert none is not None
    assert whole.height == pytest.approx(measure(sizes)[name].height)
    assert none.height < cut.height < whole.height
    _, shorter, _ = _numbers(_piece(make_piece, more=text[:124]))
    assert cut.height == pytest.approx(shorter(sizes)[name].height, abs=0.1)
