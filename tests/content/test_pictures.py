from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from pressroom.content.pictures import picture_fault

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def _picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((60, 60), 50).save(file, kind)
    return file.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _bomb() -> bytes:
    """A PNG of 13,000 × 13,000 pixels in a few hundred bytes of header."""
    head = struct.pack(">IIBBBBB", 13_000, 13_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", b"") + _chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("JPEG", "b.JPEG")])
def test_whole(kind: str, name: str) -> None:
    """A whole picture has no fault."""
    assert picture_fault(_picture(kind), name) == ""


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg")])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_truncated(kind: str, name: str, share: float) -> None:
    """A picture that ends early is refused, where WeasyPrint would print what there is."""
    whole = _picture(kind)
    assert picture_fault(whole[: int(len(whole) * share)], name).startswith("is broken")


def test_bomb() -> None:
    """A picture of more pixels than any page needs is refused before it is decoded."""
    assert "13000 × 13000 pixels" in picture_fault(_bomb(), "a.png")


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", _picture("JPEG")])
def test_another_kind(data: bytes) -> None:
    """What a file is called and what it is must agree."""
    assert picture_fault(data, "a.png") == "is not a PNG file"


def test_drawing() -> None:
    """An SVG that draws, and refers to itself, is taken."""
    inside = (
        '<style>.a { fill: url(#g) }</style><g id="g"><path d="M0 0"/></g><use xlink:href="#g"/><title>A leg</title>'
    )
    assert picture_fault(SVG.format(inside).encode(), "a.svg") == ""


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>1</script>", "'script'"),
        ('<image href="a.png"/>', "'image'"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', "'foreignObject'"),
        ('<use href="other.svg#a"/>', "leads out of itself"),
        ('<use xlink:href="file:///etc/passwd"/>', "leads out of itself"),
        ('<rect onclick="1"/>', "would run"),
        ('<rect style="fill: url(http://a.example)"/>', "fetches in style"),
        ('<style>@import "a.css";</style>', "a style that fetches"),
        ("<g>" * 60 + "</g>" * 60, "nested"),
        ("<path/>" * 20_001, "20000 elements"),
        ("<path>", "is not an SVG file"),
    ],
)
def test_more_than_a_drawing(inside: str, said: str) -> None:
    """An SVG that runs, fetches, embeds or nests without end is refused."""
    assert said in picture_fault(SVG.format(inside).encode(), "a.svg")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("<text>&b;</text>"),
        '<?xml-stylesheet href="a.css"?>' + SVG.format(""),
        "<html/>",
        "",
    ],
)
def test_not_only_a_drawing(text: str) -> None:
    """A DOCTYPE, whose entities grow without end, a processing instruction or another root is refused."""
    assert picture_fault(text.encode(), "a.svg")
