"""Reads the tree of tags that WeasyPrint wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

from pressroom.render.tags.marks import Mark
from pressroom.render.tags.model import Annotation, Content, Element, Kid

_PT_PER_PX = 0.75


@dataclass(frozen=True, slots=True)
class Tags:
    """What reading the tree needs: each page's number and height (points), annotations and marks."""

    pages: Mapping[Any, int]
    heights: tuple[float, ...]
    annotations: Mapping[tuple[int, int], Annotation]
    marks: tuple[Mapping[int, Mark], ...]


def read_tree(pdf: pikepdf.Pdf, marks: tuple[Mapping[int, Mark], ...]) -> Element:
    """The document's tags, without the content that the hook marked as decoration.

    Raises:
        AttributeError: the PDF is not tagged.
    """
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
