"""One piece made: a `Piece` goes in, its PDF and everything to be said about it come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog import Translation
from pressroom.compose import ComposeError, Composition, Piece, PlacedFrame, Spill, compose
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language, find_language
from pressroom.layout import LOCALE, FitGroup
from pressroom.render.copyfit import Fitted, Range, Room, Sizes, fit
from pressroom.render.engine import Engine, RenderError
from pressroom.render.measure import Gauge, widest
from pressroom.units import ZERO, Length, mm

_LONGEST: Final = 3
_EDGE: Final = mm(4)


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a piece: the PDF (none where nothing may be made of it), the sizes set, the findings."""

    pdf: bytes | None
    diagnostics: tuple[Diagnostic, ...]
    sizes: Sizes | None = None


@dataclass(frozen=True, slots=True)
class _Overset:
    """By how much the text of each frame runs over, downwards and sideways."""

    down: dict[str, Length]
    sideways: dict[str, Length]

    @property
    def frames(self) -> dict[str, str]:
        said = {name: f"overset by {over.mm:.1f} mm" for name, over in self.down.items()}
        return {name: f"{over.mm:.1f} mm too wide" for name, over in self.sideways.items()} | said


def render_piece(piece: Piece) -> Proof:
    """Compose, fit and write one piece. A pure function of its inputs, given the fonts.

    An overset piece is still written, with its text running over a marked edge on paper large enough to hold it.
    """
    try:
        composition = compose(piece)
        engine = Engine(composition, piece.document.path)
        if piece.layout.flows:
            return _flowing(piece, engine)
        gauge = Gauge(engine, piece.layout, composition.frames)
        fitted, sideways = _fit(piece, composition, gauge)
        over = _Overset({name: Length(pt) for name, pt in fitted.overset.items()}, sideways)
        if over.frames:
            spilled = compose(piece, over.frames, _spill(piece, composition, over))
            engine = Engine(spilled, piece.document.path)
        pdf = engine.write(engine.lay_out(fitted.sizes.css()))
    except (ComposeError, RenderError) as error:
        return Proof(None, tuple(error.problems))
    findings = [f for frame in composition.frames for f in _findings(piece, frame, over, fitted.sizes)]
    return Proof(pdf, tuple(findings), fitted.sizes)


def _flowing(piece: Piece, engine: Engine) -> Proof:
    """A piece whose text goes on from page to page at its preferred size; only its width can be overset."""
    ranges = [_range(group, piece.language, piece.layout.type_class) for group in piece.layout.groups]
    sizes = Sizes({r.name: r.preferred for r in ranges})
    pdf = engine.write(engine.lay_out(sizes.css()))
    wide = widest(pdf, piece.layout)
    findings = []
    if wide > ZERO:
        message = f"a word is {wide.mm:.1f} mm too wide for {piece.layout.name} in {piece.language.tag}"
        hint = "use a shorter word, or allow a break in it"
        findings.append(diagnostic("overset", Span(piece.translation.path), message, hint))
    return Proof(pdf, tuple(findings), sizes)


def _fit(piece: Piece, composition: Composition, gauge: Gauge) -> tuple[Fitted, dict[str, Length]]:
    """Fit by height; where a word is then too wide for its frame, let its group go no larger, and fit again."""
    ranges = [_range(group, piece.language, piece.layout.type_class) for group in piece.layout.groups]
    used = {frame.group for frame in composition.frames}
    ranges = [r for r in ranges if r.name in used]
    rooms = [_room(frame) for frame in composition.frames]
    groups = {frame.name: frame for frame in composition.frames}
    while True:
        fitted = fit(rooms, ranges, gauge)
        sideways = gauge.sideways(fitted.sizes, fitted.overset)
        narrower = dict[str, float]()
        for name, over in sideways.items():
            frame, size = groups[name], fitted.sizes.body[groups[name].group]
            width = frame.box.width.pt
            wanted = min(size - 0.1, size * width / (width + over.pt))
            narrower[frame.group] = min(wanted, narrower.get(frame.group, wanted))
        smaller = [replace(r, preferred=max(r.floor, narrower[r.name])) if r.name in narrower else r for r in ranges]
        if smaller == ranges or all(fitted.sizes.body[g] <= _floor(ranges, g) for g in narrower):
            return fitted, sideways
        ranges = smaller


def _floor(ranges: list[Range], group: str) -> float:
    return next(r.floor for r in ranges if r.name == group)


def _range(group: FitGroup, language: Language, type_class: str) -> Range:
    language = language if group.language == LOCALE else find_language(group.language)
    floor, preferred = language.sizes.get(type_class, language.sizes["brochure"])
    return Range(
        group.name,
        group.floor if group.floor is not None else floor * group.factor,
        group.preferred if group.preferred is not None else preferred * group.factor,
        group.gap,
    )


def _room(frame: PlacedFrame) -> Room:
    items = sum(1 for message in frame.messages if message.role == "list item")
    return Room(frame.name, frame.group, frame.box.height.pt, max(0, items - 1))


def _spill(piece: Piece, composition: Composition, over: _Overset) -> Spill:
    """Paper for what runs over, and an edge beyond it."""
    left = right = bottom = ZERO
    for frame in composition.frames:
        box = frame.box
        if frame.name in over.down:
            end = box.top + box.height + over.down[frame.name]
            bottom = max(bottom, end - piece.layout.height + _EDGE)
        if frame.name in over.sideways:
            beyond = over.sideways[frame.name]
            if piece.language.direction == "rtl":
                left = max(left, beyond - box.left + _EDGE)
            else:
                right = max(right, box.left + box.width + beyond - piece.layout.width + _EDGE)
    return Spill(max(left, ZERO), max(right, ZERO), max(bottom, ZERO))


def _findings(piece: Piece, frame: PlacedFrame, over: _Overset, sizes: Sizes) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    voice = piece.voice(frame.voice)
    size, tag, translation = sizes.body[frame.group], voice.language.tag, voice.translation
    where = f"panel {frame.panel!r} ({frame.name} of {piece.layout.name})"
    longest = sorted(frame.messages, key=lambda m: -len(translation.of(m).text))[:_LONGEST]
    span = translation.of(longest[0]).span if longest else Span(piece.layout.path)
    if frame.name in over.down:
        message = f"{where} is overset by {over.down[frame.name].mm:.1f} mm at {size:.1f} pt in {tag}"
        found.append(
            diagnostic("overset", span, message, _shorten(translation, piece, frame, over.down[frame.name], longest))
        )
    if frame.name in over.sideways:
        message = f"{where}: a word is {over.sideways[frame.name].mm:.1f} mm too wide at {size:.1f} pt in {tag}"
        found.append(diagnostic("overset", span, message, "use a shorter word, or allow a break in it"))
    return found


def _shorten(translation: Translation, piece: Piece, frame: PlacedFrame, over: Length, longest: list[Message]) -> str:
    if not longest:
        return f"give the frame more room in {piece.layout.path}, or its group a smaller size"
    share = over.pt / (frame.box.height.pt + over.pt)
    places = ", ".join(str(translation.of(m).span) for m in longest)
    return f"shorten its text by about {share:.0%}; longest: {places}"
