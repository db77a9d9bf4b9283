"""What a build, a release and a preflight print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pressroom.cli.build_answer import show_answer
from pressroom.cli.console import console
from pressroom.cli.output import columns, data, say, show, tell
from pressroom.commands.building.settled import Answer
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.publish import PieceRecord
from pressroom.units import Length

if TYPE_CHECKING:
    from pressroom.commands.building.build import BuildReport
    from pressroom.commands.building.explain import Why
    from pressroom.commands.releasing.printer_copies import PrinterCopies
    from pressroom.commands.releasing.release import ReleaseReport
    from pressroom.commands.signing.recalled_files import RecalledCopy
    from pressroom.preflight.check import Examined


def show_build(report: BuildReport, output: Path) -> Answer:
    """The findings, and a table of documents, products and locales, which counts the notes; what was printed."""
    # Of ten thousand pieces only JSON tells all.
    if console().form == "json":
        pieces = [piece_data(piece, report.edition) | {"made now": piece.id in report.made} for piece in report.pieces]
        data(pieces=pieces, refused=report.refused, edition=report.edition)
    answer = answer_of(report, output)
    show_answer(answer)
    return answer


def show_why(reasons: Iterable[Why]) -> None:
    """Why each piece is made or kept: a line for all clinics of a document, a product and a language."""
    reasons = tuple(reasons)
    data(why=[{k: v for k, v in asdict(why).items() if k != "work"} | asdict(why.work) for why in reasons])
    show(*map(str, reasons))


def answer_of(report: BuildReport, output: Path) -> Answer:
    """What a build says to people."""
    rows = tuple(tuple(row) for row in _build_rows(report.pieces)) if report.pieces else ()
    summary = _summary(report) if report.pieces or report.refused else ""
    return Answer(report.diagnostics, rows, summary, _to_open(report, output), report.failed)


def _to_open(report: BuildReport, folder: Path) -> str:
    """The one proof, or the page that lists all; empty if there is none, or something was refused."""
    from pressroom.commands.building.desk_page import PAGES

    made = [piece for piece in report.pieces if piece.made]
    if report.failed or not made or report.edition is None:
        return ""
    page = folder / PAGES["current"]
    return str(folder / "current" / made[0].path if len(made) == 1 or not page.is_file() else page)


def piece_data(piece: PieceRecord, folder: Path | None) -> dict[str, object]:
    """A piece as JSON: what it is, its state, its file below a folder (null if there is none), pages and hash."""
    return {
        "document": piece.document,
        "locale": piece.locale,
        "clinic": piece.clinic,
        "product": piece.product,
        "state": piece.state,
        "path": folder / piece.path if folder and piece.made else None,
        "pages": piece.pages,
        "sha256": piece.sha256 if piece.made else None,
        "outdated": piece.outdated,
    }


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
    return f"{', '.join(parts)}; {counted(there, 'proof')}{where}"


def show_release(report: ReleaseReport, today: date) -> None:
    """Every reason, then a row for each piece: released, refused with the age of what stays, or withdrawn."""
    say(report.diagnostics)
    if report.edition is None:
        return
    data(
        released=[piece_data(p, report.edition) | {"released now": p.id in report.made} for p in report.released],
        refused=[piece_data(piece, None) for piece in report.refused],
        withdrawn=[piece_data(piece, None) | {"reason": reason} for piece, reason in report.withdrawn],
        kept=[piece_data(piece, report.edition) for piece in report.kept],
        edition=report.edition,
        log=report.log or None,
    )
    rows = [_piece_row(piece, "released" if piece.id in report.made else "unchanged", "") for piece in report.released]
    kept = {piece.id: piece for piece in report.kept}
    rows += [_piece_row(piece, "refused", _stays(kept.get(piece.id), today)) for piece in report.refused]
    rows += [_piece_row(piece, "withdrawn", reason) for piece, reason in report.withdrawn]
    rows += [_piece_row(p, "kept", _stays(p, today)) for p in report.kept if p.id not in {r.id for r in report.refused}]
    if rows:
        tell("\n" + columns([["document", "product", "locale", "clinic", "", ""], *rows]) + "\n")
    if report.log:
        tell(f"logged in {report.log}: commit it")
    counts = [(len(report.made), "released"), (len(report.released) - len(report.made), "unchanged")]
    counts += [(len(report.refused), "refused"), (len(report.withdrawn), "withdrawn")]
    summary = ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing asked for"
    tell(f"{summary}; the edition is {report.edition}")


def show_corrected(corrected: PrinterCopies | Diagnostic, printer: str) -> None:
    """What was written for a printer, and the page to print from."""
    if isinstance(corrected, Diagnostic):
        say((corrected,))
        return
    data(printer={"files": corrected.files, "page": corrected.page, "log": corrected.log or None})
    if corrected.log:
        tell(f"logged in {corrected.log}: commit it too")
    tell(f"{counted(len(corrected.files), 'released file')} for {printer}")


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
    text = f"version {piece.facts.version} of {piece.released} stays, {counted(age, 'day')} old"
    if piece.outdated:
        text += f", {piece.state}, "
        text += f"offered only together with {piece.offer_with}" if piece.offer_with else "not offered"
    return text


def file_data(path: str, examined: Examined) -> dict[str, object]:
    """A finished PDF as JSON: its pages, language, title, fonts, claims, type, and what was checked."""
    facts, content = examined.facts, examined.content
    if facts is None or content is None:
        return {"path": path, "read": False}
    sizes = {
        (round(Length(right - left).mm, 2), round(Length(top - foot).mm, 2)) for left, foot, right, top in facts.boxes
    }
    return {
        "path": path,
        "read": True,
        "pages": facts.pages,
        "sizes in mm": sorted(sizes),
        "language": facts.language or None,
        "title": facts.title or None,
        "fonts": sorted(facts.fonts),
        "claims": list(facts.claims),
        "smallest type in pt": round(min(run.size for run in content.runs), 1) if content.runs else None,
        "lowest contrast": round(min(run.contrast for run in content.runs), 1) if content.runs else None,
        "press": list(examined.press),
        "standards checked": bool(examined.profiles),
        "errors": sum(1 for d in examined.diagnostics if d.severity == "error"),
    }


def describe_file(row: dict[str, Any]) -> str:
    """One line about a finished PDF, from `file_data`."""
    if not row["read"]:
        return f"{row['path']}: not read"
    sizes = ", ".join(f"{width:g} × {height:g} mm" for width, height in row["sizes in mm"])
    parts = [
        f"{row['pages']} {'page' if row['pages'] == 1 else 'pages'} of {sizes}",
        f"language {row['language'] or 'unknown'}",
        f"title {row['title']!r}" if row["title"] else "no title",
        ", ".join(row["fonts"]) or "no fonts",
        f"says it is {' and '.join(row['claims'])}" if row["claims"] else "claims no standard",
    ]
    if row["smallest type in pt"] is not None:
        parts.append(f"type from {row['smallest type in pt']:.1f} pt, contrast from {row['lowest contrast']:.1f}:1")
    if row["press"]:
        parts.append(f"a press file, verified: {'; '.join(row['press'])}")
    else:
        parts.append("both standards checked" if row["standards checked"] else "standards not checked")
    parts += [counted(row["errors"], "error")] if row["errors"] else []
    return f"{row['path']}: {'; '.join(parts)}"
