"""The review packet on paper: a composition goes in, a tagged PDF comes out."""

from __future__ import annotations

from pressroom.compose import Composition
from pressroom.render.engine import Engine


def render_packet(composition: Composition) -> bytes:
    """The packet as a PDF.

    Raises:
        RenderError: WeasyPrint had something to say.
    """
    engine = Engine(composition, "pressroom/compose/templates/review.html")
    return engine.write(engine.lay_out(""))
