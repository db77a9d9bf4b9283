"""PDFs: what `preflight` and `verify` read of a file from elsewhere, and what a signature reads of our own.

A file is mutated as bytes (`pdf-*`). A sound file with a mutated content stream or mutated dictionaries (`made-*`) gets
farther than a file whose table of objects is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from pressroom.diagnostics import Span
from pressroom.drawing import DrawingError, LeftOut
from pressroom.drawing.read import read_drawing
from pressroom.drawing.web import web_drawing
from pressroom.preflight.bounds import limit_reader
from pressroom.preflight.check import Expected, examine
from pressroom.publish.file_identity import read_identity
from tests.fuzz.targets.target import target, text_of
from tests.hostile.makers import pdfs
from tests.hostile.makers.pdf_file import pdf_file

# Where `python -m tests.fuzz` puts PDFs of the hostile project; see `produced.py`.
PRODUCED: Final = Path(__file__).parents[3] / ".cache" / "fuzz" / "produced"
_LONGEST: Final = 200_000
# A worker that reads PDFs may have 2 GB, and unpacks 100 MB of a stream.
_MEMORY: Final = 400
_SPAN: Final = Span("a.pdf")
_PARTS: Final = re.compile(rb"\n?@(catalog|page|resources|object|content) ?\n?")


def _files() -> Iterator[bytes]:
    for argument in ("", "page /Rotate 90", "catalog /Lang(es)"):
        yield pdfs.pdf(argument, b"")
    yield from (path.read_bytes() for path in sorted(PRODUCED.glob("*.pdf")))


@target(made=_files, cases=("in.pdf",), longest=_LONGEST, memory=_MEMORY)
def pdf_examined(data: bytes) -> None:
    """Every way in which a PDF is not what it should be is a finding, the standards' rules apart."""
    _examine(data)


@target(made=_files, cases=("in.pdf",), longest=_LONGEST, memory=_MEMORY)
def pdf_standards(data: bytes) -> None:
    """The checker of PDF/UA and PDF/A has findings, or can't read the file."""
    examine(data, Expected(), _SPAN)


@target(made=_files, cases=("in.pdf",), longest=_LONGEST, memory=_MEMORY)
def pdf_identified(data: bytes) -> None:
    """A file says what it is, or why it does not."""
    _limit()
    read_identity(data)


# It reads our own files alone, so no bomb is among its seeds.
@target(made=_files, longest=_LONGEST, memory=_MEMORY)
def pdf_drawn(data: bytes) -> None:
    """What a file draws is read, or refused."""
    _draw(data)


_CONTENTS: Final = (
    b"BT /F 12 Tf 20 100 Td (Take 2 tablets) Tj ET q 0.5 g 1 0 0 1 3 4 cm 0 0 9 9 re f Q",
    b"/P <</MCID 0>> BDC BT /F 12 Tf 1 0 0 1 9 9 Tm [(a) -20 (b)] TJ ET EMC 0 0 m 1 1 l 2 3 4 5 6 7 c h S 0 J",
    b"0 0 9 9 re W n 1 0 0 rg 0 0 0 1 k /X Do /G gs 1 w 0 0 1 RG BT 3 Tr 14 TL T* 5 Tz 1 Ts (x) ' ET",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI /Pattern cs /P scn BT <0041> Tj ET",
)


@target(made=lambda: _CONTENTS, longest=4_000, memory=_MEMORY)
def made_content(data: bytes) -> None:
    """A page with this content is examined, identified and read as a drawing, or refused."""
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 1>>\nstream\nn\nendstream"
    made = pdf_file(content=data, resources="/XObject<</X 6 0 R>>/ExtGState<</G<</CA .5>>>>", objects=(form.encode(),))
    _all(made)


_DICTIONARIES: Final = (
    b"@catalog /Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>/Lang(es)/MarkInfo<</Marked true>>@object <</F(a)>>",
    b"@catalog /StructTreeRoot 6 0 R@object <</Type/StructTreeRoot/K[<</S/Document/K[<</S/H1/K 0/Pg 3 0 R>>]>>]>>",
    b"@page /Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.example/)>>/QuadPoints[0 0 1 1]>>]/Rotate 90",
    b"@page /TrimBox[9 9 190 190]/BleedBox[1 1 199 199]/CropBox[0 0 200 200]/Group<</S/Transparency/CS/DeviceRGB>>",
    b"@resources /XObject<</X 6 0 R>>@object <</Subtype/Form/BBox[0 0 9 9]/Length 1>>\nstream\nq\nendstream"
    b"@content /X Do",
    b"@resources /XObject<</X 6 0 R>>@object <</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
    b"/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream@content q 9 0 0 9 0 0 cm /X Do Q",
    b"@resources /Pattern<</P 6 0 R>>/ColorSpace<</C[/Separation/Spot/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1>>]>>"
    b"@object <</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]/Function<</FunctionType 2"
    b"/Domain[0 1]/N 1>>>>>>@content /Pattern cs /P scn 0 0 9 9 re f /C cs .5 scn 0 0 9 9 re f",
    b"@catalog /OutputIntents[<</S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile 6 0 R>>]"
    b"@object <</N 3/Length 1>>\nstream\nx\nendstream",
    b"@catalog /X 6 0 R@object <</Type/FontDescriptor/FontName/A+B/FontFile2 4 0 R/Flags 4>>",
    b"@resources /ExtGState<</G<</CA .5/SMask<</S/Luminosity/G 6 0 R>>/Font[5 0 R 12]>>>>@object <</Type/XObject"
    b"/Subtype/Form/BBox[0 0 9 9]/Length 1>>\nstream\nn\nendstream@content /G gs",
)


@target(made=lambda: _DICTIONARIES, longest=4_000, memory=_MEMORY)
def made_dictionaries(data: bytes) -> None:
    """A file with these entries in its dictionaries is examined, identified and read as a drawing, or refused."""
    parts = {"content": _CONTENTS[0]}
    pieces = _PARTS.split(data)
    parts |= {name.decode(): said for name, said in zip(pieces[1::2], pieces[2::2], strict=True)}
    words = {name: parts[name].decode("latin-1") for name in ("catalog", "page", "resources") if name in parts}
    objects = (parts["object"],) if "object" in parts else ()
    _all(pdf_file(content=parts["content"], objects=objects, **words))


@target(made=lambda: [b"<style>p { color: #000 }</style><p>a</p><footer>b</footer>"], cases=("style",))
def web_drawn(data: bytes) -> None:
    """What a web page shows is read, or refused."""
    with suppress(DrawingError):
        web_drawing(text_of(data), {"a": "b"})


def _all(data: bytes) -> None:
    _examine(data)
    read_identity(data)
    _draw(data)


@cache
def _limit() -> None:
    limit_reader()


def _examine(data: bytes) -> None:
    from pressroom.preflight import check

    _limit()
    before, check.can_check = check.can_check, lambda: False
    try:
        examine(data, Expected(), _SPAN)
    finally:
        check.can_check = before


def _draw(data: bytes) -> None:
    with suppress(DrawingError):
        assert read_drawing(data, LeftOut()).drawn.hashes.known
