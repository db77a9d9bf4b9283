"""Pictures, drawings, colour profiles and fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from PIL import Image
from PIL.ImageCms import ImageCmsProfile, createProfile

from pressroom.content.illustrations import read_illustration
from pressroom.content.picture_colours import main_colours
from pressroom.content.pictures import Picture, read_picture
from pressroom.language import Face, FontFamily, find_language, font_file
from pressroom.layout.page_colours import written_colours
from pressroom.postpress.icc_profile import ProfileError, read_profile
from pressroom.render.own_fonts import own_font_problems
from tests.fuzz.targets.target import scratch, target
from tests.hostile.makers import pictures

_ROOT = Path(__file__).parents[3]
# Without the cache, which would keep every input.
_read_picture = read_picture.__wrapped__
_SPANISH = find_language("es")


def _pngs() -> Iterator[bytes]:
    for mode, options in (
        ("RGB", {}),
        ("P", {"transparency": 0}),
        ("LA", {}),
        ("1", {}),
        ("I;16", {}),
        ("RGBA", {"dpi": (9, 9)}),
    ):
        out = io.BytesIO()
        Image.new(mode, (9, 7), 1 if mode in ("1", "P", "I;16") else None).save(out, "PNG", **options)
        yield out.getvalue()
    profile = ImageCmsProfile(createProfile("sRGB")).tobytes()
    Image.new("RGB", (3, 3)).save(out := io.BytesIO(), "PNG", icc_profile=profile)
    yield out.getvalue()


@target(made=_pngs, cases=("png",), longest=4_000)
def png(data: bytes) -> None:
    """A picture is right, or it has a fault."""
    _raster(data, "a.png")


@target(made=lambda: [pictures.jpeg(mode, b"") for mode in ("RGB", "L", "CMYK")], longest=4_000)
def jpeg(data: bytes) -> None:
    """A photograph is right, or it has a fault."""
    _raster(data, "a.jpg")


def _raster(data: bytes, name: str) -> None:
    picture = _read_picture(data, name)
    if isinstance(picture, Picture):
        # What is printed is right itself.
        assert isinstance(_read_picture(picture.data, name), Picture)
        main_colours(picture.data)


def _drawings() -> list[bytes]:
    return [path.read_bytes() for path in sorted(_ROOT.glob("tests/**/*.svg"))[:12]]


@target(files=("source/pics/branch.svg", "source/logos/leaf.svg"), made=_drawings, cases=("svg", "logo"))
def svg(data: bytes) -> None:
    """A drawing is right, or it has a fault."""
    if isinstance(_read_picture(data, "a.svg"), Picture):
        list(written_colours(data.decode(errors="ignore")))


_LABELLED = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 80" data-focus="40" data-side="kept"
 data-words-from="20"><circle cx="50" cy="40" r="9" fill="#123456"/>
<text data-names="50 40; 60 44" y="30" data-note="a vein">The vein</text><text data-names="1 2">b</text></svg>"""


@target(made=lambda: [_LABELLED, *(data for data in _drawings() if b"data-focus" in data)])
def illustration(data: bytes) -> None:
    """The labels of an illustration are read; what is wrong has its line."""
    read_illustration.__wrapped__(data)


@target(made=lambda: [ImageCmsProfile(createProfile("sRGB")).tobytes(), *_profiles()], longest=40_000)
def profile(data: bytes) -> None:
    """A print shop's profile is read, or refused."""
    try:
        read_profile(data)
    except ProfileError:
        return


def _profiles() -> Iterator[bytes]:
    for path in sorted(_ROOT.glob("tests/**/*.ic[cm]"))[:2]:
        yield path.read_bytes()


@cache
def _font() -> bytes:
    """A font of the list cut down to a few letters."""
    font, out = TTFont(font_file(_SPANISH.fonts[0].faces[0])), io.BytesIO()
    subsetter = Subsetter(Options(layout_features=["kern"], notdef_outline=True))
    subsetter.populate(text="Ahoja é")
    subsetter.subset(font)
    font.save(out)
    return out.getvalue()


@target(made=lambda: [_font()], longest=40_000)
def font(data: bytes) -> None:
    """A project's own font is right, or it has findings."""
    path = scratch() / "layouts" / "fonts" / "own.ttf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    faces = tuple(Face("layouts/fonts/own.ttf", weight, (), root=scratch(), line=1) for weight in (400, 700))
    own_font_problems(FontFamily("Own", "", faces), [_SPANISH])
