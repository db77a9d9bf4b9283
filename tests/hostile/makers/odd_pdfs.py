"""PDFs whose trees, tables and filters hold themselves, or that draw more than a page can show."""

from __future__ import annotations

import io
import zlib

import pikepdf

from tests.hostile.makers.pdf_file import pdf_file, stream


def pdf_owner(_: str, __: bytes) -> bytes:
    """A PDF that opens without a password, and that its owner locked."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_file())) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="owner", user=""))
    return file.getvalue()


def pdf_with(argument: str, _: bytes) -> bytes:
    """A PDF of one page with more objects, from number 6 on: `PLACE ENTRY | OBJECT | OBJECT …`."""
    entry, *objects = argument.split(" | ")
    place, _, more = entry.partition(" ")
    return pdf_file(**{place: more}, objects=tuple(text.encode() for text in objects))


def pdf_filters(argument: str, _: bytes) -> bytes:
    """A PDF whose content is packed so many times, and is so many megabytes at its end: `TIMES MEGABYTES`."""
    times, megabytes = map(int, argument.split(" "))
    data = b" " * (megabytes << 20)
    for _time in range(times):
        data = zlib.compress(data, 9)
    return pdf_file(content=data, head=f"/Filter[{'/FlateDecode' * times}]")


def pdf_head(argument: str, _: bytes) -> bytes:
    """A PDF whose page's content has these entries in its dictionary."""
    return pdf_file(content=zlib.compress(b"0 0 9 9 re f\n" * 100), head=argument)


def pdf_says(argument: str, _: bytes) -> bytes:
    """A PDF whose page says this."""
    return pdf_file(content=argument.encode())


def pdf_deep_pages(levels: str, _: bytes) -> bytes:
    """A PDF whose one page is below so many nodes."""
    count = int(levels)
    nodes = [f"<</Type/Pages/Kids[{7 + n} 0 R]/Count 1>>".encode() for n in range(count)]
    return pdf_file(
        pages="<</Type/Pages/Kids[6 0 R]/Count 1>>", objects=(*nodes, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    )


def pdf_deep_structure(levels: str, _: bytes) -> bytes:
    """A PDF whose structure has so many levels."""
    count = int(levels)
    nodes = [f"<</S/Div/P {6 + n} 0 R/K {8 + n} 0 R>>".encode() for n in range(count)]
    root = b"<</Type/StructTreeRoot/K 7 0 R>>"
    return pdf_file(
        catalog="/MarkInfo<</Marked true>>/Lang(en)/StructTreeRoot 6 0 R",
        objects=(root, *nodes, b"<</S/P/K 0/Pg 3 0 R>>"),
    )


def pdf_nested(argument: str, _: bytes) -> bytes:
    """A PDF with so many brackets in its catalog: `COUNT OPEN CLOSE`."""
    count, opened, closed = argument.split(" ")
    return pdf_file(catalog=f"/X {opened * int(count)}{closed * int(count)}")


def pdf_notes(count: str, _: bytes) -> bytes:
    """A PDF with so many annotations on its page."""
    note = "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a)>>"
    return pdf_file(page=f"/Annots[{note * int(count)}]")


def pdf_updates(count: str, _: bytes) -> bytes:
    """A PDF that was changed so many times, each time with a table of its own."""
    data = pdf_file()
    for _time in range(int(count)):
        before = data[data.rindex(b"startxref") + 10 :].split(b"\n")[0]
        at = len(data)
        data += b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 6/Root 1 0 R/Prev %s>>\n" % before
        data += b"startxref\n%d\n%%%%EOF\n" % at
    return data


def pdf_late(count: str, _: bytes) -> bytes:
    """A PDF behind so many bytes of something else."""
    return b"a" * int(count) + pdf_file()


def pdf_letters(argument: str, _: bytes) -> bytes:
    """A PDF with one text of so many letters, at a size: `COUNT SIZE`."""
    count, size = argument.split(" ")
    return pdf_file(content=b"BT /F %s Tf 0 0 Td (%s) Tj ET" % (size.encode(), b"a" * int(count)))


def pdf_letter_table(count: str, _: bytes) -> bytes:
    """A PDF whose font has a table of letters of so many rows, each of which names 65,536 letters."""
    rows = b"<0000> <ffff> <0041>\n" * 100
    table = (b"100 beginbfrange\n" + rows + b"endbfrange\n") * (int(count) // 100)
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    return pdf_file(
        resources="/X 6 0 R", content=b"BT /F 9 Tf (a) Tj ET", objects=(font.encode(), stream(table))
    ).replace(b"/Font<</F 5 0 R>>", b"/Font<</F 6 0 R>>")


def pdf_metadata(letters: str, _: bytes) -> bytes:
    """A PDF with so many letters of metadata."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + b"a" * int(letters) + b"</x:xmpmeta>"
    return pdf_file(catalog="/Metadata 6 0 R", objects=(stream(xmp, "/Type/Metadata/Subtype/XML"),))


def pdf_metadata_deep(levels: str, _: bytes) -> bytes:
    """A PDF whose metadata has so many elements in each other."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + b"<a>" * int(levels) + b"</a>" * int(levels) + b"</x:xmpmeta>"
    return pdf_file(catalog="/Metadata 6 0 R", objects=(stream(xmp, "/Type/Metadata/Subtype/XML"),))
