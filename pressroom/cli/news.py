"""What `status` adds to its table: changes since it was signed, and waivers, go in; a few lines of each come out."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pressroom.approval import as_text
from pressroom.commands.signing.status import DocumentStatus
from pressroom.commands.signing.waivers import Waived


def show_changes(told: Iterable[DocumentStatus]) -> None:
    """For each document and locale whose English changed since it was signed, what is gone and what is new."""
    for one in told:
        if one.since is None or not one.english:
            continue
        since = f"since {one.since.name} signed as {one.since.role} on {one.since.dated}"
        click.echo(f"\n{one.document} in {one.locale}: the English changed {since}:")
        for change in one.english:
            click.echo(f"  {as_text(change)}")


def show_waived(waived: Iterable[Waived]) -> None:
    """What reviewers excused, with their names, and which of it no longer holds."""
    rows = list(waived)
    if rows:
        click.echo(f"\n{len(rows)} {'finding' if len(rows) == 1 else 'findings'} waived:")
    for one in rows:
        waiver = one.waiver
        void = "" if one.holds else " (void: the text changed since)"
        click.echo(f"{waiver.document} {waiver.locale}: {waiver.code}{void} in “{' '.join(waiver.quoted.split())}”")
        click.echo(f"  {waiver.name}, {waiver.qualification}, {waiver.dated}: {waiver.reason}")
