"""Makes a base and an imprint of what WeasyPrint drew, ready to be linked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pydyf

from pressroom.layout import Flip
from pressroom.render.tags.drawn import Copier, Drawn, metadata_of, preferences, settled
from pressroom.render.tags.frames import CannotJoin, cut_at, frame_bodies, frame_names
from pressroom.render.tags.model import MARK, Annotation, Content, Element, Kid, clean_marks
from pressroom.render.tags.objects import fonts_inside, found, number_of
from pressroom.render.tags.pdf_bytes import FIRST, FREE, HEADER, at_offset, bundle, chunk, in_bundle
from pressroom.render.tags.prepared import DOCUMENT, FIRST_PAGE, PAGES, Base, BasePage, Imprint, Sheet
from pressroom.render.tags.same_once import first_of_each
from pressroom.render.tags.structure_tree import TagWriter
from pressroom.render.tags.subsets import NO_LETTERS, PREFIX, Letters, refuse_renumbered
from pressroom.render.tags.tree import SHEET, tidy_part

# What a page uses by name; colour spaces are the same in both files.
_KINDS: Final = ("Font", "XObject", "Pattern", "Shading", "ExtGState")
# One operator a line, as pydyf writes.
_USE: Final = re.compile(rb"^/(\S+)((?: +-?[\d.]+)? +(?:Tf|gs|Do|scn|SCN|sh))$", re.MULTILINE)
# A font of the base.
_LENT: Final = re.compile(rb"^/(%b\S+) \S+ Tf$" % PREFIX.encode(), re.MULTILINE)
# Other names: a mark's tag, which is on a line of its own, and colour spaces.
_OTHER: Final = re.compile(rb"^/(?!\w+$|\S+ +(?:cs|CS)$).*$", re.MULTILINE)
_SUBSET: Final = re.compile(rb"/([A-Z]{6})\+")
_BOXES: Final = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "Rotate", "Tabs")
# In the catalog, what the base or the linker has; all else is the imprint's.
_OF_OTHERS: Final = ("Type", "OutputIntents", "Pages", "StructTreeRoot", "Metadata")


@dataclass(frozen=True, slots=True)
class Raw:
    """What WeasyPrint drew under the hook, and the letters of its fonts."""

    pdf: pydyf.PDF
    letters: Letters


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts an imprint has: for each sheet, part by part; and the names of those that are frames."""

    is_own: Sequence[Sequence[bool]] = ()
    frames: Collection[str] = ()


NONE: Final = Parts()
# What is in each part of a sheet, or directly in the document; None for a part that the other file has.
_Tidied = tuple[bool, tuple[tuple[Kid, ...] | None, ...]]


def prepared_base(raw: Raw, own: Parts) -> Base:
    """A base from what WeasyPrint drew. Raises CannotJoin if it is drawn differently than expected."""
    with settled(raw.pdf) as drawn:
        for font in drawn.named("Font").values():
            _retag(raw.pdf, found(raw.pdf, font))
        return base_of(drawn, own, PREFIX, raw.letters)


def base_of(drawn: Drawn, own: Parts = NONE, prefix: str = "", letters: Letters = NO_LETTERS) -> Base:
    """The same of what is settled. Without an imprint's parts it is all that is painted."""
    count, shared = len(drawn.contents), drawn.resources
    _refuse_apart(drawn)
    first = FIRST_PAGE + 2 * count
    tidied = list(_tidied(drawn, own, of_imprint=False))
    firsts = first_of_each(drawn.pdf, shared)
    copier = Copier(drawn.pdf, _numbers_of_pages(drawn), first + len(tidied), firsts)
    areas = _areas(drawn, copier, tidied, count)
    resources = {f"/{kind}": copier.named(drawn.named(kind), prefix) for kind in _KINDS if kind in shared}
    colours = frozenset(drawn.named("ColorSpace")), copier.number_of(shared["ColorSpace"])
    root = b"/OutputIntents %b" % copier.text(drawn.pdf.catalog["OutputIntents"])
    copier.copy()
    writer = TagWriter([FIRST_PAGE + at for at in range(count)], areas, copier.following)
    sheets = tuple(_sheet(writer, first + at, one) for at, one in enumerate(tidied))
    kids = b" ".join(b"%d 0 R" % number for number in writer.pages)
    small = [(PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, kids)), *copier.small, *writer.objects]
    body, entries = _body(copier.streams, small, writer.following)
    return Base(
        body=body,
        entries=entries,
        following=writer.following + 1,
        pages=tuple(_page(drawn, at, writer, own.frames, prefix) for at in range(count)),
        sheets=sheets,
        resources=resources,
        colours=colours,
        root=root,
        parents=_parents(writer, count),
        areas=count + len(writer.active),
        fonts=_font_names(drawn),
        letters=letters,
    )


