"""Makes a private fontconfig folder that holds the listed font files and nothing else.

A piece is set in these files, whatever the machine has installed. With the machine's own fonts, WeasyPrint silently
replaces an unknown family: it drew both Chinese locales in Japanese forms. A face of a Chinese, Japanese or Korean
collection takes most of the time and size of a document: with a subset made once a build, which keeps the font's name,
pages are the same to the pixel, in 0.44 of the time and a quarter of the size.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

import uharfbuzz

from pressroom.border import BorderError, border
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.fingerprint import fingerprint
from pressroom.language import Face, FontFamily, LockedFont, font_file, font_hash, font_mark
from pressroom.project import Read
from pressroom.project.atomic import write_atomic, write_if_changed

# A bold face is bold whatever weight its file says: the bold Nastaliq of 2020 says regular, and was never used.
_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="scan"><test name="style"><string>Bold</string></test>
<edit name="weight" mode="assign"><const>bold</const></edit></match>{own}</fontconfig>
"""
# A project's own file has the family and the weight that the brand's table gives it, whatever it calls itself.
_OWN: Final = """<match target="scan"><test name="file"><string>{file}</string></test>
<edit name="family" mode="assign_replace"><string>{family}</string></edit>
<edit name="slant" mode="assign_replace"><const>roman</const></edit>
<edit name="width" mode="assign_replace"><const>normal</const></edit>
<edit name="weight" mode="assign_replace"><const>{weight}</const></edit></match>
"""
_BOLD: Final = 700
# Those that a language has, and some of the one before: a Chinese font has 40,000 letters.
_FAMILIES: Final = 8
_LIST = Span("pressroom/language/fonts.toml")
# Characters any page may print besides its text: Latin, punctuation, kana, bullets, full-width forms.
_ALWAYS: Final = (
    range(0x20, 0x250), range(0x2000, 0x2070), range(0x20A0, 0x20D0), range(0x2100, 0x2150), range(0x2190, 0x2200),
    range(0x2460, 0x24FF), range(0x25A0, 0x2700), range(0x3000, 0x3100), range(0xFF00, 0xFFF0),
)  # fmt: skip


def private_fonts(
    font_families: Iterable[FontFamily],
    folder: Path,
    *,
    locked: Mapping[str, LockedFont] | None = None,
    letters: Mapping[str, frozenset[str]] | None = None,
) -> Read[bool]:
    """Make a folder in `folder` the only place that fonts come from; False where a file is missing or not as locked.

    It holds for this process, if WeasyPrint is not imported yet, and for those that it starts. `letters` are what a
    family of a collection must hold besides what any page may print; without them the whole file is used.
    """
    font_families = tuple(font_families)
    findings = tuple(font_problems(font_families, locked or {}))
    if worst(findings) is Severity.ERROR:
        return Read(False, findings)
    listed = [family for family in font_families if not family.is_own]
    files = sorted({_file(family, face, letters or {}, folder) for family in listed for face in family.faces})
    own = [(family, face) for family in font_families if family.is_own for face in family.faces]
    os.environ["FONTCONFIG_FILE"] = str(_configure(files, own, folder))
    return Read(True, findings)


def font_problems(font_families: Iterable[FontFamily], locked: Mapping[str, LockedFont]) -> list[Diagnostic]:
    """What differs on this machine from the lock, or where there is none from the files pages were checked with."""
    faces = {font_file(face): (family, face) for family in font_families for face in family.faces}
    problems = [_font_problem(path, family, face, locked) for path, (family, face) in sorted(faces.items())]
    return sorted(filter(None, problems), key=lambda problem: problem.code != "font-missing")


def _font_problem(path: Path, family: FontFamily, face: Face, locked: Mapping[str, LockedFont]) -> Diagnostic | None:
    if not path.is_file() and family.is_own:
        at = Span("layouts/brand.toml", face.line)
        return diagnostic("brand-font", at, f"{Path(face.path).name} is not there", f"put the file at {face.path}")
    if not path.is_file():
        message, hint = f"the font {family.name} is missing: {path}", f"apt-get install {family.package}"
        return diagnostic("font-missing", _LIST, message, hint)
    digest, entry = font_hash(path), locked.get(path.name)
    if family.for_signs and entry is None:
        # The pages that a lock was written for had none of the signs that were refused then.
        locked = {}
    is_new = not locked and not family.is_own and digest not in face.known
    if is_new and (fault := font_fault(path, face.number)):
        hint = f"apt-get install --reinstall {family.package}"
        return diagnostic("font-damaged", _LIST, f"the font {family.name} is damaged: {path}: {fault}", hint)
    if is_new:
        message = f"{path.name} ({digest[:12]}…) is not a file these pages were checked with ({face.known[0][:12]}…)"
        return diagnostic("font-changed", _LIST, message, "look at the proofs; then run: {command} fonts --accept")
    if not locked or (entry and entry.sha256 == digest):
        return None
    if entry is None:
        message = f"{path.name} is not in the fonts lock"
        hint = "look at the proofs in its language, made without fonts.lock; then run: {command} fonts --accept"
    else:
        known = f"{entry.sha256[:12]}… (version {entry.version})"
        message = f"{path.name} is {digest[:12]}…, and the fonts lock has {known}"
        hint = (
            f"apt-get install --reinstall {family.package}; or look at new proofs and run: {{command}} fonts --accept"
        )
    return diagnostic("font-locked", Span("fonts.lock"), message, hint)


