"""Pictures that are made to harm are refused with a reason, before they take time or memory."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from pressroom.content.pictures import Picture, read_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_an_exception_of_the_library_is_a_reason() -> None:
    """Pillow raises an IndexError on an empty colour profile behind the picture."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"iCCP", b"")
    assert str(read_picture(b"\x89PNG\r\n\x1a\n" + data, "a.png")).startswith("is broken: ")


@pytest.mark.parametrize("size", [(60_000, 1), (1, 60_000)])
def test_a_long_side(size: tuple[int, int]) -> None:
    """A side that no paper has is refused, however few pixels there are."""
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    assert read_picture(out.getvalue(), "a.png") == f"is {size[0]} × {size[1]} pixels; the limit is 15000 a side"


def bomb() -> str:
    """Twelve groups, each of which draws the one before it ten times."""
    groups = ['<g id="a0"><rect width="1" height="1"/></g>']
    groups += [f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 12)]
    return f"<defs>{''.join(groups)}</defs><use href='#a11'/>"


CHAIN = "".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(500))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (bomb(), "elements; the limit is 40,000"),
        (CHAIN, "more than 60 deep"),
        (
            '<marker id="k"><path d="M0 0"/></marker><path marker-mid="url(#k)" d="M0 0' + "L1 1" * 30_000 + '"/>',
            "elements; the limit is 40,000",
        ),
        ('<path d="M0 0' + "L1 1" * 200_000 + '"/>', "points"),
        (
            '<style>.a { mask: url(#m) }</style><mask id="m"><rect class="a" width="5" height="5"/></mask>'
            '<rect class="a" width="5" height="5"/>',
            "draws itself",
        ),
        ("<style>" + ":not(" * 2000 + "a" + ")" * 2000 + " { fill: red }</style>", "nested more than 10 deep"),
        ('<rect width="1" height="1" style="x: ' + "calc(" * 2000 + "1px" + ")" * 2000 + '"/>', "more than 10 deep"),
        ('<linearGradient id="g" spreadMethod="repeat"/>', "repeats"),
        (f"<text>e{chr(0x301) * 9}</text>", "more than 8 marks"),
    ],
)
def test_what_a_drawing_may_not_hold(inside: str, said: str) -> None:
    """What would be drawn for minutes, or without end, is refused with its measure."""
    assert said in str(read_picture(SVG.format(inside).encode(), "a.svg"))


@pytest.mark.parametrize(
    "inside",
    [
        '<clipPath id="c"><rect class="a" width="5" height="5"/></clipPath><g clip-path="url(#c)"/>'
        "<style>.a { fill: none } .b { clip-path: url(#c) }</style>",
        '<linearGradient id="g"><stop offset="0"/></linearGradient><path fill="url(#g)" d="M0 0'
        + "L1 1" * 30_000
        + '"/>',
        "<text>ဂ္ဂြို</text>",
    ],
)
def test_what_programs_write(inside: str) -> None:
    """A clip in a style, a path of many points with a gradient, and letters with many marks are drawn."""
    assert isinstance(read_picture(SVG.format(inside).encode(), "a.svg"), Picture)
