"""A composition in two parts: what every clinic's piece has and what is the clinic's own, to be drawn apart and joined.

Strict on purpose: what the engine's own macros did not write just so is not parted, and such a piece is drawn whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pressroom.compose import Composition

# As `templates/base.html` writes them. Frames do not nest, and text is escaped: no words can begin or end one.
FRAME: Final = r'<div class="frame frame-(?P<frame>[a-z0-9-]+) .*?<div class="end" id="end-(?P=frame)"></div></div>'
PROOF: Final = (
    r'(?P<proof><div class="proof [^>]*>)\s*(?:<div class="hatch [a-z-]+"></div>)+\s*'
    r'(?:<p class="label .*?</p>\s*)+</div>'
)
_PLAIN: Final = r'<div class="(?:art|area) [a-z0-9 -]+"></div>'
_CHILD: Final = re.compile(rf"\s*(?:{FRAME}|{PROOF}|{_PLAIN})\s*", re.DOTALL)
_FRAME: Final = re.compile(FRAME, re.DOTALL)
_SHEET: Final = re.compile(
    r'\s*(<section class="sheet sheet-[a-z0-9-]+" lang="[^"]*" dir="[^"]*">)(.*?)</section>\s*', re.DOTALL
)
_BODY: Final = re.compile(r"(.*<body[^>]*>)(.*)(</body>\s*</html>\s*)", re.DOTALL)
_OWN_META: Final = re.compile(r'(<meta name="(?:author|keywords)" content=")[^"]*(">)')
_HEADING: Final = re.compile(r"<h[1-6][ >]")


@dataclass(frozen=True, slots=True)
class Child:
    """A piece of a sheet: its HTML, the frame it is, if it is one, and whether that is the clinic's own."""

    html: str
    frame: str
    own: bool

    @property
    def headings(self) -> int:
        """How many headings are in it."""
        return len(_HEADING.findall(self.html))

    @property
    def unseen(self) -> str:
        """An element that takes its place, for styles that count or look beside, and shows nothing."""
        return f'{self.html[: self.html.index(">")]} style="visibility: hidden"></div>'


@dataclass(frozen=True, slots=True)
class Parts:
    """`base` is drawn once and `own` for each clinic; each has unseen elements where the other's stand.

    `sheets` are the children of each sheet, in order.
    """

    base: Composition
    own: Composition
    sheets: tuple[tuple[Child, ...], ...]

    @property
    def own_frames(self) -> frozenset[str]:
        """The names of the clinic's own frames."""
        return frozenset(child.frame for sheet in self.sheets for child in sheet if child.own)


def frames_of(composition: Composition) -> dict[str, str]:
    """The HTML of each frame that stands as the engine's macro writes it, by its name."""
    return {match["frame"]: match[0] for match in _FRAME.finditer(composition.html)}


def parted(composition: Composition, neutral: Mapping[str, str]) -> Parts | None:
    """The composition in two parts; none where it is not understood, or nothing in it is the clinic's.

    `neutral` are the frames of the same piece for a clinic of no name: what differs is the clinic's own.
    """
    frames = frames_of(composition)
    own = {name for name, html in frames.items() if neutral.get(name) != html}
    body = _BODY.fullmatch(composition.html)
    if body is None or not own or not {frame.name for frame in composition.frames} <= set(frames):
        return None
    sheets = list(_sheets(body[2], own))
    if any(sheet is None for _, sheet in sheets):
        return None
    base = "".join(_written(opening, sheet or (), own=False) for opening, sheet in sheets)
    mine = "".join(_written(opening, sheet or (), own=True) for opening, sheet in sheets)
    return Parts(
        replace(composition, html=f"{_OWN_META.sub(_EMPTY, body[1])}\n{base}{body[3]}"),
        replace(composition, html=f"{body[1]}\n{mine}{body[3]}"),
        tuple(sheet or () for _, sheet in sheets),
    )


_EMPTY: Final = r"\1\2"


def _sheets(body: str, own: Collection[str]) -> Iterator[tuple[str, tuple[Child, ...] | None]]:
    """Each sheet's opening tag and children; none where something else is written."""
    at = 0
    while at < len(body):
        sheet = _SHEET.match(body, at)
        if sheet is None:
            yield "", None
            return
        yield sheet[1], _children(sheet[2], own)
        at = sheet.end()


def _children(inner: str, own: Collection[str]) -> tuple[Child, ...] | None:
    children: list[Child] = []
    at = 0
    while at < len(inner):
        child = _CHILD.match(inner, at)
        if child is None:
            return None
        name = child["frame"] or ""
        children.append(Child(child[0].strip(), name, name in own))
        at = child.end()
    return tuple(children)


def _written(opening: str, sheet: tuple[Child, ...], *, own: bool) -> str:
    written = (child.html if child.own is own else child.unseen for child in sheet)
    return "\n".join((opening, *written, "</section>\n"))