def prepared_imprint(raw: Raw, base: Base, own: Parts, flip: Flip) -> Imprint:
    """What one clinic's file has, from what WeasyPrint drew of it. Raises CannotJoin and MisreadError."""
    with settled(raw.pdf) as drawn:
        return imprint_of(drawn, base, own, flip)


def imprint_of(drawn: Drawn, base: Base, own: Parts = NONE, flip: Flip = "") -> Imprint:
    """The same of what is settled. Without parts of its own it is what the catalog and the metadata say."""
    _refuse_others(drawn, base, own)
    shared, pdf, pages = drawn.resources, drawn.pdf, range(len(base.pages))
    asked = pydyf.Dictionary(pdf.catalog["ViewerPreferences"] | preferences(flip))
    numbers = _numbers_of_pages(drawn) | {number_of(shared["ColorSpace"]): base.colours[1]}
    copier = Copier(pdf, numbers, base.following, first_of_each(pdf, shared))
    marks = [page.marks for page in base.pages]
    tidied = [_shifted(one, marks) for one in _tidied(drawn, own, of_imprint=True)] if own.frames else []
    areas = _areas(drawn, copier, tidied, base.areas)
    resources = {f"/{kind}": copier.named(drawn.named(kind)) for kind in _KINDS if own.frames and kind in shared}
    root = {key: item for key, item in pdf.catalog.items() if key not in _OF_OTHERS} | {"ViewerPreferences": asked}
    entries = b"".join(b"/%b %b" % (key.encode(), copier.text(item)) for key, item in root.items())
    info = copier.text(pdf.info)
    copier.copy()
    writer = TagWriter([base.page(at) for at in pages], areas, copier.following)
    sheets = tuple(_sheet(writer, theirs.number, one) for theirs, one in zip(base.sheets, tidied, strict=bool(tidied)))
    return Imprint(
        streams=tuple(copier.streams),
        objects=(*copier.small, *writer.objects),
        following=writer.following,
        content=tuple(_own_content(drawn, at, writer, base, own.frames) for at in pages),
        sheets=sheets,
        areas=tuple(_references(areas[at]) for at in pages),
        owners=tuple(_owners(owners, base.pages[at].marks) for at, owners in enumerate(writer.owners)),
        parents=_parents(writer, base.areas),
        keys=base.areas + len(writer.active),
        resources=resources,
        root=entries,
        info=info,
        metadata=metadata_of(pdf),
        fonts=_font_names(drawn) if own.frames else frozenset(),
    )


def _tidied(drawn: Drawn, own: Parts, *, of_imprint: bool) -> Iterator[_Tidied]:
    """The tags of each sheet, part by part; those of the other file are left out."""
    kids = drawn.tree.kids
    if own.frames and len(kids) != len(own.is_own):
        raise CannotJoin("it has not the same sheets")
    for at, kid in enumerate(kids):
        is_sheet = isinstance(kid, Element) and kid.role == SHEET
        parts = kid.kids if isinstance(kid, Element) and is_sheet else (kid,)
        whose = own.is_own[at] if own.frames else [of_imprint] * len(parts)
        if len(whose) != len(parts) or (own.frames and not is_sheet):
            raise CannotJoin("its sheets have not the same tags")
        yield (
            is_sheet,
            tuple(
                tidy_part(part, drawn.language) if is_own is of_imprint else None
                for part, is_own in zip(parts, whose, strict=True)
            ),
        )


