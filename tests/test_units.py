from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.units import Length, mm


@pytest.mark.parametrize(("written", "points"), [("72pt", 72), ("1in", 72), ("25.4mm", 72), (" -3 mm ", -8.50393701)])
def test_parse(written: str, points: float) -> None:
    """A length is written with its unit and kept in points."""
    assert Length.parse(written).pt == pytest.approx(points)


@pytest.mark.parametrize("written", ["", "3", "3cm", "3 px", "mm", "3mm 4mm", "1e3mm", "٣mm", "3,5mm"])
def test_refused(written: str) -> None:
    """A number without a unit, another unit or another notation is no length."""
    with pytest.raises(ValueError, match="not a length"):
        Length.parse(written)


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_arithmetic(one: float, other: float) -> None:
    """Adding and taking away again gives the same length, within a nanometre."""
    assert (mm(one) + mm(other) - mm(other)).mm == pytest.approx(one, abs=1e-6)


def test_css() -> None:
    """CSS gets points with at most four decimals, whatever unit was written."""
    assert mm(85.6).css() == "242.646pt"
    assert Length.parse("3.6875in").css() == "265.5pt"
    assert mm(1000).css() == "2834.65pt"
    assert Length(12345.678).css() == "12345.68pt"
