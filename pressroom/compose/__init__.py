"""Composes pieces: a document, its translation, a clinic and a layout become a page as data, and its HTML."""

from pressroom.compose.composition import (
    Composition,
    DrawnIllustration,
    Filler,
    Form,
    HtmlPage,
    Part,
    PlacedFrame,
    SharedFrames,
)
from pressroom.compose.fillers import (
    ROWS,
    by_hand_in,
    with_rows,
    with_windows_at_least,
    without_by_hand,
    without_windows,
)
from pressroom.compose.geometry import Spill
from pressroom.compose.page import FLOW, compose, compose_web, drawings, following_drawings, screen_styles, web_left_out
from pressroom.compose.piece import Control, Piece, Voice
from pressroom.compose.specimen import Sample, compose_specimen
from pressroom.compose.template import ComposeError
