from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from pressroom.content.pictures import Picture, read_picture

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
    assert isinstance(read_picture(_picture(kind), name), Picture)


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg")])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_truncated(kind: str, name: str, share: float) -> None:
    """A picture that ends early is refused, where WeasyPrint would print what there is."""
    whole = _picture(kind)
    assert str(read_picture(whole[: int(len(whole) * share)], name)).startswith("is broken")


def test_bomb() -> None:
    """A picture of more pixels than any page needs is refused before it is decoded."""
    assert "13000 × 13000 pixels" in str(read_picture(_bomb(), "a.png"))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", _picture("JPEG")])
def test_another_kind(data: bytes) -> None:
    """What a file is called and what it is must agree."""
    assert read_picture(data, "a.png") == "is not a PNG file"


def test_drawing() -> None:
    """An SVG that draws, and refers to itself, is taken."""
    inside = (
        '<style>.a { fill: url(#g) }</style><g id="g"><path d="M0 0"/></g><use xlink:href="#g"/><title>A leg</title>'
    )
    assert isinstance(read_picture(SVG.format(inside).encode(), "a.svg"), Picture)


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
        ('<path d="M0 0 L"/>', "has d="),
        ('<path d="L1 1"/>', "has d="),
        ('<path d="M0 0a1 1 0 2 1 5 5"/>', "has d="),
        ('<rect transform="rotate(a)"/>', "has transform="),
        ('<svg viewBox="0 0 9"/>', "has viewBox="),
        ('<rect width="1e30"/>', "on no page"),
        ('<rect x="nan"/>', "on no page"),
        ('<rect fill="color(display-p3 1 0 0)"/>', "only sRGB"),
        ("<style>.a { fill: color(rec2020 1 0 0) }</style>", "only sRGB"),
        ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "draws itself"),
        ('<pattern id="a"><rect fill="url(#a)"/></pattern>', "draws itself"),
    ],
)
def test_more_than_a_drawing(inside: str, said: str) -> None:
    """An SVG that runs, fetches, embeds or nests without end is refused."""
    assert said in str(read_picture(SVG.format(inside).encode(), "a.svg"))


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
    assert isinstance(read_picture(text.encode(), "a.svg"), str)


def _read(image: Image.Image, kind: str, name: str, **more: object) -> tuple[bytes, Picture]:
    file = io.BytesIO()
    image.save(file, kind, **more)
    picture = read_picture(file.getvalue(), name)
    assert isinstance(picture, Picture), picture
    return file.getvalue(), picture


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_printed_as_it_is(mode: str) -> None:
    """A picture that a page can hold keeps its bytes."""
    written, picture = _read(Image.linear_gradient("L").convert(mode), "PNG", "a.png")
    assert (picture.data, picture.pixels) == (written, (256, 256))


def test_sixteen_bits() -> None:
    """An X-ray of 16 bits a pixel is printed in 8: black stays black, white white, and half half."""
    values = (0, 0x8000, 0xFFFF)
    image = Image.frombytes("I;16", (3, 1), struct.pack("<3H", *values))
    _, picture = _read(image, "PNG", "x-ray.png")
    with Image.open(io.BytesIO(picture.data)) as printed:
        assert (printed.mode, printed.tobytes()) == ("L", b"\x00\x80\xff")


def test_inks() -> None:
    """A picture in inks is printed in the colours that they give: cyan has no red."""
    _, picture = _read(Image.new("CMYK", (8, 8), (255, 0, 0, 0)), "JPEG", "a.jpg")
    with Image.open(io.BytesIO(picture.data)) as printed:
        red, green, blue = printed.getpixel((4, 4))
    assert (printed.mode, printed.format) == ("RGB", "JPEG")
    assert red < 10 < 200 < min(green, blue)


def test_inks_with_a_profile() -> None:
    """The profile in a print shop's file says what its inks look like."""
    profile = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc").read_bytes()
    image = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    _, plain = _read(image, "JPEG", "a.jpg")
    _, profiled = _read(image, "JPEG", "a.jpg", icc_profile=profile)
    assert plain.data != profiled.data
    with Image.open(io.BytesIO(profiled.data)) as printed:
        assert "icc_profile" not in printed.info


