"""Reads the tree of tags that WeasyPrint wrote into a PDF, and writes the tidied one as objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pydyf

from pressroom.render.tags.model import Annotation, Content, Element, Kid, Mark
from pressroom.render.tags.objects import found, pages_of
from pressroom.render.tags.pdf_bytes import number_text, text_string

_PT_PER_PX = 0.75


@dataclass(frozen=True, slots=True)
class Tags:
    """What reading the tree needs: the document, each page's number and height (points), annotations and marks."""

    pdf: pydyf.PDF
    pages: Mapping[bytes, int]
    heights: tuple[float, ...]
    annotations: Mapping[bytes, Annotation]
    marks: tuple[Mapping[int, Mark], ...]


def read_tree(pdf: pydyf.PDF, marks: tuple[Mapping[int, Mark], ...]) -> Element:
    """The tags of a tagged document, without the content that the hook marked as decoration."""
    pages = {reference: number for number, reference in enumerate(pdf.page_references)}
    tags = Tags(pdf, pages, (), {}, marks)
    sheets = pages_of(pdf)
    annotations = {
        area: Annotation(page, number)
        for page, sheet in enumerate(sheets)
        for number, area in enumerate(sheet.get("Annots", ()))
    }
    tags = replace(tags, heights=tuple(float(sheet["MediaBox"][3]) for sheet in sheets), annotations=annotations)
    (document,) = found(pdf, pdf.catalog["StructTreeRoot"])["K"]
    return _element(found(pdf, document), 0, tags)


def _element(raw: Any, page: int, tags: Tags) -> Element:  # noqa: ANN401  pydyf publishes no types
    page = tags.pages.get(raw["Pg"], page) if "Pg" in raw else page
    attributes = raw.get("A", {})
    return Element(
        role=raw["S"].removeprefix("/"),
        kids=tuple(_kids(raw["K"], page, tags)),
        alt=raw["Alt"].string if "Alt" in raw else "",
        box=_box(attributes["BBox"], tags.heights[page]) if "BBox" in attributes else None,
        rows=attributes.get("RowSpan", 1),
        columns=attributes.get("ColSpan", 1),
    )


def _kids(kids: Iterable[int | bytes], page: int, tags: Tags) -> Iterator[Kid]:
    for kid in kids:
        if isinstance(kid, int):
            mark = tags.marks[page].get(kid, Mark())
            if not mark.decoration:
                yield Content(page, kid, mark)
        elif (raw := found(tags.pdf, kid))["Type"] == "/OBJR":
            yield tags.annotations[raw["Obj"]]
        else:
            yield _element(raw, page, tags)


def _box(box: Sequence[float], height: float) -> tuple[float, float, float, float]:
    """WeasyPrint writes a figure's box in CSS pixels from the top, and PDF measures points from the foot."""
    left, top, right, bottom = (value * _PT_PER_PX for value in box)
    return round(left, 2), round(height - bottom, 2), round(right, 2), round(height - top, 2)


@dataclass(slots=True)
class TagWriter:
    """Writes tags as objects, numbered from `following` in the order that they are read in.

    `pages` and `areas` are the numbers of the pages, and of each page's active areas. Afterwards it has the `objects`,
    the owner of each mark by page and MCID, the marks themselves, and the areas that are in the tree with their owners.
    """

    pages: Sequence[int]
    areas: Sequence[Sequence[int]]
    following: int
    objects: list[tuple[int, bytes]] = field(default_factory=list)
    owners: list[dict[int, int]] = field(default_factory=list)
    marks: list[dict[int, Mark]] = field(default_factory=list)
    active: list[tuple[Annotation, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.owners = [{} for _ in self.pages]
        self.marks = [{} for _ in self.pages]

    def kids(self, kids: Iterable[Kid], parent: int, page: int | None = None) -> bytes:
        """What a tag has in it, for its `/K`; the parent's number, and the page that it names."""
        return b" ".join([self._kid(kid, parent, page) for kid in kids])

    def _kid(self, kid: Kid, parent: int, page: int | None) -> bytes:
        if isinstance(kid, Element):
            return b"%d 0 R" % self._element(kid, parent)
        if isinstance(kid, Annotation):
            self.active.append((kid, parent))
            return b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (self.areas[kid.page][kid.number], self.pages[kid.page])
        self.owners[kid.page][kid.number] = parent
        self.marks[kid.page][kid.number] = kid.mark
        other = b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self.pages[kid.page], kid.number)
        return b"%d" % kid.number if kid.page == page else other

    def _element(self, element: Element, parent: int) -> int:
        number, place = self.following, len(self.objects)
        self.following += 1
        self.objects.append((number, b""))
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        parts = [b"<</Type/StructElem/S/%b/P %d 0 R" % (element.role.encode(), parent)]
        for key, value in ((b"Lang", element.lang), (b"ActualText", element.text), (b"Alt", element.alt)):
            parts += [b"/%b%b" % (key, text_string(value))] if value else []
        parts += [b"/A<<%b>>" % attributes] if (attributes := _attributes(element)) else []
        parts += [b"/Pg %d 0 R" % self.pages[page]] if page is not None else []
        parts.append(b"/K[%b]>>" % self.kids(element.kids, number, page))
        self.objects[place] = number, b"".join(parts)
        return number


def _attributes(element: Element) -> bytes:
    if element.box is not None:
        return b"/O/Layout/BBox[%b]" % b" ".join(map(number_text, element.box))
    if element.field:
        state = b"/checked/off" if element.field == "cb" else b""
        return b"/O/PrintField/Role/%b/Desc%b%b" % (element.field.encode(), text_string(element.alt), state)
    if element.numbering:
        return b"/O/List/ListNumbering/%b" % element.numbering.encode()
    if element.role in {"TH", "TD"}:
        spans = ((b"RowSpan", element.rows), (b"ColSpan", element.columns))
        table = b"".join(b"/%b %d" % (key, span) for key, span in spans if span != 1)
        return b"/O/Table%b%b" % (table, b"/Scope/%b" % element.scope.encode() if element.scope else b"")
    return b""
