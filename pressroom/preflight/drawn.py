"""A finished PDF as it is drawn: what it tells readers in place of its letters is taken out of a copy.

For whoever holds the letters on a page against its text: what is told would be found whatever is drawn.
"""

from __future__ import annotations

import io

import pikepdf

_TOLD = "/ActualText"


def as_drawn(pdf: bytes) -> bytes:
    """The file without the words that are told in place of its letters (ISO 32000-1, 14.9.4)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.Contents = document.make_stream(_without_words(page))
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and _TOLD in item:
                del item[_TOLD]
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _without_words(page: pikepdf.Page) -> bytes:
    drawn = list(pikepdf.parse_content_stream(page))
    for instruction in drawn:
        for operand in instruction.operands:
            if isinstance(operand, pikepdf.Dictionary) and _TOLD in operand:
                del operand[_TOLD]
    return pikepdf.unparse_content_stream(drawn)
