"""Fits the type of a piece: tries leadings, heights of headings and widths in turn, and gives what is left to gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from pressroom.compose import Composition, Piece, PlacedFrame, with_rows, without_by_hand
from pressroom.content import pictures_of
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import FitGroup
from pressroom.render.by_hand import with_by_hand
from pressroom.render.cache import Overrun
from pressroom.render.copyfit import AvailableSpace, Fitted, Measure, Range, Sizes, fit, over
from pressroom.render.measure import overhang_of
from pressroom.render.numbers import Numbers
from pressroom.render.room import space_of, without
from pressroom.render.spare import Elastic, rows_in, spread_out
from pressroom.render.twins import LeftOut
from pressroom.units import Length

# How far leading goes from the preferred (0) to the smallest (1), tried in turn.
_TIGHTENED: Final = (0.0, 0.5, 1.0)
# Headings give way, or stand no longer on one line, if the text becomes larger by as much (pt).
_GAIN: Final = 0.2
# Headings that give way are tried so large, from their smallest (0) to their usual size (1).
_HEADINGS: Final = (0.75, 0.5, 0.25)
# By how many points text may be smaller for the windows of a piece that would have no room otherwise.
_WORTH: Final = 0.5
_HAIR: Final = 0.005


@dataclass(frozen=True, slots=True)
class FittedPiece:
    """A piece with its sizes: what is laid out, what runs over, and which windows are left out of which frames.

    `composition` has no window that was left out, and as many rows to write on as there is room for.
    """

    composition: Composition
    gauge: Numbers
    fitted: Fitted
    sideways: dict[str, Length]
    left_out: dict[str, LeftOut]
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def windows_left_out(self) -> int:
        """How many windows have no room."""
        return sum(one.windows for one in self.left_out.values())

    def as_fitted(self, composition: Composition) -> Composition:
        """Another composition of the piece, with the same windows left out and the same rows to write on."""
        return with_rows(without(composition, self.left_out), self.rows)


def fit_piece(piece: Piece, composition: Composition, gauge: Numbers) -> FittedPiece:
    """The largest sizes at which the text of all frames fits, with the height that is left over in use.

    Text grows from its usual size to the ceiling where it has the room. Where it has not, windows take their least
    height first, then leading is tightened, then text becomes smaller, down to the smallest legible size. Windows for
    which it would be much smaller are left out.
    """
    whole, plain = composition, _of_text_alone(piece, composition)
    by_hand = {frame.name: frame.by_hand for frame in composition.frames if frame.by_hand}
    if plain or by_hand:
        composition = without_by_hand(without(composition, plain), by_hand)
        gauge = gauge.of(composition)
    ranges = ranges_of(piece, composition)
    tries = _tries(piece, ranges, composition, gauge)
    fitted, sideways = _best(tries, ranges)
    left_out: dict[str, LeftOut] = {}
    # Text that is at its usual size has left windows their least height.
    if not _is_usual(tries[0], ranges) and (lacking := _without_room(piece, composition, gauge)):
        fewer = without(composition, lacking)
        gauge_of_fewer, ranges_of_fewer = gauge.of(fewer), ranges_of(piece, fewer)
        larger, wide = _best(_tries(piece, ranges_of_fewer, fewer, gauge_of_fewer), ranges_of_fewer)
        if fitted.overset or _shortfall(fitted, ranges) - _shortfall(larger, ranges_of_fewer) > _WORTH + _HAIR:
            composition, gauge, ranges, left_out = fewer, gauge_of_fewer, ranges_of_fewer, lacking
            fitted, sideways = larger, wide
    left_out = plain | left_out
    if by_hand:
        left_out = with_by_hand(whole, left_out, by_hand, fitted.sizes, gauge)
        composition = without(whole, left_out)
        gauge = gauge.of(composition)
    elastic = [Elastic(space_of(frame), frame.spread, frame.filler) for frame in composition.frames]
    fitted = replace(fitted, sizes=spread_out(elastic, ranges, fitted.sizes, gauge))
    return _with_rows(FittedPiece(composition, gauge, fitted, sideways, left_out))


def _tries(
    piece: Piece, ranges: list[Range], composition: Composition, gauge: Numbers
) -> list[tuple[Fitted, dict[str, Length]]]:
    """The sizes at each leading, up to the first at which text has its usual size."""
    tries: list[tuple[Fitted, dict[str, Length]]] = []
    for tightened in _TIGHTENED:
        tries.append(_fit_widths(ranges, composition, gauge, piece.language.leading(tightened)))
        if _is_usual(tries[-1], ranges):
            break
    return tries


def _best(
    tries: Sequence[tuple[Fitted, dict[str, Length]]], ranges: Sequence[Range]
) -> tuple[Fitted, dict[str, Length]]:
    """The largest sizes at which nothing runs over; of two that are as large, those with more comfortable leading."""
    fitting = [one for one in tries if not one[0].overset]
    return min(fitting, key=lambda one: _shortfall(one[0], ranges)) if fitting else tries[-1]


def _with_rows(setting: FittedPiece) -> FittedPiece:
    """The setting with its rows to write on."""
    heights = setting.fitted.sizes.window
    fillers = {frame.name: frame.filler for frame in setting.composition.frames if frame.name in heights}
    rows = {name: rows_in(one, heights[name]) for name, one in fillers.items() if one and one.kind == "rows"}
    if not rows:
        return setting
    composition = with_rows(setting.composition, rows)
    gauge = setting.gauge.with_rows(composition, rows)
    return replace(setting, composition=composition, gauge=gauge, rows=rows)


def ranges_of(piece: Piece, composition: Composition) -> list[Range]:
    """The sizes of each group that is used; one without a window has those of text alone."""
    used = {frame.group for frame in composition.frames}
    drawn = {frame.group for frame in composition.frames if frame.filler and frame.filler.kind == "window"}
    groups = (group if group.name in drawn else group.alone for group in piece.layout.groups if group.name in used)
    return [type_range(group, piece) for group in groups]


def _of_text_alone(piece: Piece, composition: Composition) -> dict[str, LeftOut]:
    """All windows of frames that have text alone."""
    plain = {frame.name for frame in piece.layout.frames if not frame.windows}
    return {f.name: LeftOut(f.filler.count, 0.0) for f in composition.frames if f.filler and f.name in plain}


def _without_room(piece: Piece, composition: Composition, gauge: Numbers) -> dict[str, LeftOut]:
    """Which windows are left out: the last of a frame, until the others have room."""
    left_out: dict[str, LeftOut] = {}
    tried = composition
    while lacking := _lacking(piece, tried, gauge if tried is composition else gauge.of(tried)):
        for name, points in lacking.items():
            known = left_out.get(name, LeftOut(0, points))
            left_out[name] = replace(known, windows=known.windows + 1)
        tried = without(composition, left_out)
    return left_out


def _lacking(piece: Piece, composition: Composition, gauge: Numbers) -> dict[str, float]:
    """The frames whose windows have no room at the usual size and the smallest leading, and how many points lack."""
    windows = [frame for frame in composition.frames if frame.filler and frame.filler.kind == "window"]
    if not windows:
        return {}
    ranges = ranges_of(piece, composition)
    usual = {one.name: one.preferred for one in ranges}
    heading = {one.name: one.heading[0] for one in ranges if one.heading}
    gaps = {f.name: one.gap[0] for one in ranges if one.gap for f in composition.frames if f.group == one.name}
    heights = gauge(Sizes(usual, gaps, leading=piece.language.leading(1.0), heading=heading))
    lacking = {frame.name: over(space_of(frame), heights, aligned=False) for frame in windows}
    return {name: points for name, points in lacking.items() if points > 0}


def _is_usual(tried: tuple[Fitted, dict[str, Length]], ranges: Sequence[Range]) -> bool:
    """True if no text runs over or is smaller than usual."""
    return not tried[0].overset and _shortfall(tried[0], ranges) == 0


def _shortfall(fitted: Fitted, ranges: Sequence[Range]) -> float:
    """By how many points, in all, groups that may grow are smaller than their usual size."""
    grows = (one for one in ranges if one.ceiling > one.preferred)
    return sum(max(0.0, round(one.preferred - fitted.sizes.body[one.name], 1)) for one in grows)


def _fit_widths(
    ranges: list[Range], composition: Composition, gauge: Numbers, leading: dict[str, float]
) -> tuple[Fitted, dict[str, Length]]:
    """Fit by height; if a word is then too wide for its frame, limit the size of its group and fit again."""
    floors = {r.name: r.floor for r in ranges}
    spaces = [space_of(frame) for frame in composition.frames]
    frames = {frame.name: frame for frame in composition.frames}
    while True:
        fitted = fit_headings(spaces, ranges, gauge, leading)
        sideways = gauge.sideways(fitted.sizes)
        narrower = _narrower(sideways, frames, fitted.sizes, gauge)
        smaller = [r.up_to(narrower[r.name]) if r.name in narrower else r for r in ranges]
        if smaller == ranges or all(fitted.sizes.body[g] <= floors[g] for g in narrower):
            return fitted, {name: Length(wide.over) for name, wide in sideways.items()}
        ranges = smaller


def fit_headings(
    spaces: Sequence[AvailableSpace], ranges: Sequence[Range], gauge: Measure, leading: dict[str, float]
) -> Fitted:
    """Fit with headings of one height. Where that makes the text smaller, they are smaller, or of their own heights."""

    def fitted(size: float, *, aligned: bool = True) -> Fitted:
        heading = {r.name: round(r.heading[0] + (r.heading[1] - r.heading[0]) * size, 3) for r in ranges if r.heading}
        found = fit(
            spaces, ranges, lambda sizes: gauge(replace(sizes, leading=leading, heading=heading)), aligned=aligned
        )
        return replace(found, sizes=replace(found.sizes, leading=leading, heading=heading))

    usual = fitted(1.0)
    if not usual.sizes.slot or all(usual.sizes.body[r.name] >= r.largest - _HAIR for r in ranges):
        return usual
    apart = fitted(1.0, aligned=False)
    best = apart if _gains(apart, usual) else usual
    # Text of its usual size keeps its headings, unless they make it smaller by being as tall as each other.
    if not any(r.heading for r in ranges) or (best is usual and _is_usual((usual, {}), ranges)):
        return best
    small = fitted(0.0)
    if _gains(best, small) or (best is usual and not _gains(small, usual)):
        return best
    larger = (found for size in _HEADINGS if not _gains(small, found := fitted(size)))
    return next(larger, small)


def _gains(one: Fitted, other: Fitted) -> bool:
    """True if text is larger in one than in the other, or runs over in the other alone."""
    if bool(one.overset) != bool(other.overset):
        return not one.overset
    larger = sum(size - other.sizes.body[name] for name, size in one.sizes.body.items())
    return larger >= _GAIN - _HAIR or (sum(one.overset.values()) < sum(other.overset.values()) and larger >= 0)


def _narrower(
    sideways: dict[str, Overrun], frames: dict[str, PlacedFrame], sizes: Sizes, gauge: Numbers
) -> dict[str, float]:
    """The largest size, in points, at which each group's widest word may fit; it is never too small."""
    narrower: dict[str, float] = {}
    for name, wide in sideways.items():
        frame, size = frames[name], sizes.body[frames[name].group]
        largest = min(
            size - 0.1, size * (wide.room + overhang_of(gauge.gauge.language, size)) / (wide.room + wide.over)
        )
        narrower[frame.group] = min(largest, narrower.get(frame.group, largest))
    return narrower


