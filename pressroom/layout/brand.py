"""Reads the brand, `layouts/brand.toml`: tokens for styles, a logo, fonts by script."""

from __future__ import annotations

import re
from typing import Final

from pressroom.layout.table import Table, read_table
from pressroom.project import Files, Logo, is_picture

_PATH: Final = "layouts/brand.toml"
_NOT_TOKENS: Final = ("logo", "font")
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_INKS: Final = re.compile(r"\d+(?:\.\d+)?(?: +\d+(?:\.\d+)?){3}")


def read_brand(files: Files) -> dict[str, str]:
    """The tokens of `layouts/brand.toml`, flat: `[colour] ink` is `colour-ink`; or a LayoutError."""
    table = read_table(files, _PATH)
    tokens: dict[str, str] = {}
    for group in (name for name in table.values if name not in _NOT_TOKENS):
        row = table.table(group)
        for name, value in row.values.items():
            if isinstance(value, dict | list) or any(sign in str(value) for sign in ";{}<"):
                raise row.refuse(name, f"{name} is not a value that CSS could take", 'write ink = "#000"')
            _check_ink(row, group, name, str(value), with_inks=name in table.table("press").values)
            tokens[f"{group}-{name}"] = str(value)
    return tokens


def _check_ink(row: Table, group: str, name: str, value: str, *, with_inks: bool) -> None:
    if group == "press" and not _INKS.fullmatch(value.strip()):
        hint = 'write cyan, magenta, yellow, black in percent, spaces between them: flow = "92 50 40 40"'
        raise row.refuse(name, f"{name} is {value!r}, and not four inks", hint)
    if group == "colour" and with_inks and not _HEX.fullmatch(value):
        raise row.refuse(name, f"{name} is {value!r}, and a colour with inks is six digits", 'write flow = "#0f4c5c"')


def read_brand_logo(files: Files) -> Logo | None:
    """The logo of every clinic that has none, or None; a LayoutError if it has no picture or no text."""
    row = read_table(files, _PATH).table("logo")
    if not row.values:
        return None
    file, text = row.string("file"), row.string("text")
    if not is_picture(file):
        raise row.refuse("file", f"{file!r} is not a picture in layouts/", 'write file = "art/logo.svg", SVG or PNG')
    if not text.strip():
        raise row.refuse("text", "does not say what it shows", 'write text = "…", what is read aloud for it')
    return Logo(f"layouts/{file}", text)


def read_brand_fonts(files: Files) -> dict[str, str]:
    """The font family by script (ISO 15924) where the brand's differs from the registry's."""
    row = read_table(files, _PATH).table("font")
    return {script: row.string(script) for script in row.values}
