"""Composes a clinic's piece from another clinic's: only the frames in which they differ are written again."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Final

from pressroom.compose import Composition, Piece, compose
from pressroom.fingerprint import content_hash
from pressroom.project import Clinic

# The compositions that this process made last, each with what its piece has beside its clinic.
_KEPT: Final = 4
_before: dict[str, Composition] = {}


def composed(piece: Piece, drawn: dict[str, str]) -> Composition:
    """The composition of a piece that others follow, which differ by clinic. Raises ComposeError."""
    if piece.logo is not None:
        return compose(piece, drawn=drawn)
    key = _without_clinic(piece)
    found = compose(piece, drawn=drawn, like=_before.get(key))
    if not {one.frame for one in found.illustrations} & {part.frame for part in found.parts if part.imprint}:
        while len(_before) >= _KEPT and key not in _before:
            del _before[next(iter(_before))]
        _before[key] = found
    return found


def _without_clinic(piece: Piece) -> str:
    """A hash of all that the frames of the document and of the layout are written from.

    Of a clinic they may print its emergency number; it is its country's (`FrameWriter`).
    """
    neutral = Clinic("", "", (), piece.clinic.emergency)
    control = replace(piece.control, inputs="")
    plain = replace(piece, clinic=neutral, places=(), control=control, instead=None)
    return content_hash(pickle.dumps(plain))
