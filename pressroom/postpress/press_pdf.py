"""Press files: a rendered piece and its brand's inks go in, plates, boxes and marks for a print shop come out.

Written so that nothing is left to a printer's conversion: every colour is black, a brand colour with its own CMYK,
or refused. It is a press file; it does not claim to be PDF/X.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.compose.geometry import PRESS_MARGIN
from pressroom.layout import Layout
from pressroom.postpress.icc_profile import Profile
from pressroom.postpress.inks import Inks, UnknownColour, brand_inks, operators
from pressroom.postpress.pictures import PictureError, ink_picture, is_screen_picture
from pressroom.units import Length, mm

_MARK_WEIGHT: Final = 0.25
_CLAIMS: Final = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
# What reads a page aloud or leads elsewhere: a press has no use for it, and a link in it would be printed by some.
_UNUSED: Final = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/Dests", "/OutputIntents")
_MARK_LENGTH: Final = mm(4)


class PressError(Exception):
    """The file can't go to a press; carries each problem with its next move."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(problem for problem, _ in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PressJob:
    """What a press file is made by: the layout, the brand's tokens, one black plate or four, and the printer's profile.

    `mirrored` is a piece that is read from the right: its folds are mirrored too.
    """

    layout: Layout
    brand: dict[str, str] = field(repr=False)
    gray: bool
    mirrored: bool
    bleed: Length
    profile: Profile | None = None


def press_file(pdf: bytes, job: PressJob) -> bytes:
    """The press file of a piece rendered with `PRESS_MARGIN` around its trim; `preflight.check_press` looks at it.

    Raises:
        PressError: a colour is not the brand's, or nothing says a picture's inks.
    """
    inks = brand_inks(job.brand, gray=job.gray)
    problems: list[tuple[str, str]] = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            page.contents_coalesce()
            page.obj.Contents = document.make_stream(_recoloured(page, inks, problems))
            _boxes(page, job)
            _draw_marks(document, page, job, number)
            for name in ("/Annots", "/StructParents", "/Tabs"):
                if name in page.obj:
                    del page.obj[name]
        _recolour_objects(document, inks, problems)
        _ink_pictures(document, job, problems)
        if problems:
            raise PressError(list(dict.fromkeys(problems)))
        _strip(document)
        _intent(document, job)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _strip(document: pikepdf.Pdf) -> None:
    """What the office file was: tags, places and the standards it kept. The press file claims none of them."""
    for name in _UNUSED:
        if name in document.Root:
            del document.Root[name]
    if "/Metadata" in document.Root:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as claims:
            for claim in _CLAIMS:
                if claim in claims:
                    del claims[claim]


def _recoloured(stream: pikepdf.Page | pikepdf.Object, inks: Inks, problems: list[tuple[str, str]]) -> bytes:
    """The content with every colour in ink."""
    try:
        return pikepdf.unparse_content_stream(operators(pikepdf.parse_content_stream(stream), inks))
    except UnknownColour as error:
        problems.append(_not_the_brands(error))
        return b""


def _not_the_brands(error: UnknownColour) -> tuple[str, str]:
    hint = "add it to layouts/brand.toml: its colour under [colour], its inks under [press]"
    return f"the colour {error} is neither black nor the brand's", hint


def _recolour_objects(document: pikepdf.Pdf, inks: Inks, problems: list[tuple[str, str]]) -> None:
    """Forms, patterns, shadings and their functions."""
    for item in list(document.objects):
        if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == Name.Form or "/PatternType" in item):
            item.write(_recoloured(item, inks, problems))
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            _forget_spaces(item)
            _recolour_shading(item, inks, problems)


def _forget_spaces(item: pikepdf.Object) -> None:
    """Colour spaces of a screen that nothing uses any more."""
    resources = item.get("/Resources", item)
    if isinstance(resources, Dictionary) and isinstance(resources.get("/ColorSpace"), Dictionary):
        del resources["/ColorSpace"]


def _ink_pictures(document: pikepdf.Pdf, job: PressJob, problems: list[tuple[str, str]]) -> None:
    """Pictures in the colours of a screen; a neutral one is black, one in colour needs the print shop's profile."""
    for item in list(document.objects):
        if isinstance(item, pikepdf.Stream) and is_screen_picture(item):
            try:
                ink_picture(item, job.profile, gray=job.gray)
            except PictureError as error:
                problems.append((str(error), error.hint))


