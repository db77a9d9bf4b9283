"""Diagnostics told: on standard error for people, on standard output for programs."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pressroom.diagnostics import Diagnostic, render


def say(diagnostics: Iterable[Diagnostic], form: str) -> None:
    """Print the diagnostics in one of the formats; nothing where there is nothing to say."""
    said = render(diagnostics, form)
    if said:
        click.echo(said, err=form == "text")
