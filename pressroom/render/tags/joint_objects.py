"""What each object that depends on both parts of a joined file must say: this alone, as a viewer obeys any entry more.

It is written here again, and not asked of the linker, whose faults it is compared to find.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressroom.render.tags.prepared import (
    DOCUMENT,
    METADATA,
    PAGES,
    PARENTS,
    RESOURCES,
    ROOT,
    TREE,
    Base,
    Imprint,
)


def joint_objects(base: Base, imprint: Imprint) -> Iterator[tuple[int, bytes, str]]:
    """The number of each, what it says, and what is wrong if it says anything else. Facts are the imprint's own."""
    root = b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R%b%b>>"
    yield ROOT, root % (PAGES, TREE, METADATA, base.root, imprint.root), "its catalog is not that of its parts"
    kinds = {
        kind: base.resources.get(kind, b"") + imprint.resources.get(kind, b"")
        for kind in sorted({*base.resources, *imprint.resources})
    }
    used = b"".join(b"%b<<%b>>" % (kind.encode(), names) for kind, names in kinds.items())
    text = b"<</ColorSpace %d 0 R%b>>" % (base.colours[1], used)
    yield RESOURCES, text, "its pages do not have what its parts use by name, or more"
    tree = b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
    yield TREE, tree % (DOCUMENT, PARENTS, imprint.keys), "its tree of tags begins elsewhere"
    owners = b"".join(b" %d[%b]" % (at, page.owners + imprint.owners[at]) for at, page in enumerate(base.pages))
    text = b"<</Nums[%b]>>" % (owners + base.parents + imprint.parents)
    yield PARENTS, text, "its tree of parents is not that of its parts"
    yield from _pages(base, imprint)
    yield from _sheets(base, imprint)


def _pages(base: Base, imprint: Imprint) -> Iterator[tuple[int, bytes, str]]:
    fixed = b"<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R/StructParents %d%b%b>>"
    for at, page in enumerate(base.pages):
        areas = page.areas + imprint.areas[at]
        listed = b"/Annots[%b]" % areas if areas else b""
        text = fixed % (PAGES, RESOURCES, base.content(at), at, page.boxes, listed)
        yield base.page(at), text, f"page {at + 1} has other boxes, another content or other active areas"


def _sheets(base: Base, imprint: Imprint) -> Iterator[tuple[int, bytes, str]]:
    """The tags of sheets, with what is in them in the order in which it is read."""
    kids = {sheet.number: list(sheet.parts) for sheet in base.sheets}
    for sheet in imprint.sheets:
        kids[sheet.number] = [part or own for part, own in zip(kids[sheet.number], sheet.parts, strict=True)]
    read = {number: b" ".join(filter(None, parts)) for number, parts in kids.items()}
    full = [number for number in read if read[number]]
    for number in full:
        if number != DOCUMENT:
            text = b"<</Type/StructElem/S/Sect/P %d 0 R/K[%b]>>" % (DOCUMENT, read[number])
            yield number, text, "a sheet's tags are not those of its parts, or in another order"
    top = b" ".join(read[number] if number == DOCUMENT else b"%d 0 R" % number for number in full)
    text = b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (TREE, top)
    yield DOCUMENT, text, "its sheets are not in order"
