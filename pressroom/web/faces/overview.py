"""The overview: every document in every language, who is needed, what holds up what, the next review dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from anyio import Event
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pressroom.commands.signing.cell import Cell
from pressroom.commands.signing.overview import Need, Overview, ReviewDate, overview_cell, overview_of, overview_texts
from pressroom.diagnostics import DiagnosticError
from pressroom.language import ENGLISH
from pressroom.pages.calendar import Day, calendar
from pressroom.pages.words import language_name
from pressroom.project import Clinic
from pressroom.web.open_project import OpenProject
from pressroom.web.respond import language_of, page, project_of, settings_of
from pressroom.web.settings import ServeSettings

# With more documents a cell has only its boxes, and its words are read out.
_WIDE: Final = 6
# With more people in a role they are one line.
_PEOPLE: Final = 3
_DATES: Final = 6
_BOXES: Final = {
    "unreadable": "missing", "missing": "missing", "unfinished": "part", "machine": "machine",
    "translated": "1", "reviewed": "2", "approved": "3", "released": "4",
    "recalled": "out", "expired": "old", "english-changed": "old", "soon": "4",
}  # fmt: skip
SHOWN: Final = ("all", "needs", "held", "released", "differ")


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One line of "Who is needed": the people of a role, and the texts that wait for any of them."""

    role: str
    people: tuple[Need, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day, and the documents whose review date it is."""

    day: date
    of: tuple[ReviewDate, ...]


async def start(request: Request) -> Response:
    """The overview, or the part of it that `?show=` and `?clinic=` name."""
    clinics = await project_of(request).ask(lambda workspace: workspace.clinics().value)
    clinic = request.query_params.get("clinic", "")
    clinic = clinic if any(one.id == clinic for one in clinics) else ""
    show = request.query_params.get("show", "")
    overview = await load(project_of(request), settings_of(request).today(), clinic)
    return page(request, "overview/page.html", 200, **_values(overview, clinics, clinic, show, language_of(request)))


async def dates(request: Request) -> Response:
    """The review dates for a calendar (RFC 5545)."""
    project = project_of(request)
    overview = await load(project, settings_of(request).today())
    titles = dict(overview.documents)
    days = [
        Day(one.day, f"{titles[one.document].number} {titles[one.document].title.msgid}", ", ".join(one.locales))
        for one in overview.dates
    ]
    kind = "text/calendar; charset=utf-8"
    return Response(calendar(project.name, days, overview.today), media_type=kind)


async def load(project: OpenProject, today: date, clinic: str = "") -> Overview:
    """The overview, text by text: others use the project meanwhile."""
    for document, locale in await project.ask(lambda workspace: overview_texts(workspace, today)):
        await project.ask(partial(overview_cell, document=document, locale=locale, today=today, clinic=clinic))
    return await project.ask(lambda workspace: overview_of(workspace, today, clinic))


async def warm_up(project: OpenProject, settings: ServeSettings, stop: Event) -> None:
    """Compute every text before somebody asks."""
    today = settings.today()
    try:
        for document, locale in await project.ask(lambda workspace: overview_texts(workspace, today)):
            if stop.is_set():
                return
            await project.ask(partial(overview_cell, document=document, locale=locale, today=today))
    except (DiagnosticError, KeyError):
        return  # The page says what is wrong; or a document is gone since.


def _values(
    overview: Overview, clinics: tuple[Clinic, ...], clinic: str, show: str, interface: str
) -> dict[str, object]:
    cells = overview.cells
    groups = {
        "all": list(cells.values()),
        "needs": [cell for cell in cells.values() if cell.needs],
        "held": [cell for cell in cells.values() if cell.held],
        "released": [cell for cell in cells.values() if cell.step == "released"],
        "differ": [cell for cell in cells.values() if not cell.is_same_everywhere],
    }
    show = show if show in SHOWN else "all"
    kept = {(cell.document, cell.locale) for cell in groups[show]}
    names = {one.tag: language_name(one.tag, interface, one.english) for one in overview.languages}
    languages = sorted(overview.languages, key=lambda one: (one.tag != ENGLISH, names[one.tag].casefold()))
    return {
        "overview": overview,
        "titles": {name: front.title.msgid for name, front in overview.documents},
        "languages_shown": [one for one in languages if any(locale == one.tag for _, locale in kept)],
        "names": names,
        "named": lambda tags: [names[tag] for tag in tags],
        "kept": kept,
        "counts": {name: len(found) for name, found in groups.items()},
        "show": show,
        "clinics": clinics,
        "clinic": clinic,
        "boxes": {(c.document, c.locale): _BOXES[c.trouble or c.step] for c in cells.values()},
        "brief": len(overview.documents) > _WIDE,
        "needed": _rows(overview.needs),
        "asked": [question for cell in cells.values() for question in cell.text.questions],
        "dates": _dates(overview.dates),
        "clinic_names": {one.id: one.name for one in clinics},
        "to_pull": [one for one in overview.recalls if one.confirmed is None],
        "pulled": [one for one in overview.recalls if one.confirmed is not None],
        "recalled": [cell for cell in cells.values() if cell.trouble == "recalled"],
    }


def _dates(dates: Iterable[ReviewDate]) -> list[DayRow]:
    """The next days, each once, with what is on it."""
    days: defaultdict[date, list[ReviewDate]] = defaultdict(list)
    for one in dates:
        days[one.day].append(one)
    return [DayRow(day, tuple(found)) for day, found in sorted(days.items())][:_DATES]


def _rows(needs: Iterable[Need]) -> list[NeedRow]:
    """People one by one, or by role where many can do the same; what no person is listed for is under the hold-ups."""
    by_role: defaultdict[str, list[Need]] = defaultdict(list)
    for need in needs:
        if not need.is_gap:
            by_role[need.role].append(need)
    rows: list[NeedRow] = []
    for role, found in by_role.items():
        if len(found) > _PEOPLE:
            cells = {(cell.document, cell.locale): cell for need in found for cell in need.cells}
            rows.append(NeedRow(role, tuple(found), tuple(cells.values())))
        else:
            rows += [NeedRow(role, (need,), need.cells) for need in found]
    return rows


ROUTES: Final = [Route("/", start), Route("/dates.ics", dates)]
