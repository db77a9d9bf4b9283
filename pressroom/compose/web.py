"""Composes the web edition: one page of HTML that needs nothing else to be read.

The same document, translation and setter as on paper, so that escaping, isolation and the marks of what is doubtful
are the same. No script, no request to anybody: a page that is read in an emergency loads once and stays.
"""

from __future__ import annotations

import base64
from pathlib import PurePosixPath
from typing import Final

from markupsafe import Markup

from pressroom.compose.frame_writer import FrameWriter
from pressroom.compose.page import head_of, write_frames
from pressroom.compose.piece import Piece
from pressroom.compose.template import page_text, render_page
from pressroom.layout import LOCALE, WEB

_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
# Put in for the paper's line breaks: browsers break every script themselves, and find words without these.
_GUIDES: Final = {ord("\u200b"): None, ord("\u2060"): None}


def compose_web(piece: Piece) -> str:
    """The piece as one self-contained page, UTF-8.

    Raises:
        ComposeError: a template is wrong, or leaves out a part of the document.
    """
    pictures = {source: _embedded(source, data) for source, data in piece.images.items()}
    writer = FrameWriter(piece, links=True, pictures=pictures)
    _, frames = write_frames(piece, writer)
    html = render_page(
        "web.html",
        language=piece.language,
        head=head_of(piece, writer),
        style=Markup(_style(piece)),
        main=Markup("\n").join(frame.html for frame in frames.values()),
        proof=piece.marking == "proof",
        draft=writer.draft_word(LOCALE),
        pending=piece.document.pending,
        logo=piece.logo,
        logo_source=pictures.get(piece.logo.path) if piece.logo else "",
        clinic=piece.clinic.name,
        control=piece.control.lines,
    )
    return f"{html.translate(_GUIDES)}\n"


def _embedded(source: str, data: bytes) -> str:
    kind = _TYPES[PurePosixPath(source).suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _style(piece: Piece) -> str:
    """The brand's tokens, the engine's style for every page, and the layout's own; what is shared is for paper."""
    language = piece.language.set_for(WEB)
    families = ", ".join(f'"{family}"' for family in language.stack)
    tokens = {
        **piece.brand,
        "family": f"{families}, system-ui, sans-serif",
        "line-height": f"{max(language.leading(0)['line-height'], 1.5):g}",
    }
    own = [sheet.text for sheet in piece.layout.stylesheets if sheet.path.startswith(f"layouts/{piece.layout.name}/")]
    root = ":root { " + "; ".join(f"--{name}: {value}" for name, value in tokens.items()) + " }"
    # A style can't end its element: nothing of the page is written by it.
    return "\n".join([root, page_text("web.css"), *own]).replace("</", "<\\/")
