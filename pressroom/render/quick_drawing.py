"""Shorter ways to the numbers that WeasyPrint and pydyf write into a file; each gives the bytes of the long way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.pdf.fonts
import weasyprint.svg

_ffi = weasyprint.pdf.fonts.ffi
_size = weasyprint.svg.size
_to_bytes = pydyf._to_bytes


class _Arrays:
    """Makes C arrays for the subsets of fonts: cffi parses a type for each length that is named, a millisecond each."""

    def new(self, kind: str, *values: Any) -> Any:  # noqa: ANN401  cffi publishes no types
        """An array as long as its values."""
        return _ffi.new(f"{kind.partition('[')[0]}[]" if values and kind.endswith("]") else kind, *values)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(_ffi, name)


_ARRAYS = _Arrays()


@contextmanager
def quick_drawing() -> Iterator[None]:
    """Inside this context numbers are read and written, and arrays made, in fewer steps."""
    weasyprint.pdf.fonts.ffi = _ARRAYS
    pydyf._to_bytes = to_bytes
    weasyprint.svg.size = size
    try:
        yield
    finally:
        pydyf._to_bytes = _to_bytes
        weasyprint.svg.size = _size
        weasyprint.pdf.fonts.ffi = _ffi


def size(string: Any, *others: Any, **named: Any) -> Any:  # noqa: ANN401  WeasyPrint publishes no types
    """A length of a drawing in pixels; most are a number without a unit."""
    if type(string) is str:
        try:
            return float(string)
        except ValueError:
            pass
    return _size(string, *others, **named)


def to_bytes(item: Any) -> bytes:  # noqa: ANN401
    """An object as it is written."""
    kind = type(item)
    if kind is bytes:
        return bytes(item)
    if kind is str:
        return bytes(item.encode("ascii"))
    if kind is int or (kind is float and item.is_integer()):
        return b"%d" % item
    if kind is float:
        return (b"%f" % item).rstrip(b"0")
    return bytes(_to_bytes(item))
