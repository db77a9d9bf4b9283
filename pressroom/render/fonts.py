"""A private fontconfig: families go in, a folder that holds their files and nothing else comes out.

Whatever a machine has installed, a piece is set in the listed files: with its own list, WeasyPrint replaces an
unknown family without a word, and drew both Chinese locales in Japanese forms.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Face, FontFamily, font_file

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_LIST = Span("pressroom/language/fonts.toml")


class FontError(Exception):
    """A font that is needed is not on this machine; carries every one that is missing."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def private_fonts(wanted: Iterable[FontFamily], folder: Path) -> list[Diagnostic]:
    """Make `folder` the only place fonts come from, in this process and those it forks; say what differs.

    To be called before WeasyPrint is imported: fontconfig reads its configuration once.

    Raises:
        FontError: a file is missing, with the package that brings it.
    """
    faces = {font_file(face): (family, face) for family in wanted for face in family.faces}
    missing = [_missing(path, family) for path, (family, _) in sorted(faces.items()) if not path.is_file()]
    if missing:
        raise FontError(missing)
    changed = [_changed(path, face) for path, (_, face) in sorted(faces.items()) if _sha256(path) != face.sha256]
    fonts = folder / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for path in sorted(faces):
        _link(fonts / path.name, path)
    for link in fonts.iterdir():
        if link.name not in {path.name for path in faces}:
            link.unlink()
    configuration = folder / "fonts.conf"
    configuration.write_text(
        _CONFIG.format(fonts=fonts.resolve(), cache=(folder / "cache").resolve()), encoding="utf-8"
    )
    os.environ["FONTCONFIG_FILE"] = str(configuration.resolve())
    return changed


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    link.unlink(missing_ok=True)
    link.symlink_to(target)


def _missing(path: Path, family: FontFamily) -> Diagnostic:
    hint = f"apt-get install {family.package}"
    return diagnostic("font-missing", _LIST, f"the font {family.name} is missing: {path}", hint)


def _changed(path: Path, face: Face) -> Diagnostic:
    message = f"{path.name} is not the file these pages were checked with ({face.sha256[:12]}…)"
    return diagnostic("font-changed", _LIST, message, "look at the proofs before you rely on line breaks")


@cache
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def coverage(family: FontFamily) -> frozenset[int]:
    """The code points that every face of the family has a glyph for."""
    covered: set[int] | None = None
    for face in family.faces:
        with TTFont(font_file(face), fontNumber=face.number, lazy=True) as font:
            points = set(font.getBestCmap())
        covered = points if covered is None else covered & points
    return frozenset(covered or ())
