"""What the check of a joined file finds: each test breaks one thing that must hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.project import Clinic
from pressroom.render.cache import RenderCache
from pressroom.render.proof import render_piece
from pressroom.render.tags import Base, Imprint, JointError, link, linked, refuse_broken
from pressroom.render.tags.joint import Rectangle
from pressroom.render.tags.pdf_bytes import chunk, whole_stream
from pressroom.workspace.workspace import Workspace

PROJECT = Path(__file__).parents[2] / "projects" / "other-clinic"


@dataclass(frozen=True, slots=True)
class Case:
    """A joined file, what it was joined of, and the frames of its clinic on each page."""

    data: bytes
    base: Base
    imprint: Imprint
    frames: list[list[Rectangle]]


@cache
def case() -> Case:
    """A piece of another clinic's project, whose address leads to a map."""
    workspace = Workspace.open(PROJECT)
    plan = make_plan(workspace, Request())
    job = next(job for job in plan.jobs if job.product.layout != "web-page")
    clinic = Clinic("meadow", "Meadow", ("1 Meadow Lane",), "911", "801-555-0142", map="https://maps.example/m")
    piece = prepare(replace(job, clinic=clinic)).piece
    assert piece is not None
    made = render_piece(piece, RenderCache())
    assert made.joined is not None
    base = made.joined.shared.base
    frames = [
        [frame.box for frame in made.left_out.frames if frame.page == at and frame.of_clinic]
        for at in range(len(base.pages))
    ]
    return Case(made.joined.pdf, base, made.joined.imprint, frames)


def refused(data: bytes, imprint: Imprint | None = None) -> str:
    """Why a file is refused; its parts are as they were, or this imprint."""
    one = case()
    with pytest.raises(JointError) as caught:
        refuse_broken(data, one.base, imprint or one.imprint, one.frames)
    return str(caught.value)


def broken(change: Callable[[Imprint], Imprint]) -> str:
    """Why the file of a changed imprint is refused."""
    one = case()
    changed = change(one.imprint)
    return refused(linked(one.base, changed), changed)


def edited(imprint: Imprint, old: bytes, new: bytes) -> Imprint:
    """The imprint with the first of its objects that matches changed."""
    objects = list(imprint.objects)
    at = next(at for at, (_, text) in enumerate(objects) if re.search(old, text))
    objects[at] = objects[at][0], re.sub(old, new, objects[at][1], count=1)
    return replace(imprint, objects=tuple(objects))


def test_a_right_file_is_not_refused() -> None:
    """A file as it was joined is not refused, and has an area, tags and marks of its clinic."""
    one = case()
    refuse_broken(one.data, one.base, one.imprint, one.frames)
    assert one.imprint.keys > one.base.areas
    assert any(one.imprint.owners)


def test_two_objects_with_one_number() -> None:
    """An object of the imprint that has the number of another one is found."""

    def change(imprint: Imprint) -> Imprint:
        first, second, *rest = imprint.objects
        return replace(imprint, objects=(first, (first[0], second[1]), *rest))

    assert broken(change) == "two objects have one number"


def test_an_object_with_a_number_of_the_base() -> None:
    """An object of the imprint that takes the place of one of the base is found."""
    one = case()
    number = one.base.following - 2

    def change(imprint: Imprint) -> Imprint:
        first, *rest = imprint.objects
        return replace(imprint, objects=((number, first[1]), *rest))

    assert f"object {number} of its base is in another place" in broken(change)


def test_a_reference_to_nothing() -> None:
    """A reference to a number that no object has is found."""
    number = case().imprint.following + 40
    found = broken(lambda imprint: edited(imprint, rb"/P \d+ 0 R", b"/P %d 0 R" % number))
    assert f"refers to object {number}, which is not there" in found


def test_a_tag_in_another_one_than_it_names() -> None:
    """A tag that names another parent than has it is found."""
    assert "does not name the one that it is in" in broken(lambda imprint: edited(imprint, rb"/P \d+ 0 R", b"/P 6 0 R"))


def test_a_key_of_another_area() -> None:
    """An active area with the key of another owner is found, and a key that is missing."""
    found = broken(lambda imprint: edited(imprint, rb"/StructParent \d+", b"/StructParent 0"))
    assert "is in no tag that its key leads to" in found
    lost = broken(lambda imprint: replace(imprint, parents=imprint.parents.replace(b" ", b" 1", 1)))
    assert lost == "the keys of its tree of parents are not in order"


def test_a_mark_with_another_number() -> None:
    """A mark of the imprint that has the number of one of the base is found."""
    one = case()
    at = next(at for at, page in enumerate(one.imprint.content) if page and one.base.pages[at].marks)
    name, first = next(iter(one.imprint.content[at])), one.base.pages[at].marks

    def change(imprint: Imprint) -> Imprint:
        content = list(imprint.content)
        content[at] = {**content[at], name: chunk(b"q\n/P <</MCID 0>> BDC\nEMC\nQ\n")}
        return replace(imprint, content=tuple(content))

    assert first
    assert broken(change) == f"page {at + 1} has marks without a tag, or two with one number"


def test_a_mark_in_a_tag_of_the_base() -> None:
    """An owner of a mark that is not in the imprint is found."""
    one = case()
    at = next(at for at, owners in enumerate(one.imprint.owners) if owners)
    owner = re.search(rb"\d+", one.base.pages[at].owners)
    assert owner is not None
    owners = list(one.imprint.owners)
    owners[at] = re.sub(rb"\d+(?= 0 R)", owner[0], owners[at], count=1)
    assert "is in a tag of the other part" in broken(lambda imprint: replace(imprint, owners=tuple(owners)))


