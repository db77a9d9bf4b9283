"""PNG and JPEG whose headers promise more than their bytes hold, or the other way round."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png_bomb(side: str, _: bytes) -> bytes:
    """A PNG of side × side pixels, all black, in few bytes."""
    pixels = int(side)
    packer = zlib.compressobj(9)
    row = bytes(1 + pixels * 3)
    data = b"".join([*(packer.compress(row) for _ in range(pixels)), packer.flush()])
    return _png(pixels, pixels, _chunk(b"IDAT", data))


def png_size(size: str, _: bytes) -> bytes:
    """A PNG whose header says WIDTHxHEIGHT, with no such pixels."""
    width, height = map(int, size.split("x"))
    return _png(width, height, _chunk(b"IDAT", zlib.compress(bytes(4))))


def png_chunk(argument: str, there: bytes) -> bytes:
    """The picture with one more chunk before its pixels: `NAME BYTES`, the bytes packed zeros."""
    name, size = argument.split(" ")
    packed = b"a\x00\x00" + zlib.compress(bytes(int(size)), 9)
    at = there.index(b"IDAT") - 4
    return there[:at] + _chunk(name.encode(), packed) + there[at:]


def png_chunks(argument: str, there: bytes) -> bytes:
    """The picture with so many chunks of text."""
    at = there.index(b"IDAT") - 4
    return there[:at] + _chunk(b"tEXt", b"a\x00b") * int(argument) + there[at:]


def png_wrong_sum(_: str, there: bytes) -> bytes:
    """The picture with a chunk whose checksum is wrong."""
    at = there.index(b"IDAT")
    (size,) = struct.unpack(">I", there[at - 4 : at])
    end = at + 4 + size
    return there[:end] + bytes([there[end] ^ 1]) + there[end + 1 :]


def png_bare(name: str, there: bytes) -> bytes:
    """The picture with an empty chunk of this name after its pixels."""
    return there[:-12] + _chunk(name.encode(), b"") + there[-12:]


def png_followed(text: str, there: bytes) -> bytes:
    """The picture with another file behind it."""
    return there + text.encode() * 100


def png_end(name: str, there: bytes) -> bytes:
    """The picture with a part of this name in the place of its end."""
    return there[: there.rindex(b"IEND") - 4] + _chunk(name.encode(), b"")


def jpeg(argument: str, _: bytes) -> bytes:
    """A JPEG, whatever the file's name says, in a mode such as RGB or CMYK."""
    file = io.BytesIO()
    Image.new(argument, (64, 64)).save(file, "JPEG")
    return file.getvalue()


def jpeg_size(size: str, _: bytes) -> bytes:
    """A JPEG whose header says WIDTHxHEIGHT."""
    width, height = map(int, size.split("x"))
    data = bytearray(jpeg("RGB", b""))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_cut(share: str, _: bytes) -> bytes:
    """The first part of a JPEG."""
    file = io.BytesIO()
    Image.effect_noise((200, 200), 60).save(file, "JPEG")
    data = file.getvalue()
    return data[: int(len(data) * float(share))]


def gif(_: str, __: bytes) -> bytes:
    """A GIF under another name."""
    file = io.BytesIO()
    Image.new("P", (8, 8)).save(file, "GIF")
    return file.getvalue()


def _png(width: int, height: int, chunks: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + chunks + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
