"""Which fonts a machine has, and the lock of the fonts that a project is made with."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.diagnostics import Diagnostic
from pressroom.language import Face, FontFamily, LockedFont, font_file, font_lock_text
from pressroom.planning.fonts import wanted_families
from pressroom.workspace.workspace import FONT_LOCK_FILE, Workspace


@dataclass(frozen=True, slots=True)
class FontReport:
    """A row a file: family, file, version, package, state; and what a build would say of them."""

    rows: tuple[tuple[str, str, str, str, str], ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def missing(self) -> bool:
        """True where a file is not on this machine."""
        return any(problem.code == "font-missing" for problem in self.diagnostics)


def report_fonts(workspace: Workspace) -> FontReport:
    """The fonts of all the project's languages, held against the engine's list and the project's lock."""
    from pressroom.render.fonts import font_problems, locked_font

    locked, broken = workspace.font_lock()
    languages, unknown = workspace.languages()
    families = wanted_families(languages)
    problems = (*unknown, *broken, *font_problems(families, locked))
    rows = []
    for family, face in _faces(families):
        path = font_file(face)
        version = locked_font(family, face).version if path.is_file() else "–"
        rows.append((family.name, path.name, version, family.package, _state(path.name, problems, locked)))
    return FontReport(tuple(rows), problems)


def _faces(families: tuple[FontFamily, ...]) -> list[tuple[FontFamily, Face]]:
    return [(family, face) for family in families for face in family.faces]


def _state(name: str, problems: tuple[Diagnostic, ...], locked: dict[str, LockedFont]) -> str:
    codes = {problem.code for problem in problems if name in problem.message}
    for code, word in (("font-missing", "missing"), ("font-locked", "not the locked one"), ("font-changed", "unknown")):
        if code in codes:
            return word
    return "locked" if name in locked else "known"


def accept_fonts(workspace: Workspace) -> str:
    """Write the lock of the files this machine has; its name.

    Raises:
        OSError: a font or the lock can't be read or written.
    """
    from pressroom.render.fonts import locked_font

    families = wanted_families(workspace.languages().value)
    fonts = {font.file: font for font in (locked_font(family, face) for family, face in _faces(families))}
    workspace.write(FONT_LOCK_FILE, font_lock_text(fonts.values()).encode())
    return FONT_LOCK_FILE
