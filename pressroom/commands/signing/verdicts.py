"""Asks `approval/verdict.py` about the pieces of a project and the files in its editions. No rule is made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Release, Released, approval_state_of
from pressroom.approval.evidence import Entry, Evidence, Id, PieceToday, ReleasedFile, evidence_of
from pressroom.approval.verdict import Verdict, decide
from pressroom.commands.signing.cases import case_of
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.drawing import UNKNOWN, PieceDrawing
from pressroom.language import ENGLISH
from pressroom.planning.plan import Job, Plan, Request, make_plan
from pressroom.publish import PieceRecord
from pressroom.publish.store import sha256_of
from pressroom.workspace.records import clock_problem
from pressroom.workspace.workspace import LAYOUTS, Workspace


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decides about the pieces of a plan and their released files, by all records.

    `english` is the last English job of each (document, clinic). `documents` are the names of the project's documents,
    `complete` is False if a folder of them can't be read. `problems` are the errors in the records, the clock and the
    files that every piece depends on. `unreadable` says why the project can't be read, so that the log alone decides.
    `drawings` are what current proofs, or the files of a release, draw.
    """

    workspace: Workspace
    evidence: Evidence
    jobs: dict[Id, Job]
    english: dict[tuple[str, str], Job]
    documents: frozenset[str]
    complete: bool
    problems: tuple[Diagnostic, ...]
    unreadable: tuple[Diagnostic, ...] = ()
    drawings: Mapping[Id, PieceDrawing] = field(default_factory=dict)
    _pieces: dict[Id, PieceToday] = field(default_factory=dict)
    _ids: dict[tuple[str, str], list[Id]] = field(default_factory=dict)

    def ids_of(self, document: str, locale: str) -> list[Id]:
        """The pieces of one text, in the plan's order."""
        if not self._ids:
            for id in self.jobs:
                self._ids.setdefault(id[:2], []).append(id)
        return self._ids.get((document, locale), [])

    def piece(self, id: Id) -> PieceToday:
        """What the project would print of a piece today. Each piece is computed once."""
        if id not in self._pieces:
            self._pieces[id] = self._piece(id)
        return self._pieces[id]

    def is_unreadable(self, id: Id) -> bool:
        """True if the project may make this piece, and one of its files can't be read."""
        return self.why_unreadable(id) is not None

    def why_unreadable(self, id: Id) -> Diagnostic | None:
        """What is wrong with a file that the piece is made from; None if nothing is, or there is no such piece."""
        if self.unreadable:
            return self.unreadable[0]
        if self.piece(id).case is not None or not self.piece(id).known:
            return None
        workspace, job = self.workspace, self.jobs.get(id)
        findings = [finding for finding in workspace.shared_findings() if finding.bars]
        findings += workspace.documents().refused.get(id[0], ())
        if job is not None:
            layout = workspace.layout(job.product.layout)
            findings += [layout] if isinstance(layout, Diagnostic) else []
            findings += workspace.document(job.path).findings
            findings += [d for name in (id[0], LAYOUTS) for d in workspace.text(name, job.language).diagnostics]
            findings += [diagnostic("file-unreadable", Span(workspace.relative(job.path)), "it can't be read", "")]
        return next(iter(findings), None)

    def on_piece(self, id: Id) -> Verdict:
        """Whether a new release of a piece may be made."""
        return decide(self.piece(id), self.evidence)

    def on_record(self, record: PieceRecord, *, intact: bool) -> Verdict:
        """What may happen to a file that a manifest lists; `intact` is False if its bytes are not the listed ones."""
        return decide(self.piece(record.id), self.evidence, ReleasedFile(self.entry_of(record), intact))

    def on_file(self, record: PieceRecord, edition: Path) -> Verdict:
        """What may happen to a file as it is in an edition's folder."""
        return self.on_record(record, intact=sha256_of(edition / record.path) == record.sha256)

    def on_entry(self, entry: Entry, *, intact: bool = True) -> Verdict:
        """What may happen to a file that the log knows, or that is about to be released."""
        return decide(self.piece(entry[1].id), self.evidence, ReleasedFile(entry, intact))

    def entry_of(self, record: PieceRecord) -> Entry | None:
        """The log's last row of exactly this file under this name; None if it was never released."""
        return self.evidence.entry_of(record.id, record.path, record.sha256)

    def with_release(self, release: Release) -> Verdicts:
        """The same with one more release in the log."""
        old, records = self.evidence, self.evidence.records
        records = replace(records, releases=(*records.releases, release))
        return replace(self, evidence=evidence_of(records, old.today, old.unsure))

    def with_drawings(self, drawings: Mapping[Id, PieceDrawing]) -> Verdicts:
        """The same, knowing what these pieces draw."""
        return replace(self, drawings={**self.drawings, **drawings}, _pieces={})

    def _piece(self, id: Id) -> PieceToday:
        job, (document, locale, clinic, product) = self.jobs.get(id), id
        if job is None:
            return PieceToday(document, locale, known=not self.complete or document in self.documents)
        # A product that is never made in English alone has the English of another product.
        english = self.jobs.get((document, ENGLISH, clinic, product)) or self.english.get((document, clinic))
        source = self.piece(english.id).state if english is not None and locale != ENGLISH else None
        case = case_of(self.workspace, job)
        if case is None:
            return PieceToday(document, locale, english=source, version=job.front.version)
        case = replace(case, drawing=self.drawings.get(id, UNKNOWN))
        approved = source is not None and source.name == "approved" and not source.recalls
        state = approval_state_of(case, self.evidence.records, self.evidence.today, english_approved=approved)
        return PieceToday(document, locale, case, state, source, job.front.version)


