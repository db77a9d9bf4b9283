"""Lists the languages with a project's progress in them, and adds a locale."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pressroom.commands.catalogs.packaged_words import draft_packaged_words
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.commands.catalogs.update import update
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH, Language, Meant, every_language, understand
from pressroom.project.settings import SETTINGS_FILE
from pressroom.workspace.workspace import LAYOUTS, Workspace

_TABLE: Final = re.compile(r"^\[tool\.pressroom\]\s*$", re.MULTILINE)
_LOCALES: Final = re.compile(r"^locales\s*=\s*\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LocaleRow:
    """One language of the registry and the project's progress in it.

    `place` is "source", "built", "awaiting" (a translator), or "" if the project does not have it.
    """

    language: Language
    place: str
    translated: int = 0
    messages: int = 0


def locale_rows(workspace: Workspace) -> Iterator[LocaleRow]:
    """Every language that can be set: the registry's in its order, then all others that CLDR knows."""
    built = {language.tag for language in workspace.languages().value}
    kept = {language.tag for language in workspace.languages(awaiting=True).value}
    for language in every_language(workspace.registry()):
        if language.tag == ENGLISH:
            yield LocaleRow(language, "source")
        elif language.tag in kept:
            place = "built" if language.tag in built else "awaiting"
            yield LocaleRow(language, place, *_progress(workspace, language))
        else:
            yield LocaleRow(language, "")


def _progress(workspace: Workspace, language: Language) -> tuple[int, int]:
    translated = messages = 0
    for name in (*(path.stem for path in workspace.sources()), LAYOUTS):
        catalog = workspace.catalog(name, language).value
        entries = catalog.active if catalog is not None else ()
        messages += len(entries)
        translated += sum(1 for entry in entries if entry.translated)
    return translated, messages


def new_locale(workspace: Workspace, tag: str, created: str) -> CatalogReport:
    """Add a language to the project's settings, unless it is there, and create its catalogs.

    Raises:
        UnknownLanguage: no language is meant, or several are; its hint names the nearest.
        SettingsError: the settings can't be changed by a program; says what to write.
    """
    meant = understand(workspace.registry(), tag)
    language, written = meant.language, list[str]()
    if language.tag not in {known.tag for known in workspace.languages().value}:
        workspace.write(SETTINGS_FILE, _with_locale(workspace, language).encode())
        written.append(SETTINGS_FILE)
    report = update(workspace, (language.tag,), created)
    report.written[:0] = written
    drafted = draft_packaged_words(workspace, language)
    report.written += [name for name in drafted.written if name not in report.written]
    report.diagnostics += _how_meant(meant, tag, workspace.setting("awaiting", meant.language.tag))
    return report


def _how_meant(meant: Meant, written: str, place: Span) -> Iterator[Diagnostic]:
    """A note if what was written could mean something else."""
    language = meant.language
    if meant.others:
        message = f"{written} is taken as {language.tag} ({language.english})"
        others = " or ".join(f"{{command}} new {other.tag} ({other.english})" for other in meant.others)
        yield diagnostic("locale-meant", place, message, f"if you mean another: {others}")
    if meant.region:
        message = f"{written} is taken as {language.tag} ({language.english}), for all its readers"
        tag = f"{language.tag}-{meant.region}"
        hint = f"nothing to do; if your readers need their own text, give them [{tag}] in locales/languages.toml"
        yield diagnostic("locale-meant", place, message, hint)


class SettingsError(Exception):
    """The project's settings can't be changed by a program."""


def _with_locale(workspace: Workspace, language: Language) -> str:
    """The settings with one more locale and everything else as it is; read again, to be sure."""
    # Not as `Files.text` gives it: its ends of lines stay as they are.
    text = (workspace.files.data(SETTINGS_FILE).value or b"").decode()
    table = _TABLE.search(text)
    start = _LOCALES.search(text, table.end()) if table else None
    if start is not None:
        changed = f'{text[: start.end()]}"{language.tag}", {text[start.end() :]}'
        if not workspace.project.locales:
            changed = f'{text[: start.end()]}"{language.tag}"{text[start.end() :]}'
        try:
            locales = tomllib.loads(changed)["tool"]["pressroom"]["locales"]
        except (tomllib.TOMLDecodeError, KeyError):
            locales = []
        if sorted(locales) == sorted([*workspace.project.locales, language.tag]):
            return changed
    raise SettingsError(f'write "{language.tag}" into locales of [tool.pressroom] in {SETTINGS_FILE}, and run it again')
