"""Makes a rendered piece into a press file: plates, boxes and marks for a print shop.

Nothing is left to a printer's conversion: every colour is black, a brand colour with its own CMYK,
or refused. It is a press file; it does not claim to be PDF/X.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Rectangle

from pressroom.compose.geometry import PRESS_MARGIN
from pressroom.diagnostics import PROGRAM_FAULT, Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.layout import BrandColours, Layout
from pressroom.layout.colours import rgb_of
from pressroom.layout.inks import nearest_inks, percents
from pressroom.postpress.icc_profile import Profile
from pressroom.postpress.inks import InkError, Inks, brand_inks, ink_picture, is_screen_picture, operators
from pressroom.postpress.note import line
from pressroom.units import Length, mm

_MARK_WEIGHT: Final = 0.25
_CLAIMS: Final = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
# For screen readers and navigation: a press has no use for it, and some would print a link.
_UNUSED: Final = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/Dests", "/OutputIntents")
_MARK_LENGTH: Final = mm(4)


class PressError(DiagnosticError):
    """The file can't go to a press."""


@dataclass(frozen=True, slots=True)
class PressJob:
    """What a press file needs; a `mirrored` piece is read from the right, and its folds are mirrored too.

    `brand_spans` and `places` say where the colours of the brand and what pictures bring are written: a picture by its
    size in pixels, a colour of a drawing by its digits.
    """

    layout: Layout
    brand: dict[str, str] = field(repr=False)
    gray: bool
    mirrored: bool
    bleed: Length
    profile: Profile | None = None
    brand_spans: Mapping[str, Span] = field(default_factory=dict, repr=False)
    places: Mapping[str | tuple[int, int], Span] = field(default_factory=dict, repr=False)


def press_file(pdf: bytes, job: PressJob) -> bytes:
    """The press file of a piece rendered with `PRESS_MARGIN` around it. Raises PressError if a colour has no inks."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        problems: list[Diagnostic] = []
        for convert in _conversions(document, job):
            try:
                convert()
            except InkError as error:
                problems.append(_ink_finding(error, job))
        if problems:
            raise PressError(*dict.fromkeys(problems))
        for number, page in enumerate(document.pages):
            _boxes(page, job)
            _draw_marks(document, page, job, number)
            _delete(page.obj, ("/Annots", "/StructParents", "/Tabs"))
        _strip(document)
        _intent(document, job)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _ink_finding(error: InkError, job: PressJob) -> Diagnostic:
    """The finding about a colour or a picture without inks, where a person can give it some."""
    colours = BrandColours(job.brand, job.brand_spans)
    name = colours.name_of(error.what) if isinstance(error.what, str) and error.what else ""
    if name:
        inks = percents(nearest_inks(rgb_of(job.brand[f"colour-{name}"])))
        hint = f'write {name} = "{inks}" under [press], or the inks that the print shop says'
        message = f"{name} ({error.what}) has no inks, so no press can print it"
        return diagnostic("press", colours.span(name), message, hint)
    return diagnostic("press", job.places.get(error.what, Span(job.layout.path)), str(error), error.hint)


def _delete(item: pikepdf.Object, names: Iterable[str]) -> None:
    for name in names:
        if name in item:
            del item[name]


def _strip(document: pikepdf.Pdf) -> None:
    """Remove the office file's tags, destinations and claims of standards: the press file makes none of them."""
    _delete(document.Root, _UNUSED)
    if "/Metadata" in document.Root:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as claims:
            for claim in _CLAIMS:
                if claim in claims:
                    del claims[claim]


def _conversions(document: pikepdf.Pdf, job: PressJob) -> Iterator[Callable[[], None]]:
    """Each step that puts a part of the document in ink; it raises InkError if it can't."""
    inks = brand_inks(job.brand, gray=job.gray)
    for page in document.pages:
        page.contents_coalesce()
        yield partial(_recolour, page, page.obj.Contents, inks)
    for item in list(document.objects):
        if not isinstance(item, Dictionary | pikepdf.Stream):
            continue
        if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == Name.Form or "/PatternType" in item):
            yield partial(_recolour, item, item, inks)
        _forget_spaces(item)
        yield from _shading_conversions(item, inks)
        if is_screen_picture(item):
            yield partial(ink_picture, item, job.profile, gray=job.gray)


def _recolour(content: pikepdf.Page | pikepdf.Object, stream: pikepdf.Object, inks: Inks) -> None:
    stream.write(pikepdf.unparse_content_stream(operators(pikepdf.parse_content_stream(content), inks)))


