"""What changed since it was signed: the news goes in, a few lines a locale come out, word by word."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pressroom.approval import as_text
from pressroom.pipeline.newsroom import News


def show_changes(told: Iterable[News]) -> None:
    """For each document and locale whose English changed since it was signed, what is gone and what is new."""
    for one in told:
        if one.since is None or not one.english:
            continue
        since = f"since {one.since.name} signed as {one.since.role} on {one.since.dated}"
        click.echo(f"\n{one.document} in {one.locale}: the English changed {since}:")
        for change in one.english:
            click.echo(f"  {as_text(change)}")
