"""The bytes: a finished PDF goes in, and the same PDF always comes out as the same bytes, which no validator misreads.

A stream whose last byte is a carriage return is read one byte short, because what follows it is a line feed: the two
look like the end of the line before `endstream`. One compressed stream in 256 ends so, at any level of compression,
for its last bytes are a checksum. A byte after the checksum is read by nobody and mends it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterable
from typing import Final

import pikepdf
from pikepdf import Name

_MISREAD: Final = b"\r\nendstream"
_LEVEL: Final = 9


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