def _sheet(writer: TagWriter, number: int, tidied: _Tidied) -> Sheet:
    is_sheet, parts = tidied
    parent = number if is_sheet else DOCUMENT
    return Sheet(parent, tuple(None if part is None else writer.kids(part, parent) for part in parts))


def _shifted(tidied: _Tidied, first: Sequence[int]) -> _Tidied:
    """The tags with the numbers that their marks have in the joined file."""

    def moved(kid: Kid) -> Kid:
        if isinstance(kid, Element):
            return replace(kid, kids=tuple(map(moved, kid.kids)))
        return replace(kid, number=kid.number + first[kid.page]) if isinstance(kid, Content) else kid

    is_sheet, parts = tidied
    return is_sheet, tuple(None if part is None else tuple(map(moved, part)) for part in parts)


def _numbers_of_pages(drawn: Drawn) -> dict[int, int]:
    return {page.number: FIRST_PAGE + at for at, page in enumerate(drawn.pages)}


def _areas(drawn: Drawn, copier: Copier, tidied: Iterable[_Tidied], first: int) -> list[list[int]]:
    """The numbers of each page's active areas that are in its tags, 0 for the others; gives them their keys."""
    kept = [kid for _, parts in tidied for part in parts for kid in _annotations(part or ())]
    areas: list[list[bytes]] = [page.get("Annots", []) for page in drawn.pages]
    for key, kid in enumerate(kept, first):
        found(drawn.pdf, areas[kid.page][kid.number])["StructParent"] = key
    named = {(kid.page, kid.number) for kid in kept}
    return [
        [copier.number_of(area) if (page, at) in named else 0 for at, area in enumerate(page_areas)]
        for page, page_areas in enumerate(areas)
    ]


def _annotations(kids: Iterable[Kid]) -> Iterator[Annotation]:
    for kid in kids:
        if isinstance(kid, Element):
            yield from _annotations(kid.kids)
        elif isinstance(kid, Annotation):
            yield kid


def _references(numbers: Iterable[int]) -> bytes:
    return b"".join(b" %d 0 R" % number for number in numbers if number)


def _parents(writer: TagWriter, first: int) -> bytes:
    """The owner of each active area by its key, for the tree of parents."""
    return b"".join(b" %d %d 0 R" % (key, owner) for key, (_, owner) in enumerate(writer.active, first))


def _owners(owners: Mapping[int, int], first: int, marks: int = 0) -> bytes:
    """The owner of each mark from `first` to the last one, for the tree of parents."""
    last = max(owners, default=first - 1)
    found = (owners.get(number) for number in range(first, max(last + 1, marks)))
    return b"".join(b" null" if owner is None else b" %d 0 R" % owner for owner in found)


def _page(drawn: Drawn, at: int, writer: TagWriter, frames: Collection[str], prefix: str) -> BasePage:
    content = drawn.contents[at]
    marks = max((int(match[2]) + 1 for match in MARK.finditer(content)), default=0)
    clean = clean_marks(_renamed(content, drawn, prefix) if prefix else content, writer.marks[at])
    cuts = tuple(cut if isinstance(cut, str) else chunk(cut) for cut in cut_at(clean, frames))
    owners = _owners(writer.owners[at], 0, marks)
    return BasePage(_boxes(drawn, at), frame_names(content), cuts, _references(writer.areas[at]), owners, marks)


def _own_content(drawn: Drawn, at: int, writer: TagWriter, base: Base, frames: Collection[str]) -> dict[str, Any]:
    first = base.pages[at].marks
    content = MARK.sub(
        lambda match: re.sub(rb"/MCID \d+", b"/MCID %d" % (int(match[2]) + first), match[0], count=1),
        drawn.contents[at],
    )
    return {name: chunk(clean_marks(body, writer.marks[at])) for name, body in frame_bodies(content, frames).items()}


