"""A mark of everything that can change the desk at once. It is cheap: most records are listed, not read."""

from __future__ import annotations

from typing import Final

from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.fingerprint import fingerprint
from pressroom.workspace.confirmations import confirmations_folder
from pressroom.workspace.records import recalls_folder, releases_folder
from pressroom.workspace.workspace import Workspace

_TAKEN_BACK: Final = ("returned-", "unsigned-")


def records_mark(workspace: Workspace) -> str:
    """Sixteen hex digits that change with each recall, confirmation, withdrawal, release, rename, and people.toml.

    A release counts by its name, which holds its hash, the others by content: an edited recall still counts.
    """
    files, project = workspace.files, workspace.project
    read = [*files.listing(recalls_folder(project), "*.toml"), *files.listing("source/renames", "*.toml")]
    read += files.listing(confirmations_folder(project), "*.toml")
    read.append(workspace.root / PEOPLE_FILE)
    for folder, pattern in (("source/signoffs", "*/*.toml"), ("locales", "*/signoffs/*/*.toml")):
        read += [path for path in files.listing(folder, pattern) if path.name.startswith(_TAKEN_BACK)]
    named = [workspace.relative(path) for path in files.listing(releases_folder(project), "*.toml")]
    contents = [part for path in read for part in (workspace.relative(path), files.hash_of(path))]
    return fingerprint(*named, *contents)[:16]


def clinics_mark(workspace: Workspace) -> str:
    """Sixteen hex digits of the clinics' file: a number to call that changed is as urgent as a recall."""
    return fingerprint(workspace.files.hash_of(workspace.project.clinics_file))[:16]
