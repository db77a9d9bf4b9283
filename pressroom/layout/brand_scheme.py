"""Computes a brand's colours from one: what the styles need, the contrast of each, and what the inks print.

`Scheme.notes` says each change with its figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from pressroom.layout.brand_colours import CONTRAST, LARGE_CONTRAST
from pressroom.layout.colours import lab_difference, lab_of, rgb_of
from pressroom.layout.dark import SHAPE, on_dark, tint_on_dark
from pressroom.layout.inks import Inks, Look, estimated, nearest_inks, percents
from pressroom.layout.oklch import (
    BLINDNESS,
    apart,
    as_seen,
    chroma,
    darker,
    darker_and_duller,
    duller,
    hue,
    light,
    oklch,
    ratio,
    read_colour,
    until,
)

# CIEDE2000. Nobody takes one colour for another that is so far away; the alarm is seen from across a room.
_APART: Final = 20.0
# From here on a colour and its inks are two colours at a glance (`ink-colour`); we stay well below.
_PRINTS: Final = 6.0
# The dot is blood in drawings of the body, so it is a red, a wine or a rust: hues in degrees.
_DOT_HUES: Final = tuple(range(0, 61, 10))
_DOT_HUE: Final = 25
_DOT_LIGHT: Final = tuple(step / 100 for step in range(24, 61, 3))
# Duller than the alarm, which nothing on a page outshines.
_DOT_CHROMA: Final = (0.14, 0.11, 0.08)
_FROM_ALARM: Final = 15.0
# How far the dot is from flow in OKLCH's lightness, so that gray paper keeps them apart.
_LIGHTER: Final = 0.1
_BONE: Final = (0.91, 0.012)


@dataclass(frozen=True, slots=True)
class Kept:
    """What no brand changes, `#rrggbb`: black, paper, the alarm, and the ground and words of a dark screen."""

    ink: str
    paper: str
    alarm: str
    dark_ink: str
    dark_paper: str
    dark_alarm: str


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of the brand: `#rrggbb`, its inks (0 to 1), what these look like, and how far that is (CIEDE2000)."""

    name: str
    colour: str
    inks: Inks
    printed: tuple[float, float, float]
    apart: float

    @property
    def percents(self) -> str:
        """The inks as `[press]` has them."""
        return percents(self.inks)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet: what for, their contrast, and how much they need."""

    use: str
    one: str
    other: str
    ratio: float
    needs: float

    @property
    def holds(self) -> bool:
        """True if the contrast is enough."""
        return self.ratio >= self.needs - 0.005


@dataclass(frozen=True, slots=True)
class Scheme:
    """A brand's colours by name, its dark ones, their inks, and what was changed and why."""

    given: str
    colours: dict[str, str]
    dark: dict[str, str]
    swatches: tuple[Swatch, ...]
    pairs: tuple[Pair, ...]
    seen: dict[str, float]
    notes: tuple[str, ...]


def make_scheme(written: str, kept: Kept, look: Look = estimated) -> Scheme:
    """The colours that go with one, as CSS writes it; `look` says what inks look like.

    Raises:
        ColourError: it is not a colour, or one can see through it.
    """
    given, shown = read_colour(written)
    notes = [] if shown else [f"screens can't show {written} as it is; the nearest that they show is {given}"]
    flow = given
    for step in (_readable, _not_alarm, _printable):
        moved, said = step(flow, kept, look)
        notes += [said] if moved != flow else []
        flow = moved
    if apart(flow, kept.ink) < _APART / 2:
        notes.append(f"flow: {flow} is {apart(flow, kept.ink):.0f} from black: lines look like words")
    dot = _dot(flow, kept, look)
    bone = oklch(_BONE[0], min(_BONE[1], chroma(flow)), hue(given))
    colours = {"flow": flow, "dot": dot, "bone": bone}
    dark = {name: on_dark(colours[name], kept.dark_paper, CONTRAST) for name in ("flow", "dot")}
    dark["bone"] = tint_on_dark(bone, kept.dark_paper)
    return Scheme(
        given,
        colours,
        dark,
        tuple(swatch(name, colour, look) for name, colour in colours.items()),
        tuple(_pairs(colours, dark, kept)),
        {
            "everyone": apart(flow, dot),
            **{kind: apart(as_seen(flow, kind), as_seen(dot, kind)) for kind in BLINDNESS},
        },
        tuple(notes),
    )


def swatch(name: str, colour: str, look: Look) -> Swatch:
    """A colour with the inks that look most like it."""
    inks = nearest_inks(rgb_of(colour), look)
    (printed,) = look([inks])
    return Swatch(name, colour, inks, printed, lab_difference(lab_of(rgb_of(colour)), printed))


