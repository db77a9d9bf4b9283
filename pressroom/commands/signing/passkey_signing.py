"""Signing in a browser, in two steps: what would be written is shown and its challenge signed, then it is written.

Both steps run the command's own code. The first stops where a key would sign, and returns the record's exact bytes. The
second runs it again and reads all files again: if the record is another one by now, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from pressroom.approval.codec import read_toml
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.approval.signature import NAMESPACE, PASSKEY, SignatureError
from pressroom.commands.signing.signer import Named, Signer, find_signer, signer_problems, unlisted
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span
from pressroom.workspace.workspace import Workspace

if TYPE_CHECKING:
    # Imported in functions too: a project without keys needs no cryptography.
    from pressroom.approval.passkey import Passkey
    from pressroom.approval.passkey_signature import Assertion

# What a value of a record says, by its key there; the others follow from these.
_SAYS: Final = {
    "date": "the day",
    "name": "the signer's name in source/people.toml",
    "by": "the releaser's name in source/people.toml",
    "qualification": "the signer's qualification in source/people.toml",
    "people": "the list of people",
    "after": "the log: somebody signed, recalled or released something",
    "answers": "the recalls",
    "replaces": "the earlier signatures",
    "voids": "the signatures that it takes back",
    "english": "the English words",
    "translation": "the translation",
    "words": "the words of the layouts",
    "drawings": "what the pages look like",
    "proofs": "the proofs",
    "emergency": "the emergency numbers",
    "imprints": "the clinics' names, addresses and numbers",
    "review-by": "the review date",
    "language": "what the language is called",
    "pull": "the released files",
    "pieces": "the files to release",
    "engine": "the version of the program",
    "quoted": "the text that is excused",
}
_FOLLOWS: Final = frozenset({"texts", "message", "text"})


@dataclass(frozen=True, slots=True)
class Done:
    """What a deed did: its record's path, the findings to show, and what the command itself returns."""

    record: str
    findings: tuple[Diagnostic, ...] = ()
    report: object = None
    written: tuple[str, ...] = ()


class Deed(Protocol):
    """Something that writes one record: a signature, a waiver, a return, a recall, a release.

    `locale` is whose signer is looked for, empty where a role has no language. A deed that takes something back is
    `optional` to sign, so that nothing stops it.
    """

    @property
    def role(self) -> str: ...  # noqa: D102 (a protocol)
    @property
    def locale(self) -> str: ...  # noqa: D102
    @property
    def optional(self) -> bool: ...  # noqa: D102

    def do(self, workspace: Workspace, signer: Signer, today: date) -> Done:
        """Do it as the command does. Raises DiagnosticError with every reason why it can't be done, and UsageError."""
        ...


@dataclass(frozen=True, slots=True)
class PendingRecord:
    """A record as it would be written: its path in the project and its exact bytes.

    With a `passkey`, `challenge` is what it must sign. Without one the person is known by name alone, and the second
    step takes no assertion.
    """

    deed: Deed
    named: Named
    path: str
    record: bytes
    challenge: bytes = b""
    passkey: Passkey | None = None


class RecordChanged(Exception):
    """What would be written is no longer what the person saw. `changes` says what changed, in words."""

    def __init__(self, changes: tuple[str, ...]) -> None:
        super().__init__(f"this changed since the page was made: {'; '.join(changes)}")
        self.changes = changes


class _Held(Exception):
    """Carries the record out of the command's code, before anything is written."""

    def __init__(self, path: Path, record: bytes) -> None:
        super().__init__()
        self.path, self.record = path, record


def pending_record(workspace: Workspace, deed: Deed, named: Named, today: date) -> PendingRecord | Done:
    """The first step: what would be written if this person did this today.

    A deed that needs no record, for example a release of nothing new, is done at once. Raises DiagnosticError with
    every reason why they can't do it, and UsageError.
    """

    def hold(path: Path, record: bytes) -> bytes:
        raise _Held(path, record)

    signer = _signer(workspace, deed, named, today)
    try:
        done = deed.do(workspace, replace(signer, pen=hold), today)
    except _Held as held:
        path = workspace.relative(held.path)
        passkey = _passkey(workspace, signer)
        challenge = b"" if passkey is None else _challenge(held.record)
        return PendingRecord(deed, named, path, held.record, challenge, passkey)
    return replace(done, written=tuple(workspace.written))


def accept(workspace: Workspace, pending: PendingRecord, assertion: Assertion | None, today: date) -> Done:
    """The second step: write the record with its signature, by the command's own code.

    The files are read again, in a workspace of their own; `Done.written` names what was written.

    Raises:
        SignatureError: the passkey did not sign this.
        RecordChanged: something changed since the first step; nothing is written.
        DiagnosticError: the person may not do this any more; nothing is written.
    """
    if (pending.passkey is None) != (assertion is None):
        raise SignatureError("a passkey signs this" if assertion is None else "no passkey signs this")
    if pending.passkey is not None and assertion is not None:
        _check(pending.passkey, assertion, pending.challenge)
    fresh = workspace.reopened()

    def sign(path: Path, record: bytes) -> bytes:
        if record != pending.record or fresh.relative(path) != pending.path:
            raise RecordChanged(tuple(_changes(pending.record, record)))
        return assertion.file if assertion is not None else b""

    signer = _signer(fresh, pending.deed, pending.named, today)
    done = pending.deed.do(fresh, replace(signer, pen=sign), today)
    return replace(done, written=tuple(fresh.written))


def _signer(workspace: Workspace, deed: Deed, named: Named, today: date) -> Signer:
    """The person, found again at each step."""
    if deed.optional and not named.id and not named.passkey:
        return unlisted(named.name)
    signer = find_signer(workspace, deed.role, named)
    span = Span(PEOPLE_FILE)
    problems = [*signer_problems(workspace, signer, deed.locale, span, today, optional=deed.optional)]
    if problems:
        raise DiagnosticError(*problems)
    return signer


def _passkey(workspace: Workspace, signer: Signer) -> Passkey | None:
    """The signer's passkey; None if they sign without a key."""
    from pressroom.approval.passkey import read_passkey

    people = workspace.people().value
    listed = people.by_id.get(signer.principal) if people is not None else None
    key = listed.key_of(signer.fingerprint) if listed is not None else None
    if key is None:
        return None
    if key.kind != PASSKEY:
        raise SignatureError(f"{signer.fingerprint} is no passkey: sign with it on the command line")
    return read_passkey(key.public)


def _challenge(record: bytes) -> bytes:
    from pressroom.approval.passkey_signature import challenge_of

    return challenge_of(record, NAMESPACE)


def _check(passkey: Passkey, assertion: Assertion, challenge: bytes) -> None:
    from pressroom.approval.passkey_signature import check_assertion

    try:
        check_assertion(passkey, assertion, challenge)
    except ValueError as error:
        raise SignatureError(str(error)) from None


def _changes(before: bytes, now: bytes) -> Iterator[str]:
    """What differs between two records, in words."""
    old, new = read_toml(before.decode()), read_toml(now.decode())
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key) and key not in _FOLLOWS]
    yield from (_SAYS.get(key, key) for key in changed or ["its place"])
