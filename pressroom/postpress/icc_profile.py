"""A print shop's ICC profile: bytes go in, its name comes out, or why it can't say what a press file is meant for.

ICC.1:2022, 7.2 (header) and 7.3 (tag table): the class stands at byte 12, the colours at 16, `acsp` at 36.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from typing import Final

_HEADER: Final = 128
_TAGS: Final = 200


class ProfileError(ValueError):
    """The file is no profile of a press with four inks."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An output profile for cyan, magenta, yellow and black: what it calls itself, and its bytes."""

    name: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The hash by which a manifest names it."""
        return hashlib.sha256(self.data).hexdigest()


def read_profile(data: bytes) -> Profile:
    """The profile.

    Raises:
        ProfileError: these bytes are none, or not one of a press in CMYK.
    """
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp":
        raise ProfileError("is not an ICC profile")
    size = struct.unpack(">I", data[:4])[0]
    if size != len(data):
        raise ProfileError(f"says it has {size:,} bytes and has {len(data):,}: it is cut off or damaged")
    kind, space = data[12:16].decode("latin-1"), data[16:20].decode("latin-1").strip()
    if space != "CMYK":
        raise ProfileError(f"is for {space}, not for CMYK")
    if kind != "prtr":
        raise ProfileError(f"is of the class {kind!r}, not of a printing press ('prtr')")
    try:
        return Profile(_name(data) or "unnamed", data)
    except (struct.error, UnicodeDecodeError):
        raise ProfileError("has a damaged table of tags") from None


def _name(data: bytes) -> str:
    """What the tag `desc` says: plain text in version 2, text by language in version 4."""
    count = struct.unpack_from(">I", data, _HEADER)[0]
    for number in range(min(count, _TAGS)):
        tag, start, length = struct.unpack_from(">4sII", data, _HEADER + 4 + 12 * number)
        if start + length > len(data):
            raise ProfileError("has a tag that lies outside it")
        if tag == b"desc":
            return _text(data[start : start + length])
    return ""


def _text(tag: bytes) -> str:
    if tag[:4] == b"mluc":
        length, start = struct.unpack_from(">II", tag, 20)
        return tag[start : start + length].decode("utf-16-be").strip("\x00 ")
    length = struct.unpack_from(">I", tag, 8)[0]
    return tag[12 : 12 + length].decode("latin-1").strip("\x00 ")
