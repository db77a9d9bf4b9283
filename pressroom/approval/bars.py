"""Says why a new release of a piece may not be made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pressroom.approval.approval_state import ApprovalState, Case, last_day
from pressroom.approval.evidence import Evidence, PieceToday, Reason
from pressroom.approval.faults import UNSURE, recall_of
from pressroom.approval.recall import Recall
from pressroom.language import ENGLISH


def bars(piece: PieceToday, evidence: Evidence) -> Iterator[Reason]:
    """Everything that bars a new release; the codes are those of diagnostics."""
    case, state = piece.case, piece.state
    if case is None or state is None:
        yield Reason("unapproved", "its words can't be read", "run: publish.py check")
        return
    if evidence.is_unsure(piece.document, piece.locale):
        yield Reason("record-broken", *UNSURE)
    yield from _state_bars(case, state, evidence.today)
    if piece.locale != ENGLISH and piece.english is None:
        message = "it is made only with another language beside the English, and nobody can sign that alone"
        hint = "name a product in English alone in its front matter too: that is what a clinician signs"
        yield Reason("unapproved", message, hint)
    twin = _recalled_twin(piece, case, evidence)
    if twin is not None:
        message = f"these very words were recalled as version {piece.version} on {twin.dated}: {twin.reason}"
        yield Reason("recalled", message, "raise the version: staff could not tell the new paper from the recalled")


def _recalled_twin(piece: PieceToday, case: Case, evidence: Evidence) -> Recall | None:
    """The recall of a release with the words and the version that a new release would have."""
    for entry in evidence.rows.get((case.document, case.locale, case.clinic, case.product), ()):
        facts = entry[1].facts
        if facts.version == piece.version and facts.content == case.content:
            recall = recall_of(entry, evidence)
            if recall is not None:
                return recall
    return None


def _state_bars(case: Case, state: ApprovalState, today: date) -> Iterator[Reason]:
    """What people have not signed, and what dates and recalls forbid."""
    sign = f"publish.py sign {case.document} --locale {case.locale} --role"
    if state.name != "approved":
        yield Reason("unapproved", f"it is {state.name}: {_lacks(case, state)}", _next_move(case, state, sign))
    if state.one_person:
        yield Reason("one-person", "one person signed in two roles", "somebody else signs for one")
    if state.stale:
        roles = " and ".join(state.outdated)
        hint = f"read what changed and sign again: {sign} {state.outdated[0]}"
        yield Reason("stale", f"the words changed since the {roles} signed", hint)
    if state.name == "approved" and not state.seen:
        hint = f"look at the new proof and sign again: {sign} {state.signed[0].role}"
        yield Reason("look-unsigned", f"{_unseen(case, state)} changed since it was signed", hint)
    if state.expired:
        late = (today - last_day(case.review_by)).days
        hint = "a clinician reads it again, sets a new date, and all sign"
        yield Reason("expired", f"its review date {case.review_by} was {late} days ago", hint)
    for recall in state.recalls:
        message = f"it was recalled on {recall.dated} by {recall.name}: {recall.reason}"
        yield Reason("recalled", message, "correct it; all roles sign again, knowing of the recall")


def _unseen(case: Case, state: ApprovalState) -> str:
    """What nobody who signed has looked at."""
    same = any(record.looks.get(case.product) == case.look for record in state.signed)
    return f"what is printed of {case.clinic}, or where it can be read," if same else "the layout, a picture or a font"


def _next_move(case: Case, state: ApprovalState, sign: str) -> str:
    if case.words.untranslated or case.words.fuzzy:
        return f"translate them, build {case.document} --locale {case.locale}, then all sign"
    if state.missing:
        return f"run: {sign} {state.missing[0]}"
    return f"run: publish.py sign {case.document} --locale {ENGLISH} --role clinician"


def _lacks(case: Case, state: ApprovalState) -> str:
    words = case.words
    if words.untranslated or words.fuzzy:
        return f"{words.untranslated} untranslated and {words.fuzzy} fuzzy of {words.messages} messages"
    if state.name == "machine":
        return f"{words.machine} of {words.messages} messages are machine drafts that no translator signed"
    if state.missing:
        return f"no {' and no '.join(state.missing)} has signed these words"
    return "two roles were signed by one person" if state.one_person else "the English is not approved"
