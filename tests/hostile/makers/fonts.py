"""Fonts that a clinic brings: files that are none, that broke off, or whose tables lie."""

from __future__ import annotations

import random

from pressroom.language import font_file, registered_fonts


def font(_: str, __: bytes) -> bytes:
    """A font as it is installed, which may be used."""
    return _whole()


def font_bold(_: str, __: bytes) -> bytes:
    """The bold face, as it is installed."""
    bold = next(face for face in registered_fonts()["Noto Sans"].faces if "Bold" in font_file(face).name)
    return font_file(bold).read_bytes()


def font_cut(share: str, _: bytes) -> bytes:
    """The first part of a font."""
    data = _whole()
    return data[: int(len(data) * float(share))]


def font_bits(argument: str, _: bytes) -> bytes:
    """A font with so many bits turned: `COUNT SEED`."""
    count, seed = map(int, argument.split(" "))
    data, chance = bytearray(_whole()), random.Random(seed)
    for _number in range(count):
        data[chance.randrange(12, len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def font_tables(count: str, _: bytes) -> bytes:
    """A font whose header promises so many tables."""
    data = _whole()
    return data[:4] + int(count).to_bytes(2, "big") + data[6:]


def font_table(argument: str, _: bytes) -> bytes:
    """A font one of whose tables begins or is as long as somebody says: `NAME OFFSET LENGTH`."""
    name, offset, length = argument.split(" ")
    data = bytearray(_whole())
    at = data.index(name.encode().ljust(4), 12, 12 + 16 * 64)
    data[at + 8 : at + 16] = int(offset).to_bytes(4, "big") + int(length).to_bytes(4, "big")
    return bytes(data)


def font_zeroed(name: str, _: bytes) -> bytes:
    """A font one of whose tables is zeros."""
    data = bytearray(_whole())
    at = data.index(name.encode().ljust(4), 12, 12 + 16 * 64)
    start, size = (int.from_bytes(data[at + place : at + place + 4], "big") for place in (8, 12))
    data[start : start + size] = bytes(size)
    return bytes(data)


def _whole() -> bytes:
    return font_file(registered_fonts()["Noto Sans"].faces[0]).read_bytes()
