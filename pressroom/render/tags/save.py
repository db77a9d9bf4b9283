"""Writes a finished PDF: the same document gives the same bytes, and no validator misreads them.

Validators read a stream that ends in a carriage return one byte short: the line feed that follows makes the two look
like the end of the line before `endstream`. The last bytes of a compressed stream are a checksum, so one stream in 256
ends like this at any level of compression. A further byte after the checksum is ignored and avoids it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterable
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name

from pressroom.layout import Flip

_MISREAD: Final = b"\r\nendstream"
_LEVEL: Final = 9
_DUPLEX: Final = {"long-edge": Name.DuplexFlipLongEdge, "short-edge": Name.DuplexFlipShortEdge}


def ask_printer(document: pikepdf.Pdf, flip: Flip) -> None:
    """Preset the print dialogue: actual size, one copy, and the edge to turn the paper on if there is one."""
    preferences = document.Root.get("/ViewerPreferences", Dictionary())
    preferences.PrintScaling = Name("/None")
    preferences.NumCopies = 1
    if flip:
        preferences.Duplex = _DUPLEX[flip]
    document.Root.ViewerPreferences = preferences


def save(pdf: pikepdf.Pdf, ready: Collection[tuple[int, int]] = ()) -> bytes:
    """Write the PDF: unused objects dropped, streams compressed, an identifier that depends on the content alone.

    `ready` are streams, by their numbers, that `pack` has compressed before.
    """
    pdf.remove_unreferenced_resources()
    pack(pdf, ready)
    data = _saved(pdf, pikepdf.ObjectStreamMode.generate)
    if _MISREAD in data:
        # One of the streams that bundle small objects: without bundles there is none.
        data = _saved(pdf, pikepdf.ObjectStreamMode.disable)
    return data


def pack(pdf: pikepdf.Pdf, ready: Collection[tuple[int, int]] = ()) -> None:
    """Compress every stream but those."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.objgen not in ready:
            _compress(item)


def packed(items: Iterable[pikepdf.Object]) -> frozenset[tuple[int, int]]:
    """The numbers of the streams among these objects."""
    return frozenset(item.objgen for item in items if isinstance(item, pikepdf.Stream))


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