def test_an_area_outside_its_frame() -> None:
    """An active area that is not in a frame of the clinic is found: it would lead patients elsewhere."""
    found = broken(lambda imprint: edited(imprint, rb"/Rect \[[^]]*\]", b"/Rect [0 0 40 9]"))
    assert "is not in a frame of its own" in found


ADDED: dict[str, tuple[bytes, bytes, str]] = {
    "a page that is turned": (rb"<</Type/Page/", rb"<</Rotate 180/Type/Page/", "page 1 has other boxes"),
    "a page that is cropped": (rb"<</Type/Page/", rb"<</CropBox[0 0 9 9]/Type/Page/", "page 1 has other boxes"),
    "an address that opens by itself": (rb"/Catalog", rb"/Catalog/OpenAction<</S/URI/URI(https://x.io)>>", "catalog"),
    "no colour profile": (rb"(?s)/OutputIntents \[.*?\]", rb"", "its catalog"),
    "tags that begin elsewhere": (rb"/K\[6 0 R\]/ParentTree", rb"/K[]/ParentTree", "its tree of tags"),
    "another tree of parents": (rb"/ParentTree 5", rb"/ParentTree 6", "its tree of tags"),
    "a sheet read in another order": (rb"/K\[(\d+ 0 R) (\d+ 0 R)", rb"/K[\2 \1", "in order"),
    "a document of another kind": (rb"/S/Document", rb"/S/Artifact", "in order"),
    "a font named twice": (rb"/Font<<(/\S+) ", rb"/Font<<\1 3 0 R\1 ", "what its parts use by name, or more"),
    "fonts under another name": (rb"/Font<<", rb"/XFont<<", "what its parts use by name, or more"),
}  # fmt: skip


@pytest.mark.parametrize("fault", ADDED)
def test_an_entry_that_no_part_has(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object that depends on both parts and says one thing more, less or otherwise is found."""
    old, new, why = ADDED[fault]
    real, one = link._joint, case()

    def changed(base: Base, imprint: Imprint) -> list[tuple[int, bytes]]:
        objects = real(base, imprint)
        at = next(at for at, (_, text) in enumerate(objects) if re.search(old, text))
        objects[at] = objects[at][0], re.sub(old, new, objects[at][1], count=1)
        return objects

    monkeypatch.setattr(link, "_joint", changed)
    assert why in refused(linked(one.base, one.imprint))


def test_a_content_that_paints_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that paints a white box behind all that its two parts paint is found, wherever the box is."""
    one, white = case(), chunk(b"q\n1 1 1 rg\n310 300 250 90 re\nf\nQ\n")
    monkeypatch.setattr(link, "whole_stream", lambda chunks: whole_stream([*chunks, white]))
    assert refused(linked(one.base, one.imprint)) == "page 1 has another content than its parts"


def test_a_table_that_goes_on_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trailer with one entry more is found: an older table, or a key to unlock the file."""
    one, real = case(), link.table_of_places
    for more in (b"/Prev 17", b"/Encrypt 5 0 R", b"/Index[0 3]"):
        monkeypatch.setattr(link, "table_of_places", lambda a, n, e, end, more=more: real(a, n, e, end + more))
        assert refused(linked(one.base, one.imprint)) == "its end does not lead to its table of places"


def test_another_box_of_a_page() -> None:
    """A page whose box is not the base's is found."""
    one = case()
    pages = [replace(page, boxes=page.boxes.replace(b"0 0", b"0 1", 1)) for page in one.base.pages]
    assert "has other boxes" in refused(linked(replace(one.base, pages=tuple(pages)), one.imprint))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (rb"/Root 1 0 R", b"/Root 2 0 R", "its trailer names another catalog"),
        (rb"/Info 7 0 R", b"/Info 8 0 R", "its trailer names another catalog"),
        (rb"/ID\[<\w{4}", b"/ID[<0000", "its identifier is not that of its content"),
        (rb"startxref\n\d+", b"startxref\n17", "its end does not lead to its table of places"),
        (rb"/Size \d+", b"/Size 9", "its table of places has another size"),
    ],
)
def test_another_entry_at_the_end(old: bytes, new: bytes, reason: str) -> None:
    """A changed entry of the trailer is found."""
    data = case().data
    assert re.search(old, data)
    assert reason in refused(re.sub(old, new, data, count=1))


def test_another_beginning() -> None:
    """A file with one other byte in its base is found."""
    data = case().data
    assert refused(data[:400] + bytes([data[400] ^ 1]) + data[401:]) == "it does not begin with its base"


def test_a_byte_of_the_imprint() -> None:
    """A file with one other byte after its base is found."""
    one = case()
    at = len(one.base.body) + 200
    assert refused(one.data[:at] + bytes([one.data[at] ^ 1]) + one.data[at + 1 :])


def test_chunks_make_one_stream() -> None:
    """Content that was compressed in parts unpacks to the whole, with the checksum of the whole."""
    import zlib

    parts = [b"q\n" * 9000, b"", b"BT\nET\n" * 20_000, b"Q\n"]
    assert zlib.decompress(whole_stream(map(chunk, parts))) == b"".join(parts)
