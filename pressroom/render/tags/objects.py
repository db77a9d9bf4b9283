"""Reads the objects that WeasyPrint made for a PDF, before they are written. References are written out already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf


def number_of(reference: bytes) -> int:
    """The number of an object, from a reference to it."""
    return int(reference.partition(b" ")[0])


def found(pdf: pydyf.PDF, item: Any) -> Any:  # noqa: ANN401  pydyf publishes no types
    """An object, itself or what a reference leads to."""
    return pdf.objects[number_of(item)] if isinstance(item, bytes) else item


def pages_of(pdf: pydyf.PDF) -> list[Any]:
    """The pages in order."""
    return [found(pdf, reference) for reference in pdf.page_references]


def content_of(stream: pydyf.Stream) -> bytes:
    """What is in a stream that is not compressed, or is compressed already."""
    return b"\n".join(map(pydyf._to_bytes, stream.stream))


def fonts_inside(pdf: pydyf.PDF, font: Any) -> Iterator[Any]:  # noqa: ANN401
    """The fonts that a font is made of."""
    return (found(pdf, one) for one in font.get("DescendantFonts", ()))
