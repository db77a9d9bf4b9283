"""Which findings a reviewer may waive, and whether somebody did."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pressroom.approval.machine_drafts import key_hash, text_hash
from pressroom.approval.records import SignOff, Waiver
from pressroom.approval.roles import TRANSLATOR
from pressroom.approval.same_person import is_same
from pressroom.diagnostics import Diagnostic, Subject, documented_codes

# A message with one of these tells a reader whom to call.
_CALLS: Final = ("{emergency}", "{phone}")


def waivable(finding: Diagnostic) -> bool:
    """True if a reviewer may overrule the finding.

    `codes.toml` marks the codes that are a judgement on a translation. A finding in a message that tells a reader whom
    to call can never be overruled.
    """
    subject = finding.subject
    if subject is None or subject.kind != "message" or any(name in subject.name for name in _CALLS):
        return False
    return documented_codes()[finding.code].waivable


def is_waived(
    finding: Diagnostic, document: str, locale: str, waivers: Iterable[Waiver], signed: Iterable[SignOff]
) -> bool:
    """True if a reviewer waived this finding in exactly this text; `signed` are the sign-offs on the piece.

    A waiver by a translator of the text does not count.
    """
    if finding.subject is None or not waivable(finding):
        return False
    expected = (document, locale, finding.code, *subject_hashes(finding.subject))
    translators = [record.person for record in signed if record.role == TRANSLATOR]
    return any(
        (waiver.document, waiver.locale, waiver.code, waiver.message, waiver.text) == expected
        and not any(is_same(waiver.person, translator) for translator in translators)
        for waiver in waivers
    )


def subject_hashes(subject: Subject) -> tuple[str, str]:
    """What a waiver records of a message: the hashes of its English and of its translation."""
    return key_hash(subject.key), text_hash(subject.translation)
