"""Instructions of a content stream, read line by line where it is written as WeasyPrint writes it."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.drawing import instructions as reader
from pressroom.drawing.operators import OPERATORS

KNOWN = frozenset(OPERATORS)
LINES = [
    "q",
    "1 0 0 -1 0 792.5 cm",
    "-.5 12. m",
    "0 0 10 10 re",
    "W*",
    "f*",
    "[] 0 d",
    "[3 1.5] 0 d",
    "/base-a1.0 gs",
    "/F1 12 Tf",
    "[<0001> -20 <00020003>] TJ",
    "[ <0001> ] TJ",
    "/P <</MCID 3>> BDC",
    "/Span\n<</ActualText <FEFF0041>>>\nBDC",
    "/Artifact\nBMC",
    "EMC",
    "Q",
]
# What is another instruction than its line looks like, or more than one.
ODD = [
    "(a",
    "Q q",
    "1 0 0 R G",
    "5w",
    "0 0 m ",
    "% q",
    "[<000>] TJ",
    "1-2 w",
    "1 2",
    "/A#42 gs",
    "/P <</MCID 3>> BDC /OC /x BDC",
    "<0001> Tj",
    "nan w",
    "BI /W 1 ID",
    "0 w\r1 w",
    ") Tj",
]


def _plain(value: object) -> object:
    """An operand of either reader in the same form."""
    if isinstance(value, pikepdf.Array | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, bytes | pikepdf.String):
        return bytes(value)
    return value if isinstance(value, pikepdf.Name) else float(value)  # type: ignore[arg-type]


def _by_pikepdf(content: bytes) -> list[tuple[str, object]]:
    with pikepdf.new() as pdf:
        read = pikepdf.parse_content_stream(pdf.make_stream(content))
        return [_comparable(str(found.operator), list(found.operands)) for found in read]


def _comparable(operator: str, operands: object) -> tuple[str, object]:
    """Of a mark only its tag is read."""
    values = list(operands)  # type: ignore[call-overload]
    return operator, [_plain(value) for value in (values[:1] if operator in ("BDC", "BMC") else values)]


def test_lines_of_weasyprint_are_read_as_pikepdf_reads_them() -> None:
    """Each line as WeasyPrint writes it has the same operator and operands, and so have all together."""
    content = "\n".join(LINES).encode()
    found = reader._of_lines(content, KNOWN)
    assert found is not None
    assert [_comparable(*one) for one in found] == _by_pikepdf(content)


def test_a_line_is_read_once() -> None:
    """Pages have the same lines again and again: what one of them says is the same object wherever it is."""
    one, other = (reader._of_lines(b"q\n1 0 0 -1 0 792.5 cm\nq" + end, KNOWN) for end in (b"", b"\nQ"))
    assert one is not None
    assert other is not None
    assert one[0] is one[2] is other[2]
    assert one[1] is other[1]


@pytest.mark.parametrize("odd", ODD)
def test_anything_else_is_left_to_pikepdf(odd: str) -> None:
    """No content with a line that may be something else is read line by line."""
    assert reader._of_lines("\n".join(["q", odd, "Q"]).encode(), KNOWN) is None


_LINES = st.one_of(st.sampled_from([*LINES, *ODD]), st.text("q Qm0.1-<>[]/()\n%TJBDC", max_size=12))


@given(st.lists(_LINES, max_size=6))
def test_no_content_is_read_in_two_ways(lines: list[str]) -> None:
    """Whatever lines a content has, what is read line by line is what pikepdf reads."""
    content = "\n".join(lines).encode()
    found = reader._of_lines(content, KNOWN)
    if found is not None:
        assert [_comparable(*one) for one in found] == _by_pikepdf(content)
