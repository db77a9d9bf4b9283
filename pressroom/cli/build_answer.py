"""What a build prints for people: findings, a table, a summary and the file to open; and whether it has anything to do.

Light: a build with nothing to do imports this and little else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli.clock import today
from pressroom.cli.console import console
from pressroom.cli.output import columns, first_to_fix, last, say, tell
from pressroom.diagnostics import Severity

if TYPE_CHECKING:
    from pressroom.commands.building.settled import Answer, Question


def show_answer(answer: Answer) -> None:
    """Print it; --verbose prints the notes too, which the table counts."""
    hidden = console().form == "text" and not console().verbose
    say(d for d in answer.findings if not hidden or d.severity is not Severity.NOTE)
    if answer.rows:
        tell(f"\n{columns([list(row) for row in answer.rows])}\n")
    if answer.summary:
        tell(answer.summary)


def show_last(answer: Answer) -> None:
    """Print the last line: the file to open, or the first thing to fix."""
    last(f"open {nearby(Path(answer.page))}" if answer.page else first_to_fix(answer.findings))


def nearby(path: Path) -> str:
    """A path as a person here would type it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def question_of(root: Path, output: Path | None, names: tuple[tuple[str, ...], ...], keep: int) -> Question:
    """What a build is asked for."""
    from pressroom.commands.building.settled import Question

    folder = (output or root / "output").absolute()
    return Question(str(root), str(folder), names, keep, today().isoformat())


def answered(output: Path | None, names: tuple[tuple[str, ...], ...], keep: int) -> Answer | None:
    """The answer to a build for people, if nothing changed since the last one and no build runs; it is printed."""
    from pressroom.cli.shown import ShownToday
    from pressroom.commands.building.settled import settled_answer
    from pressroom.project import ProjectError
    from pressroom.project.settings import project_root

    if console().form != "text":
        return None
    try:
        root = project_root(click.get_current_context().obj)
    except ProjectError:
        return None
    question = question_of(root, output, names, keep)
    answer = settled_answer(question)
    if answer is None or _is_held(Path(question.output)):
        return None
    console().shown = ShownToday(root, today())
    show_answer(answer)
    show_last(answer)
    return answer


def _is_held(output: Path) -> bool:
    """True if another command writes the output."""
    import fcntl

    try:
        with (output / ".lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
