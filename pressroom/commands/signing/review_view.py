"""A document in a locale as one person reviews it: what changed since they signed it, and everything else to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pressroom.approval import SignOff
from pressroom.approval.line_changes import LineChange, is_reordered, line_changes
from pressroom.approval.roles import Seat, seats_of
from pressroom.approval.same_person import is_same
from pressroom.approval.wording import WordingLine
from pressroom.commands.signing.back_translations import back_translations
from pressroom.commands.signing.proof_pages import Paper, papers_of
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.review_sections import Section, sections_of
from pressroom.commands.signing.reviewed_messages import (
    ReviewedFinding,
    ReviewedMessage,
    change_key,
    reviewed_findings,
    reviewed_messages,
)
from pressroom.commands.signing.signer import Signer
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.planning.plan import Job
from pressroom.workspace.glossary import glossary_terms
from pressroom.workspace.signed_words import last_words

_UNSIGNED: Final = "unsigned"


@dataclass(frozen=True, slots=True)
class SeatView:
    """One of the people whose signature the text needs: the roles they may have, and the record that counts, if any."""

    roles: Seat
    signed: SignOff | None


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a person signed: their record, how many messages in each language, and what else.

    `gone` are the messages that are no more. `date_before` is the review date that they signed, `numbers` the clinics
    whose emergency number is another one now, with both.
    """

    record: SignOff
    english: int
    text: int
    gone: tuple[WordingLine, ...]
    reordered: bool
    date_before: str
    numbers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything that a person reads before they sign. `reader` is None for somebody who only looks.

    `others` are the papers of the first clinic that are not in a section, `clinics` the papers
    of the other clinics. `numbers` are the clinics by name, with the emergency number that the text prints there.
    `english_waits` is True if the English must be approved first. `problems` are findings about
    the files of this page itself.
    """

    review_case: ReviewCase
    reader: Signer | None
    since: Since | None
    sections: tuple[Section, ...]
    others: tuple[Paper, ...]
    clinics: tuple[Paper, ...]
    outdated: tuple[Job, ...]
    seats: tuple[SeatView, ...]
    numbers: tuple[tuple[str, str], ...]
    findings: tuple[ReviewedFinding, ...]
    english_waits: bool
    has_back: bool
    problems: tuple[Diagnostic, ...]

    @property
    def messages(self) -> tuple[ReviewedMessage, ...]:
        """All messages in the order of their numbers."""
        found = [message for section in self.sections for message in section.messages]
        return tuple(sorted(found, key=lambda message: message.number))

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers and web pages of the first clinic, and then those of the others."""
        first = [section.paper for section in self.sections if section.paper is not None]
        return (*first[:1], *self.others, *self.clinics)

    @property
    def look_changed(self) -> bool:
        """True if a page is not drawn as the reader signed it."""
        return self.since is not None and not all(paper.signed for paper in self.papers)

    @property
    def look_known(self) -> bool:
        """True if all papers are made, so that their looks can be compared."""
        return not self.outdated


def review_view(review_case: ReviewCase, reader: Signer | None, output: Path) -> ReviewView:
    """The view of a document in a locale for a person in a role."""
    workspace, language = review_case.workspace, review_case.language
    backs, back_problems = back_translations(review_case)
    terms, term_problems = glossary_terms(workspace, language)
    last = _last_of(review_case, reader)
    lines, gone = _compared(review_case, last)
    changes = {change_key(change.now): change for change in lines} if last else None
    found = reviewed_messages(review_case, backs=backs, terms=terms, changes=changes)
    # A layout's word is on several products, and a text may be there twice: each is read once.
    messages = tuple({message.read: message for message in reversed(found)}.values())[::-1]
    papers = papers_of(review_case, output, last[0] if last else None)
    sections, others, clinics = sections_of(review_case, messages, papers)
    states = [review_case.verdicts.piece(job.id) for job in review_case.jobs]
    return ReviewView(
        review_case=review_case,
        reader=reader,
        since=_since(review_case, last, lines, gone) if last else None,
        sections=sections,
        others=others,
        clinics=clinics,
        outdated=papers.outdated,
        seats=_seats(review_case),
        numbers=_numbers(review_case),
        findings=tuple(reviewed_findings(review_case)[1]),
        english_waits=any(s.english is not None and s.english.name != "approved" for s in states),
        has_back=any(message.back for message in messages),
        problems=(*back_problems, *term_problems),
    )


def _last_of(review_case: ReviewCase, reader: Signer | None) -> tuple[SignOff, tuple[WordingLine, ...]] | None:
    """The last words that this person signed, also if others signed later words; not if they took it back."""
    if reader is None or not reader.person.name:
        return None
    records, place = review_case.records, (review_case.document.name, review_case.language.tag)
    void = {id for w in records.withdrawals if w.kind == _UNSIGNED for id in w.voids}
    own = [r for r in records.signoffs if (r.document, r.locale) == place and is_same(r.person, reader.person)]
    in_order = sorted((r for r in own if r.id not in void), key=lambda r: (records.log.place(r.id), r.id))
    return last_words(review_case.workspace, in_order)


def _compared(
    review_case: ReviewCase, last: tuple[SignOff, tuple[WordingLine, ...]] | None
) -> tuple[tuple[LineChange, ...], tuple[WordingLine, ...]]:
    wording = review_case.wording()
    if last is None or wording is None:
        return (), ()
    return line_changes(_each_once(last[1]), _each_once(wording.all_lines))


def _each_once(lines: Iterable[WordingLine]) -> tuple[WordingLine, ...]:
    """The layouts' words are there for each product."""
    return tuple(dict.fromkeys(replace(line, links=()) for line in lines))


def _since(
    review_case: ReviewCase,
    last: tuple[SignOff, tuple[WordingLine, ...]],
    lines: Sequence[LineChange],
    gone: tuple[WordingLine, ...],
) -> Since:
    record, words = last
    is_english, review_by = review_case.language.tag == ENGLISH, review_case.document.front.review_by
    numbers = {case.clinic: case.emergency for case, _ in review_case.cases() if case.emergency}
    return Since(
        record=record,
        english=sum(change.english_changed for change in lines),
        text=0 if is_english else sum(change.text_changed for change in lines),
        gone=gone,
        reordered=is_reordered(_each_once(words), [change.now for change in lines]),
        date_before=record.review_by if record.review_by != review_by else "",
        numbers=tuple(
            (clinic, record.emergency.get(clinic, ""), number)
            for clinic, number in numbers.items()
            if record.emergency.get(clinic, "") != number
        ),
    )


def _numbers(review_case: ReviewCase) -> tuple[tuple[str, str], ...]:
    names = {job.clinic.id: job.clinic.name for job in review_case.jobs}
    numbers = {case.clinic: case.emergency for case, _ in review_case.cases() if case.emergency}
    return tuple((names[clinic], number) for clinic, number in numbers.items())


def _seats(review_case: ReviewCase) -> tuple[SeatView, ...]:
    """The seats in the order of the work; one is filled if it is for every piece."""
    states = [state for _, state in review_case.cases()]
    seats: list[SeatView] = []
    for seat in seats_of(review_case.language.tag):
        missing = not states or any(seat in state.missing for state in states)
        signed = [r for state in states[:1] for r in state.signed if r.role in seat]
        seats.append(SeatView(seat, signed[-1] if signed and not missing else None))
    return tuple(seats)
