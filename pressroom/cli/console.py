"""What one command says, and how: its format, how much of it, and what a program reads of it as JSON."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from pressroom.cli.shown import ShownToday
    from pressroom.diagnostics import Diagnostic
    from pressroom.project import Files

_KEY: Final = "pressroom.console"


@dataclass(slots=True)
class Console:
    """The state of one command's output.

    `form` is a key of `FORMATS`. `findings` and `data` are printed as one JSON object when the command ends. `earlier`
    counts warnings left out because `shown` knows that somebody saw them today; None shows every warning.
    `files` are those of the project, if the command works on one. `progress` is True while a
    terminal shows a line of it.
    """

    form: str = "text"
    quiet: bool = False
    verbose: bool = False
    findings: list[Diagnostic] = field(default_factory=list)
    data: dict[str, object] = field(default_factory=dict)
    shown: ShownToday | None = None
    earlier: int = 0
    files: Files | None = None
    closed: bool = False
    progress: bool = False


def clear_progress() -> None:
    """Remove the line of progress from the terminal, before anything else is printed there."""
    state = console()
    if state.progress:
        click.echo("\r\x1b[K", nl=False, err=True)
        state.progress = False


def console() -> Console:
    """The state of the command that runs; that of a plain command where none runs."""
    context = click.get_current_context(silent=True)
    if context is None:
        return Console()
    state = context.meta.setdefault(_KEY, Console())
    assert isinstance(state, Console)
    return state


def print_no_more() -> None:
    """Give up standard output, which can't be written: Python would try again at the end, and end with another code."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
