"""What changed since a person signed: words, what is drawn, emergency numbers, the review date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from pressroom.approval import Case, SignOff, changes
from pressroom.approval.wording import merged
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.language import ENGLISH
from pressroom.workspace.signed_words import signed_words

_SIDES: Final[tuple[tuple[Literal["english", "text"], str], ...]] = (("english", "English"), ("text", "translation"))


def changes_since(record: SignOff, verdicts: Verdicts) -> tuple[str, ...]:
    """What is not as it was signed, in words; nothing is known if the project can't be read today."""
    cases = [case for case in _cases(verdicts, record.document, record.locale) if case.product in record.products]
    if not cases:
        return ("the project no longer makes this piece, or can't read it",)
    return tuple(dict.fromkeys((*_words(record, cases, verdicts), *_facts(record, cases))))


def _cases(verdicts: Verdicts, document: str, locale: str) -> list[Case]:
    pieces = map(verdicts.piece, verdicts.ids_of(document, locale))
    return [piece.case for piece in pieces if piece.case is not None]


def _words(record: SignOff, cases: list[Case], verdicts: Verdicts) -> Iterator[str]:
    first = cases[0].wording
    if (record.english, record.translation) == (first.english, first.translation) and all(
        record.words[case.product] == case.wording.words_of(case.product) for case in cases
    ):
        return
    before, now = signed_words(verdicts.workspace, record), merged([case.wording for case in cases]).all_lines
    if not before:
        yield "the words (those that were signed can't be read)"
        return
    for what, name in _SIDES:
        if what == "english" or record.locale != ENGLISH:
            yield from (f"{name}: {change}" for change in changes(before, now, what) if change.before or change.after)


def _facts(record: SignOff, cases: list[Case]) -> Iterator[str]:
    for case in cases:
        signed = record.emergency.get(case.clinic, "")
        if case.emergency and signed and signed != case.emergency:
            yield f"the emergency number of {case.clinic}: {signed} is {case.emergency} now"
        drawn = record.drawing_of(case.product, case.clinic)
        if drawn.known and case.drawing.known and drawn != case.drawing:
            yield f"what is drawn as {case.product} for {case.clinic}"
        if record.review_by != case.review_by:
            yield f"the review date: {record.review_by} is {case.review_by} now"
