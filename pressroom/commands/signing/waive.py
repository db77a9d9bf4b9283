"""Waives one finding in one message: a reviewer's record excuses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pressroom.approval import Waiver
from pressroom.approval.people import is_same
from pressroom.approval.recall import WAIVER
from pressroom.approval.signoff import TRANSLATOR
from pressroom.approval.waivers import subject_hashes, waivable
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.sign import Signer, write_signed
from pressroom.diagnostics import Diagnostic, Span, diagnostic


@dataclass(frozen=True, slots=True)
class WaiverOffer:
    """What would be excused, or why nothing is."""

    finding: Diagnostic | None
    problems: tuple[Diagnostic, ...]


def offer_waiver(review_case: ReviewCase, signer: Signer, code: str, number: int) -> WaiverOffer:
    """The finding of this code in the message of this number (as `sign` and `review` count), if it can be excused."""
    span, keys = Span(review_case.document.path), [message.key for message in review_case.messages()]
    if not 1 <= number <= len(keys):
        problem = diagnostic(
            "waiver", span, f"there is no message {number}", f"there are {len(keys)}; `review` shows them"
        )
        return WaiverOffer(None, (problem,))
    for finding in review_case.findings():
        subject = finding.subject
        if finding.code == code and subject is not None and subject.key == keys[number - 1]:
            return WaiverOffer(finding, _problems(review_case, signer, finding))
    problem = diagnostic("waiver", span, f"message {number} has no finding {code!r}", "run: publish.py check")
    return WaiverOffer(None, (problem,))


def put_waiver(review_case: ReviewCase, signer: Signer, offer: WaiverOffer, reason: str, today: date) -> Path:
    """Write the record.

    Raises:
        OSError: it can't be written.
        SignatureError: the key can't sign, or is not the signer's among the allowed.
    """
    assert offer.finding is not None
    assert offer.finding.subject is not None
    message, text = subject_hashes(offer.finding.subject)
    record = Waiver(
        document=review_case.document.name,
        locale=review_case.language.tag,
        code=offer.finding.code,
        message=message,
        text=text,
        quoted=offer.finding.subject.translation,
        reason=" ".join(reason.split()),
        name=" ".join(signer.name.split()),
        qualification=" ".join(signer.qualification.split()),
        dated=today,
        principal=signer.principal,
    )
    return write_signed(review_case, WAIVER, record, signer.key, {TRANSLATOR})


def _problems(review_case: ReviewCase, signer: Signer, finding: Diagnostic) -> tuple[Diagnostic, ...]:
    if not finding.bars:
        return (diagnostic("waiver", finding.span, f"{finding.code} bars nothing", "there is nothing to waive"),)
    if not waivable(finding):
        hint = "correct the translation; what tells a reader whom to call is never waived"
        return (diagnostic("waiver", finding.span, f"{finding.code} can't be waived here", hint),)
    if any(is_same(record.person, signer.person) for record in review_case.signoffs(TRANSLATOR)):
        message = f"{signer.name} translated it, and can't excuse it"
        return (diagnostic("one-person", finding.span, message, "a reviewer waives"),)
    return ()
