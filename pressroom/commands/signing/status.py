"""The status: a project goes in; the state of each document in each locale, and what changed since, comes out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pressroom.approval import (
    ApprovalState,
    Case,
    Change,
    SignOff,
    WordingLine,
    english_changes,
    signoffs_in_force,
    text_changes,
)
from pressroom.approval.state import StateName
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.planning.plan import ENGLISH, Request, awaiting_asked, make_plan
from pressroom.project import Project
from pressroom.workspace.records import last_words, read_records
from pressroom.workspace.texts import Texts

_ORDER: Final[tuple[StateName, ...]] = ("missing", "machine", "translated", "reviewed", "approved")


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document in a locale today: the least state of its pieces, and what lies on top of it.

    `english` and `text` are what changed in the English and in the locale since `since` was signed.
    """

    document: str
    locale: str
    state: StateName
    stale: bool
    expired: bool
    recalled: bool
    since: SignOff | None
    english: tuple[Change, ...] = ()
    text: tuple[Change, ...] = ()

    @property
    def words(self) -> str:
        """The state in words: `translated, stale`."""
        flags = (("stale", self.stale), ("expired", self.expired), ("recalled", self.recalled))
        return ", ".join([self.state, *(name for name, on in flags if on)])


def document_statuses(
    project: Project, request: Request, today: date, texts: Texts | None = None
) -> dict[tuple[str, str], DocumentStatus]:
    """The news by document and locale; what can't be read is not among them.

    Raises:
        UsageError: the request names what there is not.
    """
    plan = make_plan(project, request, invented=awaiting_asked(project, request))
    found = read_records(project)
    standings = ApprovalStates(project, texts or Texts(project), found, today, plan.jobs)
    pieces: dict[tuple[str, str], list[tuple[Case, ApprovalState]]] = defaultdict(list)
    for job in plan.jobs:
        if job.wanted:
            case, standing = standings.of(job)
            if case is not None and standing is not None:
                pieces[job.document, job.language.tag].append((case, standing))
    told: dict[tuple[str, str], DocumentStatus] = {}
    for (document, locale), rows in pieces.items():
        last = last_words(project, signoffs_in_force(found.records, document, locale))
        now = _lines([case for case, _ in rows])
        told[document, locale] = DocumentStatus(
            document=document,
            locale=locale,
            state=min((standing.name for _, standing in rows), key=_ORDER.index),
            stale=any(standing.stale for _, standing in rows),
            expired=any(standing.expired for _, standing in rows),
            recalled=any(standing.recalls for _, standing in rows),
            since=last[0] if last else None,
            english=english_changes(last[1], now) if last else (),
            text=text_changes(last[1], now) if last and locale != ENGLISH else (),
        )
    return told


def _lines(cases: list[Case]) -> tuple[WordingLine, ...]:
    words = {product: lines for case in cases for product, lines in case.wording.words.items()}
    return replace(cases[0].wording, words=words).all_lines
