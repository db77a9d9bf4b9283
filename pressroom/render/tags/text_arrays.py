"""Writes strings and the spaces between them so that every viewer draws them alike.

Where Pango moves a glyph, WeasyPrint 70 writes an empty string between two numbers: `[<004b> 814 <> -995] TJ`. PDFium,
which is Chrome's, loses the number before the empty string, and what follows is drawn in another place; Poppler adds
the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Final

from weasyprint.pdf.stream import Stream

_PART: Final = re.compile(r"<([0-9a-f]*)>|([^<>\s]+)")
# Thousandths of a thousandth of an em.
_DIGITS: Final = 3


@contextmanager
def whole_arrays() -> Iterator[None]:
    """Inside this context, no array of text has an empty string, or two strings or numbers side by side."""
    show = Stream.show_text

    def showing(stream: Any, text: str) -> None:  # noqa: ANN401  WeasyPrint publishes no types
        show(stream, whole_array(text))

    Stream.show_text = showing
    try:
        yield
    finally:
        Stream.show_text = show


def whole_array(text: str) -> str:
    """The parts of an array for `TJ`, strings in hexadecimal, with neighbours of one kind joined."""
    parts = [match for match in _PART.finditer(text) if match[2] or match[1]]
    joined = ((is_number, list(group)) for is_number, group in groupby(parts, key=lambda part: part[2] is not None))
    return "".join(
        _number(sum(float(part[2]) for part in group)) if is_number else f"<{''.join(part[1] for part in group)}>"
        for is_number, group in joined
    )


def _number(value: float) -> str:
    digits = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "" if digits in ("0", "-0") else f" {digits} "
