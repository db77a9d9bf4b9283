"""The fonts of a build: which families its languages need, and the private list of fonts that workers use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from pressroom.language import FontFamily, Language, families, letters_of
from pressroom.project import Read
from pressroom.workspace.workspace import Workspace

# The scripts before this sign have fonts that are used whole.
_FIRST_CJK: Final = "\u2e80"


def letters_in_use(workspace: Workspace, language: Language) -> frozenset[str]:
    """Every Chinese, Japanese or Korean sign that a piece in this language may print."""
    return letters_in_files(workspace, language) | _cjk(language.autonym)


def letters_in_files(workspace: Workspace, language: Language) -> frozenset[str]:
    """The signs of `letters_in_use` but for the language's own name, for which CLDR's tables would be loaded.

    Read from the files as they are, so that a plan can ask for it: a sign in a comment does no harm.
    """
    files = workspace.files
    layouts = [path for path in files.listing("layouts", "**/*") if path.suffix in {".html", ".toml", ".css"}]
    catalogs = files.listing(f"locales/{language.posix}/LC_MESSAGES", "*.po")
    paths = [*catalogs, *workspace.sources(), workspace.project.clinics_file, *layouts]
    texts = [(files.data(path, optional=True).value or b"").decode(errors="ignore") for path in paths]
    return _cjk("".join([*letters_of(language), *texts]))


def _cjk(text: str) -> frozenset[str]:
    return frozenset(sign for sign in set(unicodedata.normalize("NFC", text)) if sign >= _FIRST_CJK)


def needs_letters(language: Language) -> bool:
    """True where the language's font is cut down to the letters in use."""
    return any(family.in_collection for family in families(language.stack))


def prepare_fonts(workspace: Workspace, languages: Sequence[Language]) -> Read[bool]:
    """Put the fonts in place for workers that start after this; False if a font is refused."""
    from pressroom.render.fonts import private_fonts

    locked, findings = workspace.font_lock()
    if findings:
        return Read(False, findings)
    fonts = families({family for language in languages for family in language.stack})
    letters: dict[str, frozenset[str]] = {}
    for language in filter(needs_letters, {language.tag: language for language in languages}.values()):
        # Two languages may share a family: it holds what both of them print.
        letters[language.family] = letters.get(language.family, frozenset()) | letters_in_use(workspace, language)
    return private_fonts(fonts, workspace.root / ".cache" / "pressroom", locked=locked, letters=letters)


def wanted_families(languages: Iterable[Language]) -> tuple[FontFamily, ...]:
    """All families that these languages may be set in, whatever the product."""
    every = [version for language in languages for version in (language, *language.by_class.values())]
    return families({family for language in every for family in language.stack})
