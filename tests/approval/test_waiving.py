from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pressroom.approval import SignOff, Waiver
from pressroom.approval.waiving import is_waived, subject_hashes, waivable
from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic, documented_codes

DAY = date(2026, 11, 23)


def finding(code: str = "number-changed", english: str = "Take 2 steps", kind: str = "message") -> Diagnostic:
    """A finding in a translation."""
    return diagnostic(code, Span("a.po", 4), "m", "h", Subject(kind, english, "", "Dé 3 pasos"))


MESSAGE, TEXT = subject_hashes(finding().subject)
WAIVER = Waiver(
    document="doc", locale="es", code="number-changed", message=MESSAGE, text=TEXT, quoted="Dé 3 pasos",
    reason="the same", name="Rita", qualification="nurse", dated=DAY,
)  # fmt: skip
SIGNED = SignOff(
    document="doc", locale="es", role="translator", name="Ana", qualification="x", dated=DAY, review_by="2027-11",
    english="e", translation="t", texts="x", words={}, drawings={},
)  # fmt: skip


def test_a_waiver_excuses_its_finding() -> None:
    """The code, the message and the translation are the waiver's own."""
    assert is_waived(finding(), "doc", "es", [WAIVER], [SIGNED])


@pytest.mark.parametrize(
    "change",
    [{"document": "other"}, {"locale": "ar"}, {"code": "unit-changed"}, {"message": "0" * 16}, {"text": "0" * 16}],
)
def test_a_waiver_of_something_else(change: dict[str, str]) -> None:
    """A waiver that differs in one thing excuses nothing."""
    assert not is_waived(finding(), "doc", "es", [replace(WAIVER, **change)], [SIGNED])


def test_a_translator_excuses_nothing() -> None:
    """Who translated the text can't waive a finding in it."""
    assert not is_waived(finding(), "doc", "es", [replace(WAIVER, name="ANA")], [SIGNED])


def test_one_of_two_translators_excuses_nothing() -> None:
    """If two people translated a text, neither can waive a finding in it."""
    signed = [SIGNED, replace(SIGNED, name="Rita")]
    assert not is_waived(finding(), "doc", "es", [WAIVER], signed)
    assert not is_waived(finding(), "doc", "es", [WAIVER], signed[::-1])


def test_a_reviewer_who_signed_can_waive() -> None:
    """Only translators have to leave it to somebody else; a waiver of another finding beside it changes nothing."""
    reviewed = replace(SIGNED, role="reviewer", name="Rita")
    waivers = [replace(WAIVER, code="unit-changed"), WAIVER]
    assert is_waived(finding(), "doc", "es", waivers, [SIGNED, reviewed])


@pytest.mark.parametrize("english", ["Call {emergency}", "Call the clinic: {phone}", "{phone} or {emergency}"])
@pytest.mark.parametrize("code", sorted(documented_codes()))
def test_whom_to_call_is_never_waived(code: str, english: str) -> None:
    """No finding of any code can be waived in a message that tells a reader whom to call."""
    found = finding(code, english)
    message, text = subject_hashes(found.subject)
    waiver = replace(WAIVER, code=code, message=message, text=text)
    assert not waivable(found)
    assert not is_waived(found, "doc", "es", [waiver], [SIGNED])


@pytest.mark.parametrize(
    "found",
    [finding("phone-typed"), finding("bidi-control"), finding(kind="picture"), replace(finding(), subject=None)],
)
def test_what_is_no_judgement_on_a_text_is_never_waived(found: Diagnostic) -> None:
    """Numbers to call, the direction of text, and whatever is not about a message are corrected, not waived."""
    assert not waivable(found)
    assert not is_waived(found, "doc", "es", [WAIVER], [SIGNED])


def test_messages_that_differ_in_context_alone() -> None:
    """A waiver of a message does not excuse the same words in another context."""
    other = replace(finding(), subject=replace(finding().subject, context="button"))
    assert not is_waived(other, "doc", "es", [WAIVER], [SIGNED])
