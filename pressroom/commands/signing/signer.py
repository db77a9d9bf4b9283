"""Who signs a record: finds the person in `source/people.toml`, and says why they may not sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from pressroom.approval.codec import RecordFormat
from pressroom.approval.people import Key, ListedPerson, People
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.approval.roles import RELEASER
from pressroom.approval.same_person import Person, person
from pressroom.approval.signature import SSH, SignatureError, public_key_of, sign_record, ssh_fingerprint
from pressroom.approval.standing import is_signed_by
from pressroom.diagnostics import Diagnostic, DiagnosticError, Severity, Span, diagnostic
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError
from pressroom.workspace.records import write_record
from pressroom.workspace.workspace import Workspace

T = TypeVar("T")
# Makes the signature of a record from its path and its bytes; raises SignatureError if it can't.
Pen = Callable[[Path, bytes], bytes]
_KEYS: Final = "docs/how-to/keys.md says how to get a key"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs in which role. `principal` is their id in people.toml, `key` the file of their SSH key.

    `fingerprint` is the key's; both are empty where records need no key. A `pen` signs in place of the SSH key: it has
    what a browser signed with a passkey.
    """

    role: str
    name: str
    qualification: str
    principal: str = ""
    key: Path | None = None
    fingerprint: str = ""
    pen: Pen | None = field(default=None, compare=False)

    @property
    def person(self) -> Person:
        """The signer in the form that `is_same` compares."""
        return person(self.name, self.principal, self.fingerprint)


def unlisted(name: str) -> Signer:
    """A person of whom only the name is known: what they do needs no signature."""
    return Signer("", " ".join(name.split()), "")


@dataclass(frozen=True, slots=True)
class Named:
    """How a command names a person: by id in people.toml (`--as`), by key, or where there is no such file by name.

    `passkey` is the fingerprint of the passkey with which they sign in a browser.
    """

    id: str = ""
    key: Path | None = None
    name: str = ""
    qualification: str = ""
    passkey: str = ""


def find_signer(workspace: Workspace, role: str, named: Named) -> Signer:
    """The person whom a command names.

    Raises:
        DiagnosticError: people.toml can't be used.
        UsageError: no person is named, or the list has no such person.
    """
    people, findings = workspace.people()
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DiagnosticError(*findings)
    if people is None:
        return _by_name(role, named)
    if named.name or named.qualification:
        raise UsageError(f"{PEOPLE_FILE} has everybody's name and qualification", "give --as and the person's id")
    fingerprint = _fingerprint(named.key) if named.key is not None else named.passkey
    listed = _by_id(people, named.id) if named.id else people.by_fingerprint.get(fingerprint)
    if listed is None:
        able = [person.id for person in people.listed if _has_role(person, role)]
        hint = f"give --as and an id: {', '.join(able) or f'no person is listed as {role}'}"
        raise UsageError(f"no key in {PEOPLE_FILE} is {fingerprint}" if fingerprint else "who signs?", hint)
    return Signer(role, listed.name, listed.qualification, listed.id, named.key, fingerprint)


def _has_role(person: ListedPerson, role: str) -> bool:
    """True if they may sign in this role in any language; anybody takes back, which is no role."""
    return person.releaser if role == RELEASER else bool(not role or person.languages.get(role))


def _by_name(role: str, named: Named) -> Signer:
    if named.id or named.key is not None:
        what = "--as" if named.id else "--key"
        raise UsageError(f"there is no {PEOPLE_FILE}, so {what} says nothing", _KEYS)
    if not named.name.strip():
        raise UsageError("who signs?", "give --name and --qualification")
    return Signer(role, named.name, named.qualification)


def _by_id(people: People, id: str) -> ListedPerson:
    if id not in people.by_id:
        raise UsageError(f"{PEOPLE_FILE} lists no {id!r}", suggestion(id, people.by_id))
    return people.by_id[id]


def _fingerprint(key: Path) -> str:
    try:
        return ssh_fingerprint(public_key_of(key))
    except (SignatureError, ValueError) as error:
        raise UsageError(f"--key {key} can't be used: {error}", _KEYS) from None


