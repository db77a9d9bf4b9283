"""The pages of a finished PDF as pictures: bytes go in, a PNG and the page's width come out for each."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2

from pressroom.units import Length

# Sharp enough to read the smallest line of a card on paper, small enough to send by mail.
_DPI: Final = 200
_INCH_PT: Final = 72


def page_images(pdf: bytes) -> list[tuple[bytes, Length]]:
    """Each page as a PNG, and how wide it is on paper.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
    """
    document = pypdfium2.PdfDocument(pdf)
    images: list[tuple[bytes, Length]] = []
    for number in range(len(document)):
        buffer = io.BytesIO()
        document[number].render(scale=_DPI / _INCH_PT).to_pil().save(buffer, "PNG", optimize=True)
        images.append((buffer.getvalue(), Length(document[number].get_width())))
    return images
