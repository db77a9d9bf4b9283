"""Makes what WeasyPrint drew one file that conforms to PDF/UA-1 and PDF/A-2a, and writes files that were changed."""

from __future__ import annotations

import io
import zlib
from typing import Final

import pikepdf
import pydyf
from pikepdf import Dictionary, Name

from pressroom.layout import Flip
from pressroom.render.tags.drawn import settled
from pressroom.render.tags.link import linked
from pressroom.render.tags.prepare import base_of, imprint_of

# See `stream_object`. One compressed stream in 256 ends like this.
_MISREAD: Final = b"\r\nendstream"
_LEVEL: Final = 9
# What viewers do not do unless they are asked to (ISO 32000-1, table 150): saying so changes nothing.
_DEFAULTS: Final = ("/FitWindow", "/CenterWindow", "/HideMenubar")


def finish(pdf: pydyf.PDF, flip: Flip = "") -> bytes:
    """The finished file of a PDF/A-2a that WeasyPrint drew under the hook; `flip` is the edge to turn the paper on.

    Raises MisreadError if its letters are not those of its text.
    """
    with settled(pdf) as drawn:
        base = base_of(drawn)
        return linked(base, imprint_of(drawn, base, flip=flip))


def save(pdf: pikepdf.Pdf) -> bytes:
    """Write a PDF that was changed, with an identifier that depends on the content alone."""
    pdf.remove_unreferenced_resources()
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            _compress(item)
    data = _saved(pdf, pikepdf.ObjectStreamMode.generate)
    for unneeded in _DEFAULTS:
        if _MISREAD not in data:
            return data
        # One of the streams that bundle small objects. It ends in its checksum: with another object it is another.
        preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
        preferences[unneeded] = False
        pdf.Root.ViewerPreferences = preferences
        data = _saved(pdf, pikepdf.ObjectStreamMode.generate)
    return _saved(pdf, pikepdf.ObjectStreamMode.disable) if _MISREAD in data else data


def _compress(stream: pikepdf.Stream) -> None:
    """Compress a stream that is not a picture in a coding of its own, nor metadata, which must stay readable."""
    if stream.get("/Type") == Name.Metadata or stream.get("/Filter", Name.FlateDecode) != Name.FlateDecode:
        return
    if "/DecodeParms" in stream:
        return
    packed = zlib.compress(stream.read_bytes(), _LEVEL)
    stream.write(packed + b"\n" if packed.endswith(b"\r") else packed, filter=Name.FlateDecode)


def _saved(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=mode, recompress_flate=False)
    return out.getvalue()
