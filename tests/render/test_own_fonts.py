"""Font files that a project brings: which can be used, and what is said of the others at the brand's line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._f_v_a_r import Axis

from pressroom.diagnostics import Diagnostic, Span
from pressroom.language import Face, FontFamily, families, find_language, font_file, font_mark
from pressroom.render.own_fonts import own_font_problems

LISTED = {"Latn": "Noto Serif", "Hebr": "Noto Sans Hebrew", "Taml": "Noto Sans Tamil"}
Change = Callable[[TTFont], None]
Family = Callable[..., FontFamily]


@pytest.fixture
def family(tmp_path: Path) -> Family:
    """Makes a family of a project from a listed one, its bold file changed; `regular=True` changes the other too."""

    def make(change: Change | None = None, script: str = "Latn", regular: bool = False) -> FontFamily:
        (listed,) = families([LISTED[script]])
        faces = []
        for line, face in zip((31, 32), listed.faces, strict=True):
            path = tmp_path / f"layouts/fonts/Own-{face.weight}.ttf"
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(font_file(face), path)
            if change and (regular or face.weight == 700):
                font = TTFont(path)
                change(font)
                font.save(path)
            faces.append(Face(f"layouts/fonts/{path.name}", face.weight, (), root=tmp_path, line=line))
        return FontFamily("Own", "this project", tuple(faces))

    return make


def _found(family: FontFamily, *tags: str) -> list[Diagnostic]:
    return own_font_problems(family, [find_language(tag).in_family("Own", (family,)) for tag in tags or ("pl",)])


@pytest.mark.parametrize(("script", "tags"), [("Latn", ("pl", "vi", "en")), ("Hebr", ("he", "yi")), ("Taml", ("ta",))])
def test_good(family: Family, script: str, tags: tuple[str, ...]) -> None:
    """A family with both weights, its licence and all letters is used without a finding."""
    assert _found(family(script=script), *tags) == []


def _set_licence(bits: int) -> Change:
    return lambda font: setattr(font["OS/2"], "fsType", bits)


@pytest.mark.parametrize(("bits", "says"), [(2, "may not be embedded"), (0x104, "only whole"), (0x200, "pictures")])
def test_licence(family: Family, bits: int, says: str) -> None:
    """What the maker forbids in the file itself is an error at the file's line."""
    (found,) = _found(family(_set_licence(bits)))
    assert (found.code, found.span) == ("font-licence", Span("layouts/brand.toml", 32))
    assert says in found.message


@pytest.mark.parametrize("bits", [0, 4, 8, 6])
def test_allowed(family: Family, bits: int) -> None:
    """To look at, to print, to edit, to install: each allows a PDF; of several bits the least strict counts."""
    assert _found(family(_set_licence(bits))) == []


def _variable(font: TTFont) -> None:
    font["fvar"] = table = newTable("fvar")
    axis = Axis()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue = "wght", 100, 400, 900
    axis.axisNameID = 256
    table.axes, table.instances = [axis], []


def _without(letters: str) -> Change:
    def cut(font: TTFont) -> None:
        cutter = Subsetter(Options(layout_features=["*"], notdef_outline=True))
        cutter.populate(unicodes=set(font.getBestCmap()) - set(map(ord, letters)))
        cutter.subset(font)

    return cut


def _drop(tag: str) -> Change:
    return lambda font: font.__delitem__(tag)


def test_variable(family: Family) -> None:
    """A variable font is refused: a PDF would have its lightest weight alone."""
    (found,) = _found(family(_variable))
    assert "variable font" in found.message


def test_missing_letters(family: Family) -> None:
    """A letter of the alphabet that one weight lacks is an error, with the letter; other languages have no finding."""
    own = family(_without("ął"))
    (found,) = _found(own, "pl", "de")
    assert (found.code, found.span.line) == ("font-letters", 32)
    assert "lacks 2 letters of Polish: ą ł" in found.message


def test_joining(family: Family) -> None:
    """A Tamil font without its rules would print vowel signs beside their letters."""
    (found,) = _found(family(_drop("GSUB"), script="Taml"), "ta")
    assert "how Tamil joins" in found.message


def test_low_letters(family: Family) -> None:
    """Letters that are lower than the listed font's at the same size are a warning with the size to ask for."""

    def shrink(font: TTFont) -> None:
        font["head"].unitsPerEm = 1250

    (found,) = _found(family(shrink, regular=True), "en")
    assert (found.code, found.severity) == ("font-small", "warning")
    assert "20% lower" in found.message
    assert "[en] size.card = [8.8, …]" in found.hint


def test_weights(family: Family, tmp_path: Path) -> None:
    """The bold file must be another, and bold."""

    def lighten(font: TTFont) -> None:
        font["OS/2"].usWeightClass = 500

    (found,) = _found(family(lighten))
    assert "is not bold: its weight is 500" in found.message
    own = family()
    shutil.copy(tmp_path / own.faces[0].path, tmp_path / own.faces[1].path)
    (found,) = _found(own)
    assert "same file" in found.message


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda data: data[:20_000], "damaged"),
        (lambda data: b"", "damaged"),
        (lambda data: b"<svg/>" * 100, "damaged"),
        (lambda data: b"wOF2" + data[4:], "web font"),
        (lambda data: b"ttcf" + data[4:], "collection"),
        (lambda data: data[:12] + bytes(len(data) - 12), "damaged"),
        (lambda data: data[:4] + b"\xff\xff" + data[6:], "damaged"),
    ],
)
def test_damaged(family: Family, tmp_path: Path, damage: Callable[[bytes], bytes], says: str) -> None:
    """A file that is cut, empty, of another kind or overwritten is an error at its line, never an exception."""
    own = family()
    path = tmp_path / own.faces[1].path
    path.write_bytes(damage(path.read_bytes()))
    (found,) = _found(own)
    assert (found.code, found.span.line) == ("brand-font", 32)
    assert says in found.message


def test_not_there(family: Family) -> None:
    """A file that is not there names where to put it."""
    own = family()
    gone = replace(own, faces=(own.faces[0], replace(own.faces[1], path="layouts/fonts/None.ttf")))
    (found,) = _found(gone)
    assert found.hint == "put the file at layouts/fonts/None.ttf"


def test_link_and_pipe(family: Family, tmp_path: Path) -> None:
    """A link could lead out of the project and a pipe never ends: neither is opened, and no hash waits for it."""
    own = family()
    regular, bold = (tmp_path / face.path for face in own.faces)
    bold.rename(tmp_path / "elsewhere.ttf")
    bold.symlink_to(tmp_path / "elsewhere.ttf")
    (found,) = _found(own)
    assert (found.code, found.span.line, found.hint) == ("brand-font", 32, "put the file itself there")
    regular.unlink()
    os.mkfifo(regular)
    assert [found.span.line for found in _found(own)] == [31, 32]
    assert [font_mark(face) for face in own.faces] == ["absent", "absent"]
