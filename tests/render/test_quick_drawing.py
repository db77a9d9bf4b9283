"""Quick ways to numbers in a file give the bytes of the long way."""

from __future__ import annotations

import pydyf
import weasyprint.pdf.fonts
import weasyprint.svg
import weasyprint.svg.utils
from hypothesis import given
from hypothesis import strategies as st

from pressroom.render.quick_drawing import quick_drawing, size, to_bytes

_LENGTHS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(str),
    st.sampled_from(["", "1e3", "+2", ".5", "3px", "4 5", "50%", "2em", "1.5rem", "x", "inf"]),
    st.none(),
)


@given(_LENGTHS)
def test_a_length_is_the_same(text):
    """A length of a drawing is what WeasyPrint reads, with a unit or without."""
    assert size(text, 12, 200) == weasyprint.svg.utils.size(text, 12, 200)


@given(
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(),
        st.binary(),
        st.sampled_from(["/Name", "", True, 1e30, -0.0]),
    )
)
def test_a_number_is_written_alike(item):
    """An object of a file is written as pydyf writes it."""
    assert to_bytes(item) == pydyf._to_bytes(item)


def test_an_array_is_the_same():
    """An array for a font's subset has the bytes and the length that WeasyPrint's type says; others are as they are."""
    ffi = weasyprint.pdf.fonts.ffi
    with quick_drawing():
        short = weasyprint.pdf.fonts.ffi
        array = short.new("hb_codepoint_t[3]", (1, 2, 70_000))
        empty = short.new("char[4]")
    assert bytes(ffi.buffer(array)) == bytes(ffi.buffer(ffi.new("hb_codepoint_t[3]", (1, 2, 70_000))))
    assert len(empty) == 4


def test_the_short_ways_are_gone_after_drawing():
    """Outside of the context WeasyPrint and pydyf are as they were."""
    before = pydyf._to_bytes, weasyprint.svg.size, weasyprint.pdf.fonts.ffi
    with quick_drawing():
        assert pydyf._to_bytes is to_bytes
        assert weasyprint.svg.size is size
    assert (pydyf._to_bytes, weasyprint.svg.size, weasyprint.pdf.fonts.ffi) == before
