"""Reads `[font]` of `layouts/brand.toml`: for a script, a family of the list, or a clinic's own with its two files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from pressroom.diagnostics import Span
from pressroom.layout.table import Table, read_table
from pressroom.project import Files

_PATH: Final = "layouts/brand.toml"
# What a style can hold between quotation marks, and a PDF as the name of a font.
_FAMILY: Final = re.compile(r"[^\W_][\w &'.-]{0,59}")
_STYLES: Final = ("regular", "bold")
_EXAMPLE: Final = 'write family = "…", regular = "fonts/….ttf" and bold = "fonts/….ttf"'


@dataclass(frozen=True, slots=True)
class OwnFont:
    """A family that a project brings: its files by their path in the project, each with its line in the brand's table.

    `name_at` is where its name is.
    """

    family: str
    name_at: Span
    regular: tuple[str, Span]
    bold: tuple[str, Span]


@dataclass(frozen=True, slots=True)
class BrandFonts:
    """The family by script (ISO 15924) with its line, where the brand's differs, and the families of the project."""

    by_script: dict[str, tuple[str, Span]]
    own: dict[str, OwnFont]


NO_FONTS: Final = BrandFonts({}, {})


def read_brand_fonts(files: Files) -> BrandFonts:
    """The brand's fonts; or a LayoutError if a table lacks a file, or two tables give one family other files."""
    row = read_table(files, _PATH).table("font")
    by_script: dict[str, tuple[str, Span]] = {}
    own: dict[str, OwnFont] = {}
    for script, value in row.values.items():
        if not isinstance(value, dict):
            by_script[script] = row.string(script), row.span(script)
            continue
        table = row.nested("font", script)
        font = _own_font(table)
        first = own.setdefault(font.family, font)
        if (first.regular[0], first.bold[0]) != (font.regular[0], font.bold[0]):
            raise table.refuse(
                "family", f"gives {font.family} other files than line {first.name_at.line}", "name one set"
            )
        by_script[script] = font.family, font.name_at
    return BrandFonts(by_script, own)


def _own_font(table: Table) -> OwnFont:
    for key in sorted(set(table.values) - {"family", *_STYLES}):
        raise table.refuse(key, f"has an unknown key {key!r}", _EXAMPLE)
    for key in ("family", *_STYLES):
        if not str(table.values.get(key, "")).strip():
            raise table.refuse(key, f"lacks {key!r}: a family has a light and a bold file", _EXAMPLE)
    family, name_at = table.string("family"), table.span("family")
    if not _FAMILY.fullmatch(family):
        raise table.refuse("family", f"family is {family!r}", "use letters, digits, spaces and & - . ' alone")
    regular, bold = ((_path(table, style), table.span(style)) for style in _STYLES)
    return OwnFont(family, name_at, regular, bold)


def _path(table: Table, key: str) -> str:
    """The file's path in the project: it is in `layouts/`, as the logo is."""
    written = table.string(key)
    path = PurePosixPath(written)
    if path.is_absolute() or ".." in path.parts or "\\" in written:
        raise table.refuse(key, f"{key} is {written!r}, which is outside layouts/", 'write "fonts/NAME.ttf"')
    return f"layouts/{path}"
