"""Pictures that other programs write, and that a decoder reads in more than one way."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from tests.hostile.makers.pictures import _SIGNATURE, _chunk


def png_rows(argument: str, _: bytes) -> bytes:
    """A PNG of WIDTHxHEIGHT, DEPTH bits and COLOUR kind, all zeros, INTERLACED or not: `WxH DEPTH COLOUR 0`."""
    size, depth, colour, interlaced = argument.split(" ")
    width, height = map(int, size.split("x"))
    bits = int(depth) * {"0": 1, "2": 3, "3": 1, "4": 2, "6": 4}[colour]
    row = bytes(1 + (width * bits + 7) // 8)
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, int(depth), int(colour), 0, 0, int(interlaced))
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def png_part(argument: str, there: bytes) -> bytes:
    """The picture with one more part before its pixels: `NAME HEX`, or `NAME HEX COUNT` for so many."""
    name, data, *count = argument.split(" ")
    at = there.index(b"IDAT") - 4
    return there[:at] + _chunk(name.encode(), bytes.fromhex(data)) * int(count[0] if count else 1) + there[at:]


def png_animated(frames: str, there: bytes) -> bytes:
    """An animated PNG of so many frames, of which all but the first are other pictures."""
    pictures = [Image.new("RGB", (64, 64), (number % 256, 0, 0)) for number in range(int(frames))]
    file = io.BytesIO()
    pictures[0].save(file, "PNG", save_all=True, append_images=pictures[1:])
    return file.getvalue()


def png_more(megabytes: str, there: bytes) -> bytes:
    """The picture with so many megabytes of zeros behind its own pixels, packed with them."""
    at = there.index(b"IDAT")
    (size,) = struct.unpack(">I", there[at - 4 : at])
    data = zlib.decompress(there[at + 4 : at + 4 + size]) + bytes(int(megabytes) << 20)
    return there[: at - 4] + _chunk(b"IDAT", zlib.compress(data, 9)) + there[at + 8 + size :]


def picture(argument: str, _: bytes) -> bytes:
    """A picture of a kind that Pillow writes, whatever the name of the file says: `KIND MODE`."""
    kind, mode = argument.split(" ")
    file = io.BytesIO()
    Image.new(mode, (64, 64)).save(file, kind)
    return file.getvalue()


def eps(_: str, __: bytes) -> bytes:
    """A program in PostScript, which Pillow would give to Ghostscript."""
    return b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(a) (w) file\nshowpage\n%%EOF\n"


def jpeg_turned(orientation: str, _: bytes) -> bytes:
    """A JPEG that says that it is to be turned."""
    tags = Image.Exif()
    tags[0x0112] = int(orientation)
    file = io.BytesIO()
    Image.new("RGB", (64, 32)).save(file, "JPEG", exif=tags)
    return file.getvalue()


def jpeg_scans(count: str, _: bytes) -> bytes:
    """A JPEG that is drawn in so many passes over all its pixels."""
    file = io.BytesIO()
    Image.new("L", (4000, 4000)).save(file, "JPEG", progressive=True)
    data = file.getvalue()
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * int(count) + data[-2:]


def jpeg_part(argument: str, _: bytes) -> bytes:
    """A JPEG with so many parts of one kind before its pixels: `MARKER HEX COUNT`."""
    marker, data, count = argument.split(" ")
    file = io.BytesIO()
    Image.new("RGB", (64, 64)).save(file, "JPEG")
    whole, part = file.getvalue(), bytes.fromhex(data)
    more = bytes.fromhex(marker) + (len(part) + 2).to_bytes(2) + part
    return whole[:2] + more * int(count) + whole[2:]
