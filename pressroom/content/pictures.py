"""Reads a document's pictures: whether they are safe to print, and their bytes as they are printed.

A truncated file prints as far as it goes and no further, and one of 169 megapixels took 1.4 GB: both are refused
before they reach a page. Pictures with 16 bits a channel, in inks or in another colour space are converted to sRGB.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from pressroom.border import BorderError, border
from pressroom.content.icc_names import claims_too_many_names
from pressroom.content.svg import read_svg, without_comments

if TYPE_CHECKING:
    from PIL.Image import Image

_PIXELS: Final = 36_000_000
# A JPEG may be drawn in passes, each over all its pixels; cameras and programs write ten or so.
_DRAWN: Final = 500_000_000
_PASS: Final = b"\xff\xda"
# A0 at 300 dots an inch is 14,043 high.
_SIDE: Final = 15_000
_FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
DRAWN: Final = ".svg"
PICTURES: Final = frozenset({*_FORMATS, DRAWN})
# What a page can hold as it is; everything else is converted.
_MODES: Final = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
_QUALITY: Final = 95
_STRIP: Final = 256
_ORIENTATION: Final = 0x0112


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be printed: its bytes, its width and height in pixels (None if drawn), and its drawn words."""

    data: bytes
    pixels: tuple[int, int] | None
    words: tuple[str, ...] = ()


def picture_path(document: str, address: str) -> str:
    """The path of a picture from the project's root; empty if it is not one below the folder of the document's path."""
    path = PurePosixPath(address)
    if not path.parts or ".." in path.parts or path.is_absolute() or path.suffix.lower() not in PICTURES:
        return ""
    return (PurePosixPath(document).parent / path).as_posix()


# A document's pictures are read for each of its pieces.
@lru_cache(maxsize=32)
def read_picture(data: bytes, address: str) -> Picture | str:
    """The picture as it is printed, or what is wrong with it; the ending of its address says its kind."""
    suffix = PurePosixPath(address).suffix.lower()
    if suffix != DRAWN:
        return _raster(data, _FORMATS[suffix])
    drawing = read_svg(data)
    return drawing.fault or Picture(without_comments(data), None, tuple(drawing.words))


def _raster(data: bytes, kind: str) -> Picture | str:
    # Imported here: most documents have no picture.
    from PIL import Image, UnidentifiedImageError

    try:
        with border(UnidentifiedImageError), _strictly():
            # Reads a PNG to its end: Pillow takes one whose last parts are broken, and WeasyPrint then does not.
            Image.open(io.BytesIO(data), formats=[kind]).verify()
        with border(UnidentifiedImageError), _strictly(), Image.open(io.BytesIO(data), formats=[kind]) as image:
            if fault := _size_fault(*image.size) or _pass_fault(data, kind, *image.size):
                return fault
            size = image.size
            if not _prints_as_it_is(image):
                image.load()
                printed = _as_printed(image)
                return Picture(_written(printed, kind), printed.size)
            # Only to see that it can be read to its end: a JPEG at half its size, which takes less memory.
            image.draft(None, (size[0] // 2, size[1] // 2))
            image.load()
            return Picture(data, size)
    except UnidentifiedImageError:
        return f"is not a {kind} file"
    except BorderError as error:
        return f"is broken: {error}"


def _size_fault(width: int, height: int) -> str:
    """What is wrong with a size in pixels, before anything is unpacked."""
    if max(width, height) > _SIDE:
        return f"is {width} × {height} pixels; the limit is {_SIDE} a side"
    return f"is {width} × {height} pixels; the limit is {_PIXELS / 1e6:.0f} million" * (width * height > _PIXELS)


def _pass_fault(data: bytes, kind: str, width: int, height: int) -> str:
    """What is wrong with the number of passes in which a JPEG is drawn."""
    passes = data.count(_PASS) if kind == "JPEG" else 0
    if passes * width * height <= _DRAWN:
        return ""
    return f"is drawn in {passes} passes; the limit is {_DRAWN // (width * height)} for its size"


@contextmanager
def _strictly() -> Iterator[None]:
    """Inside this context, a file that ends early or breaks a rule of its format is an error."""
    from PIL import Image, ImageFile

    # WeasyPrint sets this to True for the whole process.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # Our own limit is lower, and has a message of its own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _prints_as_it_is(image: Image) -> bool:
    """True if neither its colours nor its orientation must be changed; its pixels are not read."""
    srgb = image.mode not in ("RGB", "RGBA") or _says_srgb(image.info.get("icc_profile", b""))
    return image.mode in _MODES and srgb and image.getexif().get(_ORIENTATION, 1) == 1


def _as_printed(image: Image) -> Image:
    """The image in sRGB or gray, upright."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image) if image.getexif().get(_ORIENTATION, 1) != 1 else image
    if upright.mode.startswith(("I", "F")):
        return _eight_bits(upright)
    profile = image.info.get("icc_profile", b"")
    if upright.mode == "CMYK" or (upright.mode in ("RGB", "RGBA") and not _says_srgb(profile)):
        return _in_srgb(upright, profile)
    return upright if upright.mode in _MODES else upright.convert("RGB")


def _says_srgb(profile: bytes) -> bool:
    """True for no profile at all, and for one whose name says so, in either of the encodings that names have."""
    return not profile or any("sRGB".encode(encoding) in profile for encoding in ("ascii", "utf-16-be"))


def _eight_bits(image: Image) -> Image:
    """An X-ray or ultrasound image of 16 bits a pixel, in 8: paper shows no more."""
    from PIL import Image

    # In strips: all at once, the numbers of 32 bits between the two take ten times the memory.
    width, height = image.size
    converted = Image.new("L", image.size)
    for top in range(0, height, _STRIP):
        strip = image.crop((0, top, width, min(height, top + _STRIP))).convert("I")
        converted.paste(strip.point(lambda value: value * (1 / 256)).convert("L"), (0, top))
    return converted


def _in_srgb(image: Image, profile: bytes) -> Image:
    """The image's colours as a screen shows them; ink without a profile is read as the plain opposite of light."""
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = b"" if claims_too_many_names(profile) else profile
    try:
        source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=mode) if profile else None
    except (ImageCms.PyCMSError, OSError):
        converted = None
    return converted or image.convert(mode)


def _written(image: Image, kind: str) -> bytes:
    """The image in a file of its kind, without what the camera or program noted in it."""
    out = io.BytesIO()
    for note in ("icc_profile", "exif"):
        image.info.pop(note, None)
    more = {"quality": _QUALITY, "subsampling": 0} if kind == "JPEG" else {}
    image.save(out, kind, **more)
    return out.getvalue()
