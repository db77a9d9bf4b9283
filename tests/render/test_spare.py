"""What becomes of the height that text leaves: gaps between paragraphs, then between sections, then what fills it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressroom.compose import Filler
from pressroom.render.copyfit import AvailableSpace, Range, Sizes, TextHeight
from pressroom.render.spare import Elastic, rows_in, spread_out

RANGES = [Range("g", 10, 10, widen=(0.5, 2.0))]
SIZES = Sizes({"g": 10.0})


def _measure(texts: dict[str, tuple[float, int, int]]):
    """Text of a height, with so many gaps between paragraphs and between sections."""

    def measure(sizes: Sizes) -> dict[str, TextHeight]:
        return {
            name: TextHeight(text + paras * sizes.para.get(name, 0.0) + sections * sizes.section.get(name, 0.0))
            for name, (text, paras, sections) in texts.items()
        }

    return measure


def _frame(name: str, height: float = 100, spread: str = "s", filler: Filler | None = None) -> Elastic:
    kept = filler.least * filler.count if filler else 0.0
    return Elastic(AvailableSpace(name, "g", height, kept=kept), spread, filler)


def test_paragraphs_of_a_spread_are_alike() -> None:
    """All frames of a spread have the gaps that the fullest can have; what is left widens gaps between sections."""
    texts = {"a": (90.0, 4, 0), "b": (40.0, 4, 2), "c": (40.0, 0, 0)}
    sizes = spread_out([_frame("a"), _frame("b"), _frame("c")], RANGES, SIZES, _measure(texts))
    assert sizes.para == {"a": 2.5, "b": 2.5}
    assert sizes.section == {"b": 20.0}
    assert sizes.window == {}


def test_no_further_than_wanted() -> None:
    """Gaps grow no further than their group says, in em of its size; a frame without a spread keeps its own."""
    texts = {"a": (20.0, 2, 1), "b": (20.0, 2, 1)}
    sizes = spread_out([_frame("a"), _frame("b", spread="")], RANGES, SIZES, _measure(texts))
    assert (sizes.para, sizes.section) == ({"a": 5.0}, {"a": 20.0})


def test_a_hair_is_no_gap() -> None:
    """A spread whose fullest frame has next to no room keeps its gaps, and with them one grid of lines."""
    texts = {"a": (99.0, 4, 0), "b": (40.0, 4, 0)}
    assert spread_out([_frame("a"), _frame("b")], RANGES, SIZES, _measure(texts)).para == {}


def test_a_window_has_the_rest() -> None:
    """Gaps have a quarter of what a window does not need, and the window all the rest."""
    window = Filler("window", 1, 40)
    sizes = spread_out([_frame("a", filler=window)], RANGES, SIZES, _measure({"a": (20.0, 5, 0)}))
    assert sizes.para == {"a": 2.0}
    assert sizes.window == {"a": pytest.approx(100 - 20 - 5 * 2)}


def test_a_spring_is_a_gap() -> None:
    """Above boxes at the foot the white is no larger than between the sections before them."""
    sizes = spread_out([_frame("a", filler=Filler("spring", 1, 0))], RANGES, SIZES, _measure({"a": (55.0, 0, 2)}))
    assert sizes.section == {"a": 15.0}
    assert sizes.window == {"a": pytest.approx(15)}


def test_two_windows_share() -> None:
    """Windows of one frame are equally tall."""
    sizes = spread_out(
        [_frame("a", spread="", filler=Filler("window", 2, 20))], RANGES, SIZES, _measure({"a": (20.0, 0, 0)})
    )
    assert sizes.window == {"a": 40.0}


def test_gaps_have_what_rows_do_not_take() -> None:
    """Where rows are as many as wanted, gaps have all the rest."""
    frames = [_frame("a", 200, filler=Filler("rows", 1, 44, 22, 3))]
    sizes = spread_out(frames, RANGES, SIZES, _measure({"a": (20.0, 4, 4)}))
    assert (sizes.para, sizes.section) == ({"a": 5.0}, {"a": 20.0})
    assert sizes.window == {"a": 66.0}


def test_rows_are_whole() -> None:
    """As many rows to write on as there is room for, none of them cut, and no more than wanted."""
    rows = Filler("rows", 1, 44, 22, 3)
    texts = {"a": (20.0, 0, 0), "b": (50.0, 0, 0)}
    frames = [_frame("a", 200, filler=rows), _frame("b", filler=rows)]
    assert spread_out(frames, RANGES, SIZES, _measure(texts)).window == {"a": 66.0, "b": 44.0}
    assert rows_in(rows, 200) == 3


def test_text_that_grows_more_than_measured_keeps_its_gaps() -> None:
    """Where wider gaps make a frame run over after all, its spread keeps its own."""

    def measure(sizes: Sizes) -> dict[str, TextHeight]:
        wide = sizes.para.get("a", 0.0)
        return {"a": TextHeight(60 + wide + (80 if wide > 1 else 0))}

    assert spread_out([_frame("a")], RANGES, SIZES, measure).para == {}


def test_overset_text_gets_nothing() -> None:
    """A frame whose text runs over has no gap to give; its slots stay as they are."""
    sizes = replace(SIZES, own_slots={"a": {"heading": 10.0}})
    assert spread_out([_frame("a")], RANGES, sizes, _measure({"a": (120.0, 4, 1)})) == sizes
