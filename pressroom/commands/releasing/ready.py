"""What a releaser decides about: which texts can be released, which are, and why the others can't."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pressroom.commands.releasing.release_log import people_changed
from pressroom.commands.signing.release_checks import release_bars
from pressroom.commands.signing.verdicts import Verdicts, open_verdicts
from pressroom.diagnostics import Diagnostic
from pressroom.language import Language
from pressroom.planning.plan import Job
from pressroom.publish import PieceRecord, Store
from pressroom.workspace.records import with_current_names
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A document in a language: how many pieces it has, how many of them are released as they are now.

    `bars` are the reasons why it can't be released, each once, whatever the number of clinics and products.
    """

    document: str
    title: str
    version: str
    language: Language
    pieces: int
    released: int
    bars: tuple[Diagnostic, ...]

    @property
    def is_ready(self) -> bool:
        """True if something of it can be released that is not."""
        return not self.bars and self.released < self.pieces

    @property
    def is_released(self) -> bool:
        """True if all of it is released as it is now."""
        return not self.bars and self.released == self.pieces


@dataclass(frozen=True, slots=True)
class ReadyReport:
    """The texts by document and language. `problems` bar every release, `people` asks to look at the people list."""

    texts: tuple[ReadyText, ...]
    problems: tuple[Diagnostic, ...]
    people: tuple[Diagnostic, ...]

    @property
    def ready(self) -> tuple[ReadyText, ...]:
        """Those that can be released now."""
        return tuple(text for text in self.texts if text.is_ready)


def ready_report(workspace: Workspace, today: date) -> ReadyReport:
    """The report. Raises DiagnosticError if the project can't be read."""
    store = Store(workspace.output, "released")
    pieces = with_current_names(store.manifest(), workspace.records()).pieces
    verdicts, released = open_verdicts(workspace, today), {record.id: record for record in pieces}
    jobs: dict[tuple[str, str], list[Job]] = {}
    for job in verdicts.jobs.values():
        if not job.language.invented:
            jobs.setdefault((job.document, job.language.tag), []).append(job)
    texts = tuple(_text(verdicts, found, released) for found in jobs.values())
    return ReadyReport(texts, verdicts.problems, people_changed(workspace))


def _text(verdicts: Verdicts, jobs: list[Job], released: dict[tuple[str, str, str, str], PieceRecord]) -> ReadyText:
    first = jobs[0]
    # What bars one clinic's papers usually bars those of all: the others are looked at only where nothing does.
    own = [job for job in jobs if job.clinic.id == first.clinic.id]
    bars = _bars(verdicts, own) or _bars(verdicts, [job for job in jobs if job.clinic.id != first.clinic.id])
    return ReadyText(
        document=first.document,
        title=first.front.title.msgid,
        version=first.front.version,
        language=first.language,
        pieces=len(jobs),
        released=0 if bars else sum(_is_released(verdicts, job, released.get(job.id)) for job in jobs),
        bars=bars,
    )


def _bars(verdicts: Verdicts, jobs: Iterable[Job]) -> tuple[Diagnostic, ...]:
    return _each_once(d for job in jobs for d in release_bars(verdicts, job))


def _is_released(verdicts: Verdicts, job: Job, record: PieceRecord | None) -> bool:
    """True if a file that says what the piece says now may be handed out."""
    case = verdicts.piece(job.id).case
    if record is None or not record.made or case is None or record.facts.content != case.content:
        return False
    return record.facts.version == job.front.version and verdicts.on_record(record, intact=True).may("be_offered")


def _each_once(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """One finding of each kind and hint: they differ by the piece that they name."""
    found: dict[tuple[str, str], Diagnostic] = {}
    for finding in findings:
        found.setdefault((finding.code, finding.hint), finding)
    return tuple(found.values())
