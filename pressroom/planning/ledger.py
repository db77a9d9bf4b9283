"""What a piece is made from, in parts that people know: messages, words, a layout's files, colours, pictures, a clinic.

Each part has a short hash and its place. Two ledgers show which parts differ, for `build --explain`. They decide
nothing: if a piece is made again is decided by its key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Final

from pressroom.catalog import Translation
from pressroom.compose import Piece
from pressroom.content import Message
from pressroom.content.pictures import picture_path
from pressroom.diagnostics import Span
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.layout.brand import BRAND_FILE
from pressroom.layout.products import SHEETS_FILE
from pressroom.planning.content import content_of, plain_layout
from pressroom.project import Clinic

# Each part by its name: its hash, and where it is written.
Ledger = dict[str, tuple[str, str]]
_DIGITS: Final = 12
_LONGEST: Final = 50
# What has parts of its own below.
_IN_PARTS: Final = frozenset(
    {
        "document", "translation", "words", "layout_translation", "layout", "brand", "brand_spans", "images", "instead",
        "clinic", "places", "logo", "control", "marking", "languages", "language", "finish",
    }
)  # fmt: skip


def ledger_of(piece: Piece) -> Ledger:
    """The parts of a piece that all clinics share."""
    found: Ledger = {}
    for name, digest, place in _parts(piece):
        found.setdefault(name, (digest[:_DIGITS], place))
    return found


def clinic_ledger(clinic: Clinic) -> Ledger:
    """The parts of a clinic that can be printed: its name, its number, and so on."""
    names = (field.name for field in fields(clinic) if field.name not in ("span", "desk"))
    return {
        f"{name} of {clinic.id}": (fingerprint(repr(getattr(clinic, name)))[:_DIGITS], str(clinic.span))
        for name in names
    }


def differences(before: Ledger, now: Ledger) -> list[str]:
    """What differs, as people read it: `message “Call us” (locales/es/….po:12) changed`; new and lost parts too."""
    changed = [
        f"{name} ({at}) changed" for name, (digest, at) in now.items() if name in before and before[name][0] != digest
    ]
    new = [f"{name} is new ({at})" for name, (_, at) in now.items() if name not in before]
    lost = [f"{name} is gone" for name in before if name not in now]
    # A message of another text is a new one and a lost one: the new one says where.
    return [*changed, *new, *([] if new else lost)]


def written(ledger: Ledger) -> bytes:
    """The ledger as it is kept."""
    return json.dumps(ledger).encode()


def read_ledger(data: bytes | None) -> Ledger | None:
    """A kept ledger; None if there is none."""
    return None if data is None else {name: (digest, place) for name, (digest, place) in json.loads(data).items()}


def _parts(piece: Piece) -> Iterator[tuple[str, str, str]]:
    layout, document = plain_layout(piece.layout), piece.document
    yield from _messages("message", document.messages, piece.translation)
    yield from _messages("word", tuple(piece.words.values()), piece.layout_translation)
    for name, text in layout.templates.items():
        path = layout.template_paths.get(name, name)
        yield path, content_hash(text.encode()), path
    for sheet in layout.stylesheets:
        yield sheet.path, content_hash(sheet.text.encode()), sheet.path
    for name, text in layout.art.items():
        yield f"layouts/art/{name}", content_hash(text.encode()), f"layouts/art/{name}"
    measures = replace(layout, templates={}, stylesheets=(), art={}, template_paths={}, undrawn=None)
    yield layout.path, content_of(measures).mark, layout.path
    for token, value in piece.brand.items():
        at = piece.brand_spans.get(token.removeprefix("colour-"), Span(BRAND_FILE))
        yield f"--{token}", fingerprint(value), str(at)
    for address, data in piece.images.items():
        yield f"picture {address}", content_hash(data), picture_path(document.path, address) or address
    if (product := piece.finish) is not None:
        yield f"product {product.name}", content_of(replace(product, sheet=None)).mark, str(product.span)
        if (paper := product.sheet) is not None:
            yield f"sheet {paper.name}", content_of(paper).mark, SHEETS_FILE
    title = document.front.title
    bare = replace(document, panels=(), front=replace(document.front, title=replace(title, msgid="")))
    yield f"front matter of {document.name}", content_of(bare).mark, str(title.span)
    yield f"order and blocks of {document.name}", content_of(document).mark, document.path
    for field in fields(piece):
        if field.name not in _IN_PARTS:
            yield f"{field.name} of {piece.product}", content_of(getattr(piece, field.name)).mark, layout.path
    if piece.instead is not None:
        yield from _parts(piece.instead)


def _messages(kind: str, messages: tuple[Message, ...], translation: Translation) -> Iterator[tuple[str, str, str]]:
    for message in dict.fromkeys(messages):
        text = translation.of(message)
        short = message.msgid if len(message.msgid) <= _LONGEST else f"{message.msgid[:_LONGEST]}…"
        digest = fingerprint(message.msgid, text.text, text.status)
        yield f"{kind} “{short}”", digest, str(text.span if text.span.path == translation.path else message.span)
