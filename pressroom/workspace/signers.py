"""Which of the project's records count by `source/people.toml`, and what is wrong with that file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pressroom.approval import Recall, Release, SignOff, Waiver, Withdrawal
from pressroom.approval.people import People
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.approval.signature import SUFFIX
from pressroom.approval.standing import SignedRecord, Standing, is_signed_by, standings, unknown_ends
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.workspace.log import FoundRecord, log_of, restore_hint

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace

_NEEDS_SIGNER: Final = SignOff | Waiver | Release


@dataclass(frozen=True, slots=True)
class Judged:
    """The records with what speaks against them; `usable` is False if it can't be said who may sign."""

    found: list[FoundRecord]
    findings: tuple[Diagnostic, ...] = ()
    usable: bool = True


def judged(workspace: Workspace, found: Sequence[FoundRecord]) -> Judged:
    """Every record, with the reason if it does not count by the file of people."""
    people, findings = workspace.people()
    broken = any(finding.severity is Severity.ERROR for finding in findings)
    problem = None if broken else _lost(workspace, found, people)
    findings = findings if problem is None else (*findings, problem)
    if broken or problem is not None:
        refused = [replace(f, refused=isinstance(f.record, _NEEDS_SIGNER)) for f in found]
        return Judged(refused, findings, usable=False)
    if people is None:
        return Judged([*found])
    log = log_of(workspace, found)
    signed = {f.record.id: _signed(workspace, f) for f in found if f.counts and isinstance(f.record, _NEEDS_SIGNER)}
    standing = standings(signed.values(), people, log)
    marked = [_marked(f, standing[f.record.id]) if f.record.id in signed else f for f in found]
    newly = [f for f in marked if f.record.id in signed]
    return Judged(
        marked, (*findings, *unknown_ends(people, log), *_in_short(newly), *_taken_back(workspace, found, people))
    )


def _lost(workspace: Workspace, found: Sequence[FoundRecord], people: People | None) -> Diagnostic | None:
    """A finding if records name a file of people or keys that there are no more: nothing may go in silence."""
    span = Span(PEOPLE_FILE)
    naming = [f for f in found if getattr(f.record, "people", "")]
    if people is None and naming:
        message = f"it is missing, and {_count(naming)} it (first {workspace.relative(naming[0].path)})"
        return diagnostic("people", span, message, restore_hint(PEOPLE_FILE))
    use_keys = people is not None and people.use_keys
    keyed = [f for f in found if f.record.key or (isinstance(f.record, _NEEDS_SIGNER) and _signature(workspace, f))]
    released = [f for f in keyed if isinstance(f.record, Release)]
    if keyed and not use_keys:
        who, first = "no person in it has a key" if people is not None else "it is missing", keyed
    elif released and people is not None and not people.sign_releases:
        who, first = "no releaser in it has a key", released
    else:
        return None
    message = f"{who}, and a key signed {len(first)} of the records (first {workspace.relative(first[0].path)})"
    hint = "list the keys (docs/how-to/keys.md): a key that signs no more is closed, not removed"
    return diagnostic("people", span, message, hint)


def _count(found: Sequence[FoundRecord]) -> str:
    return "one record names" if len(found) == 1 else f"{len(found)} records name"


def _signed(workspace: Workspace, found: FoundRecord) -> SignedRecord:
    assert isinstance(found.record, _NEEDS_SIGNER)
    span = Span(workspace.relative(found.path))
    return SignedRecord(found.record, _bytes(workspace, found), _signature(workspace, found), span)


def _bytes(workspace: Workspace, found: FoundRecord) -> bytes:
    """The record as it was signed: a checkout may have changed the ends of its lines."""
    return (workspace.files.text(found.path).value or "").encode()


def _signature(workspace: Workspace, found: FoundRecord) -> bytes:
    # The folder is listed once; most records of a project without keys have none.
    if found.path.with_name(f"{found.path.name}{SUFFIX}") not in _signature_files(workspace):
        return b""
    return workspace.files.data(found.path.with_name(f"{found.path.name}{SUFFIX}"), optional=True).value or b""


def _signature_files(workspace: Workspace) -> frozenset[Path]:
    """The signatures beside records, and what may hide one: a folder that can't be read."""

    def listed() -> frozenset[Path]:
        folders = (
            ("source", "signoffs/*/*"),
            ("source/recalls", "*"),
            ("releases", "*"),
            ("locales", "*/signoffs/*/*"),
        )
        found = (workspace.files.listing(folder, f"{pattern}{SUFFIX}") for folder, pattern in folders)
        return frozenset(path for paths in found for path in paths)

    return workspace.files.once("signature files", listed)


def _marked(found: FoundRecord, standing: Standing) -> FoundRecord:
    record = found.record
    if standing.problem is not None:
        return replace(found, findings=(standing.problem,), intact=not standing.altered)
    if standing.lapses is None or not isinstance(record, _NEEDS_SIGNER):
        return found
    return replace(found, record=replace(record, lapses=standing.lapses))


def _taken_back(workspace: Workspace, found: Iterable[FoundRecord], people: People) -> Iterator[Diagnostic]:
    """A finding for each record that takes something back and whose signature is wrong; it counts all the same."""
    for f in found:
        if isinstance(f.record, Recall | Withdrawal) and f.record.key:
            listed = people.by_id.get(f.record.principal)
            key = listed.key_of(f.record.key) if listed is not None else None
            if key is None or not is_signed_by(key, _bytes(workspace, f), _signature(workspace, f)):
                message = f"it was not signed by a key of {f.record.principal}; what takes back counts all the same"
                hint = "ask them whether it is theirs; what it took back is signed again"
                yield diagnostic("signature-wrong", Span(workspace.relative(f.path)), message, hint)


def _in_short(found: Sequence[FoundRecord]) -> Iterator[Diagnostic]:
    """What speaks against the records by the file of people, once for each folder and kind of fault.

    A record in whose role somebody else signed by now is of no interest any more.
    """
    signed = {_role(f) for f in found if f.counts and isinstance(f.record, SignOff)}
    alike: defaultdict[tuple[str, object], list[Diagnostic]] = defaultdict(list)
    for f in found:
        for problem in f.findings:
            if problem.severity is Severity.ERROR or _role(f) not in signed:
                alike[problem.code, f.path.parent].append(problem)
    for first, *more in alike.values():
        yield replace(first, message=f"{first.message} ({len(more)} more like it here)") if more else first


def _role(found: FoundRecord) -> tuple[str, ...]:
    record = found.record
    return (record.document, record.locale, record.role) if isinstance(record, SignOff) else ()
