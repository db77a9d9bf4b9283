"""Joins two PDFs of one piece: the base that all clinics share, drawn once, and the frames of one clinic.

Both are as WeasyPrint drew them under the hook. The clinic's file is kept: it has the piece's metadata, outline and
anchors. Its frames are put among those of the base, and its tags among the base's. The result is finished like a file
that was drawn whole.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.layout import Flip
from pressroom.render.tags.finish import finish_document, pack, packed
from pressroom.render.tags.frames import CannotJoin, in_order
from pressroom.render.tags.model import MARK, Annotation, Content, Element, Kid, read_marks
from pressroom.render.tags.structure_tree import read_tree

# What a page uses by name; colour spaces are the same in both files.
_KINDS: Final = ("/Font", "/XObject", "/Pattern", "/Shading", "/ExtGState")
_PREFIX: Final = b"base-"
# One operator a line, as pydyf writes.
_USE: Final = re.compile(rb"^/(\S+)((?: +-?[\d.]+)? +(?:Tf|gs|Do|scn|SCN|sh))$", re.MULTILINE)
# Other names: a mark's tag, which is on a line of its own, and colour spaces.
_OTHER: Final = re.compile(rb"^/(?!\w+$|\S+ +(?:cs|CS)$).*$", re.MULTILINE)
_SUBSET: Final = re.compile(r"/([A-Z]{6})\+")


@dataclass(frozen=True, slots=True)
class Base:
    """What all clinics' pieces share: pages without content and tags, and their content and tags."""

    pdf: bytes
    contents: tuple[bytes, ...]
    tree: Element


def read_base(raw: bytes) -> Base:
    """A base from the file that WeasyPrint drew. Raises CannotJoin if it is drawn differently than expected."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        contents = tuple(page.Contents.read_bytes() for page in pdf.pages)
        tree = read_tree(pdf, tuple(read_marks(content) for content in contents))
        shared = pdf.pages[0].obj.Resources
        if any(page.obj.Resources.objgen != shared.objgen or not shared.is_indirect for page in pdf.pages):
            raise CannotJoin("its pages do not share what they use")
        for kind in (kind for kind in _KINDS if kind in shared):
            shared[kind] = Dictionary({f"/{_PREFIX.decode()}{name[1:]}": item for name, item in shared[kind].items()})
        renamed = tuple(_renamed(content, shared) for content in contents)
        for font in shared.get("/Font", Dictionary()).values():
            _retag(font)
        for key in ("/StructTreeRoot", "/Outlines", "/Names", "/Metadata", "/OutputIntents"):
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            page.Contents = pdf.make_stream(b"")
        pack(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, recompress_flate=False)
    return Base(out.getvalue(), renamed, tree)


def _renamed(content: bytes, shared: Any) -> bytes:  # noqa: ANN401  pikepdf's objects
    """The content with the names of what it uses as they are in the joined file."""
    known = {name[1:].encode() for kind in _KINDS if kind in shared for name in shared[kind]}
    renamed = _USE.sub(rb"/" + _PREFIX + rb"\1\2", content)
    used = {match[1] for match in _USE.finditer(renamed)}
    if not used <= known or not all(map(_USE.fullmatch, _OTHER.findall(content))):
        raise CannotJoin("its content uses what its pages have not")
    return renamed


def _retag(font: Any) -> None:  # noqa: ANN401
    """Give a subset font another tag: no two subsets in one file may have the same (ISO 32000-1, 9.6.4)."""
    descendants = list(font.get("/DescendantFonts", []))
    for holder, key in [(font, "/BaseFont"), *((one, "/BaseFont") for one in descendants)]:
        holder[key] = _other_tag(holder[key])
    for descriptor in (one.FontDescriptor for one in (font, *descendants) if "/FontDescriptor" in one):
        descriptor.FontName = _other_tag(descriptor.FontName)


def _other_tag(name: pikepdf.Object) -> pikepdf.Object:
    match = _SUBSET.match(str(name))
    if match is None:
        raise CannotJoin(f"the font {name} is whole")
    tag = "".join(chr((ord(letter) - ord("A") + 1) % 26 + ord("A")) for letter in match[1])
    return Name(f"/{tag}{str(name)[len(tag) + 1 :]}")


def graft(
    base: Base, raw: bytes, is_clinics: Sequence[Sequence[bool]], frames: Collection[str], flip: Flip = ""
) -> bytes:
    """The finished file of a clinic's `raw` file. Raises CannotJoin.

    `is_clinics` marks its parts of each sheet, and `frames` are the names of those that are frames.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf, pikepdf.open(io.BytesIO(base.pdf)) as under:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
        if not len(contents) == len(base.contents) == len(is_clinics):
            raise CannotJoin("they have not the same pages")
        tree = read_tree(pdf, tuple(read_marks(content) for content in contents))
        first = tuple(max(read_marks(content), default=-1) + 1 for content in base.contents)
        before = {item.objgen for item in pdf.objects}
        areas = _lay_under(pdf, under)
        tree = joined(base.tree, shifted(tree, first, areas), is_clinics)
        whole = [
            in_order(content, _shifted_marks(mine, shift), frames)
            for content, mine, shift in zip(base.contents, contents, first, strict=True)
        ]
        ready = packed(item for item in pdf.objects if item.objgen not in before)
        return finish_document(pdf, whole, tree, flip, ready)


