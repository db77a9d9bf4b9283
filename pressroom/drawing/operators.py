"""Every operator of a content stream that this reader knows, with what it does (ISO 32000-1, annex A).

Any other raises UnknownError: what this reader does not see can't be signed.
"""

from __future__ import annotations

from typing import Final

from pikepdf import Name

from pressroom.drawing import colours, paths, texts
from pressroom.drawing.content import Action, Content, UnknownError
from pressroom.drawing.model import PdfObject


def _nothing(_: Content, __: PdfObject) -> None:
    """An operator that paints nothing and changes nothing that is painted."""


def _begin_mark(_: Content, operands: PdfObject) -> None:
    if operands[0] == Name.OC:
        raise UnknownError("content that can be switched off")


OPERATORS: Final[dict[str, Action]] = {
    "q": lambda content, _: content.save(),
    "Q": lambda content, _: content.restore(),
    "cm": colours.transform,
    "gs": colours.graphics_state,
    "w": colours.set_width,
    "J": colours.set_cap,
    "j": colours.set_join,
    "M": colours.set_miter,
    "d": colours.set_dash,
    "ri": _nothing,
    "i": _nothing,
    "g": colours.device_colour("gray", stroke=False),
    "G": colours.device_colour("gray", stroke=True),
    "rg": colours.device_colour("rgb", stroke=False),
    "RG": colours.device_colour("rgb", stroke=True),
    "k": colours.device_colour("cmyk", stroke=False),
    "K": colours.device_colour("cmyk", stroke=True),
    "cs": colours.colour_space(stroke=False),
    "CS": colours.colour_space(stroke=True),
    "sc": colours.special_colour(stroke=False),
    "SC": colours.special_colour(stroke=True),
    "scn": colours.special_colour(stroke=False),
    "SCN": colours.special_colour(stroke=True),
    "m": paths.move,
    "l": paths.line,
    "c": paths.curve,
    "h": paths.close,
    "re": paths.rectangle,
    "W": paths.clip("nonzero"),
    "W*": paths.clip("evenodd"),
    "n": paths.paint(),
    "f": paths.paint(fill="nonzero"),
    "F": paths.paint(fill="nonzero"),
    "f*": paths.paint(fill="evenodd"),
    "S": paths.paint(stroke=True),
    "s": paths.paint(stroke=True, closed=True),
    "B": paths.paint(fill="nonzero", stroke=True),
    "B*": paths.paint(fill="evenodd", stroke=True),
    "b": paths.paint(fill="nonzero", stroke=True, closed=True),
    "b*": paths.paint(fill="evenodd", stroke=True, closed=True),
    "sh": paths.shade,
    "Do": paths.draw,
    "BT": texts.begin,
    "ET": _nothing,
    "Tc": texts.set_spacing,
    "Tw": _nothing,
    "Tz": texts.set_scaling,
    "TL": texts.set_leading,
    "Tf": texts.set_font,
    "Tr": texts.set_mode,
    "Ts": texts.set_rise,
    "Td": texts.move,
    "TD": texts.move_and_lead,
    "Tm": texts.set_matrix,
    "T*": texts.next_line,
    "Tj": texts.show,
    "TJ": texts.show_spaced,
    "'": texts.show_next,
    "BMC": _begin_mark,
    "BDC": _begin_mark,
    "EMC": _nothing,
    "MP": _nothing,
    "DP": _nothing,
}
