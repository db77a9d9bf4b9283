"""What the program says when it is called without a command: what it is, and what to do first."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from pressroom.cli.command_list import COMMANDS

_Steps = tuple[tuple[str, str], ...]
_OUTSIDE: Final[_Steps] = (
    ("demo", "see one card in two languages, in seconds"),
    ("init my-clinic --country PL --languages pl,uk", "make a project for your clinic"),
    ("--project FOLDER status", "work on a project that is in another folder"),
)
_INSIDE: Final[_Steps] = (
    ("status", "see how far each document is in each language"),
    ("new-document knee-care", "write a document"),
    ("new fr", "begin a language; update brings its catalogs up to the English"),
    ("check", "find mistakes in the texts"),
    ("build", "make proofs, PDFs to look at"),
    ("sign", "sign a text that is right"),
    ("build --release", "make the files for patients from what everybody signed"),
)


def first_screen(context: click.Context, folder: Path) -> str:
    """The first steps: those in a project if `folder` is in one, else how to begin one."""
    from pressroom.project import ProjectError, find_project

    name, steps = context.command_path, _OUTSIDE
    try:
        project = find_project(folder)
        where, steps = f"You are in the project {project.name!r}. Its work, from first to last:", _INSIDE
    except ProjectError as error:
        where = "There is no project in this folder. Begin with one of these:"
        if error.problem.code != "project-missing":
            where, steps = f"{error.problem.span}: {error.problem.message}. {error.problem.hint}.", ()
    rows = [(f"{name} {call}", text) for call, text in steps if call.startswith("-") or call.split()[0] in COMMANDS]
    formatter = context.make_formatter()
    formatter.write_text(context.command.help or "")
    formatter.write_paragraph()
    formatter.write_text(where)
    _write_calls(formatter, rows)
    formatter.write_paragraph()
    _write_calls(
        formatter, [(f"{name} --help", "list all commands"), (f"{name} COMMAND --help", "explain one, with examples")]
    )
    return formatter.getvalue().rstrip()


def _write_calls(formatter: click.HelpFormatter, rows: list[tuple[str, str]]) -> None:
    """Each call with its meaning beside it, or below it where there is no room."""
    longest = max((len(call) for call, _ in rows), default=0)
    lines = [f"  {call.ljust(longest)}  {meaning}\n" for call, meaning in rows]
    if all(len(line) <= formatter.width for line in lines):
        formatter.write("".join(lines))
        return
    for call, meaning in rows:
        formatter.write(f"  {call}\n")
        with formatter.indentation(), formatter.indentation():
            formatter.write_text(meaning)
