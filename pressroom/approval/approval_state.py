"""The state of a piece: how far its words are translated, who signed them, and what has happened since.

`approval_state_of` is a pure function. It fails closed: a record does not count unless every hash matches.
"""

from __future__ import annotations

import calendar
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Literal

from pressroom.approval.log import Log
from pressroom.approval.machine_drafts import DraftRecord
from pressroom.approval.records import Recall, Records, SignOff, drawing_key
from pressroom.approval.releases import PieceContent
from pressroom.approval.roles import CLINICIAN, REVIEWER, ROLES, TRANSLATOR, Seat, may_sign_look, roles_of, seats_of
from pressroom.approval.same_person import is_same
from pressroom.approval.wording import Wording
from pressroom.catalog import Translation
from pressroom.content import Message
from pressroom.counted import counted
from pressroom.drawing import UNKNOWN, PieceDrawing
from pressroom.language import ENGLISH

StateName = Literal["missing", "machine", "translated", "reviewed", "approved"]


@dataclass(frozen=True, slots=True)
class TranslationState:
    """How far the words are translated. The counts are of distinct messages.

    `pending` are the messages that wait for a clinician. What people signed is `ApprovalState`.
    """

    messages: int
    untranslated: int = 0
    fuzzy: int = 0
    machine: int = 0
    pending: int = 0

    @property
    def name(self) -> StateName:
        """`missing` if any message is untranslated or fuzzy, `machine` if any is a machine draft."""
        return "missing" if self.untranslated or self.fuzzy else "machine" if self.machine else "translated"

    def __add__(self, other: TranslationState) -> TranslationState:
        """The state of both: a piece prints its document's messages and the layouts' words."""
        counts = zip(astuple(self), astuple(other), strict=True)
        return TranslationState(*(left + right for left, right in counts))

    @property
    def lacking(self) -> str:
        """The messages that are missing, in words; empty if there are none."""
        missing = self.untranslated or self.fuzzy
        return (
            f"{self.untranslated} untranslated and {self.fuzzy} fuzzy of {counted(self.messages, 'message')}"
            if missing
            else ""
        )


@dataclass(frozen=True, slots=True)
class Case:
    """One document in one locale on one product for one clinic, as it is now.

    `clinic_values` is the hash of what the piece says of its clinic besides the emergency number. `drawing` is what a
    proof or release of it draws, unknown before one is made. `emergency` is the clinic's number, empty if the document
    does not print it. `review_by` is `YYYY-MM` or a day: the last on which the piece may be released. `language` is
    what staff read of its language, see `language_line`.
    """

    document: str
    locale: str
    product: str
    clinic: str
    wording: Wording
    words: TranslationState
    emergency: str
    review_by: str
    clinic_values: str = ""
    language: str = ""
    drawing: PieceDrawing = UNKNOWN

    @property
    def content(self) -> PieceContent:
        """What the piece says now, to compare a release with."""
        wording = self.wording
        return PieceContent(
            wording.english, wording.translation, wording.words_of(self.product), self.emergency, self.clinic_values
        )


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """Whose signatures count for the words of a piece, and what else bars it.

    `signed` are the sign-offs that count, `missing` the seats without one, `outdated` the roles that signed other
    words. `drawings` are what reviewers and clinicians saw of it, the last one last; `seen` is False if they saw
    nothing, or something else than it draws. `named` is False if none of them signed this name of the language.
    `recalls` are those that not every seat has answered.
    """

    name: StateName
    signed: tuple[SignOff, ...]
    missing: tuple[Seat, ...]
    outdated: tuple[str, ...]
    one_person: bool
    drawings: tuple[PieceDrawing, ...]
    seen: bool
    named: bool
    expired: bool
    recalls: tuple[Recall, ...]


def translation_state(messages: Sequence[Message], translation: Translation, drafts: DraftRecord) -> TranslationState:
    """The state of these messages; for the English itself, `translation` is the English."""
    distinct = {message.key: message for message in messages}.values()
    pairs = [(message, translation.of(message)) for message in distinct]
    statuses = [text.status for _, text in pairs]
    return TranslationState(
        messages=len(distinct),
        untranslated=statuses.count("untranslated"),
        fuzzy=statuses.count("fuzzy"),
        machine=sum(1 for m, text in pairs if text.status == "translated" and drafts.holds(m.key, text.text)),
        pending=sum(1 for message in distinct if message.pending),
    )


def approval_state_of(case: Case, records: Records, today: date, *, english_approved: bool) -> ApprovalState:
    """The state of a case, by the records that count. `english_approved` is not used for the English itself."""
    in_force = signoffs_in_force(records, case.document, case.locale, case.product)
    signoffs = [record for record in in_force if case.product in record.products]
    recalls = [recall for recall in records.recalls if recall.covers(case.document, case.locale)]
    matching = [r for role in ROLES for r in _latest([m for m in in_force if m.role == role], case, records.log)]
    counting = [r for r in matching if all(recall.id in r.answers for recall in recalls)]
    seats = seats_of(case.locale)
    chosen = _choose(counting, case.locale)
    roles, held = {record.role for record in chosen}, {record.role for record in counting}
    looked = [record for record in chosen if may_sign_look(record.role)]
    drawings = _drawings(looked, case, records.log)
    drafted = case.words.machine > 0 and TRANSLATOR not in held
    current = {record.role for record in matching}
    outdated = {r.role for r in signoffs} - {role for seat in seats for role in seat if current.intersection(seat)}
    return ApprovalState(
        name=_name(case, roles, drafted=drafted, english_approved=english_approved),
        signed=chosen,
        missing=tuple(seat for seat in seats if held.isdisjoint(seat)),
        outdated=tuple(role for role in ROLES if role in outdated),
        one_person=any(not held.isdisjoint(seat) and roles.isdisjoint(seat) for seat in seats),
        drawings=tuple(drawings),
        seen=bool(drawings) and (not case.drawing.known or case.drawing in drawings),
        named=any(record.language == case.language for record in looked),
        expired=today > last_day(case.review_by),
        recalls=tuple(recall for recall in recalls if not _is_answered(recall, signoffs, seats)),
    )


