"""Signing in with a passkey: whose passkey answered a challenge, and whether a person may still be signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pressroom.approval.people import ListedPerson
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.approval.signature import PASSKEY
from pressroom.commands.signing.people import listed_people
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    from pressroom.approval.passkey_signature import Assertion


class SignInError(Exception):
    """A person is not signed in; the text says why."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A listed person, and the passkey with which they signed in."""

    person: ListedPerson
    fingerprint: str


def signed_in(workspace: Workspace, origin: str, assertion: Assertion, challenge: bytes, today: date) -> SignedIn:
    """Who answered the challenge on a page of this origin.

    Raises:
        SignInError: the passkey is not listed for this origin, was closed, or did not answer this challenge.
        DiagnosticError: source/people.toml can't be used.
        UsageError: there is none.
    """
    from pressroom.approval.passkey import read_passkey
    from pressroom.approval.passkey_signature import check_assertion

    for listed in listed_people(workspace).listed:
        for key in listed.keys:
            if key.kind != PASSKEY or (passkey := read_passkey(key.public)).credential != assertion.credential:
                continue
            try:
                check_assertion(passkey, assertion, challenge)
            except ValueError as error:
                raise SignInError(f"the passkey's answer does not count: {error}") from None
            if passkey.origin != origin:
                raise SignInError(f"this passkey of {listed.id} is for {passkey.origin}")
            if not key.validity.covers(today) or not listed.validity.covers(today):
                raise SignInError(f"this passkey of {listed.id} no longer signs, by {PEOPLE_FILE}")
            return SignedIn(listed, key.fingerprint)
    raise SignInError(f"this passkey is not in {PEOPLE_FILE}")


def is_still_in(workspace: Workspace, id: str, fingerprint: str, today: date) -> bool:
    """True if a person who signed in with this passkey may stay signed in: both are listed and not closed."""
    people = workspace.people().value
    listed = people.by_id.get(id) if people is not None else None
    key = listed.key_of(fingerprint) if listed is not None else None
    return listed is not None and key is not None and listed.validity.covers(today) and key.validity.covers(today)


def can_sign_in(workspace: Workspace, origin: str, today: date) -> bool:
    """True if anybody has a passkey with which they can sign in on the pages of this origin."""
    from pressroom.approval.passkey import read_passkey

    people = workspace.people().value
    return people is not None and any(
        key.kind == PASSKEY and key.validity.covers(today) and read_passkey(key.public).origin == origin
        for listed in people.listed
        for key in listed.keys
    )
