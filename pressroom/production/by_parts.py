"""Checks a joined file where it can differ from others of its base, and reads what it draws by its parts.

docs/explanation/checks-by-parts.md says why this is as safe as checking each file whole.
"""

from __future__ import annotations

import zlib
from typing import Final

from pressroom.compose import Piece
from pressroom.diagnostics import PROGRAM_FAULT, Diagnostic, Span, diagnostic
from pressroom.drawing import DrawnPiece, LeftOut
from pressroom.drawing.joined import DrawnBase, of_base, of_imprint, read_base, read_joined, read_said
from pressroom.fingerprint import content_hash
from pressroom.preflight import Expected, check_parts
from pressroom.render.base_and_imprint import Joined, as_found
from pressroom.render.proof import Proof
from pressroom.render.tags import addresses, shape_of
from pressroom.render.tags.pdf_bytes import Chunk

# One file in so many is checked whole.
_SAMPLE: Final = 20
_LINKS: Final = ("https://", "tel:", "mailto:")


def is_checked_whole(joined: Joined, piece: Piece) -> bool:
    """True for a release, for a shape that was not checked yet, and for one file in twenty, by its bytes."""
    if piece.marking == "release" or shape_of(joined.imprint) not in joined.shared.seen.shapes:
        return True
    return int(content_hash(joined.pdf)[:8], 16) % _SAMPLE == 0


def part_is_right(proof: Proof, expected: Expected, span: Span) -> bool:
    """True if nothing is wrong in a file's own frames; if it is False, the whole file says what."""
    joined = proof.joined
    assert joined is not None
    frames = [frame for frame in proof.left_out.frames if frame.of_clinic]
    parts = [[frame.box for frame in frames if frame.page == at] for at in range(len(joined.shared.base.pages))]
    return all(link.startswith(_LINKS) for link in addresses(joined.imprint)) and not check_parts(
        joined.pdf, parts, expected, span
    )


def remember_whole(proof: Proof) -> None:
    """Remember that a file without findings was checked whole."""
    if proof.joined is not None:
        proof.joined.shared.seen.shapes.add(shape_of(proof.joined.imprint))


def compare_readings(proof: Proof, drawing: DrawnPiece, span: Span, *, now: bool) -> tuple[Diagnostic, ...]:
    """A finding if a file whose whole drawing is this one reads otherwise by its parts, or lacks words of its clinic.

    The first comparison of a base decides if its files can be read by parts; after that each that is read whole must be
    as by parts. Most bases have one file, so the first is compared `now` only if others follow it.
    """
    joined = proof.joined
    if joined is None or not drawing.hashes.known:
        return ()
    seen = joined.shared.seen
    is_first = not seen.is_read
    if is_first and (now or seen.shapes):
        seen.drawn, seen.is_read = _read_base(joined, proof.left_out), True
    found = drawing_by_parts(proof)
    if found is not None and found[0] != drawing:
        seen.drawn = None
        if not is_first:
            message = "its drawing is another one read whole than read by its parts"
            return (diagnostic("joint-broken", span, message, PROGRAM_FAULT),)
    said = read_said(joined.pdf, _contents(joined)) if found is None else found[1]
    return () if said is None else unsaid(joined, said, span)


def drawing_by_parts(proof: Proof) -> tuple[DrawnPiece, str] | None:
    """What a joined file draws, and the words in its own frames; None if the whole file must be read."""
    joined = proof.joined
    if joined is None or joined.shared.seen.drawn is None:
        return None
    left_out = of_imprint(proof.left_out, len(joined.shared.places.codes))
    return read_joined(joined.pdf, joined.shared.seen.drawn, _contents(joined), left_out)


def unsaid(joined: Joined, said: str, span: Span) -> tuple[Diagnostic, ...]:
    """A finding if a file does not draw a word of its clinic's frames in them: it is another clinic's, or lost."""
    drawn = as_found(said)
    for word in sorted(joined.words):
        if word not in drawn:
            message = f"the clinic's frames of the finished file do not say {word!r}"
            return (diagnostic("joint-broken", span, message, PROGRAM_FAULT),)
    return ()


def _contents(joined: Joined) -> list[dict[str, bytes]]:
    """What the imprint's frames draw, page by page."""
    return [{name: _content(one) for name, one in frames.items()} for frames in joined.imprint.content]


def _content(one: Chunk) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(one.data)


def _read_base(joined: Joined, left_out: LeftOut) -> DrawnBase | None:
    base = joined.shared.base
    contents = [[cut if isinstance(cut, str) else _content(cut) for cut in page.content] for page in base.pages]
    areas = [page.areas.count(b"R") for page in base.pages]
    return read_base(joined.pdf, contents, areas, of_base(left_out, len(joined.shared.places.codes)))
