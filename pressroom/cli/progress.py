"""Shows how far a long command is: one line that changes on a terminal, a line every few seconds in a log."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import click

from pressroom.cli.clock import seconds
from pressroom.cli.console import clear_progress, console
from pressroom.counted import counted

# How often a log gets a line, and how often a terminal's line changes, in seconds.
_LOG: Final = 5.0
_TERMINAL: Final = 0.2
# The rate is worth nothing before this many seconds.
_FIRST: Final = 1.0

Show = Callable[[int, int, str], None]


def progress_line(what: str = "piece") -> Show:
    """A function that shows how many of how many things (`what`, in the singular) are done, and the last one.

    It shows nothing with --quiet or `--format json`.
    """
    state = console()
    if state.quiet or state.form == "json":
        return lambda done, total, name: None
    return _Terminal(what) if _is_terminal() else _Log(what)


def _is_terminal() -> bool:
    # A dumb terminal can't go back to the beginning of a line.
    import os

    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@dataclass(slots=True)
class _Log:
    """A line every few seconds, so that a log shows that the command works; none for a short command."""

    what: str
    began: float = field(default_factory=seconds)
    shown: float = field(default_factory=seconds)

    def __call__(self, done: int, total: int, name: str) -> None:
        now = seconds()
        if now - self.shown >= _LOG:
            self.shown = now
            click.echo(_line(done, total, self.what, now - self.began), err=True)


@dataclass(slots=True)
class _Terminal:
    """A line that rewrites itself, no wider than the terminal, and disappears at the end."""

    what: str
    began: float = field(default_factory=seconds)
    shown: float = field(default_factory=seconds)

    def __call__(self, done: int, total: int, name: str) -> None:
        now = seconds()
        if done >= total:
            clear_progress()
        elif now - self.shown >= _TERMINAL:
            self.shown = now
            console().progress = True
            width = shutil.get_terminal_size().columns - 1
            text = f"  {_line(done, total, self.what, now - self.began)}  {name}"
            click.echo(f"\r\x1b[K{text[:width]}", nl=False, err=True)


def _line(done: int, total: int, what: str, passed: float) -> str:
    """`12 of 420 pieces, 3.1 a second, about 2 minutes left`; the rate and the time once they are known."""
    text = f"{done} of {counted(total, what)}"
    if done < 1 or passed < _FIRST:
        return text
    rate = done / passed
    pace = f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute"
    return f"{text}, {pace}" + (f", {_left((total - done) / rate)}" if done < total else "")


def _left(wait: float) -> str:
    """The time left, no more exact than it is known."""
    if wait < 60:
        return f"about {max(5, round(wait / 5) * 5)} seconds left"
    minutes = round(wait / 60)
    return f"about {counted(minutes, 'minute')} left"
