"""Answers for live views: the picture of a page, the places of words on it, and the state of a view."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pressroom.commands.building.live_view import LiveView
from pressroom.diagnostics import Diagnostic
from pressroom.planning.named import UsageError
from pressroom.production.live_proof import LivePage, Room, Words
from pressroom.web.live import LiveViews, pages_as_data
from pressroom.web.live_state import LiveState

_KEEP: Final = "private, max-age=31536000, immutable"


def live_of(request: Request) -> LiveViews:
    """The open views."""
    views: LiveViews = request.app.state.live
    return views


async def _picture(request: Request) -> Response:
    page = live_of(request).page(request.path_params["name"])
    if page is None:
        return _gone()
    return Response(page.png, media_type="image/png", headers={"cache-control": _KEEP})


async def _words(request: Request) -> Response:
    page = live_of(request).page(request.path_params["name"])
    if page is None:
        return _gone()
    return JSONResponse(words_as_data(page), headers={"cache-control": _KEEP})


def _gone() -> Response:
    return PlainTextResponse("this picture was replaced by a newer one", 404)


async def _state(request: Request) -> Response:
    path, query = request.path_params, request.query_params
    view = LiveView(
        path["document"],
        path["locale"],
        query.get("product", ""),
        query.get("clinic", ""),
        itself=query.get("itself") == "1",
    )
    try:
        state = await live_of(request).proof(view)
    except UsageError as error:
        return JSONResponse({"message": str(error), "hint": error.hint}, 404)
    return JSONResponse(state_as_data(state))


def words_as_data(page: LivePage) -> dict[str, Any]:
    """The words of a page; its size and all rows in points from the top left, rows as left, top, width, height."""
    return {"w": page.width, "h": page.height, "words": [_words_as_data(words) for words in page.words]}


def _words_as_data(words: Words) -> dict[str, Any]:
    rows = [[round(one, 2) for one in (x, y, right - x, bottom - y)] for x, y, right, bottom in words.rows]
    return {
        "n": words.number,
        "catalog": words.catalog,
        "msgid": words.key[1],
        "context": words.key[0],
        "frame": words.frame,
        "language": words.language,
        "status": words.status,
        "rows": rows,
    }


def state_as_data(state: LiveState) -> dict[str, Any]:
    """A view as it is now, for a script."""
    proof, stuck = state.proof, state.stuck
    return {
        "mark": state.mark,
        "drawing": state.is_drawing,
        "made_as": proof.made_as if proof else "",
        "pages": pages_as_data(proof.pages) if proof else [],
        "rooms": [_room_as_data(room) for room in proof.rooms] if proof else [],
        "findings": [_finding_as_data(finding) for finding in state.findings],
        "stuck": _finding_as_data(stuck) if stuck else None,
        "good_age": state.good_age,
    }


def _room_as_data(room: Room) -> dict[str, Any]:
    names = ("frame", "panel", "page", "language", "mm", "letters", "now", "width", "size", "smallest", "usual")
    return {name: getattr(room, name) for name in names} | {"messages": [key[1] for key in room.messages]}


def _finding_as_data(finding: Diagnostic) -> dict[str, Any]:
    return {
        "severity": str(finding.severity),
        "code": finding.code,
        "path": finding.span.path,
        "line": finding.span.line,
        "message": finding.message,
        "hint": finding.hint,
    }


ROUTES: Final = [
    Route("/page/{name}.png", _picture),
    Route("/words/{name}.json", _words),
    Route("/live/{locale}/{document}", _state),
]
