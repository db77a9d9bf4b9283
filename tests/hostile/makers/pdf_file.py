"""A PDF of one page, written object by object."""

from __future__ import annotations

_CATALOG = "<</Type/Catalog/Pages 2 0 R{}>>"
_PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F 5 0 R>>{}>>/Contents 4 0 R{}>>"
_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TEXT = b"BT /F 12 Tf 20 100 Td (Take 2 tablets) Tj ET"


def pdf_file(
    *,
    catalog: str = "",
    page: str = "",
    resources: str = "",
    pages: str = _PAGES,
    content: bytes = _TEXT,
    head: str = "",
    trailer: str = "",
    objects: tuple[bytes, ...] = (),
) -> bytes:
    """A PDF of one page. Each part adds to its dictionary, `head` to that of the content's stream.

    `objects` are numbered from 6 on.
    """
    bodies = [
        _CATALOG.format(catalog).encode(),
        pages.encode(),
        _PAGE.format(resources, page).encode(),
        stream(content, head),
        _FONT.encode(),
        *objects,
    ]
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(data)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"<</Size {len(bodies) + 1}/Root 1 0 R{trailer}>>".encode()
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    return data + table + rows + b"trailer\n" + end + b"\nstartxref\n%d\n%%%%EOF\n" % at


def stream(data: bytes, head: str = "") -> bytes:
    """A stream with these entries in its dictionary."""
    return f"<</Length {len(data)}{head}>>\nstream\n".encode() + data + b"\nendstream"
