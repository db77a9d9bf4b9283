"""Which clinics' numbers a text may have typed in it, found in the bytes of its file."""

from __future__ import annotations

import pytest

from pressroom.planning.numbers_in_files import numbers_in, runs_of_digits

NUMBERS = frozenset({"801-555-0142", "801-555-0143", "911", "112", "+49 30 23125 018"})


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Call 801-555-0142 now.", "801-555-0142"),
        ("Call (801) 555 0142 now.", "801-555-0142"),
        ("Call 801.555.\n0142 now.", "801-555-0142"),
        ("Call **801**\u00a0555\u20110142.", "801-555-0142"),
        ("Call ٨٠١-٥٥٥-٠١٤٢.", "801-555-0142"),
        ("Call &#56;&#x30;1-555-0142.", "801-555-0142"),
        ('title: "Call \\u0038\\x301 555 0142"', "801-555-0142"),
        ("[Call](tel:801-555-0142)", "801-555-0142"),
        ("80[1 555](tel:112) 0142", "801-555-0142"),
        ('<text x="1">801 <tspan x="5" a=">">555</tspan><tspan y="7">0142</tspan></text>', "801-555-0142"),
        ("Dial 9-1-1.", "911"),
        ("Dial nine one one.", "911"),
        ("Dial Nine-One-One.", "911"),
        ("Dial nine eleven.", "911"),
        ("Ring +49 (30) 231 25-018.", "+49 30 23125 018"),
    ],
)
def test_typed(text: str, typed: str) -> None:
    """However a number is typed, it is among those that the text may have."""
    assert typed in numbers_in(runs_of_digits([text.encode()]), NUMBERS)


@pytest.mark.parametrize("text", ["Call {phone}.", "Take 2 tablets, 3 times a day.", "801-555-014", ""])
def test_not_typed(text: str) -> None:
    """A text without a number has none, so a clinic's new number changes nothing for it."""
    assert numbers_in(runs_of_digits([text.encode()]), NUMBERS) == frozenset()


def test_files_stand_apart() -> None:
    """Digits at the end of a file and at the beginning of the next are no number."""
    assert numbers_in(runs_of_digits([b"801-555", b"0142"]), NUMBERS) == frozenset()
