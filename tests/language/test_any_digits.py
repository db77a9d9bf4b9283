"""Numbers in the digits of any script are the numbers that they are."""

from __future__ import annotations

import sys
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog.numbers import ascii_digits, value, written_numbers
from pressroom.language.quantities import differences
from pressroom.language.quantities.reader import read_quantities

# Unicode has them in rows of ten: Arabic, Persian, Devanagari, Thai, Khmer, Burmese and 60 more.
ZEROS = [
    chr(c) for c in range(sys.maxunicode) if unicodedata.category(chr(c)) == "Nd" and unicodedata.digit(chr(c)) == 0
]
# Of a language's own digits, with a sentence around a dose.
OWN = {
    "ar": ("٠", "أعطِ {} مل"), "fa": ("۰", "{} میلی‌لیتر بدهید"), "ur": ("۰", "{} ملی لیٹر دیں"),
    "ne": ("०", "{} मिलिलिटर दिनुहोस्"), "my": ("၀", "{} မီလီလီတာ ပေးပါ"), "km": ("០", "ឱ្យ {} មីលីលីត្រ"),
    "th": ("๐", "ให้ {} มิลลิลิตร"), "lo": ("໐", "ໃຫ້ {} ມິລິລິດ"),
}  # fmt: skip


def written(number: int | str, zero: str) -> str:
    """A number in the row of digits that begins with this zero."""
    return "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in str(number))


@given(st.integers(0, 10**7), st.sampled_from(ZEROS))
def test_a_number_in_any_digits_is_that_number(number: int, zero: str) -> None:
    """Whatever the row of digits, the number is read as it is."""
    text = f"a {written(number, zero)} b"
    assert written_numbers(text) == [str(number)]
    assert value(written_numbers(text)[0]) == str(number)
    assert ascii_digits(text) == f"a {number} b"


@given(st.integers(0, 999), st.integers(0, 99), st.sampled_from(ZEROS))
def test_a_fraction_in_any_digits(whole: int, part: int, zero: str) -> None:
    """The point between digits of any row parts a whole number from its fraction."""
    (found,) = written_numbers(written(f"{whole}.{part:02}", zero))
    assert Fraction(value(found)) == Fraction(f"{whole}.{part:02}")


@pytest.mark.parametrize("tag", OWN)
@given(st.integers(2, 9999), st.integers(2, 9999))
def test_a_dose_in_a_language_s_own_digits(tag: str, number: int, other: int) -> None:
    """The same dose is no difference, in Western digits, the language's own, and both mixed; another one always is."""
    zero, sentence = OWN[tag]
    own = written(number, zero)
    for same in (str(number), own, own[:1] + str(number)[1:]):
        assert [
            d.kind for d in differences(f"Give {number} mL", sentence.format(same), tag) if d.kind == "number"
        ] == []
    if other != number:
        for text in (str(other), written(other, zero)):
            kinds = [d.kind for d in differences(f"Give {number} mL", sentence.format(text), tag)]
            assert {"number", "separator"} & {*kinds}, (number, other, kinds)


@given(st.integers(1, 9999), st.sampled_from(ZEROS), st.sampled_from(["es", "ar", "hi", "zh-Hans"]))
def test_no_digits_are_passed_over(number: int, zero: str, tag: str) -> None:
    """A number in digits of a script that the language does not use is a number all the same."""
    readings = [q.values for q in read_quantities(f"x {written(number, zero)} y", tag).quantities]
    assert any(Fraction(number) in values for values in readings)
