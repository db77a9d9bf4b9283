"""What a build prints: its progress, its diagnostics and a short table."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable

import click

from pressroom.cli.output import columns, say
from pressroom.commands.building.build import BuildReport
from pressroom.diagnostics import Severity
from pressroom.publish import PieceRecord


def progress_line() -> Callable[[int, int, str], None]:
    """A line that rewrites itself on a terminal; nothing elsewhere, so that it does not fill a log."""
    if not sys.stderr.isatty():
        return lambda done, total, name: None

    def show(done: int, total: int, name: str) -> None:
        end = "\r\x1b[K" if done < total else "\r\x1b[K\n"
        click.echo(f"\r\x1b[K  {done} of {total}  {name}"[:78] if done < total else end, nl=False, err=True)

    return show


def show_build(report: BuildReport, form: str) -> None:
    """Diagnostics, and as text a table with a row for each document, product and locale.

    As text, notes are in the table only: until all is signed there is one for every document and locale.
    """
    shown = [d for d in report.diagnostics if form != "text" or d.severity is not Severity.NOTE]
    say(shown, form)
    if form != "text" or not report.pieces:
        return
    click.echo(f"\n{columns(_rows(report.pieces))}\n")
    click.echo(_summary(report))


def _rows(pieces: tuple[PieceRecord, ...]) -> list[list[str]]:
    groups: dict[tuple[str, str, str], list[PieceRecord]] = defaultdict(list)
    for piece in pieces:
        groups[piece.document, piece.product, piece.locale].append(piece)
    rows = [["document", "product", "locale", "state", "proofs", "findings"]]
    for (document, product, locale), group in groups.items():
        made = sum(1 for piece in group if piece.made)
        count = f"{made} of {len(group)}" + (", outdated" if any(piece.outdated for piece in group) else "")
        rows.append([document, product, locale, group[0].state, count, _reasons(group)])
    return rows


def _reasons(group: list[PieceRecord]) -> str:
    """The codes of the findings, errors first: `3 overset` for three of a kind."""
    counts: dict[str, int] = defaultdict(int)
    for d in dict.fromkeys(d for piece in group for d in piece.diagnostics):
        counts[f"{d.code} ({d.severity})" if d.severity is Severity.ERROR else d.code] += 1
    ordered = sorted(counts, key=lambda code: ("(error)" not in code, code))
    return ", ".join(f"{counts[code]} {code}" if counts[code] > 1 else code for code in ordered)


def _summary(report: BuildReport) -> str:
    made, there = len(report.made), sum(1 for piece in report.pieces if piece.made)
    failed = sum(1 for piece in report.pieces if not piece.key)
    refused = len(report.pieces) - there - failed
    parts = [f"{made} made"] if made else ["nothing made" if failed else "nothing to do"]
    parts += [f"{there - made} unchanged"] if there > made else []
    parts += [f"{refused} refused"] if refused else []
    parts += [f"{failed} failed on this machine"] if failed else []
    where = f" in {report.generation}" if report.generation else ""
    return f"{', '.join(parts)}; {there} proofs{where}"