def signer_problems(
    workspace: Workspace, signer: Signer, locale: str, span: Span, today: date, *, optional: bool = False
) -> Iterator[Diagnostic]:
    """Why this person may not sign, with this key, today. A record that is `optional` to sign needs no role."""
    people = workspace.people().value
    listed = people.by_id.get(signer.principal) if people is not None else None
    if people is None or listed is None:
        return
    if not _may_sign(listed, signer.role, locale) and not optional:
        what = "may not release" if signer.role == RELEASER else f"may not sign {locale} as {signer.role}"
        yield diagnostic("signer", span, f"{listed.id} {what}, by {PEOPLE_FILE}", _who_may(people, signer.role, locale))
    if not listed.validity.covers(today):
        yield diagnostic("signer", span, f"{listed.id} no longer signs, by {PEOPLE_FILE}", "another person signs")
    key = listed.key_of(signer.fingerprint)
    if not signer.fingerprint:
        needed = people.sign_releases if signer.role == RELEASER else people.use_keys
        if needed and not optional:
            hint = _how_to_sign(listed)
            yield diagnostic("signer", span, f"a record counts only with a key of {listed.id}", hint)
    elif key is None:
        owner = people.by_fingerprint.get(signer.fingerprint)
        whose = f"the key of {owner.id}" if owner is not None else f"not in {PEOPLE_FILE}"
        hint = f"sign with a key of {listed.id}, or have this one listed; {_KEYS}"
        yield diagnostic("signer", span, f"{signer.fingerprint} is {whose}", hint)
    elif signer.role and not key.signs(signer.role):
        message = f"this key of {listed.id} does not sign as {signer.role}"
        yield diagnostic("signer", key.span, message, "sign with another key")
    elif not key.validity.covers(today):
        yield diagnostic(
            "signer", key.span, f"this key of {listed.id} does not sign on {today}", "sign with another key"
        )


def _how_to_sign(listed: ListedPerson) -> str:
    """What a person does who gave no key."""
    kinds = {key.kind for key in listed.keys}
    if not kinds:
        return f"list a key of theirs first; {_KEYS}"
    return "give --key and the file of your key" if SSH in kinds else "sign in the browser: {command} serve"


def _may_sign(listed: ListedPerson, role: str, locale: str) -> bool:
    """True if they may sign in this role in this language; a release has no language."""
    return listed.releaser if role == RELEASER else listed.may_sign(role, locale)


def _who_may(people: People, role: str, locale: str) -> str:
    able = [listed.id for listed in people.listed if _may_sign(listed, role, locale)]
    return f"{' or '.join(able)} may" if able else f"no person may: list one in {PEOPLE_FILE}"


def signature_of(workspace: Workspace, signer: Signer, path: Path, record: bytes) -> bytes:
    """The signature of a record by the signer's key or pen; nothing if there is neither.

    `path` is where the record goes. Raises SignatureError if the key can't sign, or is not a key of theirs.
    """
    if signer.pen is not None:
        signature = signer.pen(path, record)
    elif signer.key is not None:
        signature = sign_record(record, signer.key)
    else:
        return b""
    key = _key_of(workspace, signer)
    if signer.fingerprint and (key is None or not is_signed_by(key, record, signature)):
        what = signer.key if signer.key is not None else "what signed"
        raise SignatureError(f"{what} is not the key {signer.fingerprint} of {signer.principal}")
    return signature if signer.fingerprint else b""


def write_signed(workspace: Workspace, folder: Path, form: RecordFormat[T], record: T, signer: Signer) -> Path:
    """Write a record, signed by the signer's key if there is one; returns its path.

    Raises SignatureError if the key can't sign, or is not the signer's.
    """
    name, text = form.write(record)
    return write_record(workspace, folder, name, text, signature_of(workspace, signer, folder / name, text.encode()))


def _key_of(workspace: Workspace, signer: Signer) -> Key | None:
    people = workspace.people().value
    listed = people.by_id.get(signer.principal) if people is not None else None
    return listed.key_of(signer.fingerprint) if listed is not None else None
