"""What a person reads before they sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pressroom.counted import counted
from pressroom.language import ENGLISH

if TYPE_CHECKING:
    from pressroom.commands.signing.review_case import ReviewCase
    from pressroom.commands.signing.sign import PendingSignature


def offer_lines(offered: PendingSignature, case: ReviewCase) -> Iterator[str]:
    """Every message with its translation, what changed since the last signature, findings, waivers and proofs."""
    front, tag = case.document.front, case.language.tag
    yield f"{case.document.name} · {front.number} · version {front.version} · {tag} · review by {front.review_by}"
    if offered.record is not None:
        yield f"language: {offered.record.language}"
    if offered.wording is not None:
        lines = [*offered.wording.lines, *(line for words in offered.wording.words.values() for line in words)]
        for number, line in enumerate(lines, start=1):
            yield f"{number:4}  {line.english}"
            if tag != ENGLISH:
                yield f"      {line.text or '(not translated)'}"
    if offered.record is not None:
        for place in {job.clinic.id: job.clinic for job in case.jobs}.values():
            address = ", ".join(text for text in (place.name, *place.address, place.phone, place.url) if text)
            yield f"{place.id}: {address}"
        for clinic, called in offered.record.emergency.items():
            yield f"emergency number of {clinic}: {called}"
        for path, digest in offered.record.proofs.items():
            yield f"proof {path}  sha256 {digest[:16]}"
    yield from _changes(offered)
    for finding in offered.findings:
        how = "waived" if finding in offered.waived else str(finding.severity)
        yield f"found: {finding.span}: {how}[{finding.code}]: {finding.message}"


def _changes(offered: PendingSignature) -> Iterator[str]:
    if offered.since is None:
        yield "it has no signature yet"
        return
    since = offered.since
    changes = [*offered.english, *offered.text]
    summary = "no text changed" if not changes else f"{counted(len(changes), 'text')} changed"
    yield f"{summary} since {since.name} signed as {since.role} on {since.dated}"
    for change in changes:
        yield f"  {change}"
