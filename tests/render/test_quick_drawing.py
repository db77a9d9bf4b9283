"""The quick way to a length of a drawing gives the value of the long way."""

from __future__ import annotations

import weasyprint.svg
import weasyprint.svg.utils
from hypothesis import given
from hypothesis import strategies as st

from pressroom.render.quick_drawing import quick_drawing, size

_LENGTHS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(str),
    st.sampled_from(["", "1e3", "+2", ".5", "3px", "4 5", "50%", "2em", "1.5rem", "x", "inf"]),
    st.none(),
)


@given(_LENGTHS)
def test_a_length_is_the_same(text):
    """A length of a drawing is what WeasyPrint reads, with a unit or without."""
    assert size(text, 12, 200) == weasyprint.svg.utils.size(text, 12, 200)


def test_the_short_way_is_gone_after_drawing():
    """Outside of the context WeasyPrint is as it was."""
    before = weasyprint.svg.size
    with quick_drawing():
        assert weasyprint.svg.size is size
    assert weasyprint.svg.size is before
