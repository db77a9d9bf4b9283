"""The review packet on paper: its HTML goes in, a tagged PDF comes out."""

from __future__ import annotations

from pressroom.compose import HtmlPage
from pressroom.render.engine import Engine


def render_packet(packet: HtmlPage) -> bytes:
    """The packet as a PDF.

    Raises:
        RenderError: WeasyPrint had something to say.
    """
    engine = Engine(packet, "pressroom/compose/templates/review.html")
    return engine.write(engine.lay_out(""))
