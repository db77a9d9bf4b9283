"""Renders the pages of the translate face, whole or in part, from the project's files as they are now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from pressroom.commands.building.live_view import LiveView
from pressroom.commands.catalogs.source_view import SourceView, source_view
from pressroom.commands.catalogs.translation_view import translation_view
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH, Language, invented_languages
from pressroom.planning.named import UsageError
from pressroom.web.faces.translate_choice import Choice, choose
from pressroom.web.faces.translate_show import (
    listed,
    listed_of_source,
    marks_of,
    marks_of_source,
    numbers_of,
    numbers_of_source,
    pairs_shown,
    rooms_shown,
)
from pressroom.web.live_pages import live_of
from pressroom.web.live_state import LiveState
from pressroom.web.respond import page, project_of
from pressroom.workspace.workspace import Workspace

# Seconds to wait for a drawing: where the page can load it later, where its reader asked for it.
SOON: Final = 0.25
LONG: Final = 45.0
_LAYOUTS_DOCUMENT: Final = "layouts"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text that was not saved, and why; it is shown again in its message with what is in the file now."""

    number: int
    why: str
    texts: tuple[str, ...]
    fuzzy: bool = False
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page says after a form: the message to show, what could not be saved, and a notice."""

    first: int = 1
    conflict: Conflict | None = None
    undoable: Collection[str] = ()
    notice: str = ""
    status: int = 200


async def chosen(request: Request) -> Choice | None:
    """What the address of a request names."""
    names, query = request.path_params, request.query_params
    return await project_of(request).ask(
        lambda workspace: choose(
            workspace, names["locale"], names["document"], query.get("product", ""), query.get("clinic", "")
        )
    )


async def document(request: Request, choice: Choice, answer: Answer, seconds: float = SOON) -> Response:
    """The whole page of a document."""
    values = await _values(request, choice, answer, seconds)
    return page(request, "translate/document.html", answer.status, **values)


async def part(request: Request, choice: Choice, name: str, answer: Answer, seconds: float) -> Response:
    """A part of it, for the script: `pages`, or `messages`."""
    values = await _values(request, choice, answer, seconds)
    editor = "source" if choice.is_source else "editor"
    template = "pages" if name == "pages" else editor
    return page(request, f"translate/{template}.html", answer.status, **values)


async def _values(request: Request, choice: Choice, answer: Answer, seconds: float) -> dict[str, Any]:
    own, english = await _drawn(request, choice, seconds)
    only_pages = request.query_params.get("view") == "pages"
    work = partial(_of_source, own=own) if choice.is_source else partial(_of_translation, own=own, english=english)
    values = await project_of(request).ask(lambda workspace: work(workspace, choice))
    return {
        **values,
        "choice": choice,
        "first": answer.first,
        "conflict": answer.conflict,
        "undoable": answer.undoable,
        "notice": answer.notice,
        "only_pages": only_pages,
        "home": choice.at() if only_pages else "",
        "languages_there": await project_of(request).ask(lambda workspace: _languages(workspace, choice)),
        "is_drawn": own is not None and own.proof is not None and not own.is_drawing,
        "stuck": own.stuck if own is not None else None,
        "good_age": own.good_age if own is not None else None,
        "watched": f"source/ layouts/ locales/{choice.language.posix}/ locales/lengths.toml locales/languages.toml",
    }


async def _drawn(request: Request, choice: Choice, seconds: float) -> tuple[LiveState | None, LiveState | None]:
    """How the language's pages and the English ones are drawn now; None for those that there are not."""
    own = await _state(request, choice, choice.language.tag, seconds)
    if own is None or choice.is_source or choice.layout is None or choice.layout.bilingual:
        return own, None
    return own, await _state(request, choice, ENGLISH, seconds)


async def _state(request: Request, choice: Choice, tag: str, seconds: float) -> LiveState | None:
    """A text that does not fit is shown on the paper that it does not fit on."""
    if choice.product is None or choice.clinic is None:
        return None
    view = LiveView(choice.document, tag, choice.product.name, choice.clinic.id, itself=True)
    try:
        return await live_of(request).proof(view, seconds)
    except UsageError:
        return None


def _of_translation(
    workspace: Workspace, choice: Choice, own: LiveState | None, english: LiveState | None
) -> dict[str, Any]:
    proof = own.proof if own is not None else None
    # How much too long a text is, is said with its room.
    seen = [finding for finding in proof.findings if finding.code != "overset"] if proof is not None else []
    view = translation_view(workspace, choice.document, choice.language, choice.clinic, choice.layout, seen)
    rooms = rooms_shown(view, proof)
    pairs = pairs_shown(workspace, choice, proof, english.proof if english is not None else None, numbers_of(view))
    return {
        "view": view,
        "rooms": rooms,
        "texts": marks_of(view, rooms),
        "over": sum(1 for room in rooms.values() if room.room.is_over),
        "listed": listed(view, rooms),
        "pairs": pairs,
        "on_pages": _on(pairs),
        "shows_english": choice.layout is not None and not choice.layout.bilingual,
    }


def _of_source(workspace: Workspace, choice: Choice, own: LiveState | None) -> dict[str, Any]:
    view: SourceView = source_view(workspace, choice.document, [choice.layout] if choice.layout else [])
    proof = own.proof if own is not None else None
    pairs = pairs_shown(workspace, choice, proof, None, numbers_of_source(view))
    return {
        "view": view,
        "texts": marks_of_source(view),
        "listed": listed_of_source(view),
        "pairs": pairs,
        "on_pages": _on(pairs),
        "shows_english": False,
    }


def _on(pairs: Collection[Any]) -> set[int]:
    """The numbers of the messages that are on the pages."""
    return {spot.number for pair in pairs if pair.own is not None for spot in pair.own.spots}


def _languages(workspace: Workspace, choice: Choice) -> list[Language]:
    """The languages in which a document can be looked at."""
    own = workspace.languages(awaiting=True).value
    invented = [] if choice.document == _LAYOUTS_DOCUMENT else list(invented_languages().values())
    listed_first = sorted(own, key=lambda language: language.english)
    return [one for one in (*listed_first, *invented) if one.tag != ENGLISH or choice.path is not None]


def number_in(query: Mapping[str, Any], name: str) -> int:
    """A number of a query or form, at least 1."""
    text = str(query.get(name, ""))
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1
