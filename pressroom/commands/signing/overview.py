"""The overview of a project: every document in every language, who is needed, what holds up what, the next dates.

Each text is computed once and kept until one of its files changes, so that an open page costs little after a save.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pressroom.approval import last_day
from pressroom.approval.evidence import Id, PieceToday
from pressroom.approval.roles import CLINICIAN, RELEASER, REVIEWER, ROLES
from pressroom.commands.building.desk_notes import Pulled
from pressroom.commands.signing.absences import pulls
from pressroom.commands.signing.cell import Cell, cell_of
from pressroom.commands.signing.status import requested_verdicts
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.content import FrontMatter
from pressroom.language import ENGLISH, Language
from pressroom.planning.plan import Job, Request
from pressroom.workspace.confirmations import read_confirmations
from pressroom.workspace.workspace import Workspace

_ORDER: Final = (CLINICIAN, *(role for role in ROLES if role != CLINICIAN), RELEASER)


@dataclass(frozen=True, slots=True)
class Need:
    """Who is needed: a listed person (`id`, `name`), or with empty ones anybody in this role. `cells` wait for them.

    `is_gap` is True if there is a list of people, and it has no person for these texts.
    """

    id: str
    name: str
    role: str
    cells: tuple[Cell, ...]
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class Holdup:
    """What holds up what: a code, the document and the locale (empty if it is about all), and the texts that wait.

    For a file on which all texts depend, such as the list of clinics, the document is its path.

    The codes are `english`, `sentences`, `english-changed`, `no-person`, `release` and `unreadable`. `details` are the
    program's messages, in English.
    """

    code: str
    document: str
    locale: str
    cells: tuple[Cell, ...]
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewDate:
    """The last day of a document's released files in these locales or, if none is released, of its source."""

    day: date
    document: str
    locales: tuple[str, ...]
    is_released: bool


@dataclass(frozen=True, slots=True)
class RecallAt:
    """A recall at one clinic: its papers, and what the clinic confirmed to have pulled, None until then."""

    clinic: str
    document: str
    locale: str
    papers: str
    confirmed: Pulled | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it, as of `today`. `cells` are by document and locale; a document may not exist in every language."""

    today: date
    documents: tuple[tuple[str, FrontMatter], ...]
    languages: tuple[Language, ...]
    cells: dict[tuple[str, str], Cell]
    needs: tuple[Need, ...]
    holdups: tuple[Holdup, ...]
    dates: tuple[ReviewDate, ...]
    recalls: tuple[RecallAt, ...]


def overview_verdicts(workspace: Workspace, today: date) -> Verdicts:
    """The verdicts on everything that is built, kept until a record or a file of the plan changes."""
    return workspace.files.once(("overview-verdicts", today), lambda: requested_verdicts(workspace, Request(), today))


def overview_texts(workspace: Workspace, today: date) -> tuple[tuple[str, str], ...]:
    """The document and locale of each cell, in order: to compute them one by one."""
    return tuple(_jobs(workspace, today))


def overview_cell(workspace: Workspace, document: str, locale: str, today: date, clinic: str = "") -> Cell:
    """The cell of a document and a locale that `overview_texts` names, at all clinics or at one."""

    def make() -> Cell:
        # With its own memory of pieces: what this cell reads is noted as its own.
        verdicts = replace(overview_verdicts(workspace, today), _pieces={**_english(workspace, document, today)})
        jobs = _jobs(workspace, today)[document, locale]
        at = [job for job in jobs if clinic in ("", job.clinic.id)]
        return cell_of(verdicts, at or jobs, workspace.people().value)

    return workspace.files.once(("overview-cell", document, locale, today, clinic), make)


def _english(workspace: Workspace, document: str, today: date) -> dict[Id, PieceToday]:
    """The English pieces of a document, on which all its translations depend."""

    def make() -> dict[Id, PieceToday]:
        verdicts = replace(overview_verdicts(workspace, today), _pieces={})
        return {job.id: verdicts.piece(job.id) for job in _jobs(workspace, today).get((document, ENGLISH), ())}

    return workspace.files.once(("overview-english", document, today), make)


def overview_of(workspace: Workspace, today: date, clinic: str = "") -> Overview:
    """The overview, at all clinics or at one. Raises DiagnosticError if the project can't be planned."""

    def make() -> Overview:
        texts = overview_texts(workspace, today)
        cells = {key: overview_cell(workspace, *key, today, clinic) for key in texts}
        fronts = {name: front for name, (_, front) in workspace.documents().usable.items()}
        used = {locale for _, locale in texts}
        languages = sorted(
            (language for language in workspace.languages().value if language.tag in used),
            key=lambda language: (language.tag != ENGLISH, language.english),
        )
        return Overview(
            today=today,
            documents=tuple((name, fronts[name]) for name in dict.fromkeys(document for document, _ in texts)),
            languages=tuple(languages),
            cells=cells,
            needs=tuple(_needs(cells.values())),
            holdups=tuple(_holdups(workspace, cells)),
            dates=tuple(_dates(cells.values(), fronts)),
            recalls=tuple(_recalls(workspace, overview_verdicts(workspace, today), clinic)),
        )

    return workspace.files.once(("overview", today, clinic), make)


