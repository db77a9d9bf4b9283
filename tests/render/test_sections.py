"""Text that flows: a section is on one page if it fits on one, and its window is as tall as that page lets it be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.render.sections import Window, shared_out
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
INCH = 72
DARK = 170


@pytest.mark.parametrize(
    ("room", "windows", "heights"),
    [
        (40, [(170, 300)], [210]),
        (400, [(170, 300)], [300]),
        (0, [(170, 300), (190, 300)], [170, 190]),
        # Two grow alike; what one may not have, the other has.
        (60, [(170, 300), (190, 300)], [200, 220]),
        (60, [(170, 180), (190, 300)], [180, 240]),
        # Words may be higher than a window may be.
        (60, [(320, 300)], [320]),
        (60, [], []),
    ],
)
def test_windows_share_the_room_of_their_page(
    room: float, windows: list[tuple[float, float]], heights: list[float]
) -> None:
    """The room that is left goes to the windows of a page in equal parts, as far as each may grow."""
    assert shared_out(room, [Window(*window) for window in windows]) == heights


@cache
def _shares(tag: str, document: str) -> tuple[float, ...]:
    """The share of each page's height, between its margins, that has something on it: large print of the project."""
    from pressroom.render.proof import render_piece

    plan = make_plan(Workspace.open(ROOT), Request((document,), (tag,), products=("large-print",)))
    piece = prepare(next(job for job in plan.jobs if job.requested)).piece
    assert piece is not None
    with pypdfium2.PdfDocument(render_piece(piece).pdf) as pdf:
        return tuple(map(_share, pdf))


def _share(page: pypdfium2.PdfPage) -> float:
    picture = page.render(scale=0.5, grayscale=True).to_pil()
    edge, (width, height) = INCH // 2, picture.size
    inside = picture.crop((edge, edge, width - edge, height - edge))
    drawn = inside.point(lambda gray: 255 if gray < DARK else 0).getbbox()
    return drawn[3] / inside.height if drawn else 0.0


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("document", ["epidural-blood-patch", "services"])
@pytest.mark.parametrize("tag", ["en", "ar", "ur", "my"])
def test_pages_of_large_print_are_full(tag: str, document: str) -> None:
    """No page is less than half full, and what the last has left is for the reader's hand."""
    *others, last = _shares(tag, document)
    assert min(others) > 0.5
    assert last > 0.85


@pytest.mark.usefixtures("fonts")
def test_a_window_fills_its_page() -> None:
    """The first three sections of the English brochure are a page each, down to its foot."""
    assert min(_shares("en", "epidural-blood-patch")[:3]) > 0.98
