"""Writes a tree of tags into a PDF: its structure tree and parent tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pressroom.render.tags.marks import Mark
from pressroom.render.tags.model import Annotation, Content, Element


@dataclass(slots=True)
class _Writer:
    pdf: pikepdf.Pdf
    # By page, then by MCID: the tag that each piece of marked content belongs to.
    contents: list[dict[int, pikepdf.Object]]
    marks: tuple[dict[int, Mark], ...]
    areas: list[tuple[Annotation, pikepdf.Object]] = field(default_factory=list)

    def element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        raw = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.role), P=parent))
        for key, value in (("/Lang", element.lang), ("/ActualText", element.text), ("/Alt", element.alt)):
            if value:
                raw[key] = String(value)
        attributes = _attributes(element)
        if attributes is not None:
            raw.A = attributes
        page = _page(element)
        if page is not None:
            raw.Pg = self.pdf.pages[page].obj
        raw.K = Array([self._kid(kid, raw, page) for kid in element.kids])
        return raw

    def _kid(
        self, kid: Element | Content | Annotation, parent: pikepdf.Object, page: int | None
    ) -> pikepdf.Object | int:
        if isinstance(kid, Element):
            return self.element(kid, parent)
        sheet = self.pdf.pages[kid.page].obj
        if isinstance(kid, Annotation):
            self.areas.append((kid, parent))
            return self.pdf.make_indirect(Dictionary(Type=Name.OBJR, Obj=sheet.Annots[kid.number], Pg=sheet))
        self.contents[kid.page][kid.number] = parent
        self.marks[kid.page][kid.number] = kid.mark
        return kid.number if kid.page == page else Dictionary(Type=Name.MCR, Pg=sheet, MCID=kid.number)


def write_tree(pdf: pikepdf.Pdf, document: Element) -> tuple[dict[int, Mark], ...]:
    """Replace the PDF's structure tree by this one; returns each page's marks that are in it, by MCID."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(pdf, [{} for _ in pdf.pages], tuple({} for _ in pdf.pages))
    root.K = Array([writer.element(document, root)])
    numbers: list[Any] = []
    for page, (sheet, owners) in enumerate(zip(pdf.pages, writer.contents, strict=True)):
        sheet.StructParents = page
        # Numbers without a tag are artifacts now.
        last = max(owners, default=-1)
        numbers.extend([page, pdf.make_indirect(Array([owners.get(n) for n in range(last + 1)]))])
    for key, (area, owner) in enumerate(writer.areas, start=len(pdf.pages)):
        pdf.pages[area.page].Annots[area.number].StructParent = key
        numbers.extend([key, owner])
    _keep_areas(pdf, {(area.page, area.number) for area, _ in writer.areas})
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(pdf.pages) + len(writer.areas)
    pdf.Root.StructTreeRoot = root
    return writer.marks


def _keep_areas(pdf: pikepdf.Pdf, kept: set[tuple[int, int]]) -> None:
    """Drop the active areas that no tag contains."""
    for page, sheet in enumerate(pdf.pages):
        if "/Annots" in sheet:
            sheet.Annots = Array([area for number, area in enumerate(sheet.Annots) if (page, number) in kept])


def _page(element: Element) -> int | None:
    """The page of the element's own content."""
    return next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)


def _attributes(element: Element) -> pikepdf.Object | None:
    if element.box is not None:
        return Dictionary(O=Name.Layout, BBox=Array([*element.box]))
    if element.numbering:
        return Dictionary(O=Name.List, ListNumbering=Name("/" + element.numbering))
    if element.role in {"TH", "TD"}:
        table = Dictionary(O=Name.Table)
        for key, span in (("/RowSpan", element.rows), ("/ColSpan", element.columns)):
            if span != 1:
                table[key] = span
        if element.scope:
            table.Scope = Name("/" + element.scope)
        return table
    return None
