"""Identify: a PDF from a waiting room, a folder, or a control line read from paper, goes in; what each is comes out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.commands.releasing.judge import Identified, Judge, gravest
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.diagnostics import Diagnostic
from pressroom.publish import read_manifest
from pressroom.publish.file_identity import ControlLine, control_lines, read_identity
from pressroom.workspace.workspace import Workspace

_KINDS: Final = (".pdf", ".html")
_HASH = re.compile(r"[0-9a-f]{8}")
# What a hurried eye reads for a digit.
_MISREAD: Final = str.maketrans("oil|szg", "0111529")
_PAPER: Final = "by its line alone: hold the paper beside the released file; one that says PROOF or DRAFT is none"
_TYPE_IT: Final = 'a scan or a photocopy? type its line: publish.py verify "CRD-001 · es · 1.0 · … · 1a2b3c4d"'


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Every file, and what is wrong with the project's records."""

    files: tuple[Identified, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """True where any file may not be handed out, or there is none."""
        return not self.files or bool(self.diagnostics) or not all(file.holds for file in self.files)


def identify(workspace: Workspace, path: Path, today: date) -> VerifyReport:
    """Identify one file, or every one of a folder against its manifest too.

    Raises:
        OSError: the path can't be read.
        UsageError: the project's plan can't be made.
    """
    judge, problems = _open_judge(workspace, today)
    if not path.is_dir():
        return VerifyReport((_file(judge, path.name, path.read_bytes()),), problems)
    return VerifyReport(tuple(_folder(judge, path)), problems)


def identify_line(workspace: Workspace, line: str, today: date) -> VerifyReport:
    """Identify a piece by the control line that somebody read from paper, or by as much of it as has the hash.

    Raises:
        UsageError: the project's plan can't be made.
    """
    judge, problems = _open_judge(workspace, today)
    return VerifyReport((_line(judge, line),), problems)


def _open_judge(workspace: Workspace, today: date) -> tuple[Judge, tuple[Diagnostic, ...]]:
    """The judge of a project today, and what is wrong with its records and its clock."""
    rows = [row for release in workspace.records().records.releases for row in release.pieces]
    verdicts = open_verdicts(workspace, today, rows)
    return Judge(verdicts), verdicts.problems


def _file(judge: Judge, name: str, data: bytes) -> Identified:
    marks = read_identity(data)
    if marks is None:
        return Identified(name, "foreign", f"it is no piece that can be read; {_TYPE_IT}")
    judged = judge.judge(name, marks)
    return judged if marks.printed else replace(judged, why=f"{judged.why}; {_TYPE_IT}")


def _folder(judge: Judge, folder: Path) -> Iterator[Identified]:
    listed = {record.path: record.sha256 for record in read_manifest(folder).pieces if record.made}
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _KINDS]
    there = {path.relative_to(folder).as_posix(): path for path in files}
    for name, path in there.items():
        verified = _file(judge, name, path.read_bytes())
        if listed and name not in listed and verified.verdict != "proof":
            verified = Identified(name, "foreign", "the folder's manifest does not list it", verified.control)
        yield verified
    for name in sorted(set(listed) - set(there)):
        yield Identified(name, "altered", "the manifest lists it and it is not there")


def _line(judge: Judge, line: str) -> Identified:
    if "proof" in line.lower():
        return Identified(line, "proof", "a draft, not for patients")
    written = re.split(r"[\s·,;]+", line.strip())
    inputs = next((word for word in reversed(written) if len(word) == 8 and _HASH.fullmatch(_digits(word))), "")
    if not inputs:
        return Identified(line, "unknown", "it needs the eight letters and digits at the end of the control line")
    pieces = [piece for release in judge.verdicts.evidence.records.releases for piece in release.pieces]
    mine = {
        ControlLine(_short(p.number), p.locale, p.facts.version, "", p.facts.review_by[:7], p.facts.inputs)
        for p in pieces
    }
    found = [judge.judge_line(line, c) for c in mine if c.inputs == _digits(inputs) and _agrees(line, written, c)]
    worst = gravest(found)
    if worst is not None:
        return replace(worst, why=f"{worst.why}; {_PAPER}")
    near = [c for c in mine if c.inputs in difflib.get_close_matches(_digits(inputs), [c.inputs for c in mine], 3, 0.7)]
    known = "; ".join(f"{c.number} · {c.locale} · {c.version} · {c.inputs}" for c in sorted(near, key=str))
    why = f"this project released nothing with this line{f'; was it {known}?' if known else ''}"
    return Identified(line, "unknown", why)


def _agrees(line: str, written: list[str], control: ControlLine) -> bool:
    """True where all that was read beside the hash is of this piece: a whole line, or some of its words."""
    whole = control_lines(line)
    if whole:
        said = (whole[0].number, whole[0].locale, whole[0].version, whole[0].review_by)
        return said == (control.number, control.locale, control.version, control.review_by)
    return len(written) == 1 or control.number.lower() in [word.lower() for word in written]


def _digits(word: str) -> str:
    return word.lower().translate(_MISREAD)


def _short(number: str) -> str:
    return number.rpartition(" ")[2]
