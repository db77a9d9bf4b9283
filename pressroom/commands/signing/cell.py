"""One cell of the overview: how far a document is in a language, who is next, and what holds it up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pressroom.approval import last_day
from pressroom.approval.approval_state import ApprovalState
from pressroom.approval.people import People
from pressroom.approval.roles import CLINICIAN, RELEASER, TRANSLATOR, Seat
from pressroom.approval.same_person import is_same
from pressroom.approval.seating import can_sign
from pressroom.commands.signing.expiry import NOTICE
from pressroom.commands.signing.project_status import TextStatus, text_status
from pressroom.commands.signing.release_checks import release_bars
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.diagnostics import DiagnosticError
from pressroom.language import ENGLISH
from pressroom.planning.plan import Job

Step = Literal["unreadable", "missing", "unfinished", "machine", "translated", "reviewed", "approved", "released"]
# What time and people do to a text, the gravest first; `soon` is no fault yet.
Trouble = Literal["recalled", "expired", "english-changed", "", "soon"]
Hold = Literal["english", "sentences", "no-person", "release"]
STEPS: Final[tuple[Step, ...]] = (
    "unreadable", "missing", "unfinished", "machine", "translated", "reviewed", "approved", "released",
)  # fmt: skip
TROUBLES: Final[tuple[Trouble, ...]] = ("recalled", "expired", "english-changed", "", "soon")
# Bars of a release that the cell says in another way.
_SAID: Final = frozenset({"release-slot", "release-pending"})


@dataclass(frozen=True, slots=True)
class AtClinic:
    """How far a text is at one clinic. `version` and `until` are of its release, empty and None without one."""

    clinic: str
    step: Step
    trouble: Trouble
    version: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A document in a language: `text` as `status` has it, and its lowest state at any of `clinics`.

    `seat` are the roles of which one is next, `people` who of the list can be that, by id and name. `held` says what
    holds it up, with `bars` the messages of a release that is refused. `sentences` is how many of the document wait for
    a clinician.
    """

    text: TextStatus
    step: Step
    trouble: Trouble
    clinics: tuple[AtClinic, ...]
    seat: Seat = ()
    people: tuple[tuple[str, str], ...] = ()
    held: tuple[Hold, ...] = ()
    bars: tuple[str, ...] = ()
    sentences: int = 0

    @property
    def document(self) -> str:
        """The document's name."""
        return self.text.checked.document

    @property
    def locale(self) -> str:
        """The language's tag."""
        return self.text.checked.language.tag

    @property
    def is_same_everywhere(self) -> bool:
        """True if it is as far at every clinic."""
        return len({(one.step, one.trouble) for one in self.clinics}) < 2

    @property
    def lowest(self) -> AtClinic | None:
        """The first clinic at which it is as the cell says."""
        return min(self.clinics, key=_grade, default=None)

    @property
    def needs(self) -> bool:
        """True if a person can do something now. A machine draft asks for no one while no translator is listed."""
        if self.trouble:
            return True
        if self.step == "released" or (self.step == "machine" and not self.people):
            return False
        return not (set(self.held) & {"english", "sentences"} and self.seat in ((CLINICIAN,), (RELEASER,), ()))


def cell_of(verdicts: Verdicts, jobs: Sequence[Job], people: People | None) -> Cell:
    """The cell of these pieces, which are all of one document in one language."""
    job, today = jobs[0], verdicts.evidence.today
    text = text_status(verdicts, job.document, job.language, jobs)
    at = _by_clinic(verdicts, jobs)
    lowest = min(at, key=_grade)
    states = [state for one in jobs if (state := verdicts.piece(one.id).state) is not None]
    state = min(states, key=lambda one: STEPS.index(_step_of(one)), default=None)
    seat = _next_seat(lowest, state, job.language.tag)
    able = tuple(_able(people, seat, job.language.tag, state, today)) if people else ()
    document, _ = verdicts.workspace.document(job.path)
    sentences = len(document.slots) + len(document.pending) if document is not None else 0
    bars = tuple(_bars(verdicts, jobs)) if lowest.step == "approved" and not lowest.trouble else ()
    held = tuple(_held(verdicts, job, lowest, sentences, bars, unlisted=people is not None and bool(seat) and not able))
    words = text.checked.state
    # The layout's words may be translated already: "0 of 15" is not begun.
    begun = lowest.step != "unfinished" or words is None or words.untranslated < words.messages
    return Cell(text, lowest.step if begun else "missing", lowest.trouble, at, seat, able, held, bars, sentences)


