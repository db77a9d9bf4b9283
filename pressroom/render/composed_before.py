"""Composes a clinic's piece from another clinic's: only the frames in which they differ are written again."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Final

from pressroom.compose import Composition, Piece, SharedFrames, compose
from pressroom.fingerprint import content_hash
from pressroom.project import Clinic

# The frames of so many texts are kept: those of a document before its last edits are of use if it is edited back.
_KEPT: Final = 4


def composed(piece: Piece, drawn: dict[str, str], before: dict[str, SharedFrames]) -> Composition:
    """The composition of a piece that others follow, which differ by clinic. Raises ComposeError.

    Adds its frames to those that were composed `before`, by what a piece has beside its clinic.
    """
    if piece.logo is not None:
        return compose(piece, drawn=drawn)
    key = _without_clinic(piece)
    found = compose(piece, drawn=drawn, like=before.get(key))
    if key not in before and (shared := found.shared) is not None:
        while len(before) >= _KEPT:
            del before[next(iter(before))]
        before[key] = shared
    return found


def _without_clinic(piece: Piece) -> str:
    """A hash of all that the frames of the document and of the layout are written from.

    Of a clinic they may print its emergency number; it is its country's (`FrameWriter`).
    """
    neutral = Clinic("", "", (), piece.clinic.emergency)
    control = replace(piece.control, inputs="")
    plain = replace(piece, clinic=neutral, places=(), control=control, instead=None)
    return content_hash(pickle.dumps(plain))
