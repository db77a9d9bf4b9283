"""Who signs in a browser, and with which of their passkeys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from pressroom.approval.people import Key, ListedPerson
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.approval.roles import RELEASER
from pressroom.approval.signature import PASSKEY
from pressroom.commands.signing.passkey_signing import Deed
from pressroom.commands.signing.signer import Named
from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.planning.named import UsageError
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.approval.passkey import Passkey

_CREATE: Final = "create one on the page /keys and have it listed; or sign with an SSH key on the command line"


def passkeys_of(workspace: Workspace, id: str, role: str, origin: str, today: date) -> tuple[Passkey, ...]:
    """The passkeys with which a person can sign in a role, in any if it is empty, on the pages of this origin."""
    return tuple(passkey for key, passkey in _passkeys(workspace, id, origin) if _signs(key, role, today))


def named_in_browser(workspace: Workspace, deed: Deed, who: Named, origin: str, today: date) -> Named:
    """A visitor as a deed needs them: with the passkey that signs it, where the project has keys.

    `who` has the id of a listed person, or where there is no list a name and a qualification; its `passkey` is the one
    they prefer. What takes something back is signed only if a passkey is named. Raises DiagnosticError if none of
    theirs signs this on the pages of this origin, UsageError if no person is named.
    """
    people = workspace.people().value
    if people is None:
        return Named(name=who.name, qualification=who.qualification)
    if not who.id:
        if deed.optional:
            return Named(name=who.name)
        raise UsageError(f"{PEOPLE_FILE} says who signs", "say who you are: choose your name from the list")
    needed = people.sign_releases if deed.role == RELEASER else people.use_keys
    if not needed or (deed.optional and not who.passkey):
        return Named(who.id)
    able = [passkey.fingerprint for passkey in passkeys_of(workspace, who.id, deed.role, origin, today)]
    if not able:
        message = (
            f"{who.id} has no passkey that signs {f'as {deed.role} ' if deed.role else ''}on the pages of {origin}"
        )
        raise DiagnosticError(diagnostic("signer", Span(PEOPLE_FILE), message, _CREATE))
    return Named(who.id, passkey=who.passkey if who.passkey in able else able[0])


def _passkeys(workspace: Workspace, id: str, origin: str) -> Iterator[tuple[Key, Passkey]]:
    from pressroom.approval.passkey import read_passkey

    people = workspace.people().value
    listed: ListedPerson | None = people.by_id.get(id) if people is not None else None
    for key in listed.keys if listed is not None else ():
        if key.kind == PASSKEY and (passkey := read_passkey(key.public)).origin == origin:
            yield key, passkey


def _signs(key: Key, role: str, today: date) -> bool:
    return (not role or key.signs(role)) and key.validity.covers(today)
