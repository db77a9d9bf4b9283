"""A composition rendered: HTML goes in, a PDF whose text fits, or is shown not to, comes out.

The only room that imports WeasyPrint; import it only where something is to be rendered.
"""

from pressroom.render.cache import Memo
from pressroom.render.engine import prepare_styles
from pressroom.render.fonts import FontError, coverage, locked_font, private_fonts
from pressroom.render.proof import Proof, render_piece
from pressroom.render.specimen import render_specimen

__all__ = [
    "FontError",
    "Memo",
    "Proof",
    "coverage",
    "locked_font",
    "prepare_styles",
    "private_fonts",
    "render_piece",
    "render_specimen",
]
