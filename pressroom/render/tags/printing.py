"""What a file asks of the print window: actual size, one copy, and the edge that the paper is turned on."""

from __future__ import annotations

from typing import Final

import pikepdf
from pikepdf import Dictionary, Name

from pressroom.layout import Flip

_WAYS: Final = {"long-edge": Name.DuplexFlipLongEdge, "short-edge": Name.DuplexFlipShortEdge}


def ask_printer(document: pikepdf.Pdf, flip: Flip) -> None:
    """Have the print window begin so; without an edge it is left to whoever prints how many sides there are."""
    wishes = document.Root.get("/ViewerPreferences", Dictionary())
    wishes.PrintScaling = Name("/None")
    wishes.NumCopies = 1
    if flip:
        wishes.Duplex = _WAYS[flip]
    document.Root.ViewerPreferences = wishes
