"""What a finished file draws: marks on pages, their hashes, and where two drawings differ."""

from pressroom.drawing.model import (
    UNKNOWN,
    Code,
    Control,
    DrawingError,
    DrawnPiece,
    Frame,
    LeftOut,
    Matrix,
    PieceDrawing,
    Rectangle,
    around,
    meet,
    shared_area,
)