def _recolour_shading(item: pikepdf.Object, inks: Inks, problems: list[tuple[str, str]]) -> None:
    for key in ("/Shading", "/Group"):
        inner = item.get(key)
        if isinstance(inner, Dictionary):
            for child in [inner, *(value for _, value in inner.items() if isinstance(value, Dictionary))]:
                _recolour_shading(child, inks, problems)
    space = item.get("/CS") if item.get("/S") == Name.Transparency else item.get("/ColorSpace")
    if _is_rgb(space) and item.get("/Subtype") != Name.Image:
        item["/CS" if item.get("/S") == Name.Transparency else "/ColorSpace"] = Name.DeviceCMYK
        if "/Function" in item:
            _recolour_function(item.Function, inks, problems)


def _is_rgb(space: object) -> bool:
    """True for RGB with or without a profile of the screen."""
    if isinstance(space, Array) and space[0] == Name.ICCBased:
        return int(space[1].N) == 3
    return space == Name.DeviceRGB


def _recolour_function(function: pikepdf.Object, inks: Inks, problems: list[tuple[str, str]]) -> None:
    for part in function.get("/Functions", Array()):
        _recolour_function(part, inks, problems)
    for end in ("/C0", "/C1"):
        if end in function and len(function[end]) == 3:
            try:
                function[end] = Array(inks.of(*(float(value) for value in function[end])))
            except UnknownColour as error:
                problems.append(_not_the_brands(error))
    if "/Range" in function:
        function.Range = Array([0, 1] * 4)


def _boxes(page: pikepdf.Page, job: PressJob) -> None:
    """The trim where it was rendered, the bleed around it, the paper around both; the origin at the paper's corner."""
    width, height = job.layout.width.pt, job.layout.height.pt
    margin = PRESS_MARGIN.pt
    left, bottom, right, top = (float(value) for value in page.mediabox)
    if abs(right - left - width - 2 * margin) > 0.1 or abs(top - bottom - height - 2 * margin) > 0.1:
        raise PressError([("the page was not rendered with room for marks", "report it with the document")])
    trim = (margin, margin, margin + width, margin + height)
    bleed = (trim[0] - job.bleed.pt, trim[1] - job.bleed.pt, trim[2] + job.bleed.pt, trim[3] + job.bleed.pt)
    paper = Array([0, 0, width + 2 * margin, height + 2 * margin])
    page.obj.MediaBox, page.obj.TrimBox, page.obj.BleedBox = paper, Array(trim), Array(bleed)
    for name in ("/CropBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]


def _draw_marks(document: pikepdf.Pdf, page: pikepdf.Page, job: PressJob, number: int) -> None:
    """What bleeds is cut off at the bleed; crop marks at the trim's corners and fold marks, all clear of the bleed."""
    left, bottom, right, top = (float(value) for value in page.obj.TrimBox)
    b = [float(value) for value in page.obj.BleedBox]
    near, far = job.bleed.pt + 0.5, job.bleed.pt + 0.5 + _MARK_LENGTH.pt
    lines = []
    for x in (left, right):
        lines += [(x, bottom - far, x, bottom - near), (x, top + near, x, top + far)]
    for y in (bottom, top):
        lines += [(left - far, y, left - near, y), (right + near, y, right + far, y)]
    drawn = "".join(f"{x:.3f} {y:.3f} m {u:.3f} {v:.3f} l S " for x, y, u, v in lines)
    drawn += "[3 2] 0 d " + "".join(
        f"{x:.3f} {bottom - far:.3f} m {x:.3f} {bottom - near:.3f} l S "
        f"{x:.3f} {top + near:.3f} m {x:.3f} {top + far:.3f} l S "
        for x in (left + fold for fold in _folds(job, number))
    )
    drawn += "".join(
        f"{left - far:.3f} {y:.3f} m {left - near:.3f} {y:.3f} l S "
        f"{right + near:.3f} {y:.3f} m {right + far:.3f} {y:.3f} l S "
        for y in (top - fold.pt for fold in job.layout.pages[number].across)
    )
    ink = "0 G" if job.gray else "0 0 0 1 K"
    clip = f"q {b[0]:.4f} {b[1]:.4f} {b[2] - b[0]:.4f} {b[3] - b[1]:.4f} re W n\n".encode()
    marks = f"\nQ /Artifact BMC q {ink} {_MARK_WEIGHT} w {drawn}Q EMC\n".encode()
    page.obj.Contents = document.make_stream(clip + page.obj.Contents.read_bytes() + marks)


def _folds(job: PressJob, number: int) -> list[float]:
    folds = [fold.pt for fold in job.layout.pages[number].folds]
    return [job.layout.width.pt - fold for fold in folds] if job.mirrored else folds


def _intent(document: pikepdf.Pdf, job: PressJob) -> None:
    """The print shop's profile as the intent; without one, and for black alone, none is claimed."""
    if job.profile is None or job.gray:
        return
    profile = document.make_stream(job.profile.data)
    profile.N = 4
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFX"),
        OutputConditionIdentifier="Custom",
        Info=job.profile.name,
        DestOutputProfile=profile,
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])
