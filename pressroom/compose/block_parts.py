"""The drawn parts of blocks: icons, boxes to tick and lines to write on.

An icon is a shape, not a letter: no font lacks it, and a photocopy keeps it. What a reader fills in has a name, which
screen readers say.
"""

from __future__ import annotations

import base64
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from markupsafe import Markup

_ICONS: Final = Path(__file__).with_name("templates") / "icons"
_FOLDER: Final = "icons/"
# By a table's columns: texts of up to this width are not broken, because a narrow column would part "1 and 2".
SHORT_CELL: Final = {2: 14, 3: 9}


def text_width(text: str) -> int:
    """How wide a text is, about, in Latin letters: signs of East Asia are two wide, and marks have no width."""
    wide = sum(1 for sign in text if unicodedata.east_asian_width(sign) in "WF")
    return wide + sum(1 for sign in text if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))


@cache
def icon_assets() -> dict[str, bytes]:
    """The drawings by the address that pages on paper call them by."""
    return {f"{_FOLDER}{path.name}": path.read_bytes().strip() for path in sorted(_ICONS.glob("*.svg"))}


def icon_style(base: str = "") -> str:
    """CSS with a property `--icon-NAME` for each drawing; without the `base` of its address, the drawing is in it."""
    rules = (
        f"--icon-{Path(address).stem}: url('{base + address if base else svg_address(svg)}')"
        for address, svg in icon_assets().items()
    )
    return f":root {{ {'; '.join(rules)} }}"


def screen_icon_style() -> str:
    """CSS with `--icon-NAME` and, for dark ground, `--icon-NAME-light` of each drawing, which is in it."""
    light = (
        f"--icon-{Path(address).stem}-light: url('{svg_address(_swapped(svg))}')"
        for address, svg in icon_assets().items()
    )
    return f"{icon_style()}\n:root {{ {'; '.join(light)} }}"


def _swapped(svg: bytes) -> bytes:
    """A drawing with black and white exchanged."""
    return svg.replace(b"#000", b"#ink").replace(b"#fff", b"#000").replace(b"#ink", b"#fff")


def svg_address(svg: bytes) -> str:
    """The address that has a drawing in it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


class Label(NamedTuple):
    """What screen readers call something to fill in; `language` is its tag if that is not the text's around it."""

    text: str
    language: str = ""

    @property
    def spoken(self) -> Markup:
        """The attribute of its language."""
        return Markup(' lang="{}"').format(self.language) if self.language else Markup("")


def write_on(name: str, label: Label, *, screen: bool) -> Markup:
    """A line to write on, for the field of this name."""
    if screen:
        html = '<span class="write-on for-{}" role="img" aria-label="{}"{}></span>'
        return Markup(html).format(name, label.text, label.spoken)
    drawing = Markup('<img class="rule" src="{}line.svg" alt="{}"{}>').format(_FOLDER, label.text, label.spoken)
    return Markup('<span class="write-on for-{}">{}</span>').format(name, drawing)


def box_to_tick(label: Label, *, screen: bool) -> Markup:
    """An empty box before an item of a checklist."""
    if screen:
        return Markup('<span class="tick" role="img" aria-label="{}"{}></span>').format(label.text, label.spoken)
    return Markup('<img class="tick" src="{}box.svg" alt="{}"{}>').format(_FOLDER, label.text, label.spoken)
