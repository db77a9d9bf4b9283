"""Identify: a PDF from a waiting room, or a folder, goes in; what each file is, and whether it holds, comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pressroom.approval import Case, Recall, Release, Released, last_day
from pressroom.diagnostics import Diagnostic
from pressroom.finish import read_manifest
from pressroom.finish.control import Control, Marks, read_marks
from pressroom.pipeline.plan import Request, make_plan
from pressroom.pipeline.records import Found, read_records
from pressroom.pipeline.release import clock_problem
from pressroom.pipeline.standings import Standings
from pressroom.pipeline.texts import Texts
from pressroom.project import Project

Verdict = Literal["current", "superseded", "stale", "expired", "recalled", "proof", "altered", "unknown", "foreign"]

_KINDS: Final = (".pdf", ".html")
Id = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Identified:
    """One file: what its control line says, the verdict, why, and the release it came from (if the log knows it)."""

    path: str
    verdict: Verdict
    why: str
    control: Control | None = None
    release: Release | None = None
    piece: Released | None = None

    @property
    def holds(self) -> bool:
        """True where the file may be handed out."""
        return self.verdict == "current"


@dataclass(frozen=True, slots=True)
class IdentifyReport:
    """Every file, and what is wrong with the project's records."""

    files: tuple[Identified, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """True where any file may not be handed out, or there is none."""
        return not self.files or bool(self.diagnostics) or not all(file.holds for file in self.files)


def identify(project: Project, path: Path, today: date) -> IdentifyReport:
    """Identify one file, or every one of a folder against its manifest too.

    Raises:
        OSError: the path can't be read.
        UsageError: the project's plan can't be made.
    """
    found = read_records(project)
    judge = _Judge(found.records.releases, found.records.recalls, _cases(project, found, today), today)
    early = clock_problem(found.records, today)
    problems = (*found.diagnostics, *([early] if early else []))
    if not path.is_dir():
        return IdentifyReport((judge.judge(path.name, path.read_bytes()),), problems)
    return IdentifyReport(tuple(_folder(judge, path)), problems)


def _folder(judge: _Judge, folder: Path) -> Iterator[Identified]:
    listed = {record.path: record.sha256 for record in read_manifest(folder).pieces if record.made}
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _KINDS]
    there = {path.relative_to(folder).as_posix(): path for path in files}
    for name, path in there.items():
        verified = judge.judge(name, path.read_bytes())
        if listed and name not in listed and verified.verdict != "proof":
            verified = Identified(name, "foreign", "the folder's manifest does not list it", verified.control)
        yield verified
    for name in sorted(set(listed) - set(there)):
        yield Identified(name, "altered", "the manifest lists it and it is not there")


@dataclass(frozen=True, slots=True)
class _Judge:
    releases: tuple[Release, ...]
    recalls: tuple[Recall, ...]
    cases: dict[Id, Case]
    today: date

    def judge(self, name: str, data: bytes) -> Identified:
        marks = read_marks(data)
        if marks is None:
            return Identified(name, "foreign", "it is no piece that can be read")
        if not marks.printed:
            return Identified(name, "foreign", "it bears no control line", marks.data)
        control = marks.printed[0]
        if marks.drafts or control.version == "PROOF":
            return Identified(name, "proof", "a draft, not for patients", control)
        exact = self._released(lambda piece: piece.sha256 == marks.sha256)
        alike = exact or self._released(lambda piece: _is_of(piece, control))
        if alike is None:
            return Identified(name, "unknown", "this project released nothing with this control line", control)
        verdict, why = self._standing(*alike)
        if verdict in ("current", "superseded", "stale") and exact is None:
            verdict, why = "altered", _how(marks)
        return Identified(name, verdict, why, control, *alike)

    def _released(self, wanted: Callable[[Released], bool]) -> tuple[Release, Released] | None:
        found = [(release, piece) for release in self.releases for piece in release.pieces if wanted(piece)]
        return found[-1] if found else None

    def _standing(self, release: Release, piece: Released) -> tuple[Verdict, str]:
        for recall in self.recalls:
            listed = any(_is_row(piece, row) for row in recall.pulled)
            if listed or (recall.covers(piece.document, piece.locale) and release.dated < recall.dated):
                return "recalled", f"on {recall.dated} by {recall.name}: {recall.reason}"
        if self.today > last_day(piece.review_by):
            return "expired", f"its review date was {piece.review_by}"
        later = [r for r in self.releases for p in r.pieces if p.id == piece.id and (r.number > release.number)]
        if later:
            return "superseded", f"released anew on {later[-1].dated}"
        if not self._is_now(piece):
            return "stale", "the words changed since it was released"
        return "current", f"released on {release.dated} by {release.by}"

    def _is_now(self, piece: Released) -> bool:
        case = self.cases.get(piece.id)
        said = (case.wording.english, case.wording.translation) if case is not None else None
        return said == (piece.english, piece.translation)


def _cases(project: Project, found: Found, today: date) -> dict[Id, Case]:
    """What each piece of the project would say now."""
    products = {(piece.document, piece.product) for release in found.records.releases for piece in release.pieces}
    jobs = make_plan(project, Request(), products).jobs
    standings = Standings(project, Texts(project), found, today, jobs)
    cases = ((job.id, standings.case(job)) for job in jobs)
    return {id: case for id, case in cases if case is not None}


def _is_of(piece: Released, control: Control) -> bool:
    said = control.number, control.locale, control.version, control.inputs
    return (piece.number.rpartition(" ")[2], piece.locale, piece.version, piece.inputs) == said


def _is_row(piece: Released, row: dict[str, str]) -> bool:
    if row.get("sha256") == piece.sha256:
        return True
    return all(row.get(key) == getattr(piece, key) for key in ("number", "locale", "version", "inputs"))


def _how(marks: Marks) -> str:
    if not marks.agree:
        return "its control line and its metadata do not agree"
    return "its bytes are not the released ones: a re-saved, imposed or altered copy"
