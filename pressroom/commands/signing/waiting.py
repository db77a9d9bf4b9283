"""What waits for whose signature: for each person what they sign next, in the order in which it helps most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pressroom.approval.evidence import PieceToday
from pressroom.approval.people import ListedPerson
from pressroom.approval.roles import CLINICIAN, Seat, roles_of
from pressroom.commands.signing.people import waiting_of
from pressroom.commands.signing.verdicts import Verdicts, open_verdicts
from pressroom.language import ENGLISH, Language
from pressroom.planning.plan import Job
from pressroom.workspace.workspace import Workspace

Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A signature that is missing: a document in a language, and the role in which it is signed.

    `unfinished` says what the text itself still lacks. `before` are the roles that usually sign before this one and
    have not; `english` is True if the English must be approved first. `frees` is how many other texts wait for this
    one. It is the `last` if the text can be released after it.
    """

    document: str
    title: str
    language: Language
    role: str
    unfinished: str
    before: tuple[str, ...]
    english: bool
    frees: int
    last: bool
    slots: bool = False

    @property
    def is_next(self) -> bool:
        """True if nothing must be done before it."""
        return not (self.unfinished or self.before or self.english or self.slots)

    @property
    def order(self) -> tuple[object, ...]:
        """What can be signed now first, and the English; then what frees most, or is the last signature."""
        is_english = self.language.tag == ENGLISH
        return not self.is_next, not is_english, -self.frees, not self.last, self.document, self.language.tag


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """A person and what waits for them; without a people list, a role (`person` is None)."""

    person: ListedPerson | None
    role: str
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class WaitingList:
    """Everybody with what waits for them, and what no listed person can sign."""

    people: tuple[WaitingFor, ...]
    nobody: tuple[Waiting, ...]
    has_people: bool


def waiting_list(workspace: Workspace, today: date) -> WaitingList:
    """What waits for whom. Raises DiagnosticError if the project or its people list can't be read."""
    verdicts = open_verdicts(workspace, today)
    # Other clinics and products of the same text wait for the same people.
    first = {job.id[:2]: job for job in reversed(verdicts.jobs.values()) if not job.language.invented}
    pieces = {text: verdicts.piece(job.id) for text, job in sorted(first.items())}
    frees = _frees(pieces)
    missing = {
        (text, seat): _waiting(verdicts, first[text], piece, seat, frees)
        for text, piece in pieces.items()
        if piece.state is not None
        for seat in piece.state.missing
    }
    people = workspace.people().value
    if people is None:
        roles = dict.fromkeys(role for (text, seat) in missing for role in roles_of(text[1]) if role in seat)
        rows = [
            WaitingFor(None, role, _in_order(w for (_, seat), w in missing.items() if seat[0] == role))
            for role in roles
        ]
        return WaitingList(tuple(row for row in rows if row.waiting), (), has_people=False)
    found: list[WaitingFor] = []
    taken: set[tuple[Text, Seat]] = set()
    for person in people.listed:
        own: list[Waiting] = []
        for document, locale, role in waiting_of(person, people, pieces.values(), today):
            seat = next(seat for (text, seat) in missing if text == (document, locale) and role in seat)
            taken.add(((document, locale), seat))
            own.append(_in_role(missing[(document, locale), seat], role))
        found.append(WaitingFor(person, "", _in_order(own)))
    nobody = _in_order(waiting for key, waiting in missing.items() if key not in taken)
    return WaitingList(tuple(found), nobody, has_people=True)


def _in_order(found: Iterable[Waiting]) -> tuple[Waiting, ...]:
    return tuple(sorted(found, key=lambda waiting: waiting.order))


def _in_role(waiting: Waiting, role: str) -> Waiting:
    return replace(waiting, role=role)


def _frees(pieces: Mapping[Text, PieceToday]) -> Counter[str]:
    """How many translations of a document are there to wait for its English."""
    return Counter(document for document, locale in pieces if locale != ENGLISH)


def _waiting(verdicts: Verdicts, job: Job, piece: PieceToday, seat: Seat, frees: Mapping[str, int]) -> Waiting:
    assert piece.state is not None
    tag = job.language.tag
    missing, roles = piece.state.missing, roles_of(tag)
    # The two who sign the English need not wait for each other.
    earlier = (other[0] for other in missing if roles.index(other[0]) < roles.index(seat[0]))
    before = () if tag == ENGLISH else tuple(earlier)
    document, _ = verdicts.workspace.document(job.path)
    english = piece.english is not None and piece.english.name != "approved"
    return Waiting(
        document=job.document,
        title=job.front.title.msgid,
        language=job.language,
        role=seat[0],
        unfinished=piece.case.words.lacking if piece.case is not None else "",
        before=before,
        english=english and seat == (CLINICIAN,),
        frees=frees.get(job.document, 0) if tag == ENGLISH else 0,
        last=len(missing) == 1,
        slots=seat == (CLINICIAN,) and document is not None and bool(document.slots or document.pending),
    )


def waits_for(everybody: WaitingList, person: str) -> tuple[Waiting, ...]:
    """What waits for the person of this id."""
    return next((row.waiting for row in everybody.people if row.person is not None and row.person.id == person), ())
