"""A font of the system that is damaged is named, whatever the damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.diagnostics import Span
from pressroom.language import families, find_language, font_file
from pressroom.planning import glyphs as planned
from pressroom.render import fonts
from pressroom.render.fonts import coverage, font_fault, font_problems

(SANS,) = families(["Noto Sans"])
WHOLE = font_file(SANS.faces[0]).read_bytes()
DAMAGED = {
    "empty": b"",
    "cut": WHOLE[: len(WHOLE) // 2],
    "head": WHOLE[:4] + b"\xff" * 200 + WHOLE[204:],
    "bit": WHOLE[: len(WHOLE) // 2] + bytes([WHOLE[len(WHOLE) // 2] ^ 1]) + WHOLE[len(WHOLE) // 2 + 1 :],
    "text": b"not a font",
}


@pytest.fixture(params=DAMAGED)
def damaged(request, tmp_path: Path, monkeypatch) -> Path:
    """A damaged copy of a font, in its place."""
    path = tmp_path / "NotoSans-Regular.ttf"
    path.write_bytes(DAMAGED[request.param])
    for module in (fonts, planned):
        monkeypatch.setattr(module, "font_file", lambda face: path)
    coverage.cache_clear()
    yield path
    coverage.cache_clear()


def test_a_whole_font() -> None:
    """A font whose checksums are right has no fault."""
    assert font_fault(font_file(SANS.faces[0]), 0) == ""


def test_a_damaged_font_is_named(damaged: Path) -> None:
    """A build is refused with the font's name, its file and the command that brings it back."""
    (finding,) = font_problems([SANS], {})
    assert finding.code == "font-damaged"
    assert f"the font Noto Sans is damaged: {damaged}" in finding.message
    assert finding.hint == "apt-get install --reinstall fonts-noto-core"


def test_no_letter_is_blamed_on_a_text(damaged: Path) -> None:
    """A check says that the font is damaged, and not that each letter is missing."""
    found = planned.missing_glyphs(find_language("es"), [("señales", Span("a.po", 3))])
    assert {finding.code for finding in found} <= {"font-damaged"}
