"""A frame that is read without a layout is the frame that a layout shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pressroom.compose import Composition, Piece, compose
from pressroom.render.box_tree import _TreeBuilder
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.fitting import usual_sizes
from pressroom.render.frame_model import FrameModel
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Numbers
from pressroom.render.quick_styles import quick_styles

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")

TEXT = """
<!-- panel: front -->

# A title of several words that takes its lines

<!-- panel: left -->

## Who may call, in **bold** and 12 digits

A paragraph with **bold words**, [a link](https://example.org/), and Latin letters beside هذه كلمات and 这些字.

- One point that is a sentence of its own, and long enough to be broken, with Ünïcödé letters.
- Two.

1. A step, with a number before it that hangs in the margin of its list.
2. Another.

<!-- panel: right -->

> [!IMPORTANT]
> ### In this case
>
> Call {phone} if it hurts more than before.

> [!WARNING]
> ### Danger
>
> Call {emergency}.

<!-- panel: back -->

Places.
"""


def _numbers(piece: Piece) -> tuple[Numbers, Composition]:
    composition = compose(piece)
    gauge = Gauge(Engine(composition.page, piece.document.path), piece.layout, composition, piece.language)
    return Numbers(gauge, usual_sizes(piece, composition).of_text), composition


def _rows(model: FrameModel, sizes: Sizes) -> list[tuple[object, ...]]:
    return [
        (one.block.kind, one.block.element, one.lines, *(round(at, 2) for at in (top, one.height, one.width, one.over)))
        for one, top in model.at(sizes).walk()
    ]


@pytest.mark.parametrize("tag", ["en", "de", "ar", "zh-Hans", "my", "ur"])
def test_a_frame_is_the_same_with_and_without_a_layout(make_piece: MakePiece, tag: str) -> None:
    """Each block has the same place, size and lines at the size it is read at and at others."""
    measure, composition = _numbers(make_piece(TEXT, tag, project="other-clinic", layout="leaflet"))
    before = Engine.layouts
    read = measure._read(composition.frames)
    assert Engine.layouts == before
    laid = {
        name: one for name, one in measure._read_laid_out(composition.frames).items() if isinstance(one, FrameModel)
    }
    assert laid.keys() == read.keys()
    for larger in (1.0, 1.2, 0.9):
        bare = replace(measure._without_slots(measure.engine), body={})
        sizes = replace(bare, body={name: round(size * larger, 1) for name, size in measure.usual.body.items()})
        with quick_styles():
            assert {name: _rows(one, sizes) for name, one in read.items()} == {
                name: _rows(one, sizes) for name, one in laid.items()
            }


def test_a_table_needs_a_layout(make_piece: MakePiece) -> None:
    """What can't be read without a layout is left to one."""
    table = "\n| When | What |\n|---|---|\n| Today | Rest |\n"
    text = TEXT.replace("Places.", f"Places.\n{table}")
    measure, composition = _numbers(make_piece(text, "en", project="other-clinic", layout="leaflet"))
    assert len(measure._read(composition.frames)) < len(composition.frames)


def test_plain_text_is_not_laid_out(make_piece: MakePiece, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is laid out to read a text, also one with bold words in it; only labels and mixed fonts need that."""
    numbers, composition = _numbers(make_piece(TEXT, "en", project="other-clinic", layout="leaflet"))
    read: list[str] = []
    lines = _TreeBuilder._lines

    def counted(builder: _TreeBuilder, line: Any, around: Any, width: float) -> Any:
        read.append("".join(getattr(box, "text", "") for box in line.descendants()))
        return lines(builder, line, around, width)

    monkeypatch.setattr(_TreeBuilder, "_lines", counted)
    numbers._models([frame.name for frame in composition.frames])
    assert not any("One point" in text or "Who may call" in text or "A step" in text for text in read)
