"""Identifies a PDF from a waiting room, the files of a folder, or a control line read from paper.

The release log says which rows a file or a line belongs to; `approval/verdict.py` says what may happen to it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.approval import Release, Released
from pressroom.approval.evidence import Entry
from pressroom.approval.log import EVERYTHING
from pressroom.approval.reasons import UNSURE
from pressroom.approval.verdict import GRAVEST_FIRST
from pressroom.commands.signing.verdicts import Verdicts, verdicts_on_released
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic
from pressroom.executor.contained import FOREIGN, contained, why_unread
from pressroom.executor.protocol import Fault
from pressroom.publish import read_manifest
from pressroom.publish.file_identity import ControlLine, FileIdentity, control_lines
from pressroom.publish.store import LARGEST
from pressroom.workspace.workspace import Workspace

_IDENTIFY: Final = "pressroom.publish.file_identity:identity_of_file"
_IDENTIFY_BYTES: Final = "pressroom.publish.file_identity:identity_of_bytes"
# A person waits for the answer in a browser.
_WAITED_FOR: Final = replace(FOREIGN, cpu=20.0, stalled=15.0)
_KINDS: Final = (".pdf", ".html")
# A file can also come from elsewhere. A sheet of several cards gets the gravest verdict of its cards.
_UNREAD: Final = "unread"
_GRAVITY: Final = ("recalled", "expired", "foreign", "unknown", "proof", *GRAVEST_FIRST[2:-1], _UNREAD, "current")
# A control line has 80 characters.
_LONGEST: Final = 200
_HASH = re.compile(r"[0-9a-f]{8}")
# Letters that people read for a digit.
_MISREAD: Final = str.maketrans("oil|szg", "0111529")
_PAPER: Final = "by its line alone: compare the paper with the released file; PROOF or DRAFT on it marks a proof"
_TYPE_IT: Final = 'a scan or a photocopy? type its line: {command} verify "CRD-001 · es · 1.0 · … · 1a2b3c4d"'


@dataclass(frozen=True, slots=True)
class Identified:
    """A file: the verdict and why, its control line, and its row in the log if it has one.

    `near` are the control lines that an unknown one may be a misreading of.
    """

    path: str
    verdict: str
    why: str
    control: ControlLine | None = None
    release: Release | None = None
    piece: Released | None = None
    near: tuple[ControlLine, ...] = ()

    @property
    def holds(self) -> bool:
        """True if the file may be handed out."""
        return self.verdict == "current"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Every file, and the problems of the project's records."""

    files: tuple[Identified, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def summary(self) -> str:
        """One line: how many files there are of each verdict, the gravest first."""
        counts = Counter(file.verdict for file in self.files)
        verdicts = ", ".join(f"{counts[name]} {name}" for name in _GRAVITY if counts[name])
        total = counted(len(self.files), "file")
        held = sum(file.holds for file in self.files)
        return f"{total}: {verdicts}. {held or 'None'} may be handed out"

    @property
    def failed(self) -> bool:
        """True if any file may not be handed out, or there is none."""
        return not self.files or bool(self.diagnostics) or not all(file.holds for file in self.files)


def identify(workspace: Workspace, path: Path, today: date) -> VerifyReport:
    """Identify a file, or every file of a folder, also against the folder's manifest."""
    verdicts = verdicts_on_released(workspace, today)
    if path.is_dir():
        return VerifyReport(tuple(_folder(verdicts, path)), verdicts.problems)
    return VerifyReport(tuple(_read(verdicts, {path.name: path})), verdicts.problems)


def identify_line(workspace: Workspace, line: str, today: date) -> VerifyReport:
    """Identify a piece by a control line read from paper, or by a part of it that has the hash."""
    verdicts = verdicts_on_released(workspace, today)
    return VerifyReport((identify_written(verdicts, line),), verdicts.problems)


def read_bytes(data: bytes) -> FileIdentity | Fault | str:
    """What a file that is nowhere on the disk says of itself, read in a process of its own, within limits."""
    (result,) = contained(_IDENTIFY_BYTES, [(data, LARGEST)], _WAITED_FOR)
    found: FileIdentity | Fault | str = result
    return found


def _folder(verdicts: Verdicts, folder: Path) -> Iterator[Identified]:
    listed = {record.path: record.sha256 for record in read_manifest(folder).pieces if record.made}
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _KINDS]
    present = {path.relative_to(folder).as_posix(): path for path in files}
    for identified in _read(verdicts, present):
        name = identified.path
        if listed and name not in listed and identified.verdict != "proof":
            identified = Identified(name, "foreign", "the folder's manifest does not list it", identified.control)
        yield identified
    for name in sorted(set(listed) - set(present)):
        logged = verdicts.evidence.by_sha256.get(listed[name])
        found = _judged(verdicts, name, None, logged, intact=False) if logged else None
        if found is not None and found.verdict == "recalled":
            yield replace(found, why=f"{found.why}; its file was deleted")
        else:
            yield Identified(name, "altered", "the manifest lists it and the file is missing")


