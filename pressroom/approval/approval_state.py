"""The approval state of a piece: who signed its words, and what has happened since.

`approval_state_of` is a pure function. It fails closed: a record does not count unless every hash matches.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pressroom.approval.digest import Wording
from pressroom.approval.people import is_same
from pressroom.approval.recall import Recall, Waiver, Withdrawal
from pressroom.approval.releases import PieceContent, Release
from pressroom.approval.signoff import CLINICIAN, ENGLISH_ROLES, REVIEWER, ROLES, TRANSLATOR, SignOff
from pressroom.approval.state import State, StateName
from pressroom.language import ENGLISH


@dataclass(frozen=True, slots=True)
class Case:
    """One document in one locale on one product for one clinic, as it is now.

    `look` is the hash of the layout, `imprint` of what the piece says of its clinic beside the emergency number.
    `emergency` is the clinic's number, empty where the document does not print it.
    `review_by` is `YYYY-MM` or a day: the last on which the piece may be released.
    """

    document: str
    locale: str
    product: str
    clinic: str
    wording: Wording
    words: State
    look: str
    emergency: str
    review_by: str
    imprint: str = ""

    @property
    def content(self) -> PieceContent:
        """What the piece says now: a release of it is compared with this later."""
        wording = self.wording
        return PieceContent(
            wording.english, wording.translation, wording.words_of(self.product), self.emergency, self.imprint
        )


@dataclass(frozen=True, slots=True)
class Records:
    """Everybody's records that count."""

    signoffs: tuple[SignOff, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    recalls: tuple[Recall, ...] = ()
    releases: tuple[Release, ...] = ()

    @property
    def newest(self) -> date | None:
        """The latest date on any record, None if there are none: today can't be earlier."""
        days = [r.dated for r in self.signoffs] + [r.dated for r in self.withdrawals] + [r.dated for r in self.waivers]
        days += [r.dated for r in self.recalls] + [r.dated for r in self.releases]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """Whose signatures count for the words of a piece, and what else bars it.

    `signed` are the sign-offs that count, `missing` the roles without one, `outdated` the roles that signed other
    words. `seen` is False if nobody who signed saw this look. `recalls` are those that not every role has answered.
    """

    name: StateName
    signed: tuple[SignOff, ...] = ()
    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    one_person: bool = False
    seen: bool = True
    expired: bool = False
    recalls: tuple[Recall, ...] = field(default=())

    @property
    def stale(self) -> bool:
        """True where what was signed is no longer what would be printed."""
        return bool(self.outdated)


def approval_state_of(case: Case, records: Records, today: date, *, english_approved: bool) -> ApprovalState:
    """The state of a case, by the records that count. `english_approved` is not used for the English itself."""
    mine = [r for r in signoffs_in_force(records, case.document, case.locale) if case.product in r.looks]
    recalled = [r for r in records.recalls if r.covers(case.document, case.locale)]
    matching = [r for role in ROLES for r in _latest([m for m in mine if m.role == role], case)]
    now = [r for r in matching if all(recall.id in r.answers for recall in recalled)]
    required = roles_of(case.locale)
    chosen = _choose(now, case.locale)
    roles = {record.role for record in chosen}
    held = {record.role for record in now}
    drafted = case.words.machine > 0 and TRANSLATOR not in held
    return ApprovalState(
        name=_name(case, roles, drafted=drafted, english_approved=english_approved),
        signed=chosen,
        missing=tuple(role for role in required if role not in held),
        outdated=tuple(role for role in ROLES if role in {r.role for r in mine} - {r.role for r in matching}),
        one_person=any(role in held and role not in roles for role in required),
        seen=any(_saw(record, case) for record in chosen),
        expired=today > last_day(case.review_by),
        recalls=tuple(recall for recall in recalled if not _answered(recall, mine, required)),
    )


def signoffs_in_force(records: Records, document: str, locale: str) -> list[SignOff]:
    """The sign-offs on a document in a locale that no later one replaces and nobody withdrew, the earliest first."""
    mine = [r for r in records.signoffs if (r.document, r.locale) == (document, locale)]
    gone = {name for record in mine for name in record.replaces}
    for withdrawal in records.withdrawals:
        if (withdrawal.document, withdrawal.locale) == (document, locale):
            gone |= set(withdrawal.voids)
    return sorted((r for r in mine if r.file not in gone), key=lambda r: (r.dated, r.file))


def _latest(role: list[SignOff], case: Case) -> list[SignOff]:
    """A role's sign-offs on these words; none if a later one is on other words: old words do not come back."""
    last = [r for r in role if r.dated == max(r.dated for r in role)]
    return [r for r in role if is_current(r, case)] if all(is_current(r, case) for r in last) else []


def is_current(record: SignOff, case: Case) -> bool:
    """True if the record is of these very words, this emergency number and this review date."""
    return (
        record.english == case.wording.english
        and record.translation == case.wording.translation
        and record.words.get(case.product) == case.wording.words_of(case.product)
        and record.review_by == case.review_by
        and _confirms(record, case)
    )


def _saw(record: SignOff, case: Case) -> bool:
    """True where the signer looked at this layout, with this clinic's imprint."""
    return record.looks.get(case.product) == case.look and record.imprints.get(case.clinic, "") == case.imprint


def roles_of(locale: str) -> tuple[str, ...]:
    """The roles without which nothing is approved."""
    return (CLINICIAN,) if locale == ENGLISH else ROLES


def may_sign(role: str, locale: str) -> bool:
    """True where the role has something to sign in the locale."""
    return role in (ENGLISH_ROLES if locale == ENGLISH else ROLES)


def last_day(review_by: str) -> date:
    """The last day of a review date: the day itself, or the month's last."""
    if len(review_by) > len("2026-11"):
        return date.fromisoformat(review_by)
    year, month = map(int, review_by.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


def _confirms(record: SignOff, case: Case) -> bool:
    """The clinician of the English confirms each clinic's number; the others signed the numbers there were."""
    if not case.emergency:
        return True
    if case.clinic in record.emergency or case.locale == ENGLISH:
        return record.emergency.get(case.clinic) == case.emergency
    return case.emergency in record.emergency.values()


def _choose(records: Sequence[SignOff], locale: str) -> tuple[SignOff, ...]:
    """A record for as many roles as can be filled by different people, later records first."""
    by_role = [
        [None, *sorted((r for r in records if r.role == role), key=lambda r: (r.dated, r.file))][::-1] for role in ROLES
    ]
    best: tuple[SignOff, ...] = ()
    for combination in itertools.product(*by_role):
        some = tuple(record for record in combination if record is not None)
        pairs = itertools.combinations(some, 2)
        apart = not any(is_same(one.person, other.person) for one, other in pairs)
        if apart and _weight(some, locale) > _weight(best, locale):
            best = some
    return best


def _weight(records: tuple[SignOff, ...], locale: str) -> tuple[int, int]:
    required = roles_of(locale)
    return sum(1 for record in records if record.role in required), len(records)


def _name(case: Case, roles: set[str], *, drafted: bool, english_approved: bool) -> StateName:
    if case.words.untranslated or case.words.fuzzy:
        return "missing"
    if drafted:
        return "machine"
    if case.locale == ENGLISH:
        return "approved" if CLINICIAN in roles else "reviewed" if REVIEWER in roles else "translated"
    if not {TRANSLATOR, REVIEWER} <= roles:
        return "translated"
    return "approved" if CLINICIAN in roles and english_approved else "reviewed"


def _answered(recall: Recall, records: Iterable[SignOff], required: tuple[str, ...]) -> bool:
    answering = {record.role for record in records if recall.id in record.answers}
    return set(required) <= answering
