"""Reads where laid-out pages have what no signature covers: a proof's marks, control lines, codes; and all frames."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from pressroom.compose import Composition, Piece
from pressroom.compose.art import CODE, code_runs
from pressroom.drawing import Code, Control, Frame, LeftOut, around, meet, shared_area
from pressroom.language import FontFamily, families, font_file
from pressroom.render.page_boxes import (
    Rectangle,
    classes_of,
    is_written_by_style,
    leaves_text,
    place_of,
    placed_children,
)

# The parts that only a proof has, and the boxes in them that are painted.
_OF_PROOF: Final = frozenset({"proof", "overset"})
_MARKS: Final = frozenset({"hatch", "label", "overset"})
_LATIN: Final = "Noto Sans"
# A CSS pixel in points.
_POINT: Final = 0.75


@dataclass(frozen=True, slots=True)
class Places:
    """On each page, in points from its lower left corner: marks of a proof, codes, frames by name, control lines."""

    draft: tuple[tuple[int, Rectangle], ...] = ()
    codes: tuple[tuple[int, Rectangle], ...] = ()
    frames: tuple[tuple[int, str, Rectangle], ...] = ()
    lines: tuple[tuple[int, str, Rectangle], ...] = ()

    def frame_around(self, page: int, line: Rectangle) -> Rectangle:
        """The frame that a line is in; in text that flows, the line's height alone."""
        around = [box for at, _, box in self.frames if at == page and meet(box, line)]
        return max(around, key=lambda box: shared_area(box, line), default=(0.0, line[1], 0.0, line[3]))

    def with_imprint(self, imprint: Places) -> Places:
        """The places of a base and of an imprint that is drawn over it; both have all frames."""
        return Places(
            self.draft + imprint.draft, self.codes + imprint.codes, imprint.frames, self.lines + imprint.lines
        )


def places_of(document: Document, texts: Collection[str]) -> Places:
    """Where the pages have marks, codes, frames, and elements whose text is one of `texts`."""
    wanted = {_squeezed(text): text for text in texts}
    draft, codes, frames, lines = [], [], [], []
    for at, page in enumerate(document.pages):
        box = page._page_box
        height = box.margin_height() * _POINT
        for found, of_proof in _walk(box):
            classes = classes_of(found)
            if of_proof and _MARKS & classes:
                draft.append((at, _on_paper(place_of(found), height)))
            elif "frame" in classes:
                name = next(one.removeprefix("frame-") for one in classes if one.startswith("frame-"))
                frames.append((at, name, _on_paper(place_of(found), height)))
            elif isinstance(found, boxes.ReplacedBox) and (found.element.get("src") or "") == CODE:
                codes.append((at, _on_paper(place_of(found), height)))
        for text, where in _texts(box):
            if _squeezed(text) in wanted:
                lines.append((at, wanted[_squeezed(text)], _on_paper(where, height)))
    return Places(tuple(draft), tuple(codes), tuple(frames), tuple(lines))


def left_out_of(places: Places, piece: Piece, composition: Composition) -> LeftOut:
    """What the drawing of this piece leaves out, where the pages have it."""
    imprint = {part.frame for part in composition.parts if part.imprint}
    size, dark = code_runs(piece.address) if piece.address else (0, ())
    is_release = piece.marking == "release"
    signed = dict(zip(piece.control.lines, piece.control.signed_lines, strict=True))
    return LeftOut(
        controls=tuple(
            Control(page, box, places.frame_around(page, box), text, signed[text]) for page, text, box in places.lines
        ),
        codes=tuple(Code(page, box, piece.address, size, dark if is_release else ()) for page, box in places.codes),
        draft=() if is_release else places.draft,
        fonts=_fonts(piece.language.fonts),
        frames=tuple(Frame(page, box, name in imprint) for page, name, box in places.frames),
    )


@cache
def _fonts(fonts: tuple[FontFamily, ...]) -> tuple[Path, ...]:
    """The files that control lines may be set in: usually of one family, in every language."""
    of_text = dict.fromkeys((*families([_LATIN]), *(family for family in fonts if not family.for_signs)))
    return tuple(Path(font_file(face)) for family in of_text for face in family.faces)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _on_paper(place: Rectangle, height: float) -> Rectangle:
    left, top, right, bottom = (value * _POINT for value in place)
    return left, height - bottom, right, height - top


def _walk(box: boxes.Box, *, of_proof: bool = False) -> Iterator[tuple[Any, bool]]:
    """Every box in a box, and whether it is of a part that only a proof has."""
    for child in placed_children(box):
        inner = of_proof or bool(_OF_PROOF & classes_of(child))
        yield child, inner
        yield from _walk(child, of_proof=inner)


def _texts(box: boxes.Box) -> Iterator[tuple[str, Rectangle]]:
    """The text of every element that has lines, and the box around them."""
    lines: dict[Element, list[Any]] = {}
    for child, _ in _walk(box):
        if isinstance(child, boxes.LineBox) and not is_written_by_style(child):
            lines.setdefault(child.element, []).append(child)
    for found in lines.values():
        yield "".join(map(leaves_text, found)), around([_line_place(line) for line in found])


def _line_place(line: Any) -> Rectangle:  # noqa: ANN401  WeasyPrint publishes no type
    return line.position_x, line.position_y, line.position_x + line.width, line.position_y + line.height
