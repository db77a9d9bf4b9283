"""What decides how a piece is measured and drawn besides its words: styles, pictures, sizes, fonts and the program.

Measurements and bases that a command keeps for the next one are found by the HTML that they are of. They hold only in
one setting, so the setting is part of their name.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Final

from pressroom.compose import Piece
from pressroom.planning.content import content_of
from pressroom.planning.prepare import Prepared

# What is in the HTML of a page, with a hash of the logo beside it; and where a person wrote it.
_IN_HTML: Final = frozenset(
    {"document", "translation", "words", "layout_translation", "clinic", "places", "control", "logo", "brand_spans"}
)


def setting_of(prepared: Prepared) -> str:
    """The name of the setting of a piece, in words and a hash. Pieces of other documents and languages have another."""
    job, inputs = prepared.job, prepared.inputs
    setting = content_of([] if prepared.piece is None else _setting(prepared.piece)).mark
    return f"drawn {job.document} {job.language.tag} {inputs.program} {inputs.language} {setting}"


def _setting(piece: Piece) -> list[object]:
    names = (field.name for field in fields(piece) if field.name not in {*_IN_HTML, "images", "instead"})
    logo = piece.logo.path if piece.logo else ""
    images = {name: data for name, data in piece.images.items() if name != logo}
    instead = _setting(piece.instead) if piece.instead is not None else None
    return [*(getattr(piece, name) for name in names), images, instead]