def _jobs(workspace: Workspace, today: date) -> dict[tuple[str, str], list[Job]]:
    def make() -> dict[tuple[str, str], list[Job]]:
        found: defaultdict[tuple[str, str], list[Job]] = defaultdict(list)
        for job in overview_verdicts(workspace, today).jobs.values():
            found[job.document, job.language.tag].append(job)
        return dict(found)

    return workspace.files.once(("overview-jobs", today), make)


def _needs(cells: Iterable[Cell]) -> Iterator[Need]:
    """By person and role, clinicians first; then what no person on the list can do, by role."""
    found: defaultdict[tuple[str, str, str, bool], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.needs and cell.seat:
            for id, name in cell.people or (("", ""),):
                found[id, name, cell.seat[0], "no-person" in cell.held].append(cell)
    in_order = sorted(found.items(), key=lambda item: (item[0][0] == "", _ORDER.index(item[0][2]), -len(item[1])))
    for (id, name, role, is_gap), waiting in in_order:
        yield Need(id, name, role, tuple(waiting), is_gap)


def _holdups(workspace: Workspace, cells: dict[tuple[str, str], Cell]) -> Iterator[Holdup]:
    for document in dict.fromkeys(name for name, _ in cells):
        row = [cell for (name, _), cell in cells.items() if name == document]
        waiting = tuple(cell for cell in row if "english" in cell.held)
        if waiting:
            yield Holdup("english", document, ENGLISH, waiting)
        unwritten = tuple(cell for cell in row if "sentences" in cell.held)
        if unwritten and not waiting:
            yield Holdup("sentences", document, ENGLISH, unwritten)
        older = tuple(cell for cell in row if cell.trouble == "english-changed" and cell.locale != ENGLISH)
        if older:
            yield Holdup("english-changed", document, "", older)
        for cell in row:
            if cell.step == "unreadable":
                why = tuple(dict.fromkeys(d.message for d in cell.text.checked.diagnostics if d.bars))
                yield Holdup("unreadable", document, cell.locale, (cell,), why)
            if "release" in cell.held:
                yield Holdup("release", document, cell.locale, (cell,), cell.bars)
    yield from _gaps(cells.values())
    for document, findings in workspace.documents().refused.items():
        yield Holdup("unreadable", document, "", (), tuple(finding.message for finding in findings))
    broken: defaultdict[str, list[str]] = defaultdict(list)
    shared = (finding for finding in workspace.shared_findings() if finding.bars == "proof")
    for finding in (*shared, *(finding for finding in workspace.people().findings if finding.bars)):
        broken[finding.span.path].append(finding.message)
    for path, messages in broken.items():
        yield Holdup("unreadable", path, "", (), tuple(dict.fromkeys(messages)))


def _gaps(cells: Iterable[Cell]) -> Iterator[Holdup]:
    """The languages in which no person on the list can do what is next, by role."""
    found: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if "no-person" in cell.held and cell.seat:
            found[cell.seat[0], cell.locale].append(cell)
    for (role, locale), waiting in sorted(found.items(), key=lambda item: (item[0][0] != REVIEWER, item[0])):
        yield Holdup("no-person", "", locale, tuple(waiting), (role,))


def _recalls(workspace: Workspace, verdicts: Verdicts, clinic: str) -> Iterator[RecallAt]:
    for pull in pulls(verdicts.evidence, (), read_confirmations(workspace).value):
        for at in dict.fromkeys(row.clinic for row in pull.rows):
            if clinic in ("", at):
                yield RecallAt(at, pull.document, pull.tag, pull.papers, pull.confirmed_at(at))


def _dates(cells: Iterable[Cell], fronts: dict[str, FrontMatter]) -> Iterator[ReviewDate]:
    released: defaultdict[tuple[date, str], list[str]] = defaultdict(list)
    documents: dict[str, None] = {}
    for cell in cells:
        documents[cell.document] = None
        kept = [one for one in cell.clinics if one.version and one.trouble != "recalled"]
        days = {one.until for one in kept if one.until is not None}
        for day in days:
            released[day, cell.document].append(cell.locale)
    dates = [ReviewDate(day, document, tuple(tags), True) for (day, document), tags in released.items()]
    known = {one.document for one in dates}
    dates += [ReviewDate(last_day(fronts[name].review_by), name, (), False) for name in documents if name not in known]
    yield from sorted(dates, key=lambda one: (one.day, one.document))
