from __future__ import annotations

import pytest

from pressroom.postpress.printer import Printer, for_printer
from pressroom.postpress.printer_margins import moved_too_far
from pressroom.units import ZERO, mm
from tests.preflight.test_examine import sheet

# 200 by 100 points: words 20 points from the left, a line 10 from the foot, a band that bleeds at the head.
PAGE = b"0.5 g 0 90 200 10 re f 0 g 30 10 100 1 re f BT /F 12 Tf 20 50 Td (Call 911 now) Tj ET"


def _moved(printer: Printer, *, words_only: bool = False) -> tuple[str, float, bool, bool] | None:
    beyond = moved_too_far(PAGE_PDF, for_printer(PAGE_PDF, printer, ""), mm(6), words_only=words_only)
    return (beyond.edge, round(beyond.by.mm, 1), beyond.words, beyond.off) if beyond else None


PAGE_PDF = sheet(PAGE)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ((ZERO, ZERO), None),
        ((mm(2), mm(2)), None),
        ((mm(-3), ZERO), None),
        ((mm(-8), ZERO), ("left", 0.7, True, True)),
        ((mm(-5), ZERO), ("left", 0.7, True, False)),
        ((mm(40), ZERO), ("right", 15.3, False, True)),
        ((ZERO, mm(4)), ("lower", 0.5, False, True)),
        ((ZERO, mm(-14)), ("upper", 2.5, True, False)),
    ],
)
def test_what_a_correction_moves_too_far(front, expected) -> None:
    """Words and lines that leave the paper are found with the edge and the millimetres; what bleeds is not."""
    found = _moved(Printer(front))
    if expected is None or found is None:
        assert found == expected
    else:
        assert found == (expected[0], pytest.approx(expected[1], abs=0.8), *expected[2:])


def test_a_scale_moves_things_too() -> None:
    """A page that is stretched loses what was near its edge."""
    assert _moved(Printer(scale=1.02)) is None
    assert _moved(Printer(scale=1.3)) is not None


def test_the_marks_of_a_proof_are_left_out() -> None:
    """Lines at the edge of a proof may leave the paper; its words may not."""
    assert _moved(Printer((ZERO, mm(4))), words_only=True) is None
    assert _moved(Printer((mm(-8), ZERO)), words_only=True) is not None
