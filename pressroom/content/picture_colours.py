"""Finds the main colours of a picture of pixels."""

from __future__ import annotations

import io
from typing import Final

# A colour of less than this share of what is drawn is the edge of another.
_SHARE: Final = 0.02
_COLOURS: Final = 8
# Edges are half see-through.
_OPAQUE: Final = 128


def main_colours(data: bytes) -> tuple[str, ...]:
    """The colours of a PNG or JPEG that `read_picture` passed, as `#rrggbb`, the largest first; at most eight."""
    # Imported here: most documents have no picture.
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        # First smaller, then converted: a large picture would be in memory twice.
        image.draft(None, (image.width // 2, image.height // 2))
        image.thumbnail((256, 256), Image.Resampling.NEAREST, reducing_gap=None)
        pixels = image.convert("RGBA")
    drawn = pixels.getchannel("A").point(lambda value: 255 if value > _OPAQUE else 0)
    few = pixels.convert("RGB").quantize(_COLOURS)
    palette = few.getpalette() or []
    counts = few.histogram(drawn)[:_COLOURS]
    total = sum(counts) or 1
    order = sorted(range(len(counts)), key=lambda at: -counts[at])
    return tuple(
        "#" + "".join(f"{channel:02x}" for channel in palette[at * 3 : at * 3 + 3])
        for at in order
        if counts[at] / total >= _SHARE
    )
