"""A print shop's ICC profile: checks that it is for a press with four inks, and reads its name."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field

from pressroom.border import BorderError, border
from pressroom.content.icc_names import claims_too_many_names


class ProfileError(ValueError):
    """The file is not a profile of a press with four inks."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An output profile for cyan, magenta, yellow and black: what it calls itself, and its bytes."""

    name: str
    data: bytes = field(repr=False)


def read_profile(data: bytes) -> Profile:
    """Read a profile with Little CMS. Raises ProfileError if it is not one of a press in CMYK."""
    from PIL.ImageCms import ImageCmsProfile

    if claims_too_many_names(data):
        raise ProfileError("is damaged: a name in it is longer than the file")
    try:
        with border():
            profile = ImageCmsProfile(io.BytesIO(data)).profile
            # Little CMS gives the letters of a damaged one as they are.
            space, kind = profile.xcolor_space.strip(), profile.device_class
            name = (profile.profile_description or "").strip()
    except BorderError:
        raise ProfileError("is not an ICC profile") from None
    # Little CMS opens a profile that was cut short. ICC.1:2022, 7.2.2: its size is in the first four bytes.
    if (size := struct.unpack(">I", data[:4])[0]) != len(data):
        raise ProfileError(f"says it has {size:,} bytes and has {len(data):,}: it is cut off or damaged")
    if space != "CMYK":
        raise ProfileError(f"is for {space}, not for CMYK")
    if kind != "prtr":
        raise ProfileError(f"is of the class {kind!r}, not of a printing press ('prtr')")
    return Profile(name or "unnamed", data)
