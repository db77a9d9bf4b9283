"""Waiving: a reviewer, a finding's code and a message go in, a record that excuses it comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pressroom.approval import Waiver
from pressroom.approval.people import is_same
from pressroom.approval.recall import WAIVER
from pressroom.approval.signoff import TRANSLATOR
from pressroom.catalog import Entry
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.sign import Signer, check_key
from pressroom.commands.signing.waivers import hashes_of, waivable
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.workspace.records import signoff_folder, write_record


@dataclass(frozen=True, slots=True)
class WaiverOffer:
    """What would be excused, or why nothing is."""

    finding: Diagnostic | None
    entry: Entry | None
    problems: tuple[Diagnostic, ...]


def offer_waiver(docket: ReviewCase, signer: Signer, code: str, number: int) -> WaiverOffer:
    """The finding of this code in the message of this number (as `sign` and `review` count), if it can be excused."""
    span, keys = Span(docket.document.path), [message.key for message in docket.messages()]
    if not 1 <= number <= len(keys):
        problem = diagnostic(
            "waiver", span, f"there is no message {number}", f"there are {len(keys)}; `review` shows them"
        )
        return WaiverOffer(None, None, (problem,))
    for finding in docket.findings():
        entry = docket.gate.waivers.entry_of(finding, docket.document.name, docket.language)
        if finding.code == code and entry is not None and entry.key == keys[number - 1]:
            return WaiverOffer(finding, entry, _problems(docket, signer, finding, entry))
    problem = diagnostic("waiver", span, f"message {number} has no finding {code!r}", "run: publish.py check")
    return WaiverOffer(None, None, (problem,))


def put_waiver(docket: ReviewCase, signer: Signer, offer: WaiverOffer, reason: str, today: date) -> Path:
    """Write the record.

    Raises:
        OSError: it can't be written.
        SignatureError: the key can't sign, or is not the signer's among the allowed.
    """
    assert offer.finding is not None
    assert offer.entry is not None
    message, text = hashes_of(offer.entry)
    record = Waiver(
        document=docket.document.name,
        locale=docket.language.tag,
        code=offer.finding.code,
        message=message,
        text=text,
        quoted=offer.entry.msgstr,
        reason=" ".join(reason.split()),
        name=" ".join(signer.name.split()),
        qualification=" ".join(signer.qualification.split()),
        dated=today,
        principal=signer.principal,
    )
    folder = signoff_folder(docket.workspace.project, docket.language.posix, docket.document.name)
    path = write_record(docket.workspace, folder, *WAIVER.write(record), signer.key)
    check_key(docket, path, record.principal, record.dated, {TRANSLATOR})
    return path


def _problems(docket: ReviewCase, signer: Signer, finding: Diagnostic, entry: Entry) -> tuple[Diagnostic, ...]:
    if not waivable(finding, entry):
        hint = "correct the translation; what tells a reader whom to call is never waived"
        return (diagnostic("waiver", finding.span, f"{finding.code} can't be waived here", hint),)
    if finding.severity is not Severity.ERROR:
        return (diagnostic("waiver", finding.span, f"{finding.code} bars nothing", "there is nothing to waive"),)
    if any(is_same(record.person, signer.person) for record in docket.signoffs(TRANSLATOR)):
        message = f"{signer.name} translated it, and can't excuse it"
        return (diagnostic("one-person", finding.span, message, "a reviewer waives"),)
    return ()
