"""What inks look like on the print shop's own press: its ICC profile, read by Little CMS."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageCms

from pressroom.layout.colours import Lab
from pressroom.layout.inks import Inks, Look
from pressroom.postpress.icc_profile import Profile


def profile_look(profile: Profile) -> Look:
    """The look of mixes of inks by a profile, relative to its paper.

    Little CMS gives CIELAB in eight bits a channel here: a step is 0.4 of lightness, or 1 of a colour.
    """
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile.data)),
        ImageCms.createProfile("LAB"),
        "CMYK",
        "LAB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )

    def look(mixes: Sequence[Inks]) -> list[Lab]:
        inks = Image.new("CMYK", (len(mixes), 1))
        for at, mix in enumerate(mixes):
            cyan, magenta, yellow, black = (round(ink * 255) for ink in mix)
            inks.putpixel((at, 0), (cyan, magenta, yellow, black))
        seen = ImageCms.applyTransform(inks, transform)
        if seen is None:
            raise RuntimeError("Little CMS made no picture")
        return [_lab(seen.getpixel((at, 0))) for at in range(len(mixes))]

    return look


def _lab(pixel: object) -> Lab:
    if not isinstance(pixel, tuple):
        raise TypeError(f"a pixel of CIELAB has three channels, not {pixel!r}")
    light, a, b = pixel
    return light / 2.55, a - 128.0, b - 128.0
