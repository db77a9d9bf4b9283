"""The review face: what waits for whom, a text to read and tick, remarks, and its return to the translator."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pressroom.commands.signing.ticks import change_ticks
from pressroom.commands.signing.waiting import WaitingList, waiting_list
from pressroom.diagnostics import Diagnostic
from pressroom.web.faces import review_pictures, review_release, review_remarks, review_sign
from pressroom.web.respond import page, project_of, settings_of
from pressroom.web.reviewing import Reviewed, address_of, identity_of, open_text
from pressroom.workspace.workspace import Workspace

# Ticks of one form.
_MOST: Final = 2000
SEE_OTHER: Final = 303


async def start(request: Request) -> Response:
    """What waits for whose signature."""
    today = settings_of(request).today()

    def read(workspace: Workspace) -> tuple[WaitingList, list[Diagnostic]]:
        # What can't be read is in no list, so the page must not say that nothing waits.
        shared = (*workspace.shared_findings(), *workspace.people().findings)
        return waiting_list(workspace, today), [finding for finding in shared if finding.bars]

    everybody, problems = await project_of(request).ask(read)
    return page(request, "review/waiting.html", everybody=everybody, problems=problems, me=identity_of(request))


async def read(request: Request) -> Response:
    """The text with everything to read before it is signed."""
    seen = await open_text(request, make=True)
    if seen is None:
        return not_found(request)
    return page(request, "review/read.html", **_values(request, seen))


def _values(request: Request, seen: Reviewed) -> dict[str, Any]:
    everything = request.query_params.get("show") == "all" or seen.view.since is None
    return {
        "view": seen.view,
        "seen": seen,
        "case": seen.view.review_case,
        "everything": everything,
        "at": address_of(request),
        "to": lambda *parts: address_of(request, *parts),
        "in_role": lambda role: address_of(request, role=role),
        "remarks": seen.remarks,
        "picture": review_pictures.addresses(request),
    }


async def ticks(request: Request) -> Response:
    """Tick and untick; a script sends one tick, a form without a script all of them."""
    seen = await open_text(request)
    if seen is None:
        return not_found(request)
    reader, path = seen.view.reader, seen.tick_file
    if reader is None or path is None:
        return PlainTextResponse("only a person with a role in this language can tick", 403)
    form = await request.form()
    on, was = ({str(value) for value in form.getlist(key)[:_MOST]} for key in ("on", "was"))
    wanted = {need.read for need in seen.needs}
    root, today = project_of(request).root, settings_of(request).today()
    # Only what is on the page now can be ticked: a text that changed since must be read again.
    late = on - was - wanted
    now = change_ticks(path, root, (on - was) & wanted, was - on, today)
    case = seen.view.review_case
    project_of(request).hub.send(
        "tick",
        document=case.document.name,
        locale=case.language.tag,
        by=path.name,
        on=sorted((on - was) & wanted),
        off=sorted(was - on),
    )
    if "application/json" in request.headers.get("accept", ""):
        done = sum(need.read in now for need in seen.needs)
        return JSONResponse({"done": done, "of": len(seen.needs), "late": sorted(late)})
    return RedirectResponse(f"{address_of(request)}#so-far", SEE_OTHER)


def not_found(request: Request) -> Response:
    """The page for an address of no text."""
    return page(request, "review/missing.html", 404)


ROUTES: Final = [
    Route("/review", start),
    *review_release.ROUTES,
    Route("/review/{locale}/{document}", read),
    Route("/review/{locale}/{document}/ticks", ticks, methods=["POST"]),
    *review_remarks.ROUTES,
    *review_pictures.ROUTES,
    *review_sign.ROUTES,
]