def signoffs_in_force(records: Records, document: str, locale: str, product: str = "") -> list[SignOff]:
    """The sign-offs on a document in a locale that were neither withdrawn nor replaced, the earliest first.

    A sign-off replaces earlier ones for its own products only. With a `product`, those that were replaced for it are
    left out; without, those that were replaced for all their products.
    """
    signoffs = [r for r in records.signoffs if (r.document, r.locale) == (document, locale)]
    void = {id for withdrawal in records.withdrawals for id in withdrawal.voids}
    replaced: defaultdict[str, set[str]] = defaultdict(set)
    for record in signoffs:
        for id in record.replaces:
            replaced[id] |= record.products
    in_force = [r for r in signoffs if r.id not in void and not _is_replaced(r, replaced[r.id], product)]
    return sorted(in_force, key=lambda r: (records.log.place(r.id), r.id))


def _is_replaced(record: SignOff, products: set[str], product: str) -> bool:
    """True if a record was replaced for the product, or for all its own; `products` are those of later records."""
    return bool(products) and (product in products or record.products <= products)


def is_current(record: SignOff, case: Case) -> bool:
    """True if the record is of exactly these words, this emergency number and this review date."""
    return (
        _has_words(record, case)
        and case.product in record.products
        and record.words.get(case.product) == case.wording.words_of(case.product)
        and record.review_by == case.review_by
        and _confirms(record, case)
    )


def last_day(review_by: str) -> date:
    """The last day of a review date: the day itself, or the last of the month."""
    if len(review_by) > len("2026-11"):
        return date.fromisoformat(review_by)
    year, month = map(int, review_by.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


def _latest(signoffs: list[SignOff], case: Case, log: Log) -> list[SignOff]:
    """A role's sign-offs on these words; none if a later one is on other words: old words do not come back.

    Of two branches neither is later, so both have to be on these words. A later one that is for other products alone
    has to be on the same English and translation.
    """
    last = log.latest(record.id for record in signoffs)
    for record in signoffs:
        agrees = is_current if case.product in record.products else _has_words
        if record.id in last and not agrees(record, case):
            return []
    return [record for record in signoffs if is_current(record, case)]


def _has_words(record: SignOff, case: Case) -> bool:
    return (record.english, record.translation) == (case.wording.english, case.wording.translation)


def _drawings(looked: Sequence[SignOff], case: Case, log: Log) -> list[PieceDrawing]:
    """What these signers saw of the piece with these values of the clinic, the last one last.

    If one of them saw it later than another, only the later look counts: old looks do not come back. Of two branches
    neither is later.
    """
    in_order = sorted(looked, key=lambda r: (log.place(r.id), r.id))
    name = drawing_key(case.product, case.clinic)
    same_values = [r for r in in_order if r.clinic_values.get(name, "") == case.clinic_values]
    drawn = {r.id: r.drawing_of(case.product, case.clinic) for r in same_values}
    last = log.latest(id for id, drawing in drawn.items() if drawing.known)
    return [drawing for id, drawing in drawn.items() if id in last]


def _confirms(record: SignOff, case: Case) -> bool:
    """The clinician of the English confirms each clinic's number; the others sign the numbers that there are."""
    if not case.emergency:
        return True
    if case.clinic in record.emergency or case.locale == ENGLISH:
        return record.emergency.get(case.clinic) == case.emergency
    return case.emergency in record.emergency.values()


def _choose(records: Sequence[SignOff], locale: str) -> tuple[SignOff, ...]:
    """A record for as many seats as different people can fill, later ones first; `records` begin with the earliest."""
    latest_first = list(reversed(records))
    by_role = [[*(r for r in latest_first if r.role == role), None] for role in roles_of(locale)]
    combinations = [tuple(r for r in some if r is not None) for some in itertools.product(*by_role)]
    different = [some for some in combinations if not _has_twice(some)]
    return max(different, key=lambda some: (_filled(some, locale), len(some)))


def _filled(records: tuple[SignOff, ...], locale: str) -> int:
    """How many seats the records fill."""
    roles = {record.role for record in records}
    return sum(not roles.isdisjoint(seat) for seat in seats_of(locale))


def _has_twice(records: tuple[SignOff, ...]) -> bool:
    """True if two of the records are of the same person."""
    return any(is_same(left.person, right.person) for left, right in itertools.combinations(records, 2))


def _name(case: Case, roles: set[str], *, drafted: bool, english_approved: bool) -> StateName:
    if case.words.lacking:
        return "missing"
    if drafted:
        return "machine"
    if case.locale == ENGLISH:
        second_reader = roles - {CLINICIAN}
        return "translated" if not second_reader else "approved" if CLINICIAN in roles else "reviewed"
    if not {TRANSLATOR, REVIEWER} <= roles:
        return "translated"
    return "approved" if CLINICIAN in roles and english_approved else "reviewed"


def _is_answered(recall: Recall, signoffs: Sequence[SignOff], seats: tuple[Seat, ...]) -> bool:
    answering = {record.role for record in signoffs if recall.id in record.answers}
    return not any(answering.isdisjoint(seat) for seat in seats)
