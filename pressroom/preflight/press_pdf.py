"""Reads from a press file what it prints with, and checks it against what a press can print; not a check of PDF/X."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import hypot
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.inks import MOST_INK
from pressroom.preflight.facts import Box, box_of, margins, size_of
from pressroom.preflight.page_content import PageContent
from pressroom.units import Length, mm

_RGB: Final = frozenset({"rg", "RG"})
_SHOWS_TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
_STROKES: Final = frozenset({"S", "s", "B", "b", "B*", "b*"})
_NEAR: Final = 0.005
Plates = tuple[float, float, float, float]
_BLACK: Final[Plates] = (0.0, 0.0, 0.0, 1.0)
# The trade's rules, as far as a file can show them.
THINNEST: Final = 0.25
BLEED: Final = mm(3)
REVERSED: Final = 8.0
_CUT: Final = "keep it inside the safe area, or let its frame bleed (docs/reference/layouts.md)"
# Points; numbers in a file are rounded.
_ROUNDING: Final = 0.02


@dataclass(frozen=True, slots=True)
class PressPlates:
    """A press file as it is: trims, bleeds and papers of its pages in points, and what its content prints with.

    `ink` is the most percent of any colour, `thinnest` the lightest rule in points (None where there is none), `rgb`
    what is left of the screen's colours, `texts` the plates (0 to 1) that text is printed with, `intent` the name of
    the condition it is meant for, `links` how many areas lead somewhere.
    """

    trims: tuple[Box, ...]
    bleeds: tuple[Box, ...]
    papers: tuple[Box, ...]
    ink: float
    thinnest: float | None
    rgb: tuple[str, ...]
    texts: frozenset[Plates]
    intent: str
    intent_space: str
    links: int


def read_press(pdf: bytes) -> PressPlates | None:
    """What is in a press file, whose paper is larger than its trim; None for other files. Raises pikepdf.PdfError."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return plates_of(document)


def plates_of(document: pikepdf.Pdf) -> PressPlates | None:
    """The same of a PDF that is open."""
    pages = list(document.pages)
    trimmed = ["/TrimBox" in page.obj and box_of(page.trimbox) != box_of(page.mediabox) for page in pages]
    if not pages or not all(trimmed):
        return None
    seen = _Seen()
    for page in pages:
        seen.read(page)
    seen.read_objects(document)
    intent, space = _intent(document)
    return PressPlates(
        trims=tuple(box_of(page.trimbox) for page in pages),
        bleeds=tuple(box_of(page.bleedbox) for page in pages),
        papers=tuple(box_of(page.mediabox) for page in pages),
        ink=round(seen.ink, 1),
        thinnest=seen.thinnest,
        rgb=tuple(sorted(seen.rgb)),
        texts=frozenset(seen.texts),
        intent=intent,
        intent_space=space,
        links=sum(len(page.obj.get("/Annots", Array())) for page in pages),
    )


def _intent(document: pikepdf.Pdf) -> tuple[str, str]:
    for intent in document.Root.get("/OutputIntents", Array()):
        profile = intent.get("/DestOutputProfile")
        space = bytes(profile.read_bytes()[16:20]).decode("latin-1").strip() if profile is not None else ""
        return str(intent.get("/Info", intent.get("/OutputConditionIdentifier", ""))), space
    return "", ""


@dataclass(slots=True)
class _Seen:
    """What the content prints with, gathered stream by stream."""

    ink: float = 0.0
    thinnest: float | None = None
    rgb: set[str] = field(default_factory=set)
    texts: set[Plates] = field(default_factory=set)

    def read(self, stream: pikepdf.Page | pikepdf.Object) -> None:
        """Read one content stream; a form begins with black, as a page does."""
        state: tuple[Plates, float, float] = (_BLACK, 1.0, 1.0)
        kept: list[tuple[Plates, float, float]] = []
        for row in pikepdf.parse_content_stream(stream):
            operands, name = row.operands, str(row.operator)
            if name == "q":
                kept.append(state)
            elif name == "Q" and kept:
                state = kept.pop()
            else:
                state = self._step(name, operands, state)

    def _step(self, name: str, operands: Any, state: tuple[Plates, float, float]) -> tuple[Plates, float, float]:  # noqa: ANN401
        fill, scale, weight = state
        if name == "cm":
            return fill, scale * hypot(float(operands[0]), float(operands[1])), weight
        if name == "w":
            return fill, scale, float(operands[0])
        if name in {"k", "K", "g", "G"}:
            plates = self.met([float(value) for value in operands])
            return (plates if name.islower() else fill), scale, weight
        if name in _RGB or (name in {"sc", "SC", "scn", "SCN"} and len(operands) == 3):
            self.rgb.add(f"the operator {name}")
        elif name in _SHOWS_TEXT:
            self.texts.add(fill)
        elif name in _STROKES:
            self.thinnest = min(self.thinnest or weight * scale, weight * scale)
        return state

    def met(self, values: list[float]) -> Plates:
        """A colour in one plate or four."""
        plates = (0.0, 0.0, 0.0, 1 - values[0]) if len(values) == 1 else (values[0], values[1], values[2], values[3])
        self.ink = max(self.ink, 100 * sum(plates))
        return plates

    def read_objects(self, document: pikepdf.Pdf) -> None:
        """Content of forms and tiling patterns, and the colours of pictures, shadings and groups."""
        for item in document.objects:
            if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                continue
            kind = item.get("/Subtype")
            if isinstance(item, pikepdf.Stream) and (kind == Name.Form or item.get("/PatternType") == 1):
                self.read(item)
            if kind == Name.Image and _components(item.get("/ColorSpace")) == 3:
                self.rgb.add("a picture")
            if kind == Name.Image and item.get("/ColorSpace") == Name.DeviceCMYK:
                self.ink = max(self.ink, _picture_ink(item))
            for key in ("/C0", "/C1"):
                end = item.get(key)
                if isinstance(end, Array) and len(end) == 4:
                    self.met([float(value) for value in end])
            if "/ShadingType" in item and _components(item.get("/ColorSpace")) == 3:
                self.rgb.add("a shading")
            if item.get("/S") == Name.Transparency and _components(item.get("/CS")) == 3:
                self.rgb.add("a transparency group")


