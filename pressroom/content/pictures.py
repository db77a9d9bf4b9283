"""Checks that a document's pictures are safe to print.

A truncated file prints as far as it goes and no further, and one of 169 megapixels took 1.4 GB: both are refused
before they reach a page. An SVG may draw, and neither run, fetch nor nest without end.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

_PIXELS: Final = 40_000_000
_ELEMENTS: Final = 20_000
_DEPTH: Final = 50
_FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
# fmt: off
_DRAWING: Final = frozenset({
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "clipPath", "mask", "use", "symbol", "marker", "linearGradient", "radialGradient", "stop", "pattern",
    "style",
})
# fmt: on
_INSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression|javascript:", re.IGNORECASE)


def picture_fault(data: bytes, address: str) -> str:
    """What is wrong with a picture, or an empty text; the ending of its address says its kind."""
    if PurePosixPath(address).suffix.lower() == ".svg":
        return _svg_fault(data)
    return _raster_fault(data, _FORMATS[PurePosixPath(address).suffix.lower()])


def _raster_fault(data: bytes, kind: str) -> str:
    # Imported here: most documents have no picture.
    from PIL import Image, ImageFile, UnidentifiedImageError

    # WeasyPrint sets this to True for the whole process.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # Our own limit is lower, and has a message of its own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                width, height = image.size
                if width * height > _PIXELS:
                    return f"is {width} × {height} pixels; the limit is {_PIXELS / 1e6:.0f} million"
                image.load()
    except UnidentifiedImageError:
        return f"is not a {kind} file"
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        return f"is broken: {error}"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
    return ""


class _Refused(Exception):
    """An SVG has something that is not allowed."""


def _svg_fault(data: bytes) -> str:
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEPTH or count > _ELEMENTS:
            raise _Refused(f"has more than {_ELEMENTS} elements, or is nested more than {_DEPTH} deep")
        for fault in _element_faults(name, attributes, first=count == 1):
            raise _Refused(fault)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise _Refused("has a DOCTYPE or a processing instruction")

    def text(said: str) -> None:
        if _INSIDE.search(said):
            raise _Refused("has a style that fetches")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except _Refused as error:
        return str(error)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return f"is not an SVG file: {error}"
    return ""


def _element_faults(name: str, attributes: dict[str, str], *, first: bool) -> Iterator[str]:
    space, _, element = name.rpartition(" ")
    if space != "http://www.w3.org/2000/svg" or element not in _DRAWING or (first and element != "svg"):
        yield f"has an element {element!r}, which is not for drawing"
    for written, value in attributes.items():
        attribute = written.rpartition(" ")[2]
        if attribute.lower().startswith("on"):
            yield f"has {attribute}, which would run"
        if attribute == "href" and not value.startswith("#"):
            yield f"leads out of itself: {value[:60]!r}"
        if _INSIDE.search(value):
            yield f"fetches in {attribute}"
