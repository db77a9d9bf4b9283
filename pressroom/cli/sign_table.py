"""Shows what is about to be signed."""

from __future__ import annotations

import click

from pressroom.approval import as_text
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.sign import PendingSignature
from pressroom.language import ENGLISH


def show_offer(offered: PendingSignature, case: ReviewCase) -> None:
    """Every message with its translation, what changed since the last signature, findings, waivers and proofs."""
    front, tag = case.document.front, case.language.tag
    click.echo(f"{case.document.name} · {front.number} · version {front.version} · {tag} · review by {front.review_by}")
    if offered.wording is not None:
        lines = [*offered.wording.lines, *(line for words in offered.wording.words.values() for line in words)]
        for number, line in enumerate(lines, start=1):
            click.echo(f"{number:4}  {line.english}")
            if tag != ENGLISH:
                click.echo(f"      {line.text or '(not translated)'}")
    if offered.record is not None:
        for place in {job.clinic.id: job.clinic for job in case.jobs}.values():
            address = ", ".join(text for text in (place.name, *place.address, place.phone, place.url) if text)
            click.echo(f"{place.id}: {address}")
        for clinic, called in offered.record.emergency.items():
            click.echo(f"emergency number of {clinic}: {called}")
        for path, digest in offered.record.proofs.items():
            click.echo(f"proof {path}  sha256 {digest[:16]}")
    _changes(offered)
    for finding in offered.findings:
        how = "waived" if finding in offered.waived else str(finding.severity)
        click.echo(f"found: {finding.span}: {how}[{finding.code}]: {finding.message}")


def _changes(offered: PendingSignature) -> None:
    if offered.since is None:
        click.echo("nobody has signed it yet")
        return
    since = offered.since
    changes = [*offered.english, *offered.text]
    summary = "nothing changed" if not changes else f"{len(changes)} texts changed"
    click.echo(f"{summary} since {since.name} signed as {since.role} on {since.dated}")
    for change in changes:
        click.echo(f"  {as_text(change)}")
