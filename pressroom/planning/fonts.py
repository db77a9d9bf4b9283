"""The fonts of a build: a project and the languages it sets go in, a private list of fonts in place comes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import FontFamily, FontLockError, Language, LockedFont, families, letters_of, read_font_lock
from pressroom.project import Project

LOCK_FILE: Final = "fonts.lock"
# Below stand the scripts whose fonts are used whole.
_FIRST_CJK: Final = "\u2e80"


def letters_in_use(project: Project, language: Language) -> frozenset[str]:
    """Every Chinese, Japanese or Korean sign that a piece in this language may print."""
    return letters_in_files(project, language) | _cjk(language.autonym)


def letters_in_files(project: Project, language: Language) -> frozenset[str]:
    """The signs of `letters_in_use` but for the language's own name, for which CLDR's tables would be loaded.

    Read from the files as they are, so that a plan can ask for it: a sign in a comment does no harm.
    """
    catalogs = (project.root / "locales" / language.posix / "LC_MESSAGES").glob("*.po")
    files = [*catalogs, *project.sources, project.clinics_file, *_layout_files(project)]
    return _cjk("".join([*letters_of(language), *(_text(path) for path in files)]))


def _cjk(text: str) -> frozenset[str]:
    return frozenset(sign for sign in set(unicodedata.normalize("NFC", text)) if sign >= _FIRST_CJK)


def _layout_files(project: Project) -> Iterator[Path]:
    found = (project.root / "layouts").rglob("*")
    return (path for path in sorted(found) if path.suffix in {".html", ".toml", ".css"})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="ignore")
    except OSError:
        return ""


def needs_letters(language: Language) -> bool:
    """True where the language's font is cut down to the letters in use."""
    return any(family.in_collection for family in families(language.stack))


def project_lock(project: Project) -> tuple[dict[str, LockedFont], list[Diagnostic]]:
    """The project's fonts lock, empty where there is none; a broken one is told and refuses what it would guard."""
    path = project.root / LOCK_FILE
    if not path.is_file():
        return {}, []
    try:
        return read_font_lock(path.read_text(encoding="utf-8")), []
    except (FontLockError, UnicodeDecodeError, OSError) as error:
        hint = "bring back the last good one, or run: publish.py fonts --accept"
        return {}, [diagnostic("font-lock", Span(LOCK_FILE), f"can't be used: {error}", hint)]


def prepare_fonts(project: Project, languages: Sequence[Language], problems: list[Diagnostic]) -> bool:
    """Put the fonts in place for workers that start after this; False where a font is refused."""
    from pressroom.render.fonts import FontError, private_fonts

    used = {language.tag: language for language in languages}
    wanted = families({family for language in languages for family in language.stack})
    locked, broken = project_lock(project)
    problems += broken
    if broken:
        return False
    letters: dict[str, frozenset[str]] = {}
    for language in filter(needs_letters, used.values()):
        # Two languages may share a family: it holds what both of them print.
        letters[language.family] = letters.get(language.family, frozenset()) | letters_in_use(project, language)
    try:
        problems += private_fonts(wanted, project.root / ".cache" / "pressroom", locked=locked, letters=letters)
    except FontError as error:
        problems += error.problems
        return False
    return True


def wanted_families(languages: Iterable[Language]) -> tuple[FontFamily, ...]:
    """All families that these languages may be set in, whatever the product."""
    every = [version for language in languages for version in (language, *language.by_class.values())]
    return families({family for language in every for family in language.stack})