def _read(verdicts: Verdicts, files: Mapping[str, Path]) -> Iterator[Identified]:
    """Identify files by their name; what can't be read as a piece is foreign."""
    results = contained(_IDENTIFY, [(str(path.absolute()), LARGEST) for path in files.values()])
    for name, result in zip(files, results, strict=True):
        yield identify_read(verdicts, name, result)


def identify_read(verdicts: Verdicts, name: str, result: FileIdentity | Fault | str) -> Identified:
    """Identify a file that was read already."""
    reason = why_unread(result) if isinstance(result, Fault) else result
    if isinstance(reason, str):
        return Identified(name, "foreign", f"{reason}; {_TYPE_IT}")
    return _file(verdicts, name, reason)


def _file(verdicts: Verdicts, name: str, marks: FileIdentity) -> Identified:
    """What a file is, by its bytes, or by its control lines if these bytes were never released."""
    if not marks.printed:
        return Identified(name, "foreign", f"it has no control line; {_TYPE_IT}", marks.data)
    control = marks.printed[0]
    if marks.drafts or any(line.version == "PROOF" for line in marks.printed):
        return Identified(name, "proof", "a proof, not for patients", control)
    exact = verdicts.evidence.by_sha256.get(marks.sha256)
    if exact:
        return _judged(verdicts, name, control, exact)
    worst = min((_by_line(verdicts, name, line, intact=False) for line in marks.printed), key=_gravity)
    return worst if worst.verdict != "altered" else replace(worst, why=_why_altered(marks))


def _by_line(verdicts: Verdicts, name: str, control: ControlLine, *, intact: bool = True) -> Identified:
    """What a piece is, by its control line; `intact` is False for a file whose bytes were never released."""
    alike = [entry for entry in _log(verdicts) if replace(control, dated="", review_by="") == _control(entry[1])]
    if alike:
        return _judged(verdicts, name, control, alike, intact=intact)
    return _without_row(verdicts, name, control)


def _without_row(verdicts: Verdicts, name: str, control: ControlLine) -> Identified:
    """What a piece is whose control line is in no row that counts."""
    for found in verdicts.workspace.records().found:
        rows = found.record.pieces if isinstance(found.record, Release) and not found.counts else ()
        if any(row.facts.inputs == control.inputs and control.locale in ("", row.locale) for row in rows):
            why = found.findings[0].message if found.findings else "the program can't say who may sign"
            where = verdicts.workspace.relative(found.path)
            verdict = "unsure" if EVERYTHING in verdicts.evidence.unsure else "unlogged"
            return Identified(name, verdict, f"it is in {where}, and that entry does not count: {why}", control)
    if EVERYTHING in verdicts.evidence.unsure:
        return Identified(name, "unsure", UNSURE[0], control)
    return Identified(name, "unknown", "this project released nothing with this control line", control)


