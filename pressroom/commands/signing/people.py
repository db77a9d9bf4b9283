"""Who may sign what: shows the list of people, what it lacks, and what waits for a person; adds and closes keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Release, SignOff, Waiver
from pressroom.approval.evidence import PieceToday
from pressroom.approval.log import Log
from pressroom.approval.people import Key, ListedPerson, People, Validity
from pressroom.approval.people_edit import end_lines, with_end, with_key, with_person
from pressroom.approval.people_file import PEOPLE_FILE, read_people
from pressroom.approval.roles import Seat
from pressroom.approval.same_person import is_same
from pressroom.approval.seating import can_sign, empty_seats
from pressroom.approval.signature import KINDS, PASSKEY, SignatureError, public_key_of
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.diagnostics import Diagnostic, DiagnosticError, Severity, diagnostic
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError
from pressroom.workspace.workspace import Workspace

_NOBODY: Final = "list who may sign; docs/how-to/keys.md explains it from the beginning"


@dataclass(frozen=True, slots=True)
class Gap:
    """A language in which documents can't be approved: the seats without a person, and the documents."""

    locale: str
    seats: tuple[Seat, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, each of their keys (fingerprint and state), since when they are closed, and what they can sign now.

    `waiting` are the document, the locale and the role of each signature. `lapsing` are the entries of theirs that will
    not count any more from a day on, unless somebody else names them before, with that day.
    """

    person: ListedPerson
    keys: tuple[tuple[str, str], ...]
    closed: str
    waiting: tuple[tuple[str, str, str], ...]
    lapsing: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """The people, what the list lacks, and since when it is as it is.

    `since` is the first entry of the log whose author had the list as it is now, empty if no entry names it; `earlier`
    is how many other lists the log names.
    """

    people: People
    rows: tuple[PersonRow, ...]
    gaps: tuple[Gap, ...]
    since: str
    earlier: int
    findings: tuple[Diagnostic, ...]


def people_report(workspace: Workspace, id: str, today: date) -> PeopleReport:
    """Who may sign what; with an `id` only this person.

    Raises DiagnosticError if the list can't be used, UsageError if there is none or it lacks the id.
    """
    people = listed_people(workspace)
    listed = (find_person(people, id),) if id else people.listed
    verdicts = open_verdicts(workspace, today)
    # Another product of the same document waits for the same people.
    pieces = {job.id[:2]: verdicts.piece(job.id) for job in verdicts.jobs.values() if not job.language.invented}
    records = verdicts.evidence.records
    log = records.log
    able: tuple[SignOff | Waiver | Release, ...] = (*records.signoffs, *records.waivers, *records.releases)
    since, earlier = _since(workspace, people)
    return PeopleReport(
        people=people,
        rows=tuple(
            PersonRow(
                person,
                tuple((key.fingerprint, _key_state(key, log, today)) for key in person.keys),
                "" if person.validity == Validity() else _state(person.validity, log, today),
                tuple(waiting_of(person, people, pieces.values(), today)),
                tuple((r.id, r.lapses) for r in able if r.lapses is not None and _is_by(r, person, people)),
            )
            for person in listed
        ),
        gaps=tuple(_gaps(people, pieces, today)),
        since=since,
        earlier=earlier,
        findings=tuple(dict.fromkeys((*workspace.people().findings, *workspace.records().diagnostics))),
    )


def _gaps(people: People, made: Iterable[tuple[str, str]], today: date) -> Iterator[Gap]:
    documents: defaultdict[str, list[str]] = defaultdict(list)
    for document, locale in made:
        documents[locale].append(document)
    for locale, names in documents.items():
        seats = empty_seats(people, locale, today)
        if seats:
            yield Gap(locale, seats, tuple(names))


def waiting_of(
    person: ListedPerson, people: People, pieces: Iterable[PieceToday], today: date
) -> Iterator[tuple[str, str, str]]:
    """What a person can sign today: a seat that is empty, and no other seat of the piece is theirs."""
    for piece in pieces:
        if piece.state is None or any(is_same(r.person, p) for r in piece.state.signed for p in person.persons()):
            continue
        for seat in piece.state.missing:
            if can_sign(person, people, seat, piece.locale, today):
                able = (r for r in seat if person.may_sign(r, piece.locale))
                role = next((r for r in able if not people.use_keys or person.has_key(r, today)), seat[0])
                yield piece.document, piece.locale, role


def _key_state(key: Key, log: Log, today: date) -> str:
    only = f", only as {' and '.join(key.roles)}" if key.roles is not None else ""
    words = KINDS[key.kind].words(key.public) if key.kind in KINDS else ""
    return f"{_state(key.validity, log, today)}{only}{f', {words}' if words else ''}"


def _is_by(record: SignOff | Waiver | Release, person: ListedPerson, people: People) -> bool:
    name = record.by if isinstance(record, Release) else record.name
    return people.find(record.principal, name) == person


def _state(validity: Validity, log: Log, today: date) -> str:
    """What a key or a person is today, in words."""
    if validity.void_after is not None:
        last = max(validity.void_after, key=log.place, default="")
        return f"closed after {last}" if last else "closed before anything was signed"
    if validity.void_from is not None:
        return f"{'until' if today < validity.void_from else 'closed on'} {validity.void_from}"
    return f"valid since {validity.since}" if validity.since <= today else f"valid from {validity.since}"


def listed_people(workspace: Workspace) -> People:
    """The list of people. Raises DiagnosticError if it can't be used, UsageError if there is none."""
    people, findings = workspace.people()
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DiagnosticError(*findings)
    if people is None:
        raise UsageError(f"there is no {PEOPLE_FILE}: anybody who can commit can sign in any name", _NOBODY)
    return people


def find_person(people: People, id: str) -> ListedPerson:
    """The person of this id. Raises UsageError if there is none."""
    if id not in people.by_id:
        raise UsageError(f"{PEOPLE_FILE} lists no {id!r}", suggestion(id, people.by_id))
    return people.by_id[id]


def _since(workspace: Workspace, people: People) -> tuple[str, int]:
    """The first entry of the log that names the list as it is now, and how many other lists the log names."""
    records = workspace.records().records
    able: tuple[SignOff | Waiver | Release, ...] = (*records.signoffs, *records.waivers, *records.releases)
    naming = sorted((r for r in able if r.people), key=lambda record: records.log.place(record.id))
    first = next((record.id for record in naming if record.people == people.mark), "")
    return first, len({record.people for record in naming} - {people.mark})


def close(workspace: Workspace, id: str, note: str, after: Sequence[str], today: date) -> tuple[str, ...]:
    """Close a person's keys after the last entries of the log, or after entries that are named.

    Returns the entries. Raises UsageError if nothing is open, or an entry is not in the log; DiagnosticError if the
    file is written in a way that a program can't change.
    """
    people, log = listed_people(workspace), workspace.records().records.on(today).log
    person = find_person(people, id)
    if all(validity.void_after is not None for validity in _validities(person)):
        raise UsageError(f"{id} is closed already", f"see {person.span}")
    for entry in after:
        if entry not in log.entries:
            raise UsageError(f"the log has no entry {entry!r}", "an entry is named as document/locale/file")
    ends = tuple(after) or log.heads
    text = workspace.files.text(PEOPLE_FILE).value or ""
    changed = with_end(text, person, ends, note)
    _check(workspace, changed, person, end_lines(ends, note))
    workspace.write(PEOPLE_FILE, changed.encode())
    return ends


def _check(workspace: Workspace, changed: str, person: ListedPerson, lines: Iterable[str]) -> None:
    """See that the changed file says what it should: a key that is still open must not pass as closed."""
    people, _ = read_people(changed, PEOPLE_FILE, workspace.registry())
    now = people.by_id.get(person.id) if people is not None else None
    if now is None or any(validity.void_after is None for validity in _validities(now)):
        hint = f"write under each of the keys: {' '.join(list(lines)[1:])}"
        message = f"the program can't change a file that is written in this way, so {person.id} is still open"
        raise DiagnosticError(diagnostic("people", person.span, message, hint))


def _validities(person: ListedPerson) -> list[Validity]:
    """When each of a person's keys counts, or the person without a key."""
    return [key.validity for key in person.keys] or [person.validity]


def add(
    workspace: Workspace, id: str, values: dict[str, object], key: Path | None, today: date, passkey: str = ""
) -> str:
    """Add a person, or to a listed person more keys; `values` are the keys of a new person's table.

    `key` is the file of an SSH key, `passkey` the text of a passkey, as the page `/keys` shows it. Returns what the
    file says of them. Raises DiagnosticError with what would be wrong, and UsageError.
    """
    text, unreadable = workspace.files.text(PEOPLE_FILE, optional=True)
    if unreadable:
        raise DiagnosticError(*unreadable)
    people, text = workspace.people().value, text or ""
    known = people is not None and id in people.by_id
    if known and (values or (key is None and not passkey)):
        hint = f"give --key or --passkey alone to add a key; change the rest in {PEOPLE_FILE}"
        raise UsageError(f"{id} is listed already", hint)
    changed = text if known else with_person(text, id, values)
    if key is not None:
        changed = with_key(changed, id, _public_half(key), today)
    if passkey:
        changed = with_key(changed, id, " ".join(passkey.split()), today, PASSKEY)
    now, findings = read_people(changed, PEOPLE_FILE, workspace.registry())
    if now is None:
        raise DiagnosticError(*findings)
    if id not in now.by_id:
        raise UsageError(f"{id!r} can't name a person", "use lower-case letters a to z, digits and hyphens: ana-lopez")
    workspace.write(PEOPLE_FILE, changed.encode())
    return changed[len(text.rstrip()) :].strip()


def _public_half(key: Path) -> str:
    try:
        return public_key_of(key)
    except SignatureError as error:
        raise UsageError(f"--key {key} can't be used: {error}", "name the file that ends in .pub") from None
