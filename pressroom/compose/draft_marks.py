"""The marks of a proof: on each panel a hatched edge and the words that it is a draft, and edges where text is overset.

The engine draws them, whatever a layout's template does. A screen reader says the words once a page, first of all;
those of the other panels are decoration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup

from pressroom.compose.composition import Part
from pressroom.compose.frame_writer import own_word
from pressroom.compose.piece import Piece, Voice

DRAFT: Final = "DRAFT: NOT FOR PATIENTS"
_PENDING: Final = "DRAFT: dotted words await a clinician"
_HIDDEN: Final = Markup(' aria-hidden="true"')
_HATCH: Final = Markup("").join(
    Markup('<div class="hatch {}-edge"></div>').format(edge) for edge in ("head", "foot", "left", "right")
)
_LABEL: Final = Markup('\n<p class="label {}"{}><span class="en" lang="en" dir="ltr">{}</span>{}</p>')
_OWN: Final = Markup(' <span class="own">{}</span>')
_OVERSET: Final = Markup('<p lang="en" dir="ltr">{}</p>')


def draft_marks(piece: Piece, page: str, voice: Voice, overset: Mapping[str, str]) -> Iterator[Part]:
    """The marks of a page in a voice; `overset` is what the edge of each overset frame says."""
    own = own_word(voice, piece, "draft")
    pending = bool(piece.document.pending)
    own = _OWN.format(own) if own else Markup("")
    labels = _LABEL.format("head", "", DRAFT, own)
    # The words at the foot are those of the head again, unless a clinician is awaited.
    labels += _LABEL.format("foot", "" if pending else _HIDDEN, _PENDING if pending else DRAFT, "" if pending else own)
    panels = [panel for panel in piece.layout.panels if panel.page == page]
    for number, panel in enumerate(panels):
        place = "every-page" if piece.layout.flows else f"panel-{panel.name}"
        attributes = Markup('class="proof {}"{}').format(place, _HIDDEN if number else "")
        yield Part(attributes, _HATCH + labels, mark=True)
    for frame in piece.layout.frames:
        if frame.page == page and frame.name in overset:
            attributes = Markup('class="overset frame-{}"').format(frame.name)
            yield Part(attributes, _OVERSET.format(overset[frame.name]), mark=True)
