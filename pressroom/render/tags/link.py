"""Links a base and an imprint to a finished file: bytes after bytes, and a table of where each object is."""

from __future__ import annotations

import hashlib
from typing import Final

from pressroom.render.tags.pdf_bytes import (
    ENTRY,
    Chunk,
    at_offset,
    bundle,
    in_bundle,
    stream_object,
    table_of_places,
    whole_stream,
)
from pressroom.render.tags.prepared import (
    DOCUMENT,
    INFO,
    METADATA,
    PAGES,
    PARENTS,
    RESOURCES,
    ROOT,
    TREE,
    Base,
    Imprint,
    Sheet,
)

# An identifier is 16 bytes (ISO 32000-1, 14.4).
_ID: Final = 16


def linked(base: Base, imprint: Imprint) -> bytes:
    """The finished file. Its bytes, and the identifier in it, depend on the two alone."""
    small = [*_joint(base, imprint), *imprint.objects]
    number = imprint.following
    streams = [
        *imprint.streams,
        *((base.content(at), _content(base, imprint, at)) for at in range(len(base.pages))),
        (METADATA, stream_object(METADATA, b"/Type/Metadata/Subtype/XML", imprint.metadata)),
        (number, bundle(number, small)),
    ]
    found = {own: in_bundle(number, place) for place, (own, _) in enumerate(small)}
    parts, at = [base.body], len(base.body)
    for own, data in streams:
        found[own] = at_offset(at)
        parts.append(data)
        at += len(data)
    entries = bytearray(base.entries) + bytes(ENTRY * (number + 1 - base.following))
    for own, entry in found.items():
        entries[own * ENTRY : (own + 1) * ENTRY] = entry
    data = b"".join(parts)
    identifier = hashlib.sha256(data).hexdigest()[: 2 * _ID].encode()
    trailer = b"/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (ROOT, INFO, identifier, identifier)
    return data + table_of_places(at, number + 1, bytes(entries), trailer)


def _joint(base: Base, imprint: Imprint) -> list[tuple[int, bytes]]:
    """The small objects that depend on both."""
    sheets = [(number, kids) for number, kids in _sheets(base, imprint) if kids]
    root = b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R%b%b>>"
    tree = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
    owners = b"".join(
        b" %d[%b%b]" % (at, page.owners, own)
        for at, (page, own) in enumerate(zip(base.pages, imprint.owners, strict=True))
    )
    top = b" ".join(kids if number == DOCUMENT else b"%d 0 R" % number for number, kids in sheets)
    return [
        (ROOT, root % (PAGES, TREE, METADATA, base.root, imprint.root)),
        (RESOURCES, _resources(base, imprint)),
        (TREE, tree % (DOCUMENT, PARENTS, imprint.keys)),
        (PARENTS, b"<</Nums[%b%b%b]>>" % (owners, base.parents, imprint.parents)),
        (DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (TREE, top)),
        (INFO, imprint.info),
        *((base.page(at), _page(base, imprint, at)) for at in range(len(base.pages))),
        *(
            (number, b"<</Type/StructElem/S/Sect/P %d 0 R/K[%b]>>" % (DOCUMENT, kids))
            for number, kids in sheets
            if number != DOCUMENT
        ),
    ]


def _sheets(base: Base, imprint: Imprint) -> list[tuple[int, bytes]]:
    """The tags of each sheet in the order of its parts, each part from the file that has it."""
    others = imprint.sheets or tuple(Sheet(sheet.number, tuple(None for _ in sheet.parts)) for sheet in base.sheets)
    return [
        (theirs.number, b" ".join(part for pair in zip(theirs.parts, ours.parts, strict=True) for part in pair if part))
        for theirs, ours in zip(base.sheets, others, strict=True)
    ]


def _resources(base: Base, imprint: Imprint) -> bytes:
    kinds = sorted(base.resources.keys() | imprint.resources.keys())
    entries = (
        b"%b<<%b%b>>" % (kind.encode(), base.resources.get(kind, b""), imprint.resources.get(kind, b""))
        for kind in kinds
    )
    return b"<</ColorSpace %d 0 R%b>>" % (base.colours[1], b"".join(entries))


def _page(base: Base, imprint: Imprint, at: int) -> bytes:
    page = base.pages[at]
    areas = page.areas + imprint.areas[at]
    annotations = b"/Annots[%b]" % areas if areas else b""
    fixed = b"/Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R/StructParents %d"
    return b"<<%b%b%b>>" % (fixed % (PAGES, RESOURCES, base.content(at), at), page.boxes, annotations)


def _content(base: Base, imprint: Imprint, at: int) -> bytes:
    own = imprint.content[at]
    chunks = (cut if isinstance(cut, Chunk) else own[cut] for cut in base.pages[at].content)
    return stream_object(base.content(at), b"/Filter/FlateDecode", whole_stream(chunks))
