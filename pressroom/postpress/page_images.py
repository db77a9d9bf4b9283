"""The pages of a finished PDF as PNG pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2

from pressroom.units import Length


def page_images(pdf: bytes, dpi: int, *, optimize: bool) -> Iterator[tuple[bytes, Length]]:
    """Each page as a PNG at a resolution, and how wide it is on paper; `optimize` for pictures that are kept.

    Raises:
        pypdfium2.PdfiumError: it is not a PDF.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            out = io.BytesIO()
            picture = page.render(scale=dpi / 72).to_pil()
            picture.save(out, "PNG", optimize=optimize, compress_level=1)
            yield out.getvalue(), Length(page.get_width())
