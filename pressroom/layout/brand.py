"""Reads the brand, `layouts/brand.toml`: tokens for styles, a logo, fonts by script."""

from __future__ import annotations

import re
from typing import Final

import tinycss2

from pressroom.diagnostics import Span, diagnostic
from pressroom.layout.colours import hex_of, lab_difference, lab_of, rgb_of
from pressroom.layout.inks import MOST_INK, lab_of_inks, nearest_inks, percents, screen_of_inks
from pressroom.layout.style_bounds import too_deep
from pressroom.layout.style_rules import is_engines
from pressroom.layout.style_values import custom_value_fault
from pressroom.layout.table import LayoutError, Table, read_table
from pressroom.project import Files, Logo, is_picture

BRAND_FILE: Final = "layouts/brand.toml"
# How far a colour may look from its inks (CIEDE2000): from 10 on two colours look different at a glance. Inks reach
# fewer colours than a screen.
_APART: Final = 10.0
_NOT_TOKENS: Final = ("logo", "font")
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_INKS: Final = re.compile(r"\d+(?:\.\d+)?(?: +\d+(?:\.\d+)?){3}")


def read_brand(files: Files) -> dict[str, str]:
    """The tokens of `layouts/brand.toml`, flat: `[colour] ink` is `colour-ink`; or a LayoutError."""
    table = read_table(files, BRAND_FILE)
    tokens: dict[str, str] = {}
    for group in (name for name in table.values if name not in _NOT_TOKENS):
        row = table.table(group)
        replaced = _of_the_packaged(table, group)
        for name, value in row.values.items():
            if name in replaced:
                continue
            if isinstance(value, dict | list) or any(sign in str(value) for sign in ";{}<"):
                raise row.refuse(name, f"{name} is not a value that CSS could take", 'write ink = "#000"')
            _check_ink(row, group, name, str(value))
            _check_token(row, f"{group}-{name}", name, str(value))
            tokens[f"{group}-{name}"] = str(value)
    _check_inks(table.table("press"), tokens)
    return tokens


def _of_the_packaged(table: Table, group: str) -> set[str]:
    """The packaged inks and dark colours of those colours that a project overrides: they show the packaged colour."""
    if group not in ("press", "dark"):
        return set()
    colours, others = table.table("colour"), table.table(group)
    return {name for name in others.values if not others.is_own(name) and colours.is_own(name)}


def _check_inks(press: Table, tokens: dict[str, str]) -> None:
    """Refuse inks that print another colour than the screen shows: proofs are looked at on a screen."""
    for name in (name for name in press.values if f"press-{name}" in tokens):
        total = sum(float(ink) for ink in tokens[f"press-{name}"].split())
        if total > MOST_INK:
            message = f"{name} has {total:g} % of ink, and a press prints {MOST_INK:g} % at most"
            raise LayoutError(
                diagnostic("ink-colour", press.span(name), message, "use more black and less of the others")
            )
        colour = tokens.get(f"colour-{name}")
        cyan, magenta, yellow, black = (float(ink) / 100 for ink in tokens[f"press-{name}"].split())
        if colour is None:
            raise press.refuse(name, f"{name} has inks, and [colour] has no {name}", "write it under [colour] too")
        printed = (cyan, magenta, yellow, black)
        apart = lab_difference(lab_of(rgb_of(colour)), lab_of_inks(printed))
        if apart > _APART:
            inks = tokens[f"press-{name}"]
            message = (
                f"{name} prints about {hex_of(screen_of_inks(printed))} with the inks {inks}, and is {colour} on a "
                f"screen: they differ by {apart:.0f} (CIEDE2000), and may by {_APART:.0f}"
            )
            hint = f'write {name} = "{percents(nearest_inks(rgb_of(colour)))}" under [press], or change the colour'
            raise LayoutError(diagnostic("ink-colour", press.span(name), message, hint))


def _check_token(row: Table, token: str, name: str, value: str) -> None:
    """A token is a custom property of all styles, and holds what one may hold."""
    if is_engines(token):
        raise row.refuse(name, f"--{token} is set by the engine, from what it measures", "use another name")
    if too_deep(value) is not None:
        raise row.refuse(name, f"{name} has brackets that are nested too deep", "a token is a length or a colour")
    if fault := custom_value_fault(tinycss2.parse_component_value_list(value)):
        raise row.refuse(name, f"{name} holds {fault}", "a token is a length, a number or a colour of six digits")


def _check_ink(row: Table, group: str, name: str, value: str) -> None:
    if group == "press" and not _INKS.fullmatch(value.strip()):
        hint = 'write cyan, magenta, yellow, black in percent, spaces between them: flow = "92 50 40 40"'
        raise row.refuse(name, f"{name} is {value!r}, and not four inks", hint)
    if group in ("colour", "dark") and not _HEX.fullmatch(value):
        raise row.refuse(name, f"{name} is {value!r}, and a colour is six digits", 'write flow = "#0f4c5c"')


def read_brand_spans(files: Files) -> dict[str, Span]:
    """The line of each colour of `layouts/brand.toml` by its name, and that of the `logo`; or a LayoutError.

    A colour of `[dark]` is called `dark-NAME`.
    """
    table = read_table(files, BRAND_FILE)
    row, dark, logo = table.table("colour"), table.table("dark"), table.table("logo")
    colours = {name: row.span(name) for name in row.values}
    return {"logo": logo.span("file"), **colours, **{f"dark-{name}": dark.span(name) for name in dark.values}}


def read_brand_logo(files: Files) -> Logo | None:
    """The logo of every clinic that has none, or None; a LayoutError if it has no picture or no text."""
    row = read_table(files, BRAND_FILE).table("logo")
    if not row.values:
        return None
    file, text = row.string("file"), row.string("text")
    if not is_picture(file):
        raise row.refuse("file", f"{file!r} is not a picture in layouts/", 'write file = "art/logo.svg", SVG or PNG')
    if not text.strip():
        raise row.refuse("text", "does not say what it shows", 'write text = "…", what is read aloud for it')
    return Logo(f"layouts/{file}", text)
