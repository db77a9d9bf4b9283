"""Brings a project to today's format: says what is to be done, and does it if asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.catalog.migration import old_format
from pressroom.commands.catalogs.migrate import migrate
from pressroom.commands.projects.init import MERGE_DRIVER, packaged_merge_driver, set_merge_driver
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.project import find_project
from pressroom.project.atomic import write_atomic
from pressroom.project.open_file import file_bytes, file_text
from pressroom.project.settings import FORMAT, GONE, SETTINGS_FILE, ProjectError, project_root
from pressroom.project.toml_text import toml_table
from pressroom.workspace.workspace import Workspace

_TABLE: Final = re.compile(r"^\[tool\.pressroom\][^\n]*\n", re.MULTILINE)
_FORMAT: Final = re.compile(r"^format\s*=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What there is to do (or, if it was done, what was), and what only a person can do."""

    steps: tuple[str, ...]
    by_hand: tuple[Diagnostic, ...]


def upgrade(folder: Path, created: str, *, yes: bool) -> Upgrade:
    """Bring the project at a folder or above it to today's format; without `yes` nothing is written.

    Raises:
        ProjectError: there is no project, or it is of a newer format than this program's.
    """
    root = project_root(folder)
    text, table = _settings(root)
    by_hand = tuple(_by_hand(text, table))
    if by_hand:
        return Upgrade((), by_hand)
    find_project(root)
    steps: list[tuple[str, Callable[[], object]]] = []
    changed, said = _new_settings(root, text, table)
    if changed != text:
        steps.append((said, lambda: write_atomic(root / SETTINGS_FILE, changed.encode())))
    steps += _driver_steps(root)
    if _has_old_catalogs(Workspace.open(root)):
        said = "carry every translation over to the way in which messages are written now (as migrate does)"
        steps.append((said, lambda: _migrate(root, created)))
    if yes:
        for _, step in steps:
            step()
    return Upgrade(tuple(said for said, _ in steps), ())


def _settings(root: Path) -> tuple[str, dict[str, object]]:
    text, findings = file_text(root, SETTINGS_FILE)
    table, problem, line = toml_table(text or "")
    if text is None or table is None:
        problems = findings or (diagnostic("project-settings", Span(SETTINGS_FILE, line), problem, "correct the line"),)
        raise ProjectError(*problems)
    return text, table["tool"]["pressroom"]


def _by_hand(text: str, table: dict[str, object]) -> Iterator[Diagnostic]:
    """Settings of an older format that only a person can replace."""
    for key in (key for key in table if key in GONE):
        lines = (number for number, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*{key}\s*=", line))
        yield diagnostic("project-settings", Span(SETTINGS_FILE, next(lines, 0)), *GONE[key])


def _new_settings(root: Path, text: str, table: dict[str, object]) -> tuple[str, str]:
    """The settings in today's format, and what differs; a project from before packaged layouts keeps its own."""
    if table.get("format") == FORMAT:
        return text, ""
    lines = [f"format = {FORMAT}"]
    if "own-layouts" not in table and file_bytes(root, "layouts/products.toml", optional=True).value is not None:
        lines.append("own-layouts = true")
    text = _FORMAT.sub("", text, count=1) if "format" in table else text
    header = _TABLE.search(text)
    if header is None:
        raise ProjectError(
            diagnostic(
                "project-settings", Span(SETTINGS_FILE), "the settings can't be changed by a program",
                f"write these lines under [tool.pressroom]: {'; '.join(lines)}",
            )
        )  # fmt: skip
    changed = f"{text[: header.end()]}{''.join(f'{line}{chr(10)}' for line in lines)}{text[header.end() :]}"
    return changed, f"write {' and '.join(lines)} into {SETTINGS_FILE}"


def _driver_steps(root: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """What keeps git's merge driver as this version brings it, and switched on in this clone."""
    there, packaged = file_bytes(root, MERGE_DRIVER, optional=True).value, packaged_merge_driver()
    if there != packaged:
        verb = "add" if there is None else "renew"
        yield f"{verb} {MERGE_DRIVER}", lambda: write_atomic(root / MERGE_DRIVER, packaged, 0o755)
    if set_merge_driver(root, dry=True):
        yield "let git merge catalogs message by message in this clone", lambda: set_merge_driver(root)


def _has_old_catalogs(workspace: Workspace) -> bool:
    languages = workspace.languages(awaiting=True).value
    names = [*workspace.documents().usable, "layouts"]
    catalogs = (workspace.catalog(name, lang).value for lang in languages if lang.tag != ENGLISH for name in names)
    return any(catalog is not None and old_format(catalog) for catalog in catalogs)


def _migrate(root: Path, created: str) -> None:
    report = migrate(Workspace.open(root), created)
    if report.failed:
        raise DiagnosticError(*report.diagnostics)
