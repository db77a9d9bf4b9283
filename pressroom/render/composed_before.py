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
# The pieces without a clinic that this process composed last, each with its key: to compare two takes no time.
_known: list[tuple[Piece, str]] = []


def composed(piece: Piece, drawn: dict[str, str], before: dict[str, SharedFrames]) -> Composition:
    """The composition of a piece that others follow, which differ by clinic. Raises ComposeError.

    Adds its frames to those that were composed `before`, by what a piece has beside its clinic.
    """
    if piece.logo is not None:
        return compose(piece, drawn=drawn)
    key = _key(_without_clinic(piece))
    found = compose(piece, drawn=drawn, like=before.get(key))
    if key not in before and (shared := found.shared) is not None:
        while len(before) >= _KEPT:
            del before[next(iter(before))]
        before[key] = shared
    return found


def _without_clinic(piece: Piece) -> Piece:
    """All that the frames of the document and of the layout are written from.

    Of a clinic they may print its emergency number; it is its country's (`FrameWriter`).
    """
    neutral = Clinic("", "", (), piece.clinic.emergency)
    control = replace(piece.control, inputs="")
    return replace(piece, clinic=neutral, places=(), control=control, instead=None)


def _key(piece: Piece) -> str:
    key = next((key for other, key in _known if other == piece), "")
    if not key:
        key = content_hash(pickle.dumps(piece))
        _known.append((piece, key))
        del _known[:-_KEPT]
    return key
