"""Reads the tree of tags that WeasyPrint wrote into a PDF, and writes the tidied one in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pressroom.render.tags.model import Annotation, Content, Element, Kid, Mark

_PT_PER_PX = 0.75


@dataclass(frozen=True, slots=True)
class Tags:
    """What reading the tree needs: each page's number and height (points), annotations and marks."""

    pages: Mapping[Any, int]
    heights: tuple[float, ...]
    annotations: Mapping[tuple[int, int], Annotation]
    marks: tuple[Mapping[int, Mark], ...]


def read_tree(pdf: pikepdf.Pdf, marks: tuple[Mapping[int, Mark], ...]) -> Element:
    """The tags of a tagged document, without the content that the hook marked as decoration."""
    annotations: dict[tuple[int, int], Annotation] = {}
    for page, sheet in enumerate(pdf.pages):
        areas: Any = sheet.get("/Annots", [])
        annotations |= {area.objgen: Annotation(page, number) for number, area in enumerate(areas)}
    tags = Tags(
        pages={page.objgen: number for number, page in enumerate(pdf.pages)},
        heights=tuple(float(page.mediabox[3]) for page in pdf.pages),
        annotations=annotations,
        marks=marks,
    )
    return _element(pdf.Root.StructTreeRoot.K[0], 0, tags)


def _element(raw: pikepdf.Object, page: int, tags: Tags) -> Element:
    page = tags.pages.get(raw.Pg.objgen, page) if "/Pg" in raw else page
    inside: Any = raw.get("/K", [])
    attributes: Any = raw.get("/A", {})
    return Element(
        role=str(raw.S).removeprefix("/"),
        kids=tuple(_kids(inside if isinstance(inside, pikepdf.Array) else [inside], page, tags)),
        alt=str(raw.get("/Alt", "")),
        box=_box(attributes["/BBox"], tags.heights[page]) if "/BBox" in attributes else None,
        rows=int(attributes.get("/RowSpan", 1)),
        columns=int(attributes.get("/ColSpan", 1)),
    )


def _kids(kids: Iterable[pikepdf.Object], page: int, tags: Tags) -> Iterator[Kid]:
    for kid in kids:
        if isinstance(kid, int):
            mark = tags.marks[page].get(int(kid), Mark())
            if not mark.decoration:
                yield Content(page, int(kid), mark)
        elif kid.get("/Type") == pikepdf.Name.OBJR:
            yield tags.annotations[kid.Obj.objgen]
        else:
            yield _element(kid, page, tags)


def _box(box: pikepdf.Array, height: float) -> tuple[float, float, float, float]:
    """WeasyPrint writes a figure's box in CSS pixels from the top, and PDF measures points from the foot."""
    left, top, right, bottom = (float(value) * _PT_PER_PX for value in box)
    return round(left, 2), round(height - bottom, 2), round(right, 2), round(height - top, 2)


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
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
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
    # Active areas that no tag contains are dropped.
    kept = {(area.page, area.number) for area, _ in writer.areas}
    for page, sheet in enumerate(pdf.pages):
        if "/Annots" in sheet:
            sheet.Annots = Array([area for number, area in enumerate(sheet.Annots) if (page, number) in kept])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(pdf.pages) + len(writer.areas)
    pdf.Root.StructTreeRoot = root
    return writer.marks


def _attributes(element: Element) -> pikepdf.Object | None:
    if element.box is not None:
        return Dictionary(O=Name.Layout, BBox=Array([*element.box]))
    if element.field:
        field = Dictionary(O=Name.PrintField, Role=Name("/" + element.field), Desc=String(element.alt))
        if element.field == "cb":
            field.checked = Name.off
        return field
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
