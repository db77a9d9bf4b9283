from __future__ import annotations

import pytest

from pressroom.project.telephone import number_fault


@pytest.mark.parametrize(
    "written",
    [
        "112 / 911", "112/911", "112 or 911", "112, 911", "112;911", "112\n911", "112 911", "112-911", "15/18",
        "112 and 911", "112 / 801-555-0100", "801-555-0100/801-555-0101", "555-0100 555-0101", "555-0100/0101",
        "801 555 0100 801 555 0101",
    ],
)  # fmt: skip
def test_two_numbers(written: str) -> None:
    """Two numbers are refused, whatever is between them: a telephone would dial all their digits."""
    fault = number_fault(written, emergency=True)
    assert fault is not None
    assert "more than one number" in fault[0]


@pytest.mark.parametrize(
    "written",
    [
        "911", "9-1-1", "000", "801-555-0100", "(801) 555-0100", "+1 801 555 0100", "030/1234567", "+49 30/123456",
        "01 23 45 67 89", "08 08 08 08 08", "1 800 222 1222", "020 8777 5700", "1122",
    ],
)  # fmt: skip
def test_one_number(written: str) -> None:
    """One number is taken in the ways in which countries write theirs."""
    assert number_fault(written, emergency=True) is None


def test_extension() -> None:
    """A clinic's number may have an extension, an emergency number may not."""
    assert number_fault("555-0100 x21", emergency=False) is None
    assert number_fault("112 x2", emergency=True) is not None
