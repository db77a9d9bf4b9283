"""Decides which records count by `people.toml`: who signed them, in which role, with which key, and where in the log.

Time comes from the log, not from clocks. A record by a key that was closed counts only if something written before the
key was closed descends from it; so a clock that is set back gains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from pressroom.approval.log import Log
from pressroom.approval.people import Key, ListedPerson, People, Validity
from pressroom.approval.records import SignOff, Waiver
from pressroom.approval.releases import Release
from pressroom.approval.roles import RELEASER, REVIEWER
from pressroom.approval.signature import KINDS, SUFFIX
from pressroom.diagnostics import Diagnostic, Span, diagnostic

_AGAIN: Final = "the signer signs again"


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A record that needs somebody who may sign it, the bytes of its file, and the signature beside it or nothing."""

    record: SignOff | Waiver | Release
    data: bytes
    signature: bytes
    span: Span


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a record counts.

    `problem` says why it does not. `altered` is True if it is not as it was signed. `lapses` is the day from which it
    does not count any more, although nothing is wrong with it now: no other person has named it since it was signed.
    """

    problem: Diagnostic | None = None
    altered: bool = False
    lapses: date | None = None


class _Witness(NamedTuple):
    """A record that counts for good: by whom it is, and its day. What it descends from was there by then."""

    by: str
    dated: date


def standings(records: Iterable[SignedRecord], people: People, log: Log) -> dict[str, Standing]:
    """The standing of each record by its id."""
    signed = {entry.record.id: entry for entry in records}
    standing: dict[str, Standing] = {}
    witnesses: dict[str, _Witness] = {}
    # The latest first: a record can be confirmed by one that descends from it and counts.
    for id in reversed(log.order):
        if id in signed:
            by, standing[id] = _standing(signed[id], people, log, witnesses)
            if standing[id] == Standing():
                witnesses[id] = _Witness(by, signed[id].record.dated)
    return standing


def unknown_ends(people: People, log: Log) -> Iterator[Diagnostic]:
    """A finding for each key or person that was closed after an entry that the log does not have."""
    for listed in people.listed:
        ends = [(listed.span, listed.validity), *((key.span, key.validity) for key in listed.keys)]
        for span, validity in ends:
            for id in validity.void_after or ():
                if id not in log.entries:
                    message = f"void-after of {listed.id} names {id}, which is not in the log"
                    hint = "restore the record; what was signed before it does not count until it is back"
                    yield diagnostic("people", span, message, hint)


def is_signed_by(key: Key, data: bytes, signature: bytes) -> bool:
    """True if exactly this key signed exactly these bytes; False for a kind of key that nothing here can check."""
    return bool(signature) and key.kind in KINDS and KINDS[key.kind].is_signed(data, signature, key.public)


def _standing(
    signed: SignedRecord, people: People, log: Log, witnesses: Mapping[str, _Witness]
) -> tuple[str, Standing]:
    """The id of the person whose record it is, and its standing."""
    record = signed.record
    listed = people.find(record.principal, _name(record))
    if listed is None:
        return "", _refused(signed, f"{record.principal or _name(record)!r} is not in source/people.toml")
    problem = _may_not(listed, record)
    if problem:
        return listed.id, _refused(signed, problem)
    key = None
    if people.sign_releases if isinstance(record, Release) else people.use_keys:
        key = listed.key_of(record.key)
        standing = _signature(signed, listed, key, people)
        if standing.problem is not None:
            return listed.id, standing
        if key is not None and not key.signs(_role(record)):
            return listed.id, _refused(signed, f"this key of {listed.id} does not sign as {_role(record)}")
    lapses = []
    for what, validity in (
        (listed.id, listed.validity),
        *([(f"this key of {listed.id}", key.validity)] if key else ()),
    ):
        if record.dated < validity.since:
            return listed.id, _refused(signed, f"it is dated {record.dated}, and {what} signs from {validity.since} on")
        end = _end(record, listed.id, validity, log, witnesses)
        if end == date.min:
            return listed.id, _refused(signed, f"{what} was closed, and nothing shows that it was signed before that")
        lapses += [end] if end is not None else []
    return listed.id, Standing(lapses=min(lapses, default=None))


def _may_not(listed: ListedPerson, record: SignOff | Waiver | Release) -> str:
    """Why a person may not sign a record; empty if they may."""
    if not listed.is_called(_name(record)):
        return f"it says {_name(record)!r}, and source/people.toml calls {listed.id} {listed.name!r}"
    if isinstance(record, Release):
        return "" if listed.releaser else f"{listed.id} is not a releaser in source/people.toml"
    if not listed.is_qualified(record.qualification):
        return f"it calls {listed.id} {record.qualification!r}, and source/people.toml {listed.qualification!r}"
    may = listed.may_sign(_role(record), record.locale)
    return "" if may else f"{listed.id} may not sign {record.locale} as {_role(record)}, by source/people.toml"


def _signature(signed: SignedRecord, listed: ListedPerson, key: Key | None, people: People) -> Standing:
    """Whether a key of the person signed exactly these bytes."""
    record, span = signed.record, signed.span
    if not record.key:
        return _refused(signed, f"{listed.id} signed it without a key", "record-unsigned")
    if key is None:
        owner = people.by_fingerprint.get(record.key)
        whose = f"the key of {owner.id}" if owner is not None else "no key in source/people.toml"
        return _refused(signed, f"{listed.id} signed it with {record.key}, which is {whose}")
    if is_signed_by(key, signed.data, signed.signature):
        return Standing()
    what = "is not of this record by this key" if signed.signature else "is missing"
    message = f"it was signed with {record.key}, and the signature beside it {what}; it does not count"
    hint = f"restore {span.path}{SUFFIX} from version control; or {_AGAIN}"
    return Standing(diagnostic("signature-wrong", span, message, hint), altered=True)


def _end(
    record: SignOff | Waiver | Release, by: str, validity: Validity, log: Log, witnesses: Mapping[str, _Witness]
) -> date | None:
    """The day from which the record does not count: None for never, the first day of all if it does not count now."""
    after, day = validity.void_after, validity.void_from
    if after is not None and not any(id == record.id or log.descends(id, record.id) for id in after):
        return date.min
    if day is None:
        return None
    if record.dated >= day:
        return date.min
    named = any(
        witness.by != by and witness.dated <= day and log.descends(id, record.id) for id, witness in witnesses.items()
    )
    return None if named else day


def _role(record: SignOff | Waiver | Release) -> str:
    return record.role if isinstance(record, SignOff) else REVIEWER if isinstance(record, Waiver) else RELEASER


def _name(record: SignOff | Waiver | Release) -> str:
    return record.by if isinstance(record, Release) else record.name


def _refused(signed: SignedRecord, problem: str, code: str = "record-signer") -> Standing:
    hint = f"{_AGAIN} with --key" if code == "record-unsigned" else "{command} people says who may sign what"
    return Standing(diagnostic(code, signed.span, f"this record does not count: {problem}", hint))
