"""What a finished file draws: marks on pages, their hashes, and where two drawings differ."""

from pressroom.drawing.model import (
    Code,
    Control,
    DrawingError,
    LeftOut,
    Matrix,
    PieceDrawing,
    Rectangle,
    meet,
)
