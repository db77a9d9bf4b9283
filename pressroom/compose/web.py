"""The web edition: a `Piece` goes in, one page of HTML comes out that needs nothing else to be read.

The same document, translation and setter as on paper, so that escaping, isolation and the marks of what is doubtful
are the same. No script, no request to anybody: a page that is read in an emergency loads once and stays.
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

from markupsafe import Markup

from pressroom.compose.page import ComposeError, render_html
from pressroom.compose.piece import Piece
from pressroom.compose.template_context import TemplateContext
from pressroom.compose.text import leads_to
from pressroom.layout import WEB

_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
# Put in for the paper's line breaks: browsers break every script themselves, and find words without these.
_GUIDES: Final = {ord("\u200b"): None, ord("\u2060"): None}


def compose_web(piece: Piece) -> str:
    """The piece as one self-contained page, UTF-8.

    Raises:
        ComposeError: a template is wrong, or leaves out a part of the document.
    """
    pictures = {source: _embedded(source, data) for source, data in piece.images.items()}
    scribe = TemplateContext(piece, links=True, pictures=pictures)
    scribe.begin("page")
    html = render_html(piece, scribe, style=Markup(_style(piece)), leads_to=leads_to)
    scribe.end()
    if left_out := list(scribe.left_out()):
        raise ComposeError(left_out)
    return html.translate(_GUIDES)


def _embedded(source: str, data: bytes) -> str:
    kind = _TYPES[PurePosixPath(source).suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _style(piece: Piece) -> str:
    """The brand's tokens, what every page stands on, and the layout's own; what is shared is for paper."""
    language = piece.language.set_for(WEB)
    families = ", ".join(f'"{family}"' for family in language.stack)
    tokens = {
        **piece.brand,
        "family": f"{families}, system-ui, sans-serif",
        "line-height": f"{max(language.leading(0)['line-height'], 1.5):g}",
    }
    own = [sheet.text for sheet in piece.layout.stylesheets if sheet.path.startswith(f"layouts/{piece.layout.name}/")]
    css = "\n".join([":root { " + "; ".join(f"--{n}: {v}" for n, v in tokens.items()) + " }", _engine_style(), *own])
    # A style can't end its element: nothing of the page is written by it.
    return css.replace("</", "<\\/")


@cache
def _engine_style() -> str:
    return (Path(__file__).with_name("templates") / "web.css").read_text(encoding="utf-8")
