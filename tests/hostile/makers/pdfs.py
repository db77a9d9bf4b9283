"""PDFs from elsewhere, written object by object."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf

from tests.hostile.makers.pdf_file import pdf_file, stream


def pdf(argument: str, _: bytes) -> bytes:
    """A PDF of one page; `catalog`, `page` and `resources` add to these dictionaries: `catalog /OpenAction 6 0 R`."""
    place, _, more = argument.partition(" ")
    return pdf_file(**{place: more} if place else {})


def pdf_object(argument: str, _: bytes) -> bytes:
    """A PDF of one page with one more object, which is number 6: `PLACE ENTRY | OBJECT`."""
    entry, _, value = argument.partition(" | ")
    place, _, more = entry.partition(" ")
    return pdf_file(**{place: more}, objects=(value.encode(),))


def pdf_locked(password: str, _: bytes) -> bytes:
    """A PDF that opens with a password."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_file())) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="owner", user=password))
    return file.getvalue()


def pdf_content(argument: str, _: bytes) -> bytes:
    """A PDF whose page has so many times this content."""
    count, text = argument.split(" ", 1)
    return pdf_file(content=(text + "\n").encode() * int(count))


def pdf_packed(megabytes: str, _: bytes) -> bytes:
    """A PDF whose content is so many megabytes of spaces, packed."""
    return pdf_file(content=zlib.compress(b" " * (int(megabytes) << 20), 9), head="/Filter/FlateDecode")


def pdf_forms(levels: str, _: bytes) -> bytes:
    """A PDF in which each form draws the next."""
    count = int(levels)
    head = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = [stream(b"/X Do", f"{head}/Resources<</XObject<</X {7 + number} 0 R>>>>") for number in range(count)]
    forms.append(stream(b"0 0 9 9 re f", head))
    return pdf_file(resources="/XObject<</X 6 0 R>>", content=b"/X Do", objects=tuple(forms))


def pdf_doubling(levels: str, _: bytes) -> bytes:
    """A PDF in which each form draws the next twice."""
    count = int(levels)
    head = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = [stream(b"/X Do /X Do", f"{head}/Resources<</XObject<</X {7 + number} 0 R>>>>") for number in range(count)]
    forms.append(stream(b"0 0 9 9 re f", head))
    return pdf_file(resources="/XObject<</X 6 0 R>>", content=b"/X Do", objects=tuple(forms))


def pdf_torn_chain(levels: str, _: bytes) -> bytes:
    """`pdf_chain` of a glyph in a damaged file, which each reader repairs in its own way."""
    data = pdf_chain(f"glyph {levels}", b"").replace(b"endstream\nendobj\n9 ", b"endstreame\nndobj\n9 ")
    return data.replace(b"/XObject<</X 13 0 R>>", b"/XO*bject<</X 13 0 R>>")


def pdf_chain(argument: str, _: bytes) -> bytes:
    """A PDF in which each part draws the next twice: `KIND LEVELS`. Each kind is one way to draw a part."""
    kind, count = argument.split(" ")
    form, levels = "/Type/XObject/Subtype/Form/BBox[0 0 200 200]", int(count)
    forms = _chain(form, "/XObject", b"/X Do /X Do", levels)
    if kind == "appearance":
        page = "/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/F 4/AP<</N 6 0 R>>>>]"
        return pdf_file(page=page, objects=forms)
    if kind == "mask":
        state = "/ExtGState<</G<</SMask<</S/Luminosity/G 6 0 R>>>>>>"
        group = f"{form}/Group<</S/Transparency/CS/DeviceGray>>"
        forms = _chain(group, "/XObject", b"/X Do /X Do", levels)
        return pdf_file(resources=state, content=b"/G gs 0 0 99 99 re f", objects=forms)
    if kind == "pattern":
        tile = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
        tiles = _chain(tile, "/Pattern", b"/Pattern cs /X scn 0 0 9 9 re f 1 1 8 8 re f", levels)
        content = b"/Pattern cs /X scn 0 0 199 199 re f"
        return pdf_file(resources="/Pattern<</X 6 0 R>>", content=content, objects=tiles)
    if kind == "glyph":
        glyph = len(forms) + 6
        font = (
            f"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a {glyph + 1} 0 R>>"
            "/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</XObject<</X 6 0 R>>>>>>"
        )
        objects = (*forms, font.encode(), stream(b"9 0 d0 /X Do"))
        return pdf_file(resources=f"/Font<</T {glyph} 0 R>>", content=b"BT /T 9 Tf (aa) Tj ET", objects=objects)
    # By a name that a form lacks and the page has, by a text, or with a comment between.
    calls = {"page": b"/X Do /X Do", "text": b"(X) Do <58> Do", "comment": b"/X %a\nDo /X\0Do"}[kind]
    if kind == "page":
        return pdf_file(
            resources="/XObject<</X 6 0 R>>", content=b"/X Do", objects=(stream(calls, f"{form}/Resources<<>>"),)
        )
    return pdf_file(resources="/XObject<</X 6 0 R>>", content=b"/X Do", objects=_chain(form, "/XObject", calls, levels))


def _chain(head: str, kind: str, content: bytes, levels: int) -> tuple[bytes, ...]:
    """Objects from number 6 on, each with this content, in which X is the next one; the last is empty."""
    parts = [stream(content, f"{head}/Resources<<{kind}<</X {7 + at} 0 R>>>>") for at in range(levels)]
    return (*parts, stream(b"n", head))


def pdf_pages(count: str, _: bytes) -> bytes:
    """A PDF of so many pages, which are one object."""
    kids = "3 0 R " * int(count)
    return pdf_file(pages=f"<</Type/Pages/Kids[{kids}]/Count {count}>>")


def pdf_tree(kids: str, _: bytes) -> bytes:
    """A PDF whose tree of pages is this."""
    return pdf_file(pages=kids)


def pdf_cut(share: str, _: bytes) -> bytes:
    """The first part of a PDF."""
    data = pdf_file()
    return data[: int(len(data) * float(share))]


def pdf_no_table(_: str, __: bytes) -> bytes:
    """A PDF whose table of objects is somewhere else."""
    data = pdf_file()
    return data[: data.rindex(b"startxref")] + b"startxref\n99999\n%%EOF\n"


def pdf_previous(_: str, __: bytes) -> bytes:
    """A PDF whose table of objects names itself as the earlier one."""
    data = pdf_file()
    at = data.rindex(b"xref\n0")
    return data.replace(b"<</Size", b"<</Prev %d/Size" % at, 1)


def pdf_trailer(text: str, _: bytes) -> bytes:
    """A PDF with more in its trailer."""
    return pdf_file(trailer=text)


def pdf_length(length: str, _: bytes) -> bytes:
    """A PDF whose stream says that it has so many bytes."""
    return re.sub(rb"/Length \d+", f"/Length {length}".encode(), pdf_file(), count=1)