def _forget_spaces(item: pikepdf.Object) -> None:
    """Remove the screen's colour spaces, which nothing uses any more."""
    resources = item.get("/Resources", item)
    if isinstance(resources, Dictionary) and isinstance(resources.get("/ColorSpace"), Dictionary):
        del resources["/ColorSpace"]


def _shading_conversions(item: pikepdf.Object, inks: Inks) -> Iterator[Callable[[], None]]:
    for key in ("/Shading", "/Group"):
        inner = item.get(key)
        if isinstance(inner, Dictionary):
            for child in [inner, *(value for _, value in inner.items() if isinstance(value, Dictionary))]:
                yield from _shading_conversions(child, inks)
    key = "/CS" if item.get("/S") == Name.Transparency else "/ColorSpace"
    if _is_rgb(item.get(key)) and item.get("/Subtype") != Name.Image:
        item[key] = Name.DeviceCMYK
        if "/Function" in item:
            yield from _function_conversions(item.Function, inks)


def _is_rgb(space: object) -> bool:
    """True for RGB with or without a profile of the screen."""
    if isinstance(space, Array) and space[0] == Name.ICCBased:
        return int(space[1].N) == 3
    return space == Name.DeviceRGB


def _function_conversions(function: pikepdf.Object, inks: Inks) -> Iterator[Callable[[], None]]:
    for part in function.get("/Functions", Array()):
        yield from _function_conversions(part, inks)
    for end in ("/C0", "/C1"):
        if end in function and len(function[end]) == 3:
            yield partial(_recolour_end, function, end, inks)
    if "/Range" in function:
        function.Range = Array([0, 1] * 4)


def _recolour_end(function: pikepdf.Object, end: str, inks: Inks) -> None:
    function[end] = Array(inks.of(*(float(value) for value in function[end])))


def _boxes(page: pikepdf.Page, job: PressJob) -> None:
    """The trim where it was rendered, the bleed around it, the paper around both; the origin at the paper's corner."""
    width, height = job.layout.width.pt, job.layout.height.pt
    margin, bleed = PRESS_MARGIN.pt, job.bleed.pt
    rendered = Rectangle(page.mediabox)
    if abs(rendered.width - width - 2 * margin) > 0.1 or abs(rendered.height - height - 2 * margin) > 0.1:
        message = "the page was not rendered with room for marks"
        raise PressError(diagnostic("press", Span(job.layout.path), message, PROGRAM_FAULT))
    right, top = margin + width, margin + height
    page.obj.MediaBox = Array([0, 0, right + margin, top + margin])
    page.obj.TrimBox = Array([margin, margin, right, top])
    page.obj.BleedBox = Array([margin - bleed, margin - bleed, right + bleed, top + bleed])
    _delete(page.obj, ("/CropBox", "/ArtBox"))


def _draw_marks(document: pikepdf.Pdf, page: pikepdf.Page, job: PressJob, number: int) -> None:
    """Clip at the bleed; draw crop marks at the trim's corners and dashed fold marks, all clear of the bleed."""
    trim, bleed = Rectangle(page.trimbox), Rectangle(page.bleedbox)
    folds = [fold.pt for fold in job.layout.pages[number].folds]
    folds = [job.layout.width.pt - fold for fold in folds] if job.mirrored else folds
    across = [trim.ury - fold.pt for fold in job.layout.pages[number].across]
    near = job.bleed.pt + 0.5
    far = near + _MARK_LENGTH.pt

    def marks(xs: Iterable[float], ys: Iterable[float]) -> Iterator[str]:
        for x in xs:
            yield line(x, trim.lly - far, x, trim.lly - near) + line(x, trim.ury + near, x, trim.ury + far)
        for y in ys:
            yield line(trim.llx - far, y, trim.llx - near, y) + line(trim.urx + near, y, trim.urx + far, y)

    crops = "".join(marks((trim.llx, trim.urx), (trim.lly, trim.ury)))
    drawn = f"{crops}[3 2] 0 d {''.join(marks((trim.llx + fold for fold in folds), across))}"
    ink = "0 G" if job.gray else "0 0 0 1 K"
    clip = f"q {bleed.llx:.4f} {bleed.lly:.4f} {bleed.width:.4f} {bleed.height:.4f} re W n\n".encode()
    artifact = f"\nQ /Artifact BMC q {ink} {_MARK_WEIGHT} w {drawn}Q EMC\n".encode()
    page.obj.Contents = document.make_stream(clip + page.obj.Contents.read_bytes() + artifact)


def _intent(document: pikepdf.Pdf, job: PressJob) -> None:
    """Name the print shop's profile as the output intent; without one, or in black alone, claim none."""
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
