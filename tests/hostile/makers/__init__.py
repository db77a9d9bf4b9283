"""Inputs that are too large, or too much alike, to be kept as files.

A maker takes the argument that the index gives it and the file that is there, and returns the input's bytes.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.makers import (
    archives,
    catalogs,
    documents,
    drawings,
    fonts,
    odd_archives,
    odd_fonts,
    odd_pdfs,
    odd_pictures,
    pdfs,
    pictures,
    records,
    tables,
)

Maker = Callable[[str, bytes], bytes]
_MODULES = (
    archives, catalogs, documents, drawings, fonts, odd_archives, odd_fonts, odd_pdfs, odd_pictures, pdfs, pictures,
    records, tables,
)  # fmt: skip
# By the name of the function, with hyphens.
MAKERS: dict[str, Maker] = {
    name.replace("_", "-"): value
    for module in _MODULES
    for name, value in vars(module).items()
    if callable(value) and not name.startswith("_") and value.__module__ == module.__name__
}
