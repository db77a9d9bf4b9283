"""The state of each document in each locale today, and what changed since it was signed."""

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
from pressroom.commands.signing.verdicts import verdicts_of
from pressroom.language import ENGLISH
from pressroom.planning.plan import Request, make_plan, requested_awaiting
from pressroom.workspace.records import last_words
from pressroom.workspace.workspace import Workspace

_ORDER: Final[tuple[StateName, ...]] = ("missing", "machine", "translated", "reviewed", "approved")


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document in a locale today: the lowest state of its pieces, and what else bars a release.

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
    workspace: Workspace,
    request: Request,
    today: date,
) -> dict[tuple[str, str], DocumentStatus]:
    """The status by document and locale; those that can't be read are left out.

    Raises:
        UsageError: the request names what there is not.
    """
    plan = make_plan(workspace, request, invented=requested_awaiting(workspace, request))
    found = workspace.records()
    verdicts = verdicts_of(workspace, plan, today)
    pieces: dict[tuple[str, str], list[tuple[Case, ApprovalState, set[str]]]] = defaultdict(list)
    for job in plan.jobs:
        if job.wanted:
            case, state = verdicts.states.of(job)
            if case is not None and state is not None:
                bars = {reason.code for reason in verdicts.on_piece(job.id).bars}
                pieces[job.document, job.language.tag].append((case, state, bars))
    statuses: dict[tuple[str, str], DocumentStatus] = {}
    for (document, locale), rows in pieces.items():
        last = last_words(workspace, signoffs_in_force(found.records, document, locale))
        now = _lines([case for case, *_ in rows])
        statuses[document, locale] = DocumentStatus(
            document=document,
            locale=locale,
            state=min((state.name for _, state, _ in rows), key=_ORDER.index),
            stale=any("stale" in bars for *_, bars in rows),
            expired=any("expired" in bars for *_, bars in rows),
            recalled=any("recalled" in bars for *_, bars in rows),
            since=last[0] if last else None,
            english=english_changes(last[1], now) if last else (),
            text=text_changes(last[1], now) if last and locale != ENGLISH else (),
        )
    return statuses


def _lines(cases: list[Case]) -> tuple[WordingLine, ...]:
    words = {product: lines for case in cases for product, lines in case.wording.words.items()}
    return replace(cases[0].wording, words=words).all_lines
