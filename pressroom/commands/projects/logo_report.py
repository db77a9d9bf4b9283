"""Reads a logo for a brand: its size, its colours, and what of them can't be printed or is taken for something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.content.picture_colours import main_colours
from pressroom.content.pictures import DRAWN, read_picture
from pressroom.layout.brand_scheme import Swatch, swatch
from pressroom.layout.colours import contrast, difference, rgb_of
from pressroom.layout.dark import SHAPE
from pressroom.layout.inks import Look
from pressroom.layout.page_colours import written_colours
from pressroom.planning.named import UsageError
from pressroom.project.open_file import named_bytes

_ENDINGS: Final = (".svg", ".png")
# Of what a drawing says, only these are colours; a name in its words is none.
_PAINT: Final = re.compile(r"(?:fill|stroke|stop-color|color)\s*[=:]\s*[\"']?\s*([^\"';<>]+)")
# CIEDE2000: one colour, and two that differ at a glance.
_SAME, _APART = 2.0, 10.0
_DOTS_PER_MM: Final = 300 / 25.4
_MOST: Final = 4
_LIMIT: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LogoReport:
    """A logo: its bytes, what it is, its colours beside the brand's, and what a person should know."""

    name: str
    data: bytes
    facts: str
    own: tuple[Swatch, ...]
    notes: tuple[str, ...]


def read_logo(path: Path, colours: Sequence[str], alarm: str, look: Look) -> LogoReport:
    """Read a logo; `colours` are the brand's, and those that it does not have are `own`.

    Raises:
        UsageError: it can't be read or printed.
    """
    if path.suffix.lower() not in _ENDINGS:
        raise UsageError(f"{path} is not a logo that can be printed", "save it as SVG, or as PNG")
    data = named_file(path, _LIMIT)
    picture = read_picture(data, path.name)
    if isinstance(picture, str):
        raise UsageError(f"{path} {picture}", "save it again as plain SVG or PNG")
    if picture.pixels is None:
        facts, found = "drawn, so it prints sharp at every size", _drawn_colours(data.decode("utf-8", "replace"))
    else:
        width, height = picture.pixels
        facts = f"{width} × {height} pixels, sharp up to {width / _DOTS_PER_MM:.0f} mm wide"
        found = main_colours(picture.data)
    shown = [colour for colour in found if not _is_neutral(colour)]
    swatches = [swatch("", colour, look) for colour in shown if _nearest(colour, colours) > _SAME][:_MOST]
    printed = tuple(
        Swatch(f"logo-{number}", one.colour, one.inks, one.printed, one.apart)
        for number, one in enumerate((one for one in swatches if one.apart <= _APART), start=1)
    )
    notes = [*_notes(shown, swatches, alarm), *_kind_notes(picture.pixels is None, shown)]
    return LogoReport(
        path.name, data, f"{facts}; colours: {', '.join(shown) or 'black and white'}", printed, tuple(notes)
    )


def named_file(path: Path, limit: int) -> bytes:
    """The bytes of a file that a person names.

    Raises:
        UsageError: it can't be read.
    """
    try:
        return named_bytes(path, limit)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {(error.strerror or str(error)).lower()}", "name its file") from None


def _drawn_colours(text: str) -> tuple[str, ...]:
    found = [colour for paint in _PAINT.findall(text) for colour in written_colours(paint)]
    return tuple(dict.fromkeys(found))


def _is_neutral(colour: str) -> bool:
    """Black, white and grays are printed in black."""
    red, green, blue = rgb_of(colour)
    return max(red, green, blue) - min(red, green, blue) <= 1.5 / 255


def _nearest(colour: str, others: Sequence[str]) -> float:
    return min((difference(rgb_of(colour), rgb_of(other)) for other in others), default=100.0)


def _notes(shown: Sequence[str], swatches: Sequence[Swatch], alarm: str) -> list[str]:
    notes = []
    for colour in shown:
        apart = difference(rgb_of(colour), rgb_of(alarm))
        if apart < _APART:
            notes.append(f"logo: {colour} is {apart:.0f} from the alarm {alarm}: keep it away from the emergency band")
        ratio = contrast(rgb_of(colour), rgb_of("#fff"))
        if ratio < SHAPE:
            notes.append(f"logo: {colour} has {ratio:.1f}:1 on paper, and {SHAPE:g}:1 is seen well: it is faint there")
    notes += [
        f"logo: inks come no nearer to {one.colour} than {one.apart:.0f}, so no press prints it: ask for a logo in "
        f"other colours"
        for one in swatches
        if one.apart > _APART
    ]
    return notes


def _kind_notes(drawn: bool, shown: Sequence[str]) -> list[str]:
    if drawn or not shown:
        return []
    return [f"logo: a press file takes no PNG in colour without the print shop's profile: use an {DRAWN[1:].upper()}"]
