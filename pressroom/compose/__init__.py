"""A piece composed: document, translation, clinic and layout go in, one page of HTML with its styles comes out."""

from pressroom.compose.page import ComposeError, Composition, PlacedFrame, Spill, compose, drawings
from pressroom.compose.piece import Control, Piece, Voice
from pressroom.compose.specimen import Sample, compose_specimen
from pressroom.compose.twin import differs_from_proof
from pressroom.compose.web import compose_web

__all__ = [
    "ComposeError",
    "Composition",
    "Control",
    "Piece",
    "PlacedFrame",
    "Sample",
    "Spill",
    "Voice",
    "compose",
    "compose_specimen",
    "compose_web",
    "differs_from_proof",
    "drawings",
]
