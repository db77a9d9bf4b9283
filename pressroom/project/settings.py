"""The project that a command works on: the nearest one at a folder or above it, with its checked settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.nearest import suggestion
from pressroom.project.open_file import file_text, relative_name
from pressroom.project.packaged import packaged_root
from pressroom.project.toml_text import line_of_key, toml_table

SETTINGS_FILE: Final = "pyproject.toml"
# What the shape of a project is called in its settings. A change of it needs a step in `upgrade`.
FORMAT: Final = 1
# A code can't be corrected once it is printed: both parts must be there to tell documents and locales apart.
_ADDRESS = re.compile(r"(?:https://(?=[^ ]*\{document\})(?=[^ ]*\{locale\})[A-Za-z0-9./_{}-]+)?")


class ProjectError(DiagnosticError):
    """There is no project here, or its settings can't be used."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `source/`, `locales/` and `layouts/`; `locales` are the tags as the settings write them.

    `address` is where a document can be read, with `{document}` and `{locale}` in it, or empty. `press_profile` is
    the print shop's ICC profile, a path from the root. `printers` are tables of numbers by the printer's name.
    `awaiting` are locales that wait for a translator: their catalogs are kept up to date, and nothing is built.
    `desk_interfaces` are the languages in which the print desk speaks to staff, `desk_days` for how many days a copy of
    it is good. `own_layouts` says that no packaged layout is used. `format` is 0 in a project that has none: `upgrade`
    sets it.
    """

    root: Path
    name: str
    locales: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()
    address: str = ""
    press_profile: str = ""
    printers: dict[str, dict[str, Any]] = field(default_factory=dict)
    desk_interfaces: tuple[str, ...] = ()
    desk_days: int = 31
    own_layouts: bool = False
    format: int = 0

    def address_of(self, document: str, tag: str) -> str:
        """The permanent short address of a document in a locale; empty if the project has none."""
        return self.address.replace("{document}", document).replace("{locale}", tag)

    @property
    def packaged(self) -> Path | None:
        """Where the packaged layouts are; None if the project uses none of them."""
        root = packaged_root()
        return None if self.own_layouts or root == self.root else root

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


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(tag, str) for tag in value)


# The languages of the interface that there are catalogs for, in `pressroom/pages`.
INTERFACES: Final = ("en", "es", "ar")

# Each setting: its check, what is wrong with a value that fails it, and what to write.
_SETTINGS: Final[dict[str, tuple[Callable[[Any], bool], str, str]]] = {
    "name": (_is_text, "is not text", 'write name = "…"'),
    "locales": (_is_list, "is not a list of language tags", 'write locales = ["es", "ar"]'),
    "awaiting": (_is_list, "is not a list of language tags", 'write awaiting = ["nv"]'),
    "address": (
        lambda value: isinstance(value, str) and _ADDRESS.fullmatch(value) is not None,
        "is no address",
        'write "https://clinic.example/{document}-{locale}", both in it',
    ),
    "format": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
        "is not a number",
        f"write format = {FORMAT}",
    ),
    "desk-interfaces": (
        lambda value: (
            _is_list(value) and bool(value) and set(value) <= set(INTERFACES) and len(set(value)) == len(value)
        ),
        "is not a list of languages that the desk speaks",
        f"write desk-interfaces = {list(INTERFACES)}, or some of them".replace("'", '"'),
    ),
    "desk-days": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 366,
        "is not a number of days from 1 to 366",
        "write desk-days = 31",
    ),
    "own-layouts": (lambda value: isinstance(value, bool), "is neither true nor false", "write own-layouts = true"),
    "press-profile": (_is_text, "is not text", 'write press-profile = "shop.icc"'),
    "printers": (
        lambda value: isinstance(value, dict) and all(isinstance(table, dict) for table in value.values()),
        "is not made of tables",
        "write [tool.pressroom.printers.front-desk]",
    ),
}

# Settings that earlier versions had: what became of them, and what to do.
GONE: Final[dict[str, tuple[str, str]]] = {
    "allowed-signers": (
        "allowed-signers is no longer a setting: source/people.toml lists who may sign what, with their keys",
        "list each person there (docs/how-to/keys.md), remove this line, and sign again with --as and --key",
    ),
}


def find_project(start: Path) -> Project:
    """The nearest project at `start` or above it: a folder whose pyproject.toml has a table `[tool.pressroom]`.

    Raises:
        ProjectError: there is none, or its settings are wrong.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        settings = _settings(folder)
        if settings is not None:
            return _project(folder, settings)
    raise _missing(start)


def _settings(folder: Path) -> dict[str, Any] | None:
    """The table [tool.pressroom] of a folder's pyproject.toml; None if there is no file or no table."""
    if not (folder / SETTINGS_FILE).is_file():
        return None
    text, problems = file_text(folder, SETTINGS_FILE)
    if text is None:
        raise ProjectError(problems[0])
    table, problem, line = toml_table(text)
    if table is None:
        raise _refused(problem, "correct the line", line)
    tools = table.get("tool", {})
    settings = tools.get("pressroom") if isinstance(tools, dict) else None
    if settings is not None and not isinstance(settings, dict):
        raise _refused(
            "tool.pressroom is not a table", "write [tool.pressroom]", line_of_key(text, "tool", "pressroom")
        )
    return settings


def project_root(start: Path) -> Path:
    """The nearest project's folder at `start` or above it, whatever its settings say.

    Raises:
        ProjectError: there is none, or its settings can't be read.
    """
    folders = (start.resolve(), *start.resolve().parents)
    root = next((folder for folder in folders if _settings(folder) is not None), None)
    if root is None:
        raise _missing(start)
    return root


def _missing(start: Path) -> ProjectError:
    message = "no project here or above: no pyproject.toml has a [tool.pressroom] table"
    hint = "change into the project's folder, or name it with --project; {command} init FOLDER makes a new one"
    return ProjectError(diagnostic("project-missing", Span(str(start)), message, hint))


def _project(root: Path, settings: dict[str, Any]) -> Project:
    """A project with these settings; an unknown setting or a value of the wrong kind is an error."""
    if isinstance(written := settings.get("format"), int) and written > FORMAT:
        message = f"this project is of format {written}, and this program knows {FORMAT} at most"
        raise _refused(message, "use a newer program: docs/how-to/install.md", _line(root, "format"))
    for key, value in settings.items():
        if key in GONE:
            message, hint = GONE[key]
            raise _refused(message, f"{hint}; or see: {{command}} upgrade", _line(root, key))
        if key not in _SETTINGS:
            hint = suggestion(key, _SETTINGS)
            raise _refused(f"[tool.pressroom] has no setting {key!r}", hint, _line(root, key))
        is_valid, problem, hint = _SETTINGS[key]
        if not is_valid(value):
            raise _refused(f"{key} {problem}", hint, _line(root, key))
    fields: dict[str, Any] = {
        key.replace("-", "_"): tuple(v) if isinstance(v, list) else v for key, v in settings.items()
    }
    return Project(root, **{**fields, "name": fields.get("name") or root.name})


def _line(root: Path, key: str) -> int:
    text, _ = file_text(root, SETTINGS_FILE)
    return line_of_key(text or "", "tool.pressroom", key)


def _refused(message: str, hint: str, line: int = 0) -> ProjectError:
    return ProjectError(diagnostic("project-settings", Span(SETTINGS_FILE, line), message, hint))
