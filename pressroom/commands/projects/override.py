"""Copies packaged layout files into a project, where they replace the packaged ones."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.nearest import nearest
from pressroom.planning.named import UsageError
from pressroom.project import Files, toml_table
from pressroom.project.packaged import BY_KEY, LAYOUTS
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LayoutFile:
    """A file of `layouts/`. `state` is "packaged", "over the packaged one" or "this project's alone"."""

    name: str
    state: str


def layout_files(workspace: Workspace) -> list[LayoutFile]:
    """Every file that the project's layouts are made from, by name."""
    paths = workspace.files.listing(LAYOUTS, "**/*")
    names = [workspace.relative(path) for path in paths if workspace.files.data(path).value is not None]
    packaged = _packaged_names(workspace)
    return [LayoutFile(name, _state(workspace.files, name, packaged)) for name in sorted(names)]


def override(workspace: Workspace, file: str) -> str:
    """Copy a packaged file into the project; returns its name there.

    Raises:
        UsageError: there is no such packaged file, the project has its own, or a table needs no copy.
    """
    name = file if file.startswith(f"{LAYOUTS}/") else f"{LAYOUTS}/{file}"
    packaged = _packaged_names(workspace)
    if name not in packaged:
        near = nearest(name, packaged)
        hint = f"did you mean {near}?" if near else "{command} override lists them"
        raise UsageError(f"no packaged file is called {name}", hint)
    if name in BY_KEY:
        hint = "write only the keys that differ into it: docs/how-to/override-a-layout.md"
        raise UsageError(f"{name} needs no copy: it is overridden key by key", hint)
    if not workspace.files.is_packaged(name):
        raise UsageError(f"the project has {name} already", "edit it; or delete it to use the packaged one again")
    workspace.write(name, workspace.files.data(name).value or b"")
    return name


def override_all(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Copy every packaged file that the project lacks, so that it can have its own layouts alone.

    Returns the names of the copies, and of tables that have some keys of the project's: a person adds the others.
    """
    written: list[str] = []
    partial: list[str] = []
    for name in sorted(_packaged_names(workspace)):
        beneath = workspace.files.beneath(name)
        if beneath is not None and toml_table(workspace.files.text(name).value or "")[0]:
            partial.append(name)
        elif beneath is not None or workspace.files.is_packaged(name):
            workspace.write(name, beneath or workspace.files.data(name).value or b"")
            written.append(name)
    return written, partial


def _packaged_names(workspace: Workspace) -> set[str]:
    root = workspace.files.packaged
    if root is None:
        return set()
    files = Files(root)
    paths = [path for path in files.listing(LAYOUTS, "**/*") if files.data(path).value is not None]
    return {path.relative_to(root).as_posix() for path in paths}


def _state(files: Files, name: str, packaged: set[str]) -> str:
    if name not in packaged:
        return "this project's alone"
    return "packaged" if files.is_packaged(name) else "over the packaged one"
