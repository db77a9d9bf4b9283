"""What a command prints: findings on standard error for people, one JSON object on standard output for programs.

`show` prints what was asked for, `tell` what was done, and `finish` ends the command with what to do next.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NoReturn

import click

from pressroom.cli.console import clear_progress, console
from pressroom.counted import counted, form
from pressroom.diagnostics import (
    Diagnostic,
    Severity,
    Span,
    as_object,
    filled,
    filled_finding,
    is_repeated,
    placed,
    render,
    typed_command,
    visible,
    worst,
)

if TYPE_CHECKING:
    from pressroom.commands.catalogs.report import CatalogReport

# A terminal's colours: people who see no green can distinguish red, yellow and blue.
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
# What is true of a text as a whole is said of its first line, to which editors and review pages lead.
_TEXTS = (".css", ".html", ".md", ".po", ".pot", ".svg", ".toml")
_ABSENT = frozenset({"file-unreadable", "image-missing", "output-unwritable", "manifest-unreadable"})
_HINT = click.style("hint:", dim=True)


def say(diagnostics: Iterable[Diagnostic]) -> None:
    """Print the findings in the command's format; JSON waits for the end of the command."""
    state = console()
    name_of = cache(state.files.name_of) if state.files is not None else str
    found = tuple([_placed(finding, name_of) for finding in diagnostics])
    clear_progress()
    if state.form == "json":
        state.findings += found
    elif state.form == "text":
        if lines := list(map(_painted, _wanted(found))):
            # All at once: a large project has a hundred thousand.
            click.echo("\n".join(lines), err=True)
    elif text := render(found, state.form):
        click.echo(text)


def _placed(finding: Diagnostic, name_of: Callable[[str], str]) -> Diagnostic:
    """The finding at the file as it is (a packaged layout is not in the project), with the command as it was typed."""
    path = name_of(finding.span.path)
    line = finding.span.line or (finding.code not in _ABSENT and path.endswith(_TEXTS))
    if (path, line) != (finding.span.path, finding.span.line):
        finding = replace(finding, span=Span(path, int(line)))
    return filled_finding(finding)


def _wanted(found: Sequence[Diagnostic]) -> Iterable[Diagnostic]:
    """The findings that a person sees: with --quiet errors alone, and a warning of every day once a day."""
    state = console()
    if state.quiet:
        return [finding for finding in found if finding.severity is Severity.ERROR]
    if state.verbose or state.shown is None:
        return found
    new = state.shown.new_of(found)
    state.earlier += len(found) - len(new)
    return new


def _painted(d: Diagnostic) -> str:
    """A finding as text; Click removes the colours where no terminal shows them."""
    hint = f"\n  {_HINT} {visible(d.hint)}" if d.hint else ""
    return f"{click.style(f'{placed(d.span)}:', dim=True)} {_word(d.severity, d.code)}: {visible(d.message)}{hint}"


@cache
def _word(severity: Severity, code: str) -> str:
    return click.style(f"{severity}[{code}]", fg=_COLOURS[severity], bold=severity is Severity.ERROR or None)


def data(**values: object) -> None:
    """Add these values to what `--format json` prints, under their names with spaces for underscores."""
    console().data.update({name.replace("_", " "): value for name, value in values.items()})


def show(*lines: str) -> None:
    """Print what was asked for, for people alone."""
    clear_progress()
    if console().form == "text":
        for line in lines:
            click.echo(visible(filled(line)))


def tell(*lines: str) -> None:
    """Print what was done, for people; not with --quiet. Beside findings in another format it is on standard error."""
    state = console()
    clear_progress()
    if state.form != "json" and not state.quiet:
        for line in lines:
            click.echo(visible(filled(line)), err=state.form != "text")


def last(line: str) -> None:
    """Print the last line: which file to open, or what to do next."""
    count_earlier()
    if line:
        tell(line)


def count_earlier() -> None:
    """Say how many warnings were left out, once."""
    state = console()
    if state.earlier and state.form == "text":
        many = counted(state.earlier, "warning was", "warnings were")
        click.echo(f"{many} shown earlier today; --verbose shows {form(state.earlier, 'it', 'them')}", err=True)
    state.earlier = 0


def close() -> None:
    """End the output of a command: the count of warnings left out, or the JSON object."""
    state = console()
    if state.closed:
        return
    state.closed = True
    count_earlier()
    if state.form == "json":
        found = [as_object(finding) for finding in dict.fromkeys(state.findings)]
        text = json.dumps({"findings": found, "data": state.data}, ensure_ascii=False, indent=1, default=str)
        click.echo(filled(text))


def finish(
    diagnostics: Sequence[Diagnostic], *lines: str, next: str = "", failed: bool | None = None, busy: bool = False
) -> NoReturn:
    """Print the findings, what was done, and what to do `next`; end the command.

    The exit code is 75 if `busy`, 1 if `failed` (by default: if a finding is an error), else 0.
    """
    if failed is None:
        failed = worst(diagnostics) is Severity.ERROR
    say(diagnostics)
    tell(*lines)
    last(next)
    sys.exit(75 if busy else 1 if failed else 0)


def first_to_fix(diagnostics: Iterable[Diagnostic]) -> str:
    """The first error as a next move, or the first warning about the work at hand; empty if there is none."""
    files = console().files
    found = [finding for finding in diagnostics if not is_repeated(finding)]
    for severity in (Severity.ERROR, Severity.WARNING):
        for finding in found:
            if finding.severity is severity:
                placed = _placed(finding, files.name_of if files is not None else str)
                return f"first to fix: {placed.span}: {placed.message}"
    return ""


def finish_catalogs(report: CatalogReport, what: str, next: str = "") -> NoReturn:
    """Print which files changed and what became of the messages, and exit. `next` is the move if nothing is wrong."""
    from pressroom.commands.catalogs.report import total

    lines = [f"wrote {path}" for path in report.written]
    counts: dict[str, int] = {}
    if report.merges:
        sums = total(report.merges)
        counts = {name: getattr(sums, name) for name in sums.__dataclass_fields__}
        lines.append("messages: " + ", ".join(f"{count} {name}" for name, count in counts.items() if count))
    lines.append(f"{len(report.written)} of {counted(report.seen, what)} changed")
    data(written=report.written, seen=report.seen, messages=counts)
    finish(
        report.diagnostics,
        *lines,
        failed=report.failed,
        next=first_to_fix(report.diagnostics) if report.failed else next,
    )


def typed(words: str) -> str:
    """A call of this program, as this person types it."""
    return f"{typed_command()} {words}"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """The rows as text, each column as wide as its widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows under their keys; None is a dash, a truth value is `yes` or empty."""
    return columns([list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "–" if value is None else str(value)
