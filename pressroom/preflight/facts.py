"""Reads what a PDF says of itself: pages, boxes, fonts, language, tags and claims."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

from pressroom.units import Length

_SUBSET = re.compile(r"^/?[A-Z]{6}\+")
_FORBIDDEN: Final = ("/AcroForm", "/OpenAction", "/AA", "/Collection")
_HEADING: Final = re.compile(r"/H([1-6])")

# Every object that has no number of its own.
_DIRECT: Final = (0, 0)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one PDF. `boxes` are each page's trim, `media` its media box, as (left, bottom, right, top) in points.

    `fonts` are the PostScript names of the fonts in use without their subset tags; `unembedded` those whose
    program is not in the file; `active` what could act or hide (forms, actions, attachments). `headings` are
    levels in reading order, `silent` counts pictures that don't say what they show, `links` are addresses,
    `claims` the standards it says it follows.
    """

    pages: int
    boxes: tuple[Box, ...]
    media: tuple[Box, ...]
    fonts: frozenset[str]
    unembedded: frozenset[str]
    language: str
    title: str
    shows_title: bool
    tagged: bool
    headings: tuple[int, ...]
    silent: int
    links: tuple[str, ...]
    claims: tuple[str, ...]
    active: tuple[str, ...]


def read_facts(pdf: bytes) -> Facts:
    """Read the facts of a PDF. Raises pikepdf.PdfError if it can't be read."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return facts_of(document)


def facts_of(document: pikepdf.Pdf) -> Facts:
    """The facts of a PDF that is open."""
    root: Any = document.Root
    fonts = list(_fonts(document))
    tags = list(structure_elements(as_table(root.get("/StructTreeRoot")).get("/K")))
    return Facts(
        pages=len(document.pages),
        boxes=tuple(box_of(page.trimbox) for page in document.pages),
        media=tuple(box_of(page.mediabox) for page in document.pages),
        fonts=frozenset(name for name, _ in fonts),
        unembedded=frozenset(name for name, embedded in fonts if not embedded),
        language=str(root.get("/Lang", "")),
        title=str(document.docinfo.get("/Title", "")),
        shows_title=bool(as_table(root.get("/ViewerPreferences")).get("/DisplayDocTitle", False)),
        tagged="/StructTreeRoot" in root,
        headings=tuple(int(m[1]) for tag in tags if (m := _HEADING.fullmatch(str(tag.get("/S", ""))))),
        silent=sum(1 for tag in tags if tag.get("/S") == "/Figure" and not _speaks(tag)),
        links=tuple(_links(document)),
        claims=tuple(_claims(document)),
        active=tuple(_active(document)),
    )


def box_of(box: pikepdf.Array) -> Box:
    """A box as (left, bottom, right, top) in points."""
    left, bottom, right, top = (float(value) for value in box)
    return left, bottom, right, top


def margins(inner: Box, outer: Box) -> Box:
    """How far the outer box lies outside the inner, on each side."""
    return inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]


def size_of(box: Box) -> str:
    """Width and height in millimetres, in words."""
    return f"{Length(box[2] - box[0]).mm:.2f} × {Length(box[3] - box[1]).mm:.2f} mm"


def as_table(value: Any) -> Mapping[str, Any]:  # noqa: ANN401  whatever the file has there
    """The dictionary that a value is, or has; an empty one for any other value, which files of other programs have."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else {}  # type: ignore[return-value]


def _fonts(document: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    for item in document.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != pikepdf.Name.FontDescriptor:
            continue
        embedded = any(name in item for name in ("/FontFile", "/FontFile2", "/FontFile3"))
        yield _SUBSET.sub("", str(item.get("/FontName", "without a name"))).lstrip("/"), embedded


def structure_elements(kids: Any) -> Iterator[Any]:  # noqa: ANN401  whatever the file has there
    """Every tag in reading order, from /K of the structure tree; one that is reached twice holds itself."""
    seen = set[tuple[int, int]]()
    waiting = [kids]
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, pikepdf.Array):
            if kid.objgen in seen:
                continue
            seen |= {kid.objgen} - {_DIRECT}
            waiting += reversed(list(kid))
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid and kid.objgen not in seen:
            seen |= {kid.objgen} - {_DIRECT}
            yield kid
            waiting.append(kid.get("/K"))


def _speaks(figure: Any) -> bool:  # noqa: ANN401
    return bool(str(figure.get("/Alt", "")).strip() or str(figure.get("/ActualText", "")).strip())


def _annotations(page: pikepdf.Page) -> Iterator[Mapping[str, Any]]:
    areas: Any = page.obj.get("/Annots")
    yield from map(as_table, areas if isinstance(areas, pikepdf.Array) else ())


def _links(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        for area in _annotations(page):
            action = as_table(area.get("/A"))
            if "/URI" in action:
                yield str(action["/URI"])


def _claims(document: pikepdf.Pdf) -> Iterator[str]:
    metadata = document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    if metadata.pdfa_status:
        yield f"PDF/A-{metadata.pdfa_status.lower()}"
    if part := metadata.get("pdfuaid:part"):
        yield f"PDF/UA-{part}"


def _active(document: pikepdf.Pdf) -> Iterator[str]:
    """Forms, actions and attachments; a link that opens an address is not one."""
    yield from (name.lstrip("/") for name in _FORBIDDEN if name in document.Root)
    if "/JavaScript" in as_table(document.Root.get("/Names")):
        yield "JavaScript"
    if document.attachments:
        yield "attachment"
    for page in document.pages:
        if "/AA" in page:
            yield "page action"
        for area in _annotations(page):
            kind = str(as_table(area.get("/A")).get("/S", "/URI"))
            if area.get("/Subtype") != "/Link":
                yield f"annotation {str(area.get('/Subtype', ''))[1:]}"
            elif kind not in {"/URI", "/GoTo"}:
                yield f"link that does {kind[1:]}"
