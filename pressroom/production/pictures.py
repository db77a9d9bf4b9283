"""The pictures of a piece: their sizes in pixels, their words, and where the document names them."""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.compose import Piece
from pressroom.content import pictures_of
from pressroom.content.pictures import Picture, read_picture
from pressroom.diagnostics import Span
from pressroom.layout.page_colours import written_colours


def named_pictures(piece: Piece) -> Iterator[tuple[tuple[int, int], str, Span]]:
    """The pixels, the address and the place of each picture that is not drawn, a logo included."""
    for address, span, picture in _pictures(piece):
        if picture.pixels is not None:
            yield picture.pixels, address, span


def ink_places(piece: Piece) -> dict[str | tuple[int, int], Span]:
    """Where the document names each picture, by its pixels, and each colour of a drawing, as `#rrggbb`."""
    found: dict[str | tuple[int, int], Span] = {}
    for address, span, picture in _pictures(piece):
        if picture.pixels is not None:
            found.setdefault(picture.pixels, span)
        else:
            for colour in written_colours(piece.images[address].decode(errors="ignore")):
                found.setdefault(colour, span)
    return found


def drawn_words(piece: Piece) -> list[tuple[str, Span]]:
    """The words in each drawing, with the line that names it."""
    return [("".join(picture.words), span) for _, span, picture in _pictures(piece) if picture.words]


def _pictures(piece: Piece) -> Iterator[tuple[str, Span, Picture]]:
    blocks = [block for panel in piece.document.panels for block in pictures_of(panel.blocks)]
    places = {block.source: block.span for block in blocks}
    if piece.logo:
        places[piece.logo.path] = piece.logo_span
    for address, span in places.items():
        picture = read_picture(piece.images[address], address) if address in piece.images else ""
        if isinstance(picture, Picture):
            yield address, span, picture
