"""What decides how a piece is measured and drawn besides its words: styles, pictures, sizes, fonts and the program.

Measurements and bases that a command keeps for the next one are found by the HTML that they are of. They hold only in
one setting, so the setting is part of their name.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from pressroom.compose import Piece
from pressroom.planning.content import Remembered, content_of
from pressroom.planning.prepare import Prepared

# What is in the HTML of a page, and where a person wrote it. A logo is in the HTML by its hash.
_IN_HTML: Final = frozenset(
    {"document", "translation", "words", "layout_translation", "clinic", "places", "control", "logo", "brand_spans"}
)


def setting_of(prepared: Prepared) -> str:
    """The name of the setting of a piece, in words and a hash. Pieces of other documents and languages have another."""
    job, inputs = prepared.job, prepared.inputs
    marking = prepared.piece.marking if prepared.piece is not None else ""
    return f"drawn {job.document} {job.language.tag} {inputs.program} {inputs.language} {marking} {prepared.setting}"


def shared_setting(piece: Piece, remembered: Remembered) -> str:
    """The hash of a setting, of what the pieces of all clinics share."""
    return content_of(_setting(piece), remembered).mark


def _setting(piece: Piece) -> list[object]:
    names = (field.name for field in fields(piece) if field.name not in {*_IN_HTML, "instead"})
    instead = _setting(piece.instead) if piece.instead is not None else None
    return [*(getattr(piece, name) for name in names), instead]