def _by_clinic(verdicts: Verdicts, jobs: Sequence[Job]) -> tuple[AtClinic, ...]:
    """The lowest of a clinic's pieces, for each clinic."""
    found: dict[str, AtClinic] = {}
    for job in jobs:
        one = _piece(verdicts, job)
        before = found.get(one.clinic)
        found[one.clinic] = one if before is None else min(before, one, key=_grade)
    return tuple(found.values())


def _grade(one: AtClinic) -> tuple[int, int]:
    return TROUBLES.index(one.trouble), STEPS.index(one.step)


def _piece(verdicts: Verdicts, job: Job) -> AtClinic:
    piece, today = verdicts.piece(job.id), verdicts.evidence.today
    if piece.case is None or piece.state is None:
        return AtClinic(job.clinic.id, "unreadable", "")
    entries = verdicts.evidence.rows.get(job.id)
    released = verdicts.on_entry(entries[-1]) if entries else None
    facts = entries[-1][1].facts if entries else None
    if released is not None and facts is not None and released.may("be_offered"):
        until = last_day(facts.review_by)
        return AtClinic(job.clinic.id, "released", "soon" if until <= today + NOTICE else "", facts.version, until)
    codes = {reason.code for reason in verdicts.on_piece(job.id).bars} | ({released.name} if released else set())
    words = piece.case.words
    step = _step_of(piece.state)
    if step == "missing" and words.untranslated < words.messages:
        step = "unfinished"
    trouble: Trouble = "recalled" if "recalled" in codes else "expired" if "expired" in codes else ""
    if not trouble and "stale" in codes and _has_other_english(verdicts, job, facts.content.english if facts else ""):
        trouble = "english-changed"
    return AtClinic(job.clinic.id, step, trouble, facts.version if facts else "", last_day(piece.case.review_by))


def _step_of(state: ApprovalState) -> Step:
    return state.name


def _has_other_english(verdicts: Verdicts, job: Job, released: str) -> bool:
    """True if the English is not that of the release or, without one, that of the last signature."""
    case = verdicts.piece(job.id).case
    if case is None:
        return False
    if released:
        return case.content.english != released
    signed = [r for r in verdicts.evidence.records.signoffs if (r.document, r.locale) == job.id[:2]]
    last = max(signed, key=lambda r: (verdicts.evidence.records.log.place(r.id), r.id), default=None)
    return last is not None and last.english != case.wording.english


def _next_seat(lowest: AtClinic, state: ApprovalState | None, locale: str) -> Seat:
    """The roles of which one is asked next; none where no one is."""
    if state is None or (lowest.step == "released" and not lowest.trouble):
        return ()
    if lowest.trouble in ("expired", "soon"):
        return (CLINICIAN,)
    if locale != ENGLISH and lowest.step in ("missing", "unfinished", "machine"):
        return (TRANSLATOR,)
    if state.missing:
        return state.missing[0]
    return (RELEASER,) if lowest.step == "approved" and not lowest.trouble else ()


def _able(
    people: People, seat: Seat, locale: str, state: ApprovalState | None, today: date
) -> Iterator[tuple[str, str]]:
    """Who of the list can be next: no person who has signed the text in another role."""
    signed = [record.person for record in state.signed] if state is not None else []
    for person in people.listed:
        if seat == (RELEASER,):
            able = person.releaser and person.validity.covers(today)
        else:
            able = bool(seat) and can_sign(person, people, seat, locale, today)
            able = able and not any(is_same(one, own) for one in signed for own in person.persons())
        if able:
            yield person.id, person.name


def _held(
    verdicts: Verdicts, job: Job, lowest: AtClinic, sentences: int, bars: Sequence[str], *, unlisted: bool
) -> Iterator[Hold]:
    if lowest.step == "released":
        return
    english = verdicts.piece(job.id).english
    if job.language.tag != ENGLISH and (english is None or english.name != "approved" or english.recalls):
        yield "english"
    if sentences:
        yield "sentences"
    if unlisted and lowest.step != "machine":
        yield "no-person"
    if bars:
        yield "release"


def _bars(verdicts: Verdicts, jobs: Iterable[Job]) -> Iterator[str]:
    """What still bars the release of an approved text, each once."""
    try:
        found = {d.message: d for job in jobs for d in release_bars(verdicts, job) if d.code not in _SAID}
    except DiagnosticError as error:
        found = {d.message: d for d in error.problems}
    yield from found
