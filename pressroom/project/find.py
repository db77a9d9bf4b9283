"""The project a command is meant for: the nearest one at a folder or above it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pressroom.diagnostics import Span, diagnostic
from pressroom.project.open_file import file_text, relative_name, toml_table
from pressroom.project.settings import ProjectError, read_settings, refused


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `source/`, `locales/` and `layouts/`; `locales` are the tags as the settings write them.

    `address` is where a document can be read, with `{document}` and `{locale}` in it, or empty. `press_profile` is
    the print shop's ICC profile, a path from the root. `printers` are tables of numbers by the printer's name.
    `awaiting` are locales that wait for a translator: their catalogs are kept up to date, and nothing is built.
    `allowed_signers` is the file of the keys that may sign, relative to the root; empty where records need no key.
    """

    root: Path
    name: str
    locales: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()
    address: str = ""
    press_profile: str = ""
    printers: dict[str, dict[str, Any]] = field(default_factory=dict)
    allowed_signers: str = ""

    def address_of(self, document: str, tag: str) -> str:
        """The permanent short address of a document in a locale; empty if the project has none."""
        return self.address.replace("{document}", document).replace("{locale}", tag)

    @property
    def clinics_file(self) -> Path:
        """The file of the clinics."""
        return self.root / "source" / "clinics.toml"

    def catalog_file(self, posix_locale: str, name: str) -> Path:
        """The catalog of a document, or of the layouts' words, in a locale."""
        return self.root / "locales" / posix_locale / "LC_MESSAGES" / f"{name}.po"

    def template_file(self, name: str) -> Path:
        """The catalog template of a document, or of the layouts' words."""
        return self.root / "locales" / f"{name}.pot"

    def relative(self, path: Path) -> str:
        """A path as diagnostics name it: posix, relative to the project's root if it is inside."""
        return relative_name(self.root, path)


def find_project(start: Path) -> Project:
    """The nearest project at `start` or above it: a folder whose pyproject.toml has a table `[tool.pressroom]`.

    Raises:
        ProjectError: there is none, or its settings are wrong.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        settings = _settings(folder / "pyproject.toml")
        if settings is not None:
            return _project(folder, read_settings(settings))
    message = "no project here or above: no pyproject.toml has a [tool.pressroom] table"
    hint = "change into the project's folder, or name it with --project"
    raise ProjectError(diagnostic("project-missing", Span(str(start)), message, hint))


def _settings(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    text, problems = file_text(path.parent, path)
    if text is None:
        raise ProjectError(problems[0])
    table, wrong, line = toml_table(text)
    if table is None:
        raise ProjectError(diagnostic("project-settings", Span(path.name, line), wrong, "correct the line"))
    tools = table.get("tool", {})
    settings = tools.get("pressroom") if isinstance(tools, dict) else None
    if settings is not None and not isinstance(settings, dict):
        message = "tool.pressroom is not a table"
        raise ProjectError(diagnostic("project-settings", Span(path.name), message, "write [tool.pressroom]"))
    return settings


def _project(root: Path, settings: dict[str, Any]) -> Project:
    signers = settings.get("allowed_signers", "")
    if signers and not (root / signers).is_file():
        raise refused(f"there is no file of allowed signers {signers!r}", "name the file, relative to the project")
    return Project(root, **{**settings, "name": settings.get("name") or root.name})
