"""Keeps WeasyPrint from searching for its libraries with a compiler.

WeasyPrint asks for every library by several names and the soname that Linux has is the last of them. For each of the
others cffi calls `ctypes.util.find_library`, which runs `ldconfig`, `gcc` and `ld`: 38 processes in all, before any
page is laid out.
"""

from __future__ import annotations

import ctypes.util
import sys
from typing import Final

_ASKED: Final = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
_search: Final = ctypes.util.find_library


def find_library(name: str) -> str | None:
    """Return None on Linux for WeasyPrint's libraries, which it then loads by soname; search for all others."""
    if sys.platform == "linux" and name.removeprefix("lib").startswith(_ASKED):
        return None
    return _search(name)
