from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from pressroom.postpress.icc_profile import Profile, read_profile
from pressroom.postpress.inks import InkError, ink_picture, is_screen_picture
from pressroom.preflight.press_pdf import read_press

Make = Callable[..., pikepdf.Stream]

# Of Debian's ghostscript, which the tests have for its plates.
PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")


@pytest.fixture
def profile() -> Profile:
    """A press that somebody could print on."""
    return read_profile(PROFILE.read_bytes())


@pytest.fixture
def picture() -> Iterator[Make]:
    """Pictures of one colour in a PDF that is open, as a browser's engine writes them."""
    with pikepdf.new() as document:

        def make(colour: tuple[int, int, int], *, mask: bool = False) -> pikepdf.Stream:
            stream = document.make_stream(Image.new("RGB", (4, 4), colour).tobytes())
            stream.Type, stream.Subtype = Name.XObject, Name.Image
            stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = 4, 4, 8, Name.DeviceRGB
            if mask:
                stream.SMask = document.make_stream(b"\x80" * 16, Subtype=Name.Image, ColorSpace=Name.DeviceGray)
            return stream

        yield make


@pytest.mark.parametrize("gray", [False, True])
def test_neutral(picture: Make, gray: bool) -> None:
    """A picture without colour is the black plate's alone, whether or not there is a profile."""
    item = picture((51, 51, 52))
    assert is_screen_picture(item)
    ink_picture(item, None, gray=gray)
    assert (item.ColorSpace, set(item.read_bytes())) == (Name.DeviceGray, {51})
    assert not is_screen_picture(item)


def test_gray_edition(picture: Make) -> None:
    """In a gray edition a colour is as dark as the eye takes it to be: red darker than green."""
    red, green = picture((255, 0, 0)), picture((0, 255, 0))
    for item in (red, green):
        ink_picture(item, None, gray=True)
    assert (red.read_bytes()[0], green.read_bytes()[0]) == (54, 182)


def test_through_the_profile(picture: Make, profile: Profile) -> None:
    """A colour is what the print shop's profile says: red has no cyan, and its mask stays."""
    item = picture((200, 0, 20), mask=True)
    ink_picture(item, profile, gray=False)
    cyan, magenta, yellow, _ = item.read_bytes()[:4]
    assert item.ColorSpace == Name.DeviceCMYK
    assert cyan < 40
    assert min(magenta, yellow) > 200
    assert item.SMask.read_bytes() == b"\x80" * 16


def test_without_a_profile(picture: Make) -> None:
    """A picture in colour is refused where nothing says its inks, with what to do."""
    with pytest.raises(InkError, match="of 4 × 4 pixels is in colour") as caught:
        ink_picture(picture((200, 0, 20)), None, gray=False)
    assert "press-profile" in caught.value.hint


def test_a_profile_that_converts_nothing(picture: Make, profile: Profile) -> None:
    """A profile that is one by its header alone is refused."""
    empty = bytearray(profile.data[:128] + struct.pack(">I", 0))
    empty[:4] = struct.pack(">I", len(empty))
    with pytest.raises(InkError, match="can't be converted"):
        ink_picture(picture((200, 0, 20)), replace(profile, data=bytes(empty)), gray=False)


def test_what_can_not_be_read(picture: Make) -> None:
    """A picture whose samples are cut off is refused, not guessed."""
    item = picture((200, 0, 20))
    item.write(b"\x00")
    with pytest.raises(InkError, match="can't be read"):
        ink_picture(item, None, gray=True)


def test_ink_of_a_picture(profile: Profile) -> None:
    """The most ink of a file is told of its pictures too."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(100, 100))
    page.obj.TrimBox = page.obj.BleedBox = pikepdf.Array([10, 10, 90, 90])
    item = document.make_stream(b"\xff\xff\xff\x00" * 4)
    item.Subtype, item.ColorSpace, item.BitsPerComponent, item.Width, item.Height = (
        Name.Image, Name.DeviceCMYK, 8, 2, 2,
    )  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=item))
    page.obj.Contents = document.make_stream(b"/P Do")
    out = io.BytesIO()
    document.save(out)
    press = read_press(out.getvalue())
    assert press is not None
    assert press.ink == 300
