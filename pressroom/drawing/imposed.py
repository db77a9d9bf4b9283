"""Compares a file that was made of finished files, a sheet or a copy for a printer, with what these draw.

A release is compared with what people signed; this says that nothing was changed on the way from it to another file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Rectangle as PdfRectangle

from pressroom.diagnostics import Span, diagnostic
from pressroom.drawing.lines import counted, item_lines
from pressroom.drawing.model import (
    Copy,
    DrawingError,
    Item,
    LeftOut,
    Matrix,
    PageDrawing,
    Shape,
    meet,
)
from pressroom.drawing.read import places_of_words, read_drawing

_HINT = "use the version of the program that released it, and report this"


def check_imposed(
    made: bytes, cards: Sequence[bytes], copies: Sequence[Sequence[Matrix]], path: str, *, trimmed: bool
) -> None:
    """Raise DrawingError unless each page has exactly the cards at `copies`, in turn, and nothing over their words.

    Each card's drawing is that of its own file, with `trimmed` the part within its trim; cards share the copies out
    evenly, as `impose` does. Raises DrawingError also if one of the files can't be read.
    """
    whole = [read_drawing(_trimmed(card) if trimmed else card, LeftOut(), path).pages for card in cards]
    pages = read_drawing(made, LeftOut(copies=tuple(map(tuple, copies))), path).pages
    if len(pages) != len(copies) or any(len(card) != len(pages) for card in whole):
        raise _differs(path, "the number of its pages")
    for at, (page, places) in enumerate(zip(pages, copies, strict=True)):
        if found := _fault(page, [card[at] for card in whole], places):
            raise _differs(path, f"page {at + 1}, {found}")


def _fault(page: PageDrawing, cards: Sequence[PageDrawing], places: Sequence[Matrix]) -> str:
    drawn = [item for item in page.items if isinstance(item, Copy)]
    if len(drawn) != len(places):
        return "the number of cards"
    wanted = [_lines(card.items) for card in cards]
    for number, card in enumerate(drawn):
        if _lines(card.items) != wanted[number * len(cards) // len(places)]:
            return f"card {number + 1}"
    beside = [box for item in page.items for box in _boxes(item)]
    within = places_of_words([card.items for card in cards], places)
    return "what is around the cards" if any(meet(box, words) for words in within for box in beside) else ""


def _boxes(item: Item) -> Iterator[tuple[float, float, float, float]]:
    """The boxes of what is painted around the cards; a link paints nothing."""
    if not isinstance(item, Copy) and not (isinstance(item, Shape) and item.line.startswith("link ")):
        yield item.box


def _lines(items: Sequence[Item]) -> list[str]:
    painted = [item for item in items if not (isinstance(item, Shape) and item.line.startswith("link "))]
    return [counted(line) for line in item_lines(painted)]


def _trimmed(card: bytes) -> bytes:
    """The card clipped to its trim, as a sheet has it."""
    with pikepdf.open(io.BytesIO(card)) as document:
        for page in document.pages:
            trim = PdfRectangle(page.trimbox)
            page.contents_coalesce()
            clip = f"q {trim.llx:.4f} {trim.lly:.4f} {trim.width:.4f} {trim.height:.4f} re W n\n".encode()
            page.obj.Contents = document.make_stream(clip + page.obj.Contents.read_bytes() + b"\nQ")
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _differs(path: str, what: str) -> DrawingError:
    message = f"it would not draw what its files draw: {what}"
    return DrawingError(diagnostic("look-unsigned", Span(path), message, _HINT))