def verdicts_of(workspace: Workspace, plan: Plan, today: date) -> Verdicts:
    """The verdicts on a plan's pieces."""
    project = workspace.records()
    records = project.records.on(today)
    findings = (*workspace.shared_findings(), *project.diagnostics, clock_problem(records, today))
    return Verdicts(
        workspace=workspace,
        evidence=evidence_of(records, today, project.unsure),
        jobs={job.id: job for job in plan.jobs},
        english={(job.document, job.clinic.id): job for job in plan.jobs if job.language.tag == ENGLISH},
        documents=frozenset(workspace.documents().usable) | plan.refused.keys(),
        complete=not workspace.documents().unlisted,
        problems=tuple(d for d in findings if d is not None and d.bars),
    )


def verdicts_by_log(workspace: Workspace, today: date, unreadable: tuple[Diagnostic, ...]) -> Verdicts:
    """The verdicts of the log alone, where the project can't be read for these reasons."""
    project = workspace.records()
    findings = (*unreadable, *project.diagnostics, clock_problem(project.records, today))
    evidence = evidence_of(project.records.on(today), today, project.unsure)
    problems = tuple(d for d in findings if d is not None and d.bars)
    return Verdicts(workspace, evidence, {}, {}, frozenset(), complete=False, problems=problems, unreadable=unreadable)


def verdicts_on_released(workspace: Workspace, today: date) -> Verdicts:
    """The verdicts on all released files by the log and by today's project; by the log alone if that can't be read."""
    if workspace.unusable:
        return verdicts_by_log(workspace, today, workspace.unusable)
    found = (f.record for f in workspace.records().found)
    rows = [row for record in found if isinstance(record, Release) for row in record.pieces]
    try:
        return open_verdicts(workspace, today, rows)
    except DiagnosticError as error:
        return verdicts_by_log(workspace, today, error.problems)


def open_verdicts(workspace: Workspace, today: date, files: Iterable[PieceRecord | Released] = ()) -> Verdicts:
    """The verdicts on everything the project makes, and on the products of these files. Raises UsageError."""
    return verdicts_of(workspace, make_plan(workspace, Request(), {(f.document, f.product) for f in files}), today)
