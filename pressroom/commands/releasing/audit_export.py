"""Writes the audit: two tables for a spreadsheet, and a PDF that an inspector reads beside a paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.commands.releasing.audit import audit
from pressroom.commands.signing.verdicts import verdicts_on_released
from pressroom.compose.audit_sheet import Audit, AuditEntry, AuditFile, compose_audit
from pressroom.diagnostics import DiagnosticError
from pressroom.language import ENGLISH, Language, UnknownLanguage
from pressroom.planning.fonts import prepare_fonts
from pressroom.project import Read
from pressroom.project.atomic import write_if_changed
from pressroom.workspace.workspace import Workspace

# A spreadsheet would take a cell that begins with one of these for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def export_audit(workspace: Workspace, folder: Path, today: date) -> Read[tuple[Path, ...]]:
    """Write `audit.pdf`, `audit-entries.csv` and `audit-files.csv`; returns their paths.

    The findings say what is wrong with the log; and if a font is refused, why there is no PDF.
    """
    verdicts = verdicts_on_released(workspace, today)
    found = audit(verdicts)
    tables = {"audit-entries.csv": _table(AuditEntry, found.entries), "audit-files.csv": _table(AuditFile, found.files)}
    for name, text in tables.items():
        write_if_changed(folder / name, text.encode("utf-8-sig"))
    paths = [folder / name for name in tables]
    try:
        languages = _languages(workspace, found)
        fonts, problems = prepare_fonts(workspace, [*languages.values()])
    except DiagnosticError as error:
        languages, fonts, problems = {}, False, error.problems
    if fonts:
        # Imported only now: WeasyPrint reads the list of fonts once, when it is imported.
        from pressroom.render.proof import render_paper

        page = compose_audit(found, languages, workspace.root.name)
        write_if_changed(folder / "audit.pdf", render_paper(page, "audit.html"))
        paths.insert(0, folder / "audit.pdf")
    findings = dict.fromkeys((*workspace.records().diagnostics, *verdicts.problems, *problems))
    return Read(tuple(paths), tuple(findings))


def _table(kind: type[AuditEntry | AuditFile], rows: Sequence[AuditEntry | AuditFile]) -> str:
    """The rows as a spreadsheet reads them: the columns' names first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(field.name.replace("_", " ") for field in fields(kind))
    writer.writerows([_cell(value) for value in astuple(row)] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _languages(workspace: Workspace, found: Audit) -> dict[str, Language]:
    """The languages of the sections; one that the project does not know any more is set in the font of English."""
    languages = {ENGLISH: workspace.registry().find(ENGLISH)}
    for section in found.sections:
        try:
            languages[section.locale] = workspace.registry().find(section.locale)
        except UnknownLanguage:
            continue
    return languages
