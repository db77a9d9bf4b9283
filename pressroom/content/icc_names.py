"""Checks what an ICC profile says of its own names, before Little CMS makes room for them (ICC.1:2022, 7.3, 10.15)."""

from __future__ import annotations

import struct
from typing import Final

# A file without it is no profile, and Little CMS reads no more of it (ICC.1:2022, 7.2.1).
_SIGNATURE: Final = b"acsp"
_SIGNATURE_AT: Final = 36
_TABLE: Final = 128
_TAG: Final = 12
# A text in several languages: its count is 8 bytes after its start, and a record for each language follows.
_NAMES: Final = b"mluc"
_HEAD: Final = 16
_RECORD: Final = 12
# Profiles have twenty or so.
_MOST_TAGS: Final = 100


def claims_too_many_names(profile: bytes) -> bool:
    """True if a text in it says that it is in more languages than its bytes can hold, or it has too many tags."""
    if len(profile) < _TABLE + 4 or not profile.startswith(_SIGNATURE, _SIGNATURE_AT):
        return False
    count = struct.unpack_from(">I", profile, _TABLE)[0]
    if count > _MOST_TAGS:
        return True
    for at in range(_TABLE + 4, min(_TABLE + 4 + count * _TAG, len(profile) - _TAG + 1), _TAG):
        start, size = struct.unpack_from(">II", profile, at + 4)
        text = profile[start : start + size]
        if text[:4] == _NAMES and len(text) >= _HEAD:
            names = struct.unpack_from(">I", text, 8)[0]
            if _HEAD + names * _RECORD > len(text):
                return True
    return False
