"""The lines that list a passkey in `source/people.toml`, for a person to put there: no browser adds a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pressroom.approval.people_edit import with_key
from pressroom.approval.people_file import PEOPLE_FILE, read_people
from pressroom.approval.signature import PASSKEY
from pressroom.diagnostics import DiagnosticError
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.approval.passkey import Passkey


@dataclass(frozen=True, slots=True)
class KeyLines:
    """A passkey to be listed: its lines, the line of the file after which they go, and the command that adds them."""

    id: str
    passkey: Passkey
    text: str
    after: int
    command: str


def key_lines(workspace: Workspace, id: str, passkey: Passkey, today: date) -> KeyLines:
    """The lines of a listed person's new passkey. Raises DiagnosticError if the file could not have them."""
    text = workspace.files.text(PEOPLE_FILE, optional=True).value or ""
    changed = with_key(text, id, passkey.text, today, PASSKEY)
    people, findings = read_people(changed, PEOPLE_FILE, workspace.registry())
    if people is None:
        raise DiagnosticError(*findings)
    before = text.rstrip()
    lines = changed[len(before) :].strip("\n")
    command = f'{{command}} people add {id} --passkey "{passkey.text}"'
    return KeyLines(id, passkey, lines, len(before.splitlines()), command)


def passkeys_listed(workspace: Workspace, id: str, origin: str) -> tuple[Passkey, ...]:
    """A person's passkeys for the pages of this origin, closed ones too."""
    from pressroom.approval.passkey import read_passkey

    people = workspace.people().value
    listed = people.by_id.get(id) if people is not None else None
    found = (read_passkey(key.public) for key in (listed.keys if listed is not None else ()) if key.kind == PASSKEY)
    return tuple(passkey for passkey in found if passkey.origin == origin)
