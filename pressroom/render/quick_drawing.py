"""A shorter way to the lengths of a drawing, which is read again for each place where it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint.svg

_size = weasyprint.svg.size


@contextmanager
def quick_drawing() -> Iterator[None]:
    """Inside this context lengths of drawings are read in fewer steps."""
    weasyprint.svg.size = size
    try:
        yield
    finally:
        weasyprint.svg.size = _size


def size(string: Any, *others: Any, **named: Any) -> Any:  # noqa: ANN401  WeasyPrint publishes no types
    """A length of a drawing in pixels; most are a number without a unit."""
    if type(string) is str:
        try:
            return float(string)
        except ValueError:
            pass
    return _size(string, *others, **named)
