"""What a release prints: its diagnostics and what became of each piece."""

from __future__ import annotations

from datetime import date

import click

from pressroom.cli.output import columns, say
from pressroom.commands.releasing.printer_copies import PrinterCopies
from pressroom.commands.releasing.release import ReleaseReport
from pressroom.diagnostics import Diagnostic
from pressroom.publish import PieceRecord


def show_release(report: ReleaseReport, form: str, today: date) -> None:
    """Every reason, then a row for each piece: released, refused with the age of what stays, or withdrawn."""
    say(report.diagnostics, form)
    if form != "text" or report.edition is None:
        return
    rows = [_row(piece, "released" if piece.id in report.made else "unchanged", "") for piece in report.released]
    kept = {piece.id: piece for piece in report.kept}
    rows += [_row(piece, "refused", _stays(kept.get(piece.id), today)) for piece in report.refused]
    rows += [_row(piece, "withdrawn", reason) for piece, reason in report.withdrawn]
    rows += [_row(p, "kept", _stays(p, today)) for p in report.kept if p.id not in {r.id for r in report.refused}]
    if rows:
        click.echo("\n" + columns([["document", "product", "locale", "clinic", "", ""], *rows]) + "\n")
    if report.log:
        click.echo(f"logged in {report.log}: commit it")
    counts = [(len(report.made), "released"), (len(report.released) - len(report.made), "unchanged")]
    counts += [(len(report.refused), "refused"), (len(report.withdrawn), "withdrawn")]
    summary = ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing asked for"
    click.echo(f"{summary}; the edition is {report.edition}")


def show_corrected(corrected: PrinterCopies | Diagnostic, printer: str, form: str) -> None:
    """What was written for a printer, and the page to print from."""
    if isinstance(corrected, Diagnostic):
        say((corrected,), form)
    elif form == "text":
        if corrected.log:
            click.echo(f"logged in {corrected.log}: commit it too")
        click.echo(f"{len(corrected.files)} released files for {printer}; print from {corrected.page}")


def _row(piece: PieceRecord, what: str, more: str) -> list[str]:
    return [piece.document, piece.product, piece.locale, piece.clinic, what, more]


def _stays(piece: PieceRecord | None, today: date) -> str:
    if piece is None:
        return "nothing of it is offered"
    age = (today - date.fromisoformat(piece.released)).days if piece.released else 0
    text = f"version {piece.facts.version} of {piece.released} stays, {age} days old"
    text += f", {piece.state}" if piece.state in ("stale", "expired") else ""
    return text + (f", offered only together with {piece.offer_with}" if piece.offer_with else "")
