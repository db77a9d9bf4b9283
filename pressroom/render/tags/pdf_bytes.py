"""Writes a PDF from parts that are bytes already: chunks of content, streams, small objects, and where they are.

Bytes depend on the parts alone. No part is parsed, and a chunk that was compressed once is not compressed again.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL: Final = 9
# Streams kept in a process: fonts and their maps are often the same in the next clinic's file.
_KEPT: Final = 48
_RAW: Final = -15
# Numbers of a profile have two bytes. Each row of a prediction from the one above begins with this (PNG, 9.2).
_PAIR: Final = 2
_UP: Final = b"\x02"
# A zlib stream begins with its settings and ends with an empty last block and its checksum (RFC 1950 and 1951).
_BEGIN: Final = b"\x78\xda"
END: Final = b"\x03\x00"
_ADLER: Final = 65521
# A literal string, which is passed over, or a reference.
_TOKEN: Final = re.compile(rb"\((?:[^\\()]|\\.)*\)|(?<![\w.])(\d+) 0 R(?![\w])", re.DOTALL)
_PLAIN: Final = re.compile(r"[ !\"#$%&'*+,\-./0-9:;<=>?@A-Z\[\]^_`a-z{|}~]*")
_ENTRY: Final = struct.Struct(">BIH")
ENTRY: Final = _ENTRY.size
# Of object 0, which begins the list of free objects; and of a number without an object.
FIRST: Final = _ENTRY.pack(0, 0, 65535)
FREE: Final = _ENTRY.pack(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a stream, compressed so that others can be around it, with its length and checksum when unpacked."""

    data: bytes
    length: int
    check: int


def chunk(content: bytes) -> Chunk:
    """Content as a part of a compressed stream."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    data = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    return Chunk(data, len(content), zlib.adler32(content))


def whole_stream(chunks: Iterable[Chunk]) -> bytes:
    """Chunks, one after another, as one zlib stream."""
    parts, check = [_BEGIN], 1
    for one in chunks:
        parts.append(one.data)
        check = _check_of_both(check, one.check, one.length)
    return b"".join((*parts, END, check.to_bytes(4, "big")))


def _check_of_both(first: int, second: int, length: int) -> int:
    """The Adler-32 checksum of two texts from theirs, and the length of the second."""
    low, other = first & 0xFFFF, second & 0xFFFF
    high = (first >> 16) + (second >> 16) + length % _ADLER * (low - 1)
    return high % _ADLER << 16 | (low + other - 1) % _ADLER


def stream_object(number: int, entries: bytes, data: bytes) -> bytes:
    """A stream with these entries of its dictionary.

    Validators read a stream that ends in a carriage return one byte short: the line feed that follows makes the two
    look like the end of the line before `endstream`. A further byte avoids that; after a checksum it is ignored.
    """
    data += b"\n" * data.endswith(b"\r")
    return b"%d 0 obj\n<<%b/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (number, entries, len(data), data)


def compressed_object(number: int, entries: bytes, content: bytes) -> bytes:
    """A stream whose content is compressed here."""
    return stream_object(number, entries + b"/Filter/FlateDecode", _packed(content))


def profile_object(number: int, entries: bytes, profile: bytes) -> bytes:
    """A profile of colours. Its curve grows evenly, so differences from number to number are packed (7.4.4.4)."""
    predicted = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>" % _PAIR
    return stream_object(number, entries + predicted, _packed_differences(profile))


@lru_cache(maxsize=1)
def _packed_differences(content: bytes) -> bytes:
    rows = (content[at : at + _PAIR] for at in range(0, len(content), _PAIR))
    lines, before = [], bytes(_PAIR)
    for row in rows:
        lines.append(_UP + bytes((one - other) & 0xFF for one, other in zip(row, before, strict=False)))
        before = row
    return _packed(b"".join(lines))


@lru_cache(maxsize=_KEPT)
def _packed(content: bytes) -> bytes:
    return zlib.compress(content, _LEVEL)


def bundle(number: int, objects: Sequence[tuple[int, bytes]]) -> bytes:
    """Small objects in one stream (ISO 32000-1, 7.5.7)."""
    at, index = 0, list[bytes]()
    for own, text in objects:
        index.append(b"%d %d" % (own, at))
        at += len(text) + 1
    head = b" ".join(index) + b"\n"
    body = b"\n".join(text for _, text in objects)
    return compressed_object(number, b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), head + body)


def at_offset(offset: int) -> bytes:
    """The entry of an object in the table of places: where in the file it begins."""
    return _ENTRY.pack(1, offset, 0)


def in_bundle(number: int, place: int) -> bytes:
    """The entry of an object that is in a bundle."""
    return _ENTRY.pack(2, number, place)


def read_entry(entries: bytes, number: int) -> tuple[int, int, int]:
    """The entry of an object: its kind, and where it is."""
    kind, one, other = _ENTRY.unpack_from(entries, number * ENTRY)
    return kind, one, other


def table_of_places(offset: int, number: int, entries: bytes, trailer: bytes) -> bytes:
    """The end of a file: the cross-reference stream (7.5.8), which begins at `offset` and is object `number`."""
    entries += at_offset(offset)
    head = b"/Type/XRef/W[1 4 2]/Size %d%b" % (number + 1, trailer)
    return compressed_object(number, head, entries) + b"startxref\n%d\n%%%%EOF\n" % offset


def references(text: bytes) -> Iterator[int]:
    """The numbers of the objects that an object refers to."""
    return (int(match[1]) for match in _TOKEN.finditer(text) if match[1])


def renumbered(text: bytes, new: Callable[[int], int]) -> bytes:
    """An object with other numbers in its references."""
    return _TOKEN.sub(lambda match: b"%d 0 R" % new(int(match[1])) if match[1] else match[0], text)


def text_string(text: str) -> bytes:
    """A text as a string of a PDF (7.9.2.2)."""
    if _PLAIN.fullmatch(text):
        return b"(%b)" % text.encode()
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode()


def number_text(value: float) -> bytes:
    """A number of at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()
