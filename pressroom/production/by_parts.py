"""Checks a joined file where it can differ from others of its base, and reads what it draws by its parts.

docs/explanation/checks-by-parts.md says why this is as safe as checking each file whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final
from urllib.parse import unquote

from pressroom.compose import Piece
from pressroom.diagnostics import PROGRAM_FAULT, Diagnostic, Span, diagnostic
from pressroom.drawing import DrawnPiece, LeftOut
from pressroom.drawing.frame_words import FrameWords, Link, ReadImprint, digits_of
from pressroom.drawing.joined import (
    DrawnBase,
    OutsideError,
    of_base,
    of_imprint,
    read_base,
    read_joined,
    read_own,
)
from pressroom.drawing.outlines import NoGlyphError
from pressroom.fingerprint import content_hash
from pressroom.preflight.check import Expected, check_parts
from pressroom.render.base_and_imprint import Joined
from pressroom.render.own_words import OwnWords
from pressroom.render.proof import Proof
from pressroom.render.tags import addresses, shape_of, spoken
from pressroom.render.tags.pdf_bytes import Chunk

# One file in so many is checked whole.
_SAMPLE: Final = 20
_LINKS: Final = ("https://", "tel:", "mailto:")


def is_checked_whole(joined: Joined, piece: Piece) -> bool:
    """True for a release, for a shape that was not checked yet, and for one file in twenty, by its bytes.

    So is each file of a base that can't be read by parts: nothing else says if its frames are where they must be.
    """
    seen = joined.shared.seen
    if piece.marking == "release" or shape_of(joined.imprint) not in seen.shapes:
        return True
    if seen.is_read and seen.drawn is None:
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
    try:
        found = drawing_by_parts(proof)
    except OutsideError as error:
        found, seen.drawn = None, None
        if not is_first:
            return misdrawn(error, span)
    if found is not None and found[0] not in (None, drawing):
        seen.drawn = None
        if not is_first:
            message = "its drawing is another one read whole than read by its parts"
            return (diagnostic("joint-broken", span, message, PROGRAM_FAULT),)
    return check_words(proof, span) if found is None else unsaid(joined, found[1], span)


def check_words(proof: Proof, span: Span) -> tuple[Diagnostic, ...]:
    """A finding if a joined file's own part does not say what was composed for it, whatever else is wrong with it."""
    joined = proof.joined
    if joined is None:
        return ()
    try:
        own = _read_own(joined, proof.left_out)
    except NoGlyphError as error:
        return misdrawn(error, span)
    return unsaid(joined, own, span) if own is not None else ()


def drawing_by_parts(proof: Proof) -> tuple[DrawnPiece | None, ReadImprint] | None:
    """What a joined file draws, None if the whole file must be read, and what its own frames say, None if unknown.

    Raises OutsideError if its own part paints outside its frames.
    """
    joined = proof.joined
    if joined is None or joined.shared.seen.drawn is None:
        return None
    left_out = of_imprint(proof.left_out, len(joined.shared.places.codes))
    return read_joined(joined.pdf, joined.shared.seen.drawn, _contents(joined), left_out)


def misdrawn(error: OutsideError | NoGlyphError, span: Span) -> tuple[Diagnostic, ...]:
    """The finding that a file's own part paints outside its frames or what its font has not, as no other file does."""
    return (diagnostic("joint-broken", span, f"the clinic's part of the finished file: {error}", PROGRAM_FAULT),)


def unsaid(joined: Joined, read: ReadImprint, span: Span) -> tuple[Diagnostic, ...]:
    """A finding if a file's own part does not say what was composed for it: it is another clinic's, or lost."""
    reason = next(_missed(joined, read), "")
    return (diagnostic("joint-broken", span, reason, PROGRAM_FAULT),) if reason else ()


def _missed(joined: Joined, read: ReadImprint) -> Iterator[str]:
    own = joined.words
    for name, text in own.frames.items():
        if missed := text.missed(read.frames.get(name, FrameWords())):
            yield f"the clinic's frame {name!r} of the finished file does not {missed}"
    if extra := sorted(read.frames.keys() - own.frames.keys()):
        yield f"the finished file has a frame {extra[0]!r} that the clinic has not"
    for given in spoken(joined.imprint):
        if other := own.not_its_own(given):
            yield f"a tag of the finished file says the digits {other!r}, which no frame of the clinic has"
    metadata = joined.imprint.metadata.decode()
    for fact, value in own.facts.items():
        if (found := read.facts.get(fact, "")) != value or escape(value, quote=False) not in metadata:
            yield f"the finished file gives its {fact[1:].lower()} as {found!r}, not {value!r}"
    yield from _misled(own, read.links)


def _misled(own: OwnWords, links: Sequence[Link]) -> Iterator[str]:
    """Links that lead elsewhere than they were composed to or are lost, or dial another number than they are on."""
    known, dialled = set(map(unquote, own.links)), set(map(unquote, own.dialled))
    for link in links:
        address = unquote(link.address)
        if address and address not in known:
            yield f"a link of the finished file leads to {address!r}, which the clinic has not"
        if address in dialled and link.digits and link.digits not in digits_of(address):
            yield f"a link of the finished file to {address!r} is on the digits {link.digits!r}"
        if address and unquote(link.said) != address:
            yield f"a link of the finished file to {address!r} says that it leads to {link.said!r}"
    if lost := sorted(known - {unquote(link.address) for link in links}):
        yield f"the finished file has no link to {lost[0]!r}"


def _contents(joined: Joined) -> list[dict[str, bytes]]:
    """What the imprint's frames draw, page by page."""
    return [{name: _content(one) for name, one in frames.items()} for frames in joined.imprint.content]


def _read_own(joined: Joined, left_out: LeftOut) -> ReadImprint | None:
    areas = [page.areas.count(b"R") for page in joined.shared.base.pages]
    return read_own(joined.pdf, _contents(joined), areas, left_out.fonts)


def _content(one: Chunk) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(one.data)


def _read_base(joined: Joined, left_out: LeftOut) -> DrawnBase | None:
    base = joined.shared.base
    contents = [[cut if isinstance(cut, str) else _content(cut) for cut in page.content] for page in base.pages]
    areas = [page.areas.count(b"R") for page in base.pages]
    return read_base(joined.pdf, contents, areas, of_base(left_out, len(joined.shared.places.codes)))
