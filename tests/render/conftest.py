"""What is read from a finished file by another library than wrote it."""

from __future__ import annotations

import ctypes
import io
import re
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.ttLib import TTFont

from pressroom.drawing.outlines import TrueType
from pressroom.drawing.text_fonts import PageFont
from pressroom.language import registered_fonts
from pressroom.language.fonts import font_file
from pressroom.render.tags.letter_font import NAME

# A letter with its origin and size, in points from the page's top left.
Letter = tuple[str, float, float, float]


@pytest.fixture
def letters() -> Callable[..., Iterator[Letter]]:
    """Every letter of a page as it is drawn: `letters(pdf, page)`."""
    return _letters


@pytest.fixture
def told() -> Callable[[bytes], dict[str, Any]]:
    """All that a file says: its tags with what is drawn under each, links, outline, places, metadata and text."""
    return _told


@pytest.fixture
def difference() -> Callable[[bytes, bytes], int]:
    """By how much the lightness of any pixel of any page of two files differs at most, of 255."""
    return _difference


@pytest.fixture
def as_seen() -> Callable[..., list[str]]:
    """The lines of a page as they are seen, from left to right; letters of other scripts as a dot."""
    return _as_seen


def as_drawn(pdf: bytes) -> bytes:
    """The file with the letters of its glyphs alone: no ActualText (ISO 32000-1, 14.9.4), no letters beside glyphs."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            fonts = page.obj.Resources.get("/Font", {})
            blank = {name for name, font in fonts.items() if str(font.BaseFont).endswith(f"+{NAME}")}
            kept, shows = [], True
            for instruction in pikepdf.parse_content_stream(page):
                operands, operator = instruction.operands, str(instruction.operator)
                shows = str(operands[0]) not in blank if operator == "Tf" else shows
                for item in operands:
                    if isinstance(item, pikepdf.Dictionary) and "/ActualText" in item:
                        del item["/ActualText"]
                kept += [instruction] if shows or operator not in ("TJ", "Tj") else []
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ActualText" in item:
                del item["/ActualText"]
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                _give_letters(item)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _give_letters(font: Any) -> None:
    """Let the glyphs of a font that says nothing say their letters; those that no letter has by itself are a box."""
    table = font.ToUnicode.read_bytes().partition(b"endcodespacerange")[2]
    rows = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", table)
    if {text for _, text in rows} == {b"200b"}:
        letters, drawn = _letters_of(str(font.BaseFont).partition("+")[2]), PageFont(font)
        outlines = [(code, drawn.character(int(code, 16)).outline) for code, _ in rows]
        texts = [(code, letters.get(outline, "\ufffc").encode("utf-16-be").hex()) for code, outline in outlines]
        lines = [f"<{code.decode()}> <{text}>" for code, text in texts]
        font.ToUnicode.write("\n".join([f"{len(rows)} beginbfchar", *lines, "endbfchar"]).encode())


@cache
def _letters_of(name: str) -> dict[str, str]:
    """The first letter that has each outline of an installed font; a subset has other numbers of glyphs."""
    for family in registered_fonts().values():
        for face in family.faces:
            if name == family.name.replace(" ", "-") + ("-Bold" if face.weight > 400 else ""):
                outlines = TrueType(font_file(face).read_bytes(), hinted=False)
                with TTFont(font_file(face), fontNumber=face.number, lazy=True) as font:
                    numbers = {code: font.getGlyphID(glyph) for code, glyph in sorted(font.getBestCmap().items())[::-1]}
                return {outlines.outline(number).hash: chr(code) for code, number in numbers.items()} | {"": " "}
    return {}


def _letters(pdf: bytes, page: int = 0) -> Iterator[Letter]:
    with pypdfium2.PdfDocument(as_drawn(pdf)) as document:
        text = document[page].get_textpage()
        height = document[page].get_height()
        for index in range(text.count_chars()):
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            sign = chr(pdfium.FPDFText_GetUnicode(text, index))
            yield sign, x.value, height - y.value, pdfium.FPDFText_GetFontSize(text, index)


def _as_seen(pdf: bytes, page: int = 0) -> list[str]:
    lines: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for sign, x, y, _ in _letters(pdf, page):
        if not sign.isspace():
            lines[round(y / 4)].append((x, sign if sign.isascii() or sign in "–،" else "·"))
    return ["".join(sign for _, sign in sorted(line)) for _, line in sorted(lines.items())]


def _told(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [page.objgen for page in document.pages]
        drawn = [dict(_shown(page)) for page in document.pages]
        said = {
            "tags": _tag(document.Root.StructTreeRoot.K[0], 0, pages, drawn),
            "owners": [_owner(document, n) for n in range(int(document.Root.StructTreeRoot.ParentTreeNextKey))],
            "links": [[_area(area) for area in page.get("/Annots", [])] for page in document.pages],
            "outline": list(_outline(document.Root.get("/Outlines", {}).get("/First"), pages)),
            "places": _places(document, pages),
            "boxes": [[list(page.mediabox), list(page.trimbox)] for page in document.pages],
            "info": {key: str(value) for key, value in document.docinfo.items()},
            "metadata": document.Root.Metadata.read_bytes(),
            "wishes": document.Root.ViewerPreferences.unparse(),
            "language": str(document.Root.Lang),
        }
    with pypdfium2.PdfDocument(pdf) as document:
        said["text"] = [sorted(page.get_textpage().get_text_range().split()) for page in document]
    return said


def _difference(one: bytes, other: bytes, scale: float = 2.0) -> int:
    worst = 0
    with pypdfium2.PdfDocument(one) as first, pypdfium2.PdfDocument(other) as second:
        assert len(first) == len(second)
        for here, there in zip(first, second, strict=True):
            left, right = bytes(here.render(scale=scale).buffer), bytes(there.render(scale=scale).buffer)
            assert len(left) == len(right)
            if left != right:
                worst = max(worst, *(abs(a - b) for a, b in zip(left, right, strict=True) if a != b))
    return worst


def _shown(page: pikepdf.Page) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The outlines and spaces in each piece of marked content, in whatever fonts; letters beside glyphs have none."""
    number, shown, depth, font = -1, [], 0, None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            depth += number >= 0
            if name == "BDC" and "/MCID" in operands[1]:
                number, shown = int(operands[1].MCID), [str(operands[1].get("/ActualText", ""))]
        elif name == "EMC" and number >= 0:
            if depth:
                depth -= 1
            else:
                yield number, tuple(shown)
                number = -1
        elif name == "Tf":
            named = page.obj.Resources.Font[str(operands[0])]
            font = None if str(named.BaseFont).endswith(f"+{NAME}") else PageFont(named)
        elif name in {"TJ", "Tj"} and number >= 0 and font:
            for item in _flat(operands):
                shown += _outlines(item, font) if isinstance(item, pikepdf.String) else [str(item)]


