"""Converts colours and pictures to inks: finds the plates that print them, and rewrites content to name these."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

import pikepdf
from pikepdf import Name, Operator
from PIL import Image, ImageChops, ImageCms

from pressroom.diagnostics import PROGRAM_FAULT
from pressroom.layout.colours import rgb_of
from pressroom.postpress.icc_profile import Profile

# Eight bits a channel: two colours that a screen can't tell apart are one.
_NEAR = 1.5 / 255
_COLOURS = frozenset({"rg", "RG", "g", "G", "sc", "SC", "scn", "SCN"})
_PRINTABLE: Final = (Name.DeviceGray, Name.DeviceCMYK)
# How dark the eye takes a colour to be (Rec. 709), as in `inks`.
_LIGHTNESS: Final = (0.2126, 0.7152, 0.0722, 0)
# Eight bits a channel: a step is what compression makes of a neutral colour.
_NEUTRAL: Final = 2


class InkError(ValueError):
    """Something can't be printed in ink; `hint` is the next move.

    `what` is the colour, or the size of a picture in pixels.
    """

    def __init__(self, message: str, hint: str, what: str | tuple[int, int] = "") -> None:
        super().__init__(message)
        self.hint, self.what = hint, what


@dataclass(frozen=True, slots=True)
class Inks:
    """Which inks print a colour; in a gray edition, how much black."""

    brand: dict[tuple[float, float, float], tuple[float, float, float, float]]
    gray: bool

    def of(self, red: float, green: float, blue: float) -> tuple[float, float, float, float]:
        """Cyan, magenta, yellow, black (0 to 1); neutral colours are black alone. Raises InkError for other colours."""
        if self.gray:
            # Its lightness to the eye (Rec. 709), which a photocopier uses too.
            return (0.0, 0.0, 0.0, round(1 - (0.2126 * red + 0.7152 * green + 0.0722 * blue), 4))
        if max(red, green, blue) - min(red, green, blue) <= _NEAR:
            return (0.0, 0.0, 0.0, round(1 - red, 4))
        for (r, g, b), inks in self.brand.items():
            if max(abs(r - red), abs(g - green), abs(b - blue)) <= _NEAR:
                return inks
        colour = "#" + "".join(f"{round(value * 255):02x}" for value in (red, green, blue))
        hint = "add it to layouts/brand.toml: its colour under [colour], its inks under [press]"
        raise InkError(f"the colour {colour} is neither black nor the brand's", hint, colour)


def brand_inks(tokens: dict[str, str], *, gray: bool) -> Inks:
    """The inks of a brand: each `colour-NAME` has its `press-NAME`, four percentages."""
    inks = {}
    for name, value in tokens.items():
        kind, _, colour = name.partition("-")
        percents = tokens.get(f"press-{colour}", "").split()
        if kind == "colour" and len(percents) == 4:
            c, m, y, k = (float(percent) / 100 for percent in percents)
            inks[rgb_of(value)] = (c, m, y, k)
    return Inks(inks, gray)


def operators(content: Iterable[Any], inks: Inks) -> list[Any]:
    """The content's operators with inks for colours. Raises InkError if the brand gives a colour no inks."""
    # A colour names its plates itself; only a pattern still needs a colour space.
    return [
        _inked(list(operands), operator, str(operator), inks)
        for operands, operator in content
        if str(operator) not in ("cs", "CS") or str(operands[0]) == "/Pattern"
    ]


def _inked(operands: list[Any], operator: Operator, name: str, inks: Inks) -> tuple[list[Any], Operator]:
    if name not in _COLOURS or isinstance(operands[-1], Name):
        return operands, operator
    values = [float(value) for value in operands]
    plates = inks.of(*(values if len(values) == 3 else values * 3))
    return list(plates), Operator("k" if name.islower() else "K")


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

    A picture without a profile is read as sRGB. Relative colorimetric, with black point compensation. Raises InkError
    if the picture is in colour and there is no profile, or it can't be read.
    """
    try:
        picture = pikepdf.PdfImage(item).as_pil_image().convert("RGB")
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError) as error:
        raise InkError(f"a picture can't be read ({type(error).__name__})", "save it again, in RGB or gray") from None
    if gray or _is_neutral(picture):
        _replace(item, picture.convert("L", matrix=_LIGHTNESS), Name.DeviceGray)
    elif profile is None:
        message = f"a picture of {picture.width} × {picture.height} pixels is in colour, and nothing says its inks"
        hint = 'name the print shop\'s profile: set press-profile = "file.icc" in pyproject.toml'
        raise InkError(message, hint, picture.size)
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
        raise InkError("a picture was not converted", PROGRAM_FAULT)
    return made


def _replace(item: pikepdf.Stream, picture: Image.Image, space: pikepdf.Name) -> None:
    """Write new samples; a soft mask beside them stays."""
    for key in ("/Decode", "/DecodeParms", "/Intent"):
        if key in item:
            del item[key]
    item.write(zlib.compress(picture.tobytes(), 9), filter=Name.FlateDecode)
    item.ColorSpace, item.BitsPerComponent = space, 8
