"""What styles say at other sizes is computed once for all sizes that change nothing in it, and is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from _pytest.monkeypatch import MonkeyPatch

from pressroom.compose import Piece, compose
from pressroom.render import restyled
from pressroom.render.copyfit import Sizes
from pressroom.render.engine import Engine
from pressroom.render.fitting import usual_sizes
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Numbers
from pressroom.render.quick_styles import quick_styles
from pressroom.render.restyled import Styles
from pressroom.typesetting.blocks import Lengths

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
TEXT = """
<!-- panel: front -->

# A title of several words

<!-- panel: left -->

## Who may call

A paragraph with **bold words**.

1. A step.
2. Another.

<!-- panel: right -->

> [!WARNING]
> ### Danger
>
> Call {emergency}.

<!-- panel: back -->

Places.
"""


def _styles(make_piece: MakePiece, tag: str) -> tuple[Styles, Sizes]:
    """The styles of a leaflet, and sizes that they were read at."""
    piece = make_piece(TEXT, tag, project="other-clinic", layout="leaflet")
    composition = compose(piece)
    gauge = Gauge(Engine(composition.page, piece.document.path), piece.layout, composition, piece.language)
    numbers = Numbers(gauge, usual_sizes(piece, composition).of_text)
    models = numbers._read(composition.frames)
    return next(iter(models.values())).styles, numbers._without_slots(numbers.engine)


def _all(styles: Styles, sizes: Sizes) -> list[Lengths]:
    with quick_styles():
        return [styles.at(sizes)[number] for number in range(len(styles.found))]


def _changed(sizes: Sizes) -> list[Sizes]:
    """The sizes, and each with one thing changed; the last one is the first."""
    kind, frame = "heading", "left-text"
    return [
        sizes,
        replace(sizes, body={name: size + 2 for name, size in sizes.body.items()}),
        replace(sizes, body=sizes.body | {"small": sizes.body["small"] + 1}),
        replace(sizes, gap=sizes.gap | {frame: 0.9}),
        replace(sizes, slot=sizes.slot | {kind: 31.0}),
        replace(sizes, para={frame: 3.0}),
        replace(sizes, leading={"line-height": 1.1, "tight": 1.0, "title-lead": 1.3}),
        replace(sizes, own_slots={frame: {kind: 17.0}}),
        sizes,
    ]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_lengths_are_those_that_are_computed_anew(make_piece: MakePiece, tag: str) -> None:
    """After other sizes every style says what it says when it is asked first."""
    styles, sizes = _styles(make_piece, tag)
    found = [_all(styles, one) for one in _changed(sizes)]
    for lengths, one in zip(found, _changed(sizes), strict=True):
        for own in styles.found:
            own.known.clear()
        styles._last = None
        assert lengths == _all(styles, one)
    assert any(one != found[0] for one in found)


def test_lengths_that_no_size_reaches_are_not_computed_again(make_piece: MakePiece, monkeypatch: MonkeyPatch) -> None:
    """A size of one group changes the styles of that group alone, and the same sizes none."""
    styles, sizes = _styles(make_piece, "en")
    _all(styles, sizes)
    computed: list[object] = []
    lengths = restyled._lengths
    monkeypatch.setattr(restyled, "_lengths", lambda own, style: computed.append(own) or lengths(own, style))
    _all(styles, replace(sizes, body=sizes.body | {"small": sizes.body["small"] + 1}))
    assert 0 < len(computed) < len(styles.found) / 2
    computed.clear()
    _all(styles, sizes)
    assert not computed