def font_fault(path: Path, number: int) -> str:
    """What is damaged in a font's file, by the checksums that it has of its tables; empty if nothing is."""
    # Imported here and below: a build whose fonts are known opens none of them.
    from fontTools.ttLib import TTFont

    try:
        with border(), path.open("rb") as file:
            font = TTFont(file, fontNumber=number, lazy=True, checkChecksums=2)
            for tag in font.reader.keys():  # noqa: SIM118  a reader of tables is no mapping
                font.reader[tag]
            font.getBestCmap()
    except BorderError as error:
        return str(error)
    return ""


def _file(family: FontFamily, face: Face, letters: Mapping[str, frozenset[str]], folder: Path) -> Path:
    if family.in_collection and family.name in letters:
        return subset_face(family, face, letters[family.name], folder / "subsets")
    return font_file(face)


def _configure(files: Sequence[Path], own: Sequence[tuple[FontFamily, Face]], folder: Path) -> Path:
    """A folder of links to these files and its configuration; one for each set, because builds may run at a time."""
    # A changed file of the project has a new folder: fontconfig would go on with what it remembers of the old one.
    marks = [part for family, face in own for part in (family.name, face.path, font_mark(face))]
    digest = fingerprint(_CONFIG, *map(str, files), *marks)[:12]
    private = (folder / digest).resolve()
    fonts = private / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for path in files:
        _link(fonts / path.name, path.resolve())
    rules = ""
    for number, (family, face) in enumerate(own):
        link = fonts / f"own-{number}{Path(face.path).suffix}"
        _link(link, font_file(face).resolve())
        weight = "bold" if face.weight == _BOLD else "regular"
        rules += _OWN.format(file=escape(str(link)), family=escape(family.name), weight=weight)
    configuration = private / "fonts.conf"
    text = _CONFIG.format(fonts=fonts, cache=private / "cache", own=rules)
    write_if_changed(configuration, text.encode())
    return configuration


def _link(link: Path, target: Path) -> None:
    if not (link.is_symlink() and link.readlink() == target):
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def locked_font(family: FontFamily, face: Face) -> LockedFont:
    """The file that this machine has for a face, as a lock keeps it."""
    from fontTools.ttLib import TTFont

    path = font_file(face)
    with TTFont(path, fontNumber=face.number, lazy=True) as font:
        version = f"{font['head'].fontRevision:.3f}"
    return LockedFont(path.name, family.name, family.package, version, font_hash(path))


@lru_cache(maxsize=_FAMILIES)
def coverage(family: FontFamily) -> uharfbuzz.Set:
    """The code points that every face of the family has a glyph for."""
    # A Chinese font has 45,000: as numbers of Python they took 3 MB, and most of the time.
    blobs = ((uharfbuzz.Blob.from_file_path(str(font_file(face))), face.number) for face in family.faces)
    covered, *others = (uharfbuzz.Face(blob, number).unicodes for blob, number in blobs)
    for points in others:
        covered &= points
    return covered


def subset_face(family: FontFamily, face: Face, letters: frozenset[str], folder: Path) -> Path:
    """A file in `folder` with these letters, and those any page may print; made only where it is not there yet."""
    points = {point for span in _ALWAYS for point in span} | set(map(ord, letters))
    marks = [
        "glyph numbers as CIDs, by HarfBuzz",
        font_mark(face),
        uharfbuzz.version_string(),
        *(f"{point:x}" for point in sorted(points)),
    ]
    digest = fingerprint(*marks)[:12]
    path = folder / f"{family.name.replace(' ', '')}-{face.weight}-{digest}.otf"
    if not path.is_file():
        # Another build may make the same file at this moment: each puts a whole one in place.
        write_atomic(path, _subset(face, points))
    return path


def subset_aside(task: tuple[FontFamily, Face, frozenset[str], Path]) -> bool:
    """Make the file of `subset_face` in a worker, while more important things are done."""
    os.nice(10)
    subset_face(*task)
    return True


def _subset(face: Face, points: set[int]) -> bytes:
    source = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file(face))), face.number)
    subset = uharfbuzz.SubsetInput()
    subset.unicode_set.update(points)
    # All features: by default it drops rare ones.
    subset.layout_feature_tag_set.clear()
    subset.layout_feature_tag_set.invert()
    # A page names glyphs by number, and a printer looks for the glyph with that CID (ISO 32000-1, 9.7.4.2). Otherwise
    # HarfBuzz numbers the glyphs again and keeps their old CIDs: Ghostscript then prints other glyphs, or none.
    subset.flags = uharfbuzz.SubsetFlags.CFF_IDENTITY_CHARSET
    data: bytes = uharfbuzz.subset(source, subset).blob.data
    return data
