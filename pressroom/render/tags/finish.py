"""The pass after WeasyPrint: the bytes it wrote under the hook go in, an accessible and archivable file comes out."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence

import pikepdf

from pressroom.layout import Flip
from pressroom.render.tags.archive import claim_accessibility, map_every_glyph, settle_links, settle_pictures
from pressroom.render.tags.marks import clean_marks, read_marks
from pressroom.render.tags.model import Element
from pressroom.render.tags.read import read_tree
from pressroom.render.tags.save import ask_printer, save
from pressroom.render.tags.tree import tidy
from pressroom.render.tags.write import write_tree


def finish(pdf: bytes, flip: Flip = "") -> bytes:
    """PDF/A-2a by WeasyPrint, drawn while `told`, becomes PDF/UA-1 and PDF/A-2a in one file, to be turned on `flip`."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [page.Contents.read_bytes() for page in document.pages]
        tree = read_tree(document, tuple(read_marks(content) for content in pages))
        return finish_document(document, pages, tree, flip)


def finish_document(
    document: pikepdf.Pdf, pages: Sequence[bytes], tree: Element, flip: Flip, packed: Collection[tuple[int, int]] = ()
) -> bytes:
    """The same for an open document whose content and tags are these; `packed` streams are compressed already."""
    marks = write_tree(document, tidy(tree, str(document.Root.Lang)))
    for page, content, kept in zip(document.pages, pages, marks, strict=True):
        page.Contents = document.make_stream(clean_marks(content, kept))
    for settle in (claim_accessibility, map_every_glyph, settle_pictures, settle_links):
        settle(document)
    ask_printer(document, flip)
    return save(document, packed)
