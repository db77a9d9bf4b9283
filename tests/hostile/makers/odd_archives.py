"""Zips and XLIFF whose two lists of files differ, or whose text is said twice."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.hostile.makers.archives import _UNIT, _XLIFF, _zip


def zip_overlap(count: str, _: bytes) -> bytes:
    """A zip in whose list so many names lead to the same packed bytes."""
    data = _zip({"0000.po": bytes(200_000)})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, number = data[start:end], int(count)
    entries = b"".join(entry.replace(b"0000.po", b"%04d.po" % at) for at in range(number))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(entries), start, 0)
    return data[:start] + entries + tail


def zip_two_names(_: str, __: bytes) -> bytes:
    """A zip whose file has one name in the list and another before its bytes."""
    return _zip({"harm.po": b"a" * 50}).replace(b"harm.po", b"evil.po", 1)


def zip_several(names: str, _: bytes) -> bytes:
    """A zip with files of these names, parted by |."""
    return _zip(dict.fromkeys(names.split("|"), b"msgid"))


def zip_bytes_of_name(name: str, _: bytes) -> bytes:
    """A zip whose file's name is these bytes, which it says are UTF-8: in hex."""
    raw = bytes.fromhex(name)
    data = bytearray(_zip({"é" * (len(raw) // 2) + "a" * (len(raw) % 2): b"a"}))
    old = ("é" * (len(raw) // 2) + "a" * (len(raw) % 2)).encode()
    return bytes(data).replace(old, raw)


def zip_extra(size: str, _: bytes) -> bytes:
    """A zip whose file has a field of so many bytes that nobody knows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo("harm.po")
        member.extra = struct.pack("<HH", 0x9999, int(size)) + bytes(int(size))
        archive.writestr(member, b"a")
    return buffer.getvalue()


def zip_ends(count: str, _: bytes) -> bytes:
    """A zip with so many ends, each of which says that there is no file."""
    return _zip({"harm.po": b"a"}) + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0) * int(count)


def xliff_units(text: str, _: bytes) -> bytes:
    """An XLIFF with these units."""
    return _XLIFF.format(doctype="", units=text).encode()


def xliff_coded(encoding: str, _: bytes) -> bytes:
    """An XLIFF of one message in another encoding, which its head names."""
    text = _XLIFF.format(doctype="", units=_UNIT.format(id="1", target="a"))
    return text.replace("UTF-8", encoding).encode(encoding)


def xliff_notes(count: str, _: bytes) -> bytes:
    """An XLIFF of one message with so many notes."""
    unit = _UNIT.format(id="1", target="a").replace("</trans-unit>", "<note>a</note>" * int(count) + "</trans-unit>")
    return _XLIFF.format(doctype="", units=unit).encode()


def xliff_groups(levels: str, _: bytes) -> bytes:
    """An XLIFF of one message in so many groups."""
    unit = _UNIT.format(id="1", target="a")
    return _XLIFF.format(doctype="", units="<group>" * int(levels) + unit + "</group>" * int(levels)).encode()