def type_range(group: FitGroup, piece: Piece) -> Range:
    """A group's sizes, or its language's for the class of product; never below the smallest a patient can read."""
    legible, usual, ceiling = piece.speech(group.language).type_sizes(piece.layout.type_class)
    floor = group.floor if group.floor is not None else legible * group.factor
    preferred = group.preferred if group.preferred is not None else usual * group.factor
    largest = group.ceiling or (0.0 if group.preferred is not None else ceiling * group.factor * group.grow)
    if not group.staff:
        floor = max(floor, legible)
    return Range(group.name, floor, max(floor, preferred), group.gap, largest, group.widen, group.heading)


def smallest_sizes(piece: Piece, composition: Composition, *, tightened: float = 0.0) -> Sizes:
    """Every group at its smallest legible size, with the smallest gaps and the leading of `Language.leading`."""
    ranges = {group.name: type_range(group, piece) for group in piece.layout.groups}
    gaps = {frame.name: gap[0] for frame in composition.frames if (gap := ranges[frame.group].gap)}
    heading = {name: r.heading[0] for name, r in ranges.items() if r.heading}
    leading = piece.language.leading(tightened)
    return Sizes({name: r.floor for name, r in ranges.items()}, gaps, leading=leading, heading=heading)


def usual_sizes(piece: Piece, composition: Composition) -> Sizes:
    """Every group at its usual size with the smallest gaps: for a text that flows, and to read frames at."""
    ranges = {group.name: type_range(group, piece) for group in piece.layout.groups}
    gaps = {frame.name: gap[0] for frame in composition.frames if (gap := ranges[frame.group].gap)}
    heading = {name: r.heading[1] for name, r in ranges.items() if r.heading}
    return Sizes({name: r.preferred for name, r in ranges.items()}, gaps, heading=heading)


