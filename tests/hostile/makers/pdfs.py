"""PDFs from elsewhere, written object by object."""

from __future__ import annotations

import io
import zlib

import pikepdf

_CATALOG = "<</Type/Catalog/Pages 2 0 R{}>>"
_PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F 5 0 R>>{}>>/Contents 4 0 R{}>>"
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TEXT = b"BT /F 12 Tf 20 100 Td (Take 2 tablets) Tj ET"


def pdf(argument: str, _: bytes) -> bytes:
    """A PDF of one page; `catalog`, `page` and `resources` add to these dictionaries: `catalog /OpenAction 6 0 R`."""
    place, _, more = argument.partition(" ")
    return _pdf(**{place: more} if place else {})


def pdf_object(argument: str, _: bytes) -> bytes:
    """A PDF of one page with one more object, which is number 6: `PLACE ENTRY | OBJECT`."""
    entry, _, value = argument.partition(" | ")
    place, _, more = entry.partition(" ")
    return _pdf(**{place: more}, objects=(value.encode(),))


def pdf_locked(password: str, _: bytes) -> bytes:
    """A PDF that opens with a password."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf())) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="owner", user=password))
    return file.getvalue()


def pdf_content(argument: str, _: bytes) -> bytes:
    """A PDF whose page has so many times this content."""
    count, text = argument.split(" ", 1)
    return _pdf(content=(text + "\n").encode() * int(count))


def pdf_packed(megabytes: str, _: bytes) -> bytes:
    """A PDF whose content is so many megabytes of spaces, packed."""
    return _pdf(content=zlib.compress(b" " * (int(megabytes) << 20), 9), stream="/Filter/FlateDecode")


def pdf_forms(levels: str, _: bytes) -> bytes:
    """A PDF in which each form draws the next."""
    count = int(levels)
    head = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = [_stream(b"/X Do", f"{head}/Resources<</XObject<</X {7 + number} 0 R>>>>") for number in range(count)]
    forms.append(_stream(b"0 0 9 9 re f", head))
    return _pdf(resources="/XObject<</X 6 0 R>>", content=b"/X Do", objects=tuple(forms))


def pdf_doubling(levels: str, _: bytes) -> bytes:
    """A PDF in which each form draws the next twice."""
    count = int(levels)
    head = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = [_stream(b"/X Do /X Do", f"{head}/Resources<</XObject<</X {7 + number} 0 R>>>>") for number in range(count)]
    forms.append(_stream(b"0 0 9 9 re f", head))
    return _pdf(resources="/XObject<</X 6 0 R>>", content=b"/X Do", objects=tuple(forms))


def pdf_pages(count: str, _: bytes) -> bytes:
    """A PDF of so many pages, which are one object."""
    kids = "3 0 R " * int(count)
    return _pdf(pages=f"<</Type/Pages/Kids[{kids}]/Count {count}>>")


def pdf_tree(kids: str, _: bytes) -> bytes:
    """A PDF whose tree of pages is this."""
    return _pdf(pages=kids)


def pdf_cut(share: str, _: bytes) -> bytes:
    """The first part of a PDF."""
    data = _pdf()
    return data[: int(len(data) * float(share))]


def pdf_no_table(_: str, __: bytes) -> bytes:
    """A PDF whose table of objects is somewhere else."""
    data = _pdf()
    return data[: data.rindex(b"startxref")] + b"startxref\n99999\n%%EOF\n"


def _pdf(
    *,
    catalog: str = "",
    page: str = "",
    resources: str = "",
    pages: str = _PAGES,
    content: bytes = _TEXT,
    stream: str = "",
    trailer: str = "",
    objects: tuple[bytes, ...] = (),
) -> bytes:
    bodies = [
        _CATALOG.format(catalog).encode(),
        pages.encode(),
        _PAGE.format(resources, page).encode(),
        _stream(content, stream),
        _FONT.encode(),
        *objects,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(data)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = f"<</Size {len(bodies) + 1}/Root 1 0 R{trailer}>>".encode()
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    return data + table + rows + b"trailer\n" + head + b"\nstartxref\n%d\n%%%%EOF\n" % at


def _stream(data: bytes, head: str = "") -> bytes:
    return f"<</Length {len(data)}{head}>>\nstream\n".encode() + data + b"\nendstream"
