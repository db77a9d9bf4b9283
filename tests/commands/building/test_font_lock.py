"""A font file that was swapped for another: nothing is made with it, and the manifest says what was used."""

from __future__ import annotations

import ctypes
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pressroom.language import families, font_file, font_hash, font_mark, sign_fonts
from pressroom.language.fonts import FONT_ROOT
from pressroom.render.fonts import locked_font

(SANS,) = families(["Noto Sans"])
FIRST = "NotoSans-Regular.ttf"


@pytest.fixture
def own_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of fonts to spoil in the place of the machine's; these pages need Noto Sans and what is for signs."""
    root = tmp_path / "fonts"
    for face in (face for family in (SANS, *sign_fonts()) for face in family.faces):
        (root / face.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(FONT_ROOT / face.path, root / face.path)
    monkeypatch.setattr("pressroom.language.fonts.FONT_ROOT", root)
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    font_mark.cache_clear()
    yield root
    font_mark.cache_clear()


def _substitute(root: Path) -> None:
    """The same family under the same name, of another version."""
    path = root / SANS.faces[0].path
    with TTFont(path) as font:
        font["head"].fontRevision += 1
        font.save(path)


def _tamper(root: Path) -> None:
    """Other bytes, though every checksum that the file itself tells is the old one."""
    path = root / SANS.faces[0].path
    before = font_mark(SANS.faces[0])
    with TTFont(path, lazy=True) as font:
        table = font.reader.tables["glyf"]
    data = bytearray(path.read_bytes())
    data[table.offset + table.length // 2] ^= 1
    path.write_bytes(data)
    font_mark.cache_clear()
    assert font_mark(SANS.faces[0]) == before


def _locked(output: str) -> dict[str, str]:
    (finding,) = [problem for problem in json.loads(output)["findings"] if problem["code"] == "font-locked"]
    assert FIRST in finding["message"]
    return finding


@pytest.mark.parametrize("spoil", [_substitute, _tamper])
def test_a_build_is_refused(minimal, publish, own_fonts, spoil) -> None:
    """With a swapped file a build is an error that names the file and what mends it; what stood there stands."""
    assert publish(minimal, "fonts", "--accept").exit_code == 0
    assert publish(minimal, "build", "--locale", "en").exit_code == 0
    before = {path: path.read_bytes() for path in (minimal / "output" / "current").rglob("*.pdf")}
    assert before
    spoil(own_fonts)
    _forget()
    result = publish(minimal, "build", "--locale", "es", "--format", "json")
    assert result.exit_code == 1
    finding = _locked(result.stdout)
    assert finding["severity"] == "error"
    assert finding["hint"].startswith("apt-get install --reinstall fonts-noto-core")
    assert {path: path.read_bytes() for path in (minimal / "output" / "current").rglob("*.pdf")} == before
    assert "not the locked one" in publish(minimal, "fonts").stdout
    assert publish(minimal, "fonts").exit_code == 1
    shutil.copy(FONT_ROOT / SANS.faces[0].path, own_fonts / SANS.faces[0].path)
    _forget()
    assert publish(minimal, "build", "--locale", "es").exit_code == 0


def test_without_a_lock_a_swapped_file_is_told(minimal, publish, own_fonts) -> None:
    """Where nothing is locked, a file that no page was checked with is a warning with what accepts it."""
    _substitute(own_fonts)
    result = publish(minimal, "build", "--locale", "en", "--format", "json")
    findings = [problem for problem in json.loads(result.stdout)["findings"] if problem["code"] == "font-changed"]
    assert [(FIRST in problem["message"], problem["severity"]) for problem in findings] == [(True, "warning")]
    assert "fonts --accept" in findings[0]["hint"]


def test_the_manifest_of_proofs(minimal, publish) -> None:
    """Proofs' manifest names Pango and HarfBuzz as the libraries tell them, and each font's file by its hash."""
    assert publish(minimal, "build", "--locale", "en").exit_code == 0
    made_with = json.loads((minimal / "output" / "current" / "manifest.json").read_text())["made_with"]
    for name, library, function in (
        ("pango", "libpango-1.0.so.0", "pango_version_string"),
        ("harfbuzz", "libharfbuzz.so.0", "hb_version_string"),
    ):
        tell = getattr(ctypes.CDLL(library), function)
        tell.restype = ctypes.c_char_p
        assert made_with[name] == tell().decode()
    for face in SANS.faces:
        path = font_file(face)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert made_with[f"font {path.name}"] == digest == locked_font(SANS, face).sha256
    publish(minimal, "build", "--locale", "en")
    assert json.loads((minimal / "output" / "current" / "manifest.json").read_text())["made_with"] == made_with


def _forget() -> None:
    """What this process remembers of files, as the next one would not."""
    font_hash.cache_clear()
    font_mark.cache_clear()