def window_findings(piece: Piece, setting: FittedPiece) -> Iterator[Diagnostic]:
    """A finding for each window that was left out, at the line of its picture."""
    for frame in setting.composition.frames:
        out = setting.left_out.get(frame.name)
        if out and out.points:
            short = ceil(Length(out.points).mm * 10) / 10
            tag = piece.voice(frame.voice).language.tag
            where = f"panel {frame.panel!r} ({frame.name} of {piece.layout.name}) in {tag}"
            many = f"{out.windows} pictures, which are" if out.windows > 1 else "its picture, which is"
            message = f"{where} has no room for {many} left out; {short:.1f} mm are lacking"
            hint = f"shorten the text of this panel by {short:.1f} mm"
            yield diagnostic("window-left-out", _place(piece, frame, out.windows), message, hint)


def _place(piece: Piece, frame: PlacedFrame, number: int) -> Span:
    """The line of the first of a frame's last pictures, or of its panel; the layout, of a frame without a panel."""
    every = (picture for panel in piece.document.panels for picture in pictures_of(panel.blocks))
    pictures = [picture.span for picture in every if picture.message in frame.messages]
    panels = [panel.span for panel in piece.document.panels if panel.name == frame.panel]
    return (pictures[-number:] or [*panels, Span(piece.layout.path)])[0]