def test_upright() -> None:
    """A photograph that a telephone took on its side is upright, with its true width and height."""
    exif = Image.Exif()
    exif[0x0112] = 6
    _, picture = _read(Image.new("RGB", (30, 10)), "JPEG", "a.jpg", exif=exif)
    assert picture.pixels == (10, 30)
    with Image.open(io.BytesIO(picture.data)) as printed:
        assert printed.size == (10, 30)
        assert not printed.getexif()


def test_same_bytes() -> None:
    """A picture is converted into the same bytes each time."""
    image = Image.effect_noise((40, 40), 50).convert("CMYK")
    first, second = (_read(image, "JPEG", "a.jpg")[1].data for _ in range(2))
    read_picture.cache_clear()
    assert first == second == _read(image, "JPEG", "a.jpg")[1].data


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0,0 1 1-2.5.5l1e-1 1zm1 1h1v1c1 1 1 1 1 1s1 1 1 1q1 1 1 1t1 1z"/>',
        '<path d="m0 0a1 1 0 1150 5 1 1 0 01.5.5"/>',
        '<path d=""/>',
        '<rect transform=" translate(1) rotate(5,1,1) matrix(1 0 0 1 0 0) "/>',
        '<rect transform="none"/>',
        '<path fill="#123456789" id="x99999999" d="M40000 40000z"/>',
        '<rect style="fill: color(srgb 1 0 0); color: #99999999"/>',
        '<g id="inf"/><g id="a"><use href="#inf"/></g><use href="#a"/><use href="#a"/>',
    ],
)
def test_drawn_as_programs_write(inside: str) -> None:
    """Paths without spaces, traced coordinates and what is drawn twice are as they should be."""
    assert isinstance(read_picture(SVG.format(inside).encode(), "a.svg"), Picture)


@pytest.mark.parametrize(
    ("inside", "printed"),
    [
        ("<!-- by hand -->\n<path/>", "\n<path/>"),
        ("<text>a<!-- - -->b</text><!---->", "<text>ab</text>"),
        ("<text><![CDATA[<!-- said -->]]></text>", "<text><![CDATA[<!-- said -->]]></text>"),
        ("<!-- <![CDATA[ --><path/><!-- ]]> -->", "<path/>"),
        ('<path id="-->"/><!-- > -->', '<path id="-->"/>'),
        ("<desc>a]]<!-- - -->></desc><!-- b -->", "<desc>a]]<!-- - -->></desc>"),
        ("<desc>a]<!-- - --><!-- b -->]></desc>", "<desc>a]<!-- - -->]></desc>"),
    ],
)
def test_comments(inside: str, printed: str) -> None:
    """A drawing is printed without its comments; their signs in a CDATA section are text."""
    picture = read_picture(SVG.format(inside).encode(), "a.svg")
    assert isinstance(picture, Picture)
    assert picture.data == SVG.format(printed).encode()
    assert isinstance(read_picture(picture.data, "a.svg"), Picture)


def test_bytes_of_letters_are_no_comment() -> None:
    """Letters of UTF-16 whose bytes are those of a comment's signs stay in the drawing."""
    data = b"\xfe\xff" + SVG.format("<text>A \u3c21\u2d2d not drawn -\u2d3e B</text>").encode("utf-16-be")
    picture = read_picture(data, "a.svg")
    assert isinstance(picture, Picture)
    assert picture.data == data


def test_drawn_words() -> None:
    """The words of a drawing are found, in order; its title, its style and numbers in attributes are none."""
    inside = (
        "<title>A leg</title><style>.a { fill: none }</style><text>STOP:\n <tspan>clot</tspan></text>"
        "<g><text x='1'>vein</text></g>"
    )
    picture = read_picture(SVG.format(inside).encode(), "a.svg")
    assert isinstance(picture, Picture)
    assert picture.words == ("STOP:", "clot", "vein")


@pytest.mark.parametrize(
    ("size", "fine"),
    [
        ('viewBox="0 0 9 9"', True),
        ('viewBox="0,0,9,9" width="100%"', True),
        ('width="30mm" height="20mm"', True),
        ("", False),
        ('width="30mm"', False),
        ('viewBox="0 0 0 9"', False),
        ('width="100%" height="100%"', False),
    ],
)
def test_size_of_a_drawing(size: str, fine: bool) -> None:
    """A drawing says how wide it is for its height; one that does not is refused, not printed without height."""
    said = read_picture(f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0"/></svg>'.encode(), "a.svg")
    assert isinstance(said, Picture) if fine else "does not say its size" in str(said)