def _lay_under(pdf: pikepdf.Pdf, under: pikepdf.Pdf) -> tuple[int, ...]:
    """Give the pages the base's resources, and its active areas before their own; returns the areas of each page."""
    resources, shared = pdf.pages[0].obj.Resources, pdf.copy_foreign(under.pages[0].obj.Resources)
    if set(shared.get("/ColorSpace", Dictionary()).keys()) - set(resources.get("/ColorSpace", Dictionary()).keys()):
        raise CannotJoin("they have not the same colour spaces")
    for kind in (kind for kind in _KINDS if kind in shared):
        if kind not in resources:
            resources[kind] = Dictionary()
        for name, item in shared[kind].items():
            if name in resources[kind]:
                raise CannotJoin(f"both call something {name}")
            resources[kind][name] = item
    counts = []
    for page, base in zip(pdf.pages, under.pages, strict=True):
        if page.obj.Resources.objgen != resources.objgen or list(page.mediabox) != list(base.mediabox):
            raise CannotJoin("their pages differ")
        areas = [pdf.copy_foreign(area) for area in base.obj.get("/Annots", Array())]
        counts.append(len(areas))
        if areas:
            page.obj.Annots = Array([*areas, *page.obj.get("/Annots", Array())])
    return tuple(counts)


def joined(base: Element, mine: Element, is_clinics: Sequence[Sequence[bool]]) -> Element:
    """One tree of two whose sheets have the same children, each child from the file that it is drawn in."""
    if not len(base.elements) == len(mine.elements) == len(base.kids) == len(mine.kids) == len(is_clinics):
        raise CannotJoin("their tags have not the same sheets")
    sheets: list[Kid] = []
    for theirs, ours, whose in zip(base.elements, mine.elements, is_clinics, strict=True):
        if not (theirs.role == ours.role == "Sect" and len(theirs.kids) == len(ours.kids) == len(whose)):
            raise CannotJoin("their sheets have not the same tags")
        kids = zip(theirs.kids, ours.kids, whose, strict=True)
        sheets.append(replace(theirs, kids=tuple(one if is_own else other for other, one, is_own in kids)))
    return replace(base, kids=tuple(sheets))


def shifted(element: Element, first: Sequence[int], areas: Sequence[int]) -> Element:
    """The tags with the numbers of their marks and areas in the joined file."""

    def moved(kid: Kid) -> Kid:
        if isinstance(kid, Element):
            return shifted(kid, first, areas)
        if isinstance(kid, Annotation):
            return Annotation(kid.page, kid.number + areas[kid.page])
        return Content(kid.page, kid.number + first[kid.page], kid.mark)

    return replace(element, kids=tuple(map(moved, element.kids)))


def _shifted_marks(content: bytes, first: int) -> bytes:
    return MARK.sub(
        lambda match: re.sub(rb"/MCID \d+", b"/MCID %d" % (int(match[2]) + first), match[0], count=1), content
    )
