from __future__ import annotations

import io
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from pressroom.diagnostics import Severity
from pressroom.language import families, font_file, font_mark, sign_fonts
from pressroom.render.fonts import font_problems, locked_font, private_fonts, subset_face

(SANS,) = families(["Noto Sans"])
(HAN,) = families(["Noto Sans CJK SC"])


def test_known() -> None:
    """The files pages were checked with are used without a word, locked or not."""
    lock = {font_file(face).name: locked_font(SANS, face) for face in SANS.faces}
    assert font_problems([SANS], {}) == []
    assert font_problems([SANS], lock) == []


def test_unknown() -> None:
    """A file nobody has checked is told of, with how to accept it, where no lock names another."""
    other = replace(SANS, faces=tuple(replace(face, known=("0" * 64,)) for face in SANS.faces))
    found = font_problems([other], {})
    assert {problem.code for problem in found} == {"font-changed"}
    assert all("fonts --accept" in problem.hint for problem in found)


def test_locked(tmp_path) -> None:
    """A file that is not the locked one is refused, with the command that brings it back."""
    lock = {font_file(face).name: replace(locked_font(SANS, face), sha256="0" * 64) for face in SANS.faces}
    ready, findings = private_fonts([SANS], tmp_path, locked=lock)
    assert not ready
    assert {finding.code for finding in findings} == {"font-locked"}
    assert "apt-get install --reinstall fonts-noto-core" in findings[0].hint


def test_not_in_lock() -> None:
    """A lock that lacks a family refuses it: what was not looked at is not printed."""
    (found, _) = font_problems([SANS], {"Other.ttf": locked_font(SANS, SANS.faces[0])})
    assert found.severity is Severity.ERROR


def test_signs_not_in_lock() -> None:
    """A lock from before there were fonts for signs goes on: the pages it was written for had no such sign."""
    lock = {"Other.ttf": locked_font(SANS, SANS.faces[0])}
    assert font_problems(sign_fonts(), lock) == []
    (math, *_) = sign_fonts()
    changed = {"NotoSansMath-Regular.ttf": replace(locked_font(math, math.faces[0]), sha256="0" * 64)}
    assert {problem.code for problem in font_problems([math], changed)} == {"font-locked"}


def test_missing(tmp_path, monkeypatch) -> None:
    """A missing file names the package that brings it."""
    monkeypatch.setattr("pressroom.language.fonts.FONT_ROOT", tmp_path)
    (found, _) = font_problems([SANS], {})
    assert found.hint == "apt-get install fonts-noto-core"


def test_subset(tmp_path) -> None:
    """A face cut down has its own name, the letters asked for and Latin, and is made once."""
    path = subset_face(HAN, HAN.faces[0], frozenset("血栓"), tmp_path)
    with TTFont(io.BytesIO(path.read_bytes())) as font:
        points = set(font.getBestCmap())
        assert font["name"].getBestFamilyName() == "Noto Sans CJK SC"
    assert set(map(ord, "血栓A–「")) <= points
    assert ord("龍") not in points
    assert path.stat().st_size < font_file(HAN.faces[0]).stat().st_size / 20
    assert subset_face(HAN, HAN.faces[0], frozenset("栓血"), tmp_path) == path
    assert subset_face(HAN, HAN.faces[0], frozenset("血栓腿"), tmp_path) != path


def test_a_subset_says_no_time(tmp_path, monkeypatch) -> None:
    """The same letters make the same file on another day: two machines make the same pages."""
    letters = frozenset("血栓")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    first = subset_face(HAN, HAN.faces[0], letters, tmp_path / "one").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    assert subset_face(HAN, HAN.faces[0], letters, tmp_path / "other").read_bytes() == first
    assert len(font_mark(HAN.faces[0])) == 16


@pytest.mark.parametrize("face", HAN.faces)
def test_a_subset_has_glyph_numbers_as_cids(face, tmp_path) -> None:
    """A page names glyphs by number, and Ghostscript looks for CIDs: with others it prints empty boxes."""
    with TTFont(subset_face(HAN, face, frozenset("血栓腿"), tmp_path)) as font:
        cids = font["CFF "].cff[0].charset
    assert cids == [".notdef", *(f"cid{number:05d}" for number in range(1, len(cids)))]
