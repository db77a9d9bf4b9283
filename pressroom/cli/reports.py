"""What a build, a release, a signature and a preflight print."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from pressroom.cli.output import columns, say
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.language import ENGLISH
from pressroom.publish import PieceRecord
from pressroom.units import Length

if TYPE_CHECKING:
    from pressroom.commands.building.build import BuildReport
    from pressroom.commands.releasing.printer_copies import PrinterCopies
    from pressroom.commands.releasing.release import ReleaseReport
    from pressroom.commands.signing.recalled_files import RecalledCopy
    from pressroom.commands.signing.review_case import ReviewCase
    from pressroom.commands.signing.sign import PendingSignature
    from pressroom.preflight import Examined


def progress_line() -> Callable[[int, int, str], None]:
    """A line that rewrites itself on a terminal; nothing elsewhere, so that it does not fill a log."""
    if not sys.stderr.isatty():
        return lambda done, total, name: None

    def show(done: int, total: int, name: str) -> None:
        end = "\r\x1b[K" if done < total else "\r\x1b[K\n"
        click.echo(f"\r\x1b[K  {done} of {total}  {name}"[:78] if done < total else end, nl=False, err=True)

    return show


def show_build(report: BuildReport, form: str) -> None:
    """Diagnostics, and as text a table of documents, products and locales, where alone notes are then shown."""
    shown = [d for d in report.diagnostics if form != "text" or d.severity is not Severity.NOTE]
    say(shown, form)
    if form != "text" or not (report.pieces or report.refused):
        return
    if report.pieces:
        click.echo(f"\n{columns(_build_rows(report.pieces))}\n")
    click.echo(_summary(report))


def _build_rows(pieces: tuple[PieceRecord, ...]) -> list[list[str]]:
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
    parts = [f"{made} made"] if made else ["nothing made" if failed or refused or report.refused else "nothing to do"]
    parts += [f"{there - made} unchanged"] if there > made else []
    parts += [f"{refused} refused"] if refused else []
    parts += [f"{failed} failed on this machine"] if failed else []
    parts += [f"no piece of {', '.join(report.refused)}"] if report.refused else []
    where = f" in {report.edition}" if report.edition else ""
    return f"{', '.join(parts)}; {there} proofs{where}"


def show_release(report: ReleaseReport, form: str, today: date) -> None:
    """Every reason, then a row for each piece: released, refused with the age of what stays, or withdrawn."""
    say(report.diagnostics, form)
    if form != "text" or report.edition is None:
        return
    rows = [_piece_row(piece, "released" if piece.id in report.made else "unchanged", "") for piece in report.released]
    kept = {piece.id: piece for piece in report.kept}
    rows += [_piece_row(piece, "refused", _stays(kept.get(piece.id), today)) for piece in report.refused]
    rows += [_piece_row(piece, "withdrawn", reason) for piece, reason in report.withdrawn]
    rows += [_piece_row(p, "kept", _stays(p, today)) for p in report.kept if p.id not in {r.id for r in report.refused}]
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


def copy_rows(copies: Iterable[RecalledCopy]) -> list[list[str]]:
    """A row for each sheet or printer's file that holds a recalled piece: where it is, and what to do."""
    moves = {"deleted": "deleted", "there": "still there: delete it", "not found": "not here: destroy every copy"}
    return [["file", "of", "recalled", ""]] + [
        [copy.path, f"{copy.recall.document}, {copy.paper}", str(copy.recall.dated), moves[copy.found]]
        for copy in copies
    ]


def _piece_row(piece: PieceRecord, what: str, more: str) -> list[str]:
    return [piece.document, piece.product, piece.locale, piece.clinic, what, more]


def _stays(piece: PieceRecord | None, today: date) -> str:
    if piece is None:
        return "nothing of it is offered"
    age = (today - date.fromisoformat(piece.released)).days if piece.released else 0
    text = f"version {piece.facts.version} of {piece.released} stays, {age} days old"
    if piece.outdated:
        text += f", {piece.state}, "
        text += f"offered only together with {piece.offer_with}" if piece.offer_with else "not offered"
    return text


def show_offer(offered: PendingSignature, case: ReviewCase) -> None:
    """Every message with its translation, what changed since the last signature, findings, waivers and proofs."""
    front, tag = case.document.front, case.language.tag
    click.echo(f"{case.document.name} · {front.number} · version {front.version} · {tag} · review by {front.review_by}")
    if offered.record is not None:
        click.echo(f"language: {offered.record.language}")
    if offered.wording is not None:
        lines = [*offered.wording.lines, *(line for words in offered.wording.words.values() for line in words)]
        for number, line in enumerate(lines, start=1):
            click.echo(f"{number:4}  {line.english}")
            if tag != ENGLISH:
                click.echo(f"      {line.text or '(not translated)'}")
    if offered.record is not None:
        for place in {job.clinic.id: job.clinic for job in case.jobs}.values():
            address = ", ".join(text for text in (place.name, *place.address, place.phone, place.url) if text)
            click.echo(f"{place.id}: {address}")
        for clinic, called in offered.record.emergency.items():
            click.echo(f"emergency number of {clinic}: {called}")
        for path, digest in offered.record.proofs.items():
            click.echo(f"proof {path}  sha256 {digest[:16]}")
    _changes(offered)
    for finding in offered.findings:
        how = "waived" if finding in offered.waived else str(finding.severity)
        click.echo(f"found: {finding.span}: {how}[{finding.code}]: {finding.message}")


def _changes(offered: PendingSignature) -> None:
    if offered.since is None:
        click.echo("it has no signature yet")
        return
    since = offered.since
    changes = [*offered.english, *offered.text]
    summary = "no text changed" if not changes else f"{len(changes)} texts changed"
    click.echo(f"{summary} since {since.name} signed as {since.role} on {since.dated}")
    for change in changes:
        click.echo(f"  {change}")


def describe_file(path: str, examined: Examined) -> str:
    """One line about a finished PDF: its pages, language, title, fonts, claims, type, and what was checked."""
    facts, content = examined.facts, examined.content
    if facts is None or content is None:
        return f"{path}: not read"
    sizes = {
        (round(Length(right - left).mm, 2), round(Length(top - foot).mm, 2)) for left, foot, right, top in facts.boxes
    }
    parts = [
        f"{facts.pages} {'page' if facts.pages == 1 else 'pages'} of "
        + ", ".join(f"{width:g} × {height:g} mm" for width, height in sorted(sizes)),
        f"language {facts.language or 'unknown'}",
        f"title {facts.title!r}" if facts.title else "no title",
        ", ".join(sorted(facts.fonts)) or "no fonts",
        f"says it is {' and '.join(facts.claims)}" if facts.claims else "claims no standard",
    ]
    if content.runs:
        faintest = min(run.contrast for run in content.runs)
        parts.append(f"type from {min(run.size for run in content.runs):.1f} pt, contrast from {faintest:.1f}:1")
    if examined.press:
        parts.append(f"a press file, verified: {'; '.join(examined.press)}")
    else:
        parts.append("both standards checked" if examined.profiles else "standards not checked")
    errors = sum(1 for d in examined.diagnostics if d.severity == "error")
    return f"{path}: {'; '.join([*parts, f'{errors} errors'] if errors else parts)}"
