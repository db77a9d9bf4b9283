"""What a command prints: diagnostics on standard error for people, on standard output for programs; and tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NoReturn

import click

from pressroom.diagnostics import Diagnostic, Severity, filled, render, worst

if TYPE_CHECKING:
    from pressroom.commands.catalogs.update import CatalogReport
    from pressroom.project import Files

# The files of the project that a command works on, in Click's context.
FILES: Final = "pressroom.files"


def say(diagnostics: Iterable[Diagnostic], form: str) -> None:
    """Print the diagnostics in one of the formats; nothing if there are none to print."""
    text = render(map(_placed, diagnostics), form)
    if text:
        click.echo(text, err=form == "text")


def _placed(finding: Diagnostic) -> Diagnostic:
    """The finding at the file as it is: a packaged layout is not in the project."""
    context = click.get_current_context(silent=True)
    files: Files | None = context.meta.get(FILES) if context is not None else None
    if files is None:
        return finding
    return replace(finding, span=replace(finding.span, path=files.name_of(finding.span.path)))


def finish(
    diagnostics: Sequence[Diagnostic], form: str, *lines: str, failed: bool | None = None, busy: bool = False
) -> NoReturn:
    """Print the diagnostics and, as text, these lines; exit with 75 if `busy`, 1 if `failed` (by default: an error)."""
    if failed is None:
        failed = worst(diagnostics) is Severity.ERROR
    say(diagnostics, form)
    if form == "text":
        for line in lines:
            click.echo(filled(line))
    sys.exit(75 if busy else 1 if failed else 0)


def finish_catalogs(report: CatalogReport, form: str, what: str) -> NoReturn:
    """Print which files changed and what became of the messages, and exit."""
    from pressroom.commands.catalogs.update import total

    lines = [f"wrote {path}" for path in report.written]
    if report.merges:
        sums = total(report.merges)
        counts = [(name, getattr(sums, name)) for name in sums.__dataclass_fields__]
        lines.append("messages: " + ", ".join(f"{count} {name}" for name, count in counts if count))
    lines.append(f"{len(report.written)} of {report.seen} {what} changed")
    finish(report.diagnostics, form, *lines, failed=report.failed)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """The rows as text, each column as wide as its widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows under their keys; None is a dash, a truth value is `yes` or empty."""
    return columns([list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)])


def show_rows(rows: Sequence[Mapping[str, object]], form: str, nothing: str) -> None:
    """Print the rows as JSON or as a table; `nothing` instead of an empty table."""
    if form == "json":
        click.echo(filled(json.dumps(rows, ensure_ascii=False, indent=1)))
    else:
        click.echo(filled(table(rows) if rows else nothing))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "–" if value is None else str(value)
