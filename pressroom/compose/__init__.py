"""A piece composed: document, translation, clinic and layout go in, one page of HTML with its styles comes out."""

from pressroom.compose.page import ComposeError, Composition, PlacedFrame, Spill, compose
from pressroom.compose.piece import Control, Piece
from pressroom.compose.placing import place_panels
from pressroom.compose.specimen import Sample, compose_specimen

__all__ = [
    "ComposeError",
    "Composition",
    "Control",
    "Piece",
    "PlacedFrame",
    "Sample",
    "Spill",
    "compose",
    "compose_specimen",
    "place_panels",
]
