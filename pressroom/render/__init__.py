"""A composition rendered: HTML goes in, a PDF whose text fits, or is shown not to, comes out.

The only room that imports WeasyPrint; import it only where something is to be rendered.
"""

from pressroom.render.fonts import FontError, coverage, private_fonts
from pressroom.render.proof import Proof, render_piece

__all__ = ["FontError", "Proof", "coverage", "private_fonts", "render_piece"]
