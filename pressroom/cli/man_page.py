"""The manual page of the program, in the macros of man(7): every command with its options and examples."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Final

import click

from pressroom import __version__
from pressroom.cli.command_list import GROUPS
from pressroom.cli.examples import examples_of

_NAME: Final = "pressroom"
# The exit codes, as docs/reference/output.md explains them.
_EXIT: Final = (
    ("0", "Everything that you asked for was done."),
    ("1", "Something was refused, or an error was found."),
    ("2", "The command was used wrongly, or the project's settings can't be used."),
    ("69", "This machine lacks something."),
    ("75", "Another build holds the output."),
    ("130, 143", "Stopped by SIGINT or SIGTERM."),
)
_VARIABLES: Final = (("NO_COLOR", "Prints no colours."), ("TERM", "If it is dumb: no colours, no line that changes."))


def man_page(group: click.Group) -> str:
    """The page as text. It has no date, so the same program gives the same page."""
    context = click.Context(group, info_name=_NAME, **group.context_settings)
    summary = (group.help or "").partition("\n")[0].rstrip(".")
    lines = [f'.TH PRESSROOM 1 "" "{_NAME} {__version__}" "User commands"', ".SH NAME"]
    lines += [rf"{_NAME} \- {_escaped(summary)}", ".SH SYNOPSIS", rf".B {_NAME}", "[OPTIONS] COMMAND [ARGUMENTS]"]
    lines += [".SH OPTIONS", *_options(group, context)]
    for title, names in GROUPS.items():
        lines.append(f".SH {title.upper()}")
        for name in names:
            command = group.get_command(context, name)
            if command is not None:
                lines += _command(name, command, context)
    lines += [".SH EXIT STATUS", *_terms(_EXIT), ".SH ENVIRONMENT", *_terms(_VARIABLES)]
    return "\n".join(lines) + "\n"


def _command(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (
        f".SS {_escaped(context.command_path.removeprefix(f'{_NAME} '))}",
        rf".B {_escaped(context.command_path)}",
    )
    yield _escaped(usage)
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(command.help or "")):
        yield from (".PP", _escaped(" ".join(paragraph.split())))
    yield from _options(command, context)
    for call, meaning in examples_of(context):
        yield from (".PP", _escaped(meaning), ".PP", ".RS", ".nf", _escaped(call), ".fi", ".RE")
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            if (found := command.get_command(context, inner)) is not None:
                yield from _command(inner, found, context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    records = (parameter.get_help_record(context) for parameter in command.get_params(context))
    yield from _terms([record for record in records if record is not None])


def _terms(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for term, text in rows:
        yield from (".TP", rf".B {_escaped(term)}", _escaped(" ".join(text.split())))


def _escaped(text: str) -> str:
    """Text that roff prints as it is: a backslash, a hyphen, and a dot or an apostrophe at the beginning of a line."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("`", "")
    return rf"\&{text}" if text[:1] in {".", "'"} else text
