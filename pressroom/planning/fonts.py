"""The fonts of a project's languages: the families they need, the lock, and the private fonts that workers use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.language import Face, FontFamily, Language, LockedFont, font_file, font_lock_text, letters_of
from pressroom.project import Read
from pressroom.workspace.workspace import FONT_LOCK_FILE, Workspace

# Fonts of the scripts before this character are used uncut.
_FIRST_CJK: Final = "\u2e80"
# The head of a catalog, and lines of comments.
_HEAD: Final = re.compile(rb'^msgid ""\nmsgstr ""$', re.MULTILINE)
_COMMENTS: Final = re.compile(rb"^#.*\n?", re.MULTILINE)


def letters_in_use(workspace: Workspace, language: Language) -> frozenset[str]:
    """Every Chinese, Japanese or Korean character that a piece in this language may print."""
    return letters_in_files(workspace, language) | _cjk(language.autonym)


def letters_in_files(workspace: Workspace, language: Language) -> frozenset[str]:
    """The characters of `letters_in_use` without the language's own name, for which CLDR's tables would be loaded.

    Read from the files as they are, so that a plan can ask for it: a character that is not printed does no harm. The
    comments of catalogs are left out, because each new character changes the fonts of all pieces in the language.
    """
    files = workspace.files
    layouts = [path for path in files.listing("layouts", "**/*") if path.suffix in {".html", ".toml", ".css"}]
    catalogs = files.listing(f"locales/{language.posix}/LC_MESSAGES", "*.po")
    paths = [*catalogs, *workspace.sources(), workspace.project.clinics_file, *layouts]
    data = [
        part
        for path in paths
        for part in (_printable(files.data(path, optional=True).value or b"", path), files.beneath(path) or b"")
    ]
    return _cjk("".join([*letters_of(language), *(text.decode(errors="ignore") for text in data)]))


def _printable(data: bytes, path: Path) -> bytes:
    """The lines of a file that may be printed: of a catalog those without comments, and without the head."""
    if path.suffix != ".po":
        return data
    head, _, rest = data.partition(b"\n\n")
    # If messages follow the head without a blank line, it is read too.
    is_head = _HEAD.search(head) is not None and head.count(b"msgid") == 1
    return _COMMENTS.sub(b"", rest if is_head else data)


def _cjk(text: str) -> frozenset[str]:
    return frozenset(sign for sign in set(unicodedata.normalize("NFC", text)) if sign >= _FIRST_CJK)


def needs_letters(language: Language) -> bool:
    """True if the language's font is cut down to the letters in use."""
    return any(family.in_collection for family in language.fonts)


def all_families(languages: Iterable[Language]) -> tuple[FontFamily, ...]:
    """All families that these languages may be set in, whatever the product."""
    every = [version for language in languages for version in (language, *language.by_class.values())]
    return tuple(dict.fromkeys(family for language in every for family in language.fonts))


def prepare_fonts(
    workspace: Workspace, languages: Sequence[Language], *, more: frozenset[str] = frozenset()
) -> Read[bool]:
    """Put the fonts in place for workers that start after this; False if a font is refused or a library is missing.

    Fonts that are cut down to the letters in use have these `more` letters.
    """
    from pressroom.render.fonts import private_fonts
    from pressroom.render.system import library_problems

    if missing := library_problems():
        return Read(False, missing)
    for folder in (Path(".cache"), Path(".cache", "pressroom")):
        if (workspace.root / folder).is_symlink():
            message, hint = "this is a link, and links are not followed", "remove it; a build makes the folder again"
            return Read(False, (diagnostic("file-unreadable", Span(str(folder)), message, hint),))
    locked, findings = workspace.font_lock()
    own = own_font_findings(languages)
    if findings or worst(own) is Severity.ERROR:
        return Read(False, (*findings, *own))
    fonts, letters = fonts_in_use(workspace, languages)
    letters = {family: found | more for family, found in letters.items()}
    ready = private_fonts(fonts, workspace.root / ".cache" / "pressroom", locked=locked, letters=letters)
    return Read(ready.value, (*own, *ready.findings))


def fonts_in_use(
    workspace: Workspace, languages: Sequence[Language]
) -> tuple[tuple[FontFamily, ...], dict[str, frozenset[str]]]:
    """The families that these languages are set in, and the letters that a family of a collection is cut down to."""
    letters: dict[str, frozenset[str]] = {}
    for language in filter(needs_letters, {language.tag: language for language in languages}.values()):
        # Two languages may share a family: it holds what both of them print.
        letters[language.family] = letters.get(language.family, frozenset()) | letters_in_use(workspace, language)
    return tuple(dict.fromkeys(family for language in languages for family in language.fonts)), letters


def own_font_findings(languages: Iterable[Language]) -> tuple[Diagnostic, ...]:
    """What is wrong with the fonts that the project brings for these languages."""
    users: dict[FontFamily, dict[str, Language]] = {}
    for language in languages:
        for family in language.own_fonts:
            users.setdefault(family, {})[language.tag] = language
    if not users:
        return ()
    from pressroom.render.own_fonts import own_font_problems

    return tuple(problem for family, using in users.items() for problem in own_font_problems(family, using.values()))


def report_fonts(workspace: Workspace) -> Read[list[tuple[str, str, str, str, str]]]:
    """A row for each font file of the project's languages: family, file, version, package, state.

    A project's own file has no package, and no version if it can't be read.

    The findings are those of a build.
    """
    from pressroom.render.fonts import font_problems, locked_font

    locked, lock_problems = workspace.font_lock()
    languages, language_problems = workspace.languages()
    fonts = all_families(languages)
    problems = (*language_problems, *lock_problems, *own_font_findings(languages), *font_problems(fonts, locked))
    rows = []
    for family, face in _faces(fonts):
        path = font_file(face)
        # A damaged file of the project is among the findings.
        broken = family.is_own and any(
            path.name in problem.message for problem in problems if problem.code == "brand-font"
        )
        version = locked_font(family, face).version if path.is_file() and not broken else "–"
        state = _state(path.name, problems, locked)
        rows.append(
            (family.name, path.name, version, family.package, "yours" if family.is_own and state == "known" else state)
        )
    # A family for signs has one file for both weights.
    return Read([*dict.fromkeys(rows)], problems)


def accept_fonts(workspace: Workspace) -> str:
    """Lock the font files that this machine has; returns the lock's name."""
    from pressroom.render.fonts import locked_font

    faces = _faces(all_families(workspace.languages().value))
    fonts = {font.file: font for font in (locked_font(family, face) for family, face in faces)}
    workspace.write(FONT_LOCK_FILE, font_lock_text(fonts.values()).encode())
    return FONT_LOCK_FILE


def _faces(fonts: tuple[FontFamily, ...]) -> list[tuple[FontFamily, Face]]:
    return [(family, face) for family in fonts for face in family.faces]


_STATES: Final = (
    ("font-missing", "missing"),
    ("font-locked", "not the locked one"),
    ("font-changed", "unknown"),
    ("brand-font", "refused"),
    ("font-licence", "refused"),
    ("font-letters", "refused"),
)


def _state(name: str, problems: tuple[Diagnostic, ...], locked: dict[str, LockedFont]) -> str:
    codes = {problem.code for problem in problems if name in problem.message}
    for code, word in _STATES:
        if code in codes:
            return word
    return "locked" if name in locked else "known"