def _judged(
    verdicts: Verdicts, name: str, control: ControlLine | None, entries: Iterable[Entry], *, intact: bool = True
) -> Identified:
    """The gravest verdict on the last of these rows of each piece, on each kind of paper."""
    last = {(row.id, row.sheet): (release, row) for release, row in entries}.values()
    judged = [(verdicts.on_entry(entry, intact=intact), entry) for entry in last]
    verdict, (release, row) = min(judged, key=lambda pair: _GRAVITY.index(pair[0].name))
    by_log = f"released on {release.dated} by {release.by}"
    why = verdict.faults[0].message if verdict.faults else by_log
    called = verdict.name
    problem = verdicts.why_unreadable(row.id) if called == "dropped" else None
    if problem is not None:
        called, place = _UNREAD, f"{problem.span.path}:{problem.span.line}"
        why = f"by the log {by_log}, neither recalled nor replaced; the project can't be read today ({place})"
    cards = dict.fromkeys(row.locale for _, row in last)
    if len(cards) > 1:
        why = f"{'' if verdict.may('be_offered') else f'{row.locale} on '}a sheet of {', '.join(cards)}: {why}"
    return Identified(name, called, why, control, release, row)


def _gravity(identified: Identified) -> int:
    return _GRAVITY.index(identified.verdict)


def identify_written(verdicts: Verdicts, written: str) -> Identified:
    """The same as `identify_line`, by verdicts that are known."""
    identified = _by_written(verdicts, written)
    return identified if len(written) <= _LONGEST else replace(identified, path=f"{written[:_LONGEST]}…")


def _by_written(verdicts: Verdicts, line: str) -> Identified:
    if "proof" in line.lower():
        return Identified(line, "proof", "a proof, not for patients")
    written = re.split(r"[\s·,;]+", line.strip())
    inputs = next((word for word in reversed(written) if len(word) == 8 and _HASH.fullmatch(_digits(word))), "")
    if not inputs:
        return Identified(line, "unknown", "it needs the eight letters and digits at the end of the control line")
    released = {_control(row): row.facts.review_by[:7] for _, row in _log(verdicts)}
    same = [c for c in released if c.inputs == _digits(inputs) and _agrees(line, written, c, released[c])]
    if same:
        worst = min((_by_line(verdicts, line, control) for control in same), key=_gravity)
        return replace(worst, why=f"{worst.why}; {_PAPER}")
    near = difflib.get_close_matches(_digits(inputs), [c.inputs for c in released], 3, 0.7)
    alike = sorted((c for c in released if c.inputs in near), key=str)
    known = "; ".join(f"{c.number} · {c.locale} · {c.version} · {c.inputs}" for c in alike)
    unknown = _without_row(verdicts, line, ControlLine("", "", "", "", "", _digits(inputs)))
    return replace(
        unknown, control=None, why=f"{unknown.why}{f'; was it {known}?' if known else ''}", near=tuple(alike)
    )


def _agrees(line: str, written: list[str], control: ControlLine, review_by: str) -> bool:
    """True if everything that was read besides the hash is of this piece: the complete line, or words of it."""
    complete = control_lines(line)
    if complete:
        return replace(complete[0], dated="", inputs="") == replace(control, review_by=review_by, inputs="")
    return len(written) == 1 or control.number.lower() in [word.lower() for word in written]


def _log(verdicts: Verdicts) -> Iterator[Entry]:
    return ((release, row) for release in verdicts.evidence.records.releases for row in release.pieces)


def _control(row: Released) -> ControlLine:
    """The control line of a released piece without its dates."""
    return ControlLine(row.number.rpartition(" ")[2], row.locale, row.facts.version, "", "", row.facts.inputs)


def _digits(word: str) -> str:
    return word.lower().translate(_MISREAD)


def _why_altered(marks: FileIdentity) -> str:
    if len(marks.printed) == 1 and not marks.agree:
        return "its control line and its metadata do not agree"
    return "its bytes are not the released ones: a re-saved, imposed or altered copy"
