"""Turns a composition into a PDF whose text fits, or that shows where it does not.

The only room that imports WeasyPrint, which loads Pango. Importing this package alone does not; `fonts` does not
either, so that a command can prepare fonts for workers that have not started yet.

WeasyPrint asks for each library by several names, the soname that Linux has last. For each of the others cffi calls
`ctypes.util.find_library`, which runs `ldconfig`, `gcc` and `ld`: 38 processes in all, before any page is laid out.
It also imports modules for fonts that hardly any page needs: they take a tenth of a worker's start, and wait here.
"""

import ctypes.util
import sys

from pressroom.render.later import import_later

_ASKED = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
_search = ctypes.util.find_library


def _find_library(name: str) -> str | None:
    """Return None on Linux for WeasyPrint's libraries, which it then loads by soname; search for all others."""
    if sys.platform == "linux" and name.removeprefix("lib").startswith(_ASKED):
        return None
    return _search(name)


ctypes.util.find_library = _find_library

# To cut down what HarfBuzz can't, and variable fonts.
import_later("fontTools.subset", "fontTools.varLib.instancer")