def _readable(flow: str, kept: Kept, _: Look) -> tuple[str, str]:
    """The colour, darker until it has enough contrast on paper, and what was done."""
    moved = until(flow, lambda colour: ratio(colour, kept.paper) >= CONTRAST, darker)
    return moved, (
        f"flow: {flow} has {ratio(flow, kept.paper):.1f}:1 on paper and needs {CONTRAST:g}:1, so it is darker: "
        f"{moved}, {ratio(moved, kept.paper):.1f}:1, lightness {light(flow):.2f} to {light(moved):.2f}, "
        f"{apart(flow, moved):.0f} away"
    )


def _not_alarm(flow: str, kept: Kept, _: Look) -> tuple[str, str]:
    """The colour, darker and duller until it is far from the alarm, and what was done."""
    moved = until(flow, lambda colour: apart(colour, kept.alarm) >= _APART, darker_and_duller)
    return moved, (
        f"flow: {flow} is {apart(flow, kept.alarm):.0f} from the alarm {kept.alarm} and needs {_APART:g}, so it is "
        f"darker and duller: {moved}. Red is for emergencies alone"
    )


def _printable(flow: str, kept: Kept, look: Look) -> tuple[str, str]:
    """The colour, duller until inks come near to it, and what was done."""
    moved = until(flow, lambda colour: swatch("flow", colour, look).apart <= _PRINTS, duller)
    moved = until(moved, lambda colour: ratio(colour, kept.paper) >= CONTRAST, darker)
    far = swatch("flow", flow, look).apart
    return moved, f"flow: inks come no nearer to {flow} than {far:.0f}, so it is duller: {moved}"


def _dot(flow: str, kept: Kept, look: Look) -> str:
    """The accent: a red, wine or rust far from flow, also for the colour blind, and not the alarm."""

    def score(colour: str) -> tuple[float, ...]:
        far = [apart(flow, colour), *(apart(as_seen(flow, kind), as_seen(colour, kind)) for kind in BLINDNESS)]
        # Beyond what no reader mistakes, the stronger colour is better, and that nearest to blood.
        return min(*far, _APART), round(chroma(colour), 2), -abs(hue(colour) - _DOT_HUE)

    fit = sorted((colour for colour in _dots() if _may_be_dot(colour, flow, kept)), key=score, reverse=True)
    return next((colour for colour in fit if swatch("dot", colour, look).apart <= _PRINTS), fit[0])


def _dots() -> Iterator[str]:
    yield from dict.fromkeys(oklch(*values) for values in product(_DOT_LIGHT, _DOT_CHROMA, _DOT_HUES))


def _may_be_dot(colour: str, flow: str, kept: Kept) -> bool:
    return (
        ratio(colour, kept.paper) >= LARGE_CONTRAST
        and abs(light(colour) - light(flow)) >= _LIGHTER
        and apart(colour, kept.alarm) >= _FROM_ALARM
        and apart(colour, kept.ink) >= _FROM_ALARM
    )


def _pairs(colours: dict[str, str], dark: dict[str, str], kept: Kept) -> Iterator[Pair]:
    flow, dot, bone = colours["flow"], colours["dot"], colours["bone"]
    rows = (
        ("words on paper", kept.ink, kept.paper, CONTRAST),
        ("lines and fields: flow on paper", flow, kept.paper, CONTRAST),
        ("white words on a field of flow", kept.paper, flow, CONTRAST),
        ("drawings: dot on paper", dot, kept.paper, LARGE_CONTRAST),
        ("drawings: flow on bone", flow, bone, SHAPE),
        ("drawings: dot on bone", dot, bone, SHAPE),
        ("white words on the alarm", kept.paper, kept.alarm, CONTRAST),
        ("dark screen: words", kept.dark_ink, kept.dark_paper, CONTRAST),
        ("dark screen: flow", dark["flow"], kept.dark_paper, LARGE_CONTRAST),
        ("dark screen: dot", dark["dot"], kept.dark_paper, LARGE_CONTRAST),
        ("dark screen: flow on bone", dark["flow"], dark["bone"], SHAPE),
        ("dark screen: dot on bone", dark["dot"], dark["bone"], SHAPE),
        ("dark screen: edge of the alarm", kept.dark_alarm, kept.dark_paper, LARGE_CONTRAST),
    )
    for use, one, other, needs in rows:
        yield Pair(use, one, other, ratio(one, other), needs)
