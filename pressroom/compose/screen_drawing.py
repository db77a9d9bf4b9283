"""Lets a drawing of a web page follow the reader's scheme: its colours become the brand's, by day and in the dark.

A drawing is a picture of its own, so the colours of both schemes are in it, and a ground of its own: a browser that
gives no scheme to pictures shows it as by day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pressroom.compose.geometry import custom_properties
from pressroom.layout.brand_colours import CONTRAST
from pressroom.layout.dark import Shade, drawing_colours
from pressroom.layout.page_colours import recoloured, written_colours

_FIRST: Final = re.compile(r"<svg\b[^>]*>")
_NUMBER: Final = r"\s*([-+.\deE]+)[\s,]*"
_BOX: Final = re.compile(rf'\sviewBox="{_NUMBER * 4}"')
# What shapes and words have that say nothing: black, which is a colour of the scheme here.
_UNSAID: Final = ("fill", "color")
_INK: Final = ' {}="var(--ink)"'


def following_scheme(svg: bytes, tokens: Mapping[str, str]) -> bytes | None:
    """The drawing in the colours of the reader's scheme; None if it has others than the brand's, or has no box."""
    text = svg.decode(errors="replace")
    first, shades = _FIRST.search(text), drawing_colours(tokens, CONTRAST)
    box, names = _BOX.search(first[0]) if first else None, {shade.bright: name for name, shade in shades.items()}
    if first is None or box is None or not names.keys() >= set(written_colours(text)):
        return None
    drawn = recoloured(text, {colour: f"var(--{name})" for colour, name in names.items()})
    used = {name: shade for name, shade in shades.items() if name in ("ink", "paper") or f"(--{name})" in drawn}
    head, body = drawn[: first.start()], drawn[first.start() :]
    opening, rest = body.split(">", 1)
    unsaid = "".join(_INK.format(name) for name in _UNSAID if f" {name}=" not in first[0])
    return f"{head}{opening.removesuffix('/')}{unsaid}>{_style(used)}{_ground(*box.groups())}{rest}".encode()


def _style(shades: Mapping[str, Shade]) -> str:
    bright, dark = ({name: shade[way] for name, shade in sorted(shades.items())} for way in (0, 1))
    return (
        f"<style>:root {{ {custom_properties(bright)} }} "
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {custom_properties(dark)} }} }}</style>"
    )


def _ground(left: str, top: str, width: str, height: str) -> str:
    return f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="var(--paper)" stroke="none"/>'