def _outlines(string: pikepdf.String, font: PageFont) -> list[str]:
    codes = struct.unpack(f">{len(bytes(string)) // 2}H", bytes(string))
    return [font.character(code).outline for code in codes]


def _flat(operands: Any) -> Iterator[Any]:
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from operand
        else:
            yield operand


def _tag(raw: Any, page: int, pages: list[Any], drawn: list[dict[int, tuple[str, ...]]]) -> Any:
    page = pages.index(raw.Pg.objgen) if "/Pg" in raw else page
    if raw.get("/Type") == pikepdf.Name.OBJR:
        return "area", page, str(raw.Obj.get("/Contents", ""))
    if raw.get("/Type") == pikepdf.Name.MCR:
        return drawn[page][int(raw.MCID)]
    kids = [drawn[page][int(kid)] if isinstance(kid, int) else _tag(kid, page, pages, drawn) for kid in raw.K]
    said = {key: str(raw[key]) for key in ("/S", "/Lang", "/ActualText", "/Alt") if key in raw}
    return said, raw.A.unparse() if "/A" in raw else b"", page, kids


def _owner(document: pikepdf.Pdf, key: int) -> Any:
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    found = next(value for at, value in pairwise(numbers) if isinstance(at, int) and at == key)
    if isinstance(found, pikepdf.Array):
        return sorted(str(one.S) for one in found if one is not None)
    return str(found.S)


def _area(area: Any) -> tuple[Any, ...]:
    return [float(side) for side in area.Rect], str(area.A.URI), str(area.Contents), int(area.F)


def _outline(item: Any, pages: list[Any], depth: int = 0) -> Iterator[tuple[Any, ...]]:
    while item is not None:
        yield depth, str(item.Title), pages.index(item.Dest[0].objgen), [str(one) for one in item.Dest[1:]]
        yield from _outline(item.get("/First"), pages, depth + 1)
        item = item.get("/Next")


def _places(document: pikepdf.Pdf, pages: list[Any]) -> dict[str, Any]:
    names = list(document.Root.Names.Dests.Names) if "/Names" in document.Root else []
    return {
        str(names[at]): (pages.index(names[at + 1][0].objgen), [str(one) for one in list(names[at + 1])[1:]])
        for at in range(0, len(names), 2)
    }
