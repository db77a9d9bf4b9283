"""Writes a number as a language writes it, for the hints."""

from __future__ import annotations

from fractions import Fraction

from pressroom.language import cldr
from pressroom.language.quantities.model import shown


def local_number(value: Fraction, tag: str) -> str:
    """The value with the language's separators, and without groups where those can be left out: `1.000 or 1000`."""
    decimal, group = cldr.number_signs(tag)
    whole, _, rest = shown(value).partition(".")
    if not whole.isdigit():
        return shown(value)
    end = f"{decimal}{rest}" if rest else ""
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{grouped}{end} or {whole}{end}" if grouped != whole else f"{whole}{end}"
