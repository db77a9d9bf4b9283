"""Where patients' words are on a piece, and the smallest type they may be set in: what preflight checks letters by."""

from __future__ import annotations

from collections.abc import Collection

from pressroom.compose import Piece
from pressroom.compose.geometry import placed
from pressroom.layout import Frame
from pressroom.preflight.seen import Seen, TypeFrame
from pressroom.units import Length


def checked_letters(piece: Piece, written: Collection[str], margin: Length) -> Seen:
    """Where the letters of a piece are checked: in the frames that are `written`.

    `margin` is the paper around the trim. A frame without text has its place on the page all the same, and another may
    print its own words there.
    """
    layout, released = piece.layout, piece.marking == "release"
    if layout.flows:
        safe, right, head = layout.safe, layout.width - layout.safe, layout.height - layout.safe
        return Seen((TypeFrame("flow", 0, (safe.pt, safe.pt, right.pt, head.pt), 0.0),), everywhere=released)
    frames = [frame for frame in layout.frames if frame.name in written]
    return Seen(tuple(_type_frame(piece, frame, margin) for frame in frames), everywhere=released)


def _type_frame(piece: Piece, frame: Frame, margin: Length) -> TypeFrame:
    layout = piece.layout
    group = next(group for group in layout.groups if group.name == frame.fit)
    language, role = piece.speech(group.language), layout.role(frame.role)
    smallest, _ = language.sizes.get(layout.type_class, language.sizes["brochure"])
    for_patients = not group.staff and role is not None and role.source not in ("clinic", "staff")
    if piece.document.slots or any(
        piece.translation.of(message).status != "translated" for message in piece.document.messages
    ):
        for_patients = False  # the words that mark such a message or a slot in a proof are small
    box = placed(frame.box, frame.page, layout, piece.speech)
    left, foot = box.left + margin, layout.height + margin - box.top - box.height
    place = (left.pt, foot.pt, (left + box.width).pt, (foot + box.height).pt)
    return TypeFrame(frame.name, layout.page_number(frame.page), place, smallest if for_patients else 0.0)