def _picture_ink(item: pikepdf.Object) -> float:
    """The most ink of any pixel, in percent; samples that are not plain are not looked at."""
    if item.get("/BitsPerComponent") != 8 or item.get("/Filter", Name.FlateDecode) != Name.FlateDecode:
        return 0.0
    samples = item.read_bytes()
    return max(map(sum, zip(*(samples[plate::4] for plate in range(4)), strict=False)), default=0) / 2.55


def _components(space: Any) -> int:  # noqa: ANN401  whatever the file has there
    """How many channels a colour space has; 0 if its name does not say."""
    if isinstance(space, Array) and len(space) > 1:
        if space[0] == Name.ICCBased and isinstance(space[1], Dictionary | pikepdf.Stream):
            return int(space[1].get("/N", 0))
        return 3 if space[0] in (Name.CalRGB, Name.Lab) else _components(space[1]) if space[0] == Name.Indexed else 0
    return {"/DeviceRGB": 3, "/DeviceCMYK": 4, "/DeviceGray": 1}.get(str(space), 0)


def is_black_alone(plates: Plates) -> bool:
    """True for text on the black plate and no other: black, a gray, or the paper's white."""
    return max(plates[:3]) <= _NEAR


def check_press(press: PressPlates, content: PageContent, cut: Iterable[str], span: Span) -> list[Diagnostic]:
    """Every reason why the file can't go to a press as it is; `cut` is where something ends at the trim."""
    findings = [
        *_boxes(press),
        *_inks(press),
        *((f"{where}, something ends: it does not bleed", _CUT) for where in cut),
    ]
    if (small := smallest_reversed(content)) < REVERSED - 0.05:
        hint = f"set it in {REVERSED:g} pt or more, or dark on light"
        findings.append((f"light text on a dark ground is {small:.1f} pt: it fills in on a press", hint))
    return [diagnostic("press", span, message, hint) for message, hint in findings]


def verified(press: PressPlates, content: PageContent) -> tuple[str, ...]:
    """What was checked and is in order, in words, with its measures."""
    trims = sorted({size_of(box) for box in press.trims})
    least_bleeds = [min(margins(trim, bleed)) for trim, bleed in zip(press.trims, press.bleeds, strict=True)]
    rules = "no rule" if press.thinnest is None else f"no rule under {press.thinnest:.2f} pt"
    light = smallest_reversed(content)
    coloured = sum(1 for plates in press.texts if not is_black_alone(plates))
    text = f", and {coloured} {'ink' if coloured == 1 else 'inks'} of headings" if coloured else ""
    return (
        f"trim {' and '.join(trims)}, bleed {Length(min(least_bleeds)).mm:.1f} mm, boxes from the paper's corner",
        "what touches the trim bleeds",
        f"no RGB; text on the black plate alone{text}",
        f"at most {press.ink:.0f} % of ink",
        f"{rules}, {'no reversed type' if light == _NONE else f'reversed type from {light:.1f} pt'}, no link",
        f"output intent {press.intent!r}" if press.intent else "no output intent",
        "not checked against PDF/X",
    )


_NONE: Final = 1000.0


def smallest_reversed(content: PageContent) -> float:
    """The size in points of the smallest light text on a dark background; 1000 if there is none."""
    # Text over the edge of a drawing has no one background: only light on dark counts.
    light = (run.size for run in content.runs if sum(run.colour) > 3 * 200 and sum(run.paper) < 3 * 128)
    return min(light, default=_NONE)


def _boxes(press: PressPlates) -> Iterator[tuple[str, str]]:
    for number, (trim, bleed, paper) in enumerate(zip(press.trims, press.bleeds, press.papers, strict=True), start=1):
        least = min(margins(trim, bleed))
        if least < BLEED.pt - _ROUNDING:
            message = f"page {number} has a bleed of {Length(least).mm:.2f} mm, not {BLEED.mm:g}"
            yield message, "render it with its bleed"
        if paper[:2] != (0.0, 0.0):
            yield f"the paper of page {number} does not begin at 0, 0", "normalise its boxes"
        if min(margins(bleed, paper)) < -_ROUNDING:
            yield f"the bleed of page {number} runs out of its paper", "make the paper larger"


def _inks(press: PressPlates) -> Iterator[tuple[str, str]]:
    for what in press.rgb:
        yield f"{what} is in RGB", "give every colour its inks in layouts/brand.toml"
    if press.ink > MOST_INK + 0.1:
        yield f"a colour has {press.ink:.0f} % of ink, {MOST_INK:.0f} % at most", "see layouts/brand.toml"
    if press.thinnest is not None and press.thinnest < THINNEST - 0.001:
        yield (
            f"a rule is {press.thinnest:.2f} pt, at least {THINNEST} pt print",
            "make it heavier: in a style of the layout, or in a drawing of the document",
        )
    for plates in press.texts:
        if plates[3] > 0.9 and not is_black_alone(plates):
            yield "black text is on more plates than the black one", "write black as one ink: 0 0 0 100"
    if press.links:
        yield f"{press.links} areas lead somewhere", "a press file has no link"
    if press.intent_space not in {"", "CMYK"}:
        yield f"its output intent is for {press.intent_space}, not for CMYK", "name the print shop's profile"
