"""What set the pages: nothing goes in, the versions of every library that decides where a letter stands come out."""

from __future__ import annotations

import ctypes
import importlib.metadata
from functools import cache
from typing import Final

_PACKAGES: Final = ("weasyprint", "pydyf", "icu4py", "budoux", "uharfbuzz")
# Shared library, function that tells its version. By name: looking for a library starts a compiler.
_LIBRARIES: Final = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "fontconfig": ("libfontconfig.so.1", "FcGetVersion"),
}


@cache
def rendering_versions() -> dict[str, str]:
    """Versions by name, `unknown` where a library does not tell; for an edition's manifest."""
    versions = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return versions | {name: _library_version(*where) for name, where in _LIBRARIES.items()}


def _library_version(library: str, function: str) -> str:
    try:
        tell = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return "unknown"
    if function == "FcGetVersion":
        number: int = tell()
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    tell.restype = ctypes.c_char_p
    told: bytes = tell()
    return told.decode("ascii")