def _boxes(drawn: Drawn, at: int) -> bytes:
    page = drawn.pages[at]
    return b"".join(b"/%b %b" % (key.encode(), pydyf._to_bytes(page[key])) for key in _BOXES if key in page)


def _refuse_others(drawn: Drawn, base: Base, own: Parts) -> None:
    """Raise CannotJoin if an imprint's pages are not those of its base."""
    if len(drawn.contents) != len(base.pages):
        raise CannotJoin("they have not the same pages")
    for at, (page, content) in enumerate(zip(base.pages, drawn.contents, strict=True)):
        if _boxes(drawn, at) != page.boxes:
            raise CannotJoin("their pages differ")
        if frame_names(content) != page.frames:
            raise CannotJoin("their pages have not the same frames")
    _refuse_apart(drawn)
    if not base.colours[0] >= set(drawn.named("ColorSpace")):
        raise CannotJoin("they have not the same colour spaces")
    lent = {name for content in drawn.contents for name in _LENT.findall(content)}
    if not lent <= {PREFIX.encode() + name.encode() for name in base.letters}:
        raise CannotJoin("it is set in fonts that its base has not")
    for page, content in zip(drawn.pages, drawn.contents, strict=True):
        refuse_renumbered(found(drawn.pdf, page["Contents"]).stream, content, base.letters)
    names = {name for kind in _KINDS if kind in drawn.resources for name in drawn.named(kind)}
    if own.frames and (any(name.startswith(PREFIX) for name in names) or _font_names(drawn) & base.fonts):
        raise CannotJoin("both call something by one name")


def _refuse_apart(drawn: Drawn) -> None:
    if len({page["Resources"] for page in drawn.pages}) != 1:
        raise CannotJoin("its pages do not share what they use")


def _body(streams: Sequence[tuple[int, bytes]], small: Sequence[tuple[int, bytes]], number: int) -> tuple[bytes, bytes]:
    """The beginning of a file with these objects, and its table of places; the small ones are in bundle `number`."""
    found = {own: in_bundle(number, place) for place, (own, _) in enumerate(small)}
    parts, at = [HEADER], len(HEADER)
    for own, data in (*streams, (number, bundle(number, small))):
        found[own] = at_offset(at)
        parts.append(data)
        at += len(data)
    return b"".join(parts), b"".join((FIRST, *(found.get(own, FREE) for own in range(1, number + 1))))


def _renamed(content: bytes, drawn: Drawn, prefix: str) -> bytes:
    """The content with the names of what it uses as they are in the joined file."""
    shared = drawn.resources
    known = {f"{prefix}{name}".encode() for kind in _KINDS if kind in shared for name in drawn.named(kind)}
    renamed = _USE.sub(rb"/" + prefix.encode() + rb"\1\2", content)
    used = {match[1] for match in _USE.finditer(renamed)}
    if not used <= known or not all(map(_USE.fullmatch, _OTHER.findall(content))):
        raise CannotJoin("its content uses what its pages have not")
    return renamed


def _font_names(drawn: Drawn) -> frozenset[str]:
    return frozenset(found(drawn.pdf, font)["BaseFont"].decode() for font in drawn.named("Font").values())


def _retag(pdf: pydyf.PDF, font: Any) -> None:  # noqa: ANN401  pydyf publishes no types
    """Give a subset font another tag: no two subsets in one file may have the same (ISO 32000-1, 9.6.4)."""
    for holder in (font, *fonts_inside(pdf, font)):
        holder["BaseFont"] = _other_tag(holder["BaseFont"])
        if "FontDescriptor" in holder:
            descriptor = found(pdf, holder["FontDescriptor"])
            descriptor["FontName"] = _other_tag(descriptor["FontName"])


def _other_tag(name: bytes) -> bytes:
    match = _SUBSET.match(name)
    if match is None:
        raise CannotJoin(f"the font {name.decode()} is whole")
    tag = bytes((letter - ord("A") + 1) % 26 + ord("A") for letter in match[1])
    return b"/%b%b" % (tag, name[len(tag) + 1 :])
