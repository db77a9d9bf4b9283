"""Pictures as inks: converts a picture in RGB to black or to a print shop's CMYK."""

from __future__ import annotations

import io
import zlib
from typing import Final, TypeGuard

import pikepdf
from pikepdf import Name
from PIL import Image, ImageChops, ImageCms

from pressroom.postpress.icc_profile import Profile
from pressroom.postpress.inks import InkError

_PRINTABLE: Final = (Name.DeviceGray, Name.DeviceCMYK)
# How dark the eye takes a colour to be (Rec. 709), as in `inks`.
_LIGHTNESS: Final = (0.2126, 0.7152, 0.0722, 0)
# Eight bits a channel: a step is what compression makes of a neutral colour.
_NEUTRAL: Final = 2


def is_screen_picture(item: object) -> TypeGuard[pikepdf.Stream]:
    """True for a picture in colours that no plate prints."""
    return bool(
        isinstance(item, pikepdf.Stream)
        and item.get("/Subtype") == Name.Image
        and "/ImageMask" not in item
        and item.get("/ColorSpace") not in _PRINTABLE
    )


def ink_picture(item: pikepdf.Stream, profile: Profile | None, *, gray: bool) -> None:
    """Convert a picture in place: one without colour to black, one in colour through the print shop's profile.

    A picture without a profile is read as sRGB. Relative colorimetric, with black point compensation.

    Raises:
        InkError: it is in colour and there is no profile, or it can't be read.
    """
    try:
        picture = pikepdf.PdfImage(item).as_pil_image().convert("RGB")
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError) as error:
        raise InkError(f"a picture can't be read ({type(error).__name__})", "save it again, in RGB or gray") from None
    if gray or _is_neutral(picture):
        _replace(item, picture.convert("L", matrix=_LIGHTNESS), Name.DeviceGray)
    elif profile is None:
        message = f"a picture of {picture.width} × {picture.height} pixels is in colour, and nothing says its inks"
        raise InkError(message, 'name the print shop\'s profile: set press-profile = "file.icc" in pyproject.toml')
    else:
        _replace(item, _through(picture, profile), Name.DeviceCMYK)


def _is_neutral(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = [ImageChops.difference(*two).histogram() for two in ((red, green), (green, blue), (red, blue))]
    return not any(sum(steps[_NEUTRAL + 1 :]) for steps in apart)


def _through(picture: Image.Image, profile: Profile) -> Image.Image:
    try:
        made = ImageCms.profileToProfile(
            picture,
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profile.data)),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="CMYK",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except ImageCms.PyCMSError as error:
        message = f"a picture can't be converted with the profile {profile.name!r} ({error})"
        raise InkError(message, "ask the print shop for its profile again") from None
    if made is None:
        raise InkError("a picture was not converted", "report it with the document")
    return made


def _replace(item: pikepdf.Stream, picture: Image.Image, space: pikepdf.Name) -> None:
    """Write new samples; a soft mask beside them stays."""
    for key in ("/Decode", "/DecodeParms", "/Intent"):
        if key in item:
            del item[key]
    item.write(zlib.compress(picture.tobytes(), 9), filter=Name.FlateDecode)
    item.ColorSpace, item.BitsPerComponent = space, 8
