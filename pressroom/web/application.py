"""Puts the application together: its routes behind the guard, with the watcher of the project's files."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Final

import anyio
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.layout.screen import brand_css
from pressroom.pages import static_file
from pressroom.pages.words import translations
from pressroom.project.open_file import relative_name
from pressroom.web import live_pages
from pressroom.web.commits import Committer
from pressroom.web.events import Hub
from pressroom.web.faces import desk, keys, overview, review, sign_in, translate, verify
from pressroom.web.failures import missing
from pressroom.web.guard import Guard
from pressroom.web.live import LiveViews
from pressroom.web.open_project import OpenProject
from pressroom.web.rates import Rates
from pressroom.web.respond import BRAND, language_of, project_of, refused
from pressroom.web.sessions import Sessions
from pressroom.web.settings import ServeSettings
from pressroom.web.signing import ATTEMPTS, NOT_SAVED
from pressroom.web.visitors import Visitors
from pressroom.workspace.workspace import Workspace

_KEEP: Final = "public, max-age=31536000, immutable"
_FACES: Final = (overview, translate, review, desk, verify, sign_in, keys)
# Seconds between comment lines on a quiet stream, so that proxies keep it open.
_PING: Final = 15


def create_application(workspace: Workspace, settings: ServeSettings) -> Starlette:
    """The application on an open workspace."""
    hub = Hub()
    project = OpenProject(workspace, hub)
    live = LiveViews(project, hub)
    sessions = Sessions(expire=settings.is_public)
    faces = (verify,) if settings.verify_only else _FACES
    routes: list[BaseRoute] = [Route("/static/{version}/{path:path}", _static)]
    routes += [route for face in faces for route in face.ROUTES]
    if settings.verify_only:
        routes += [Route("/", _to_verify), Route("/robots.txt", _robots)]
    else:
        routes += [Route(BRAND, _brand), Route("/events", _events), *live_pages.ROUTES]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        hub.start()
        stop = anyio.Event()
        if not settings.verify_only:
            live.start()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(project.watch, stop)
            if settings.verify_only:
                await verify.get_ready(app)
            else:
                tasks.start_soon(overview.warm_up, project, settings, stop)
            yield
            stop.set()
            hub.end()
            await anyio.to_thread.run_sync(live.close)

    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, settings=settings, files=verify.FILES),
            Middleware(Visitors, settings=settings, sessions=sessions, project=project),
        ],
        exception_handlers={
            DiagnosticError: _refused,
            OSError: _refused_by_system,
            **NOT_SAVED,
            HTTPException: missing,
        },
        lifespan=lifespan,
    )
    app.state.project, app.state.settings, app.state.hub = project, settings, hub
    app.state.live = live
    app.state.sessions, app.state.attempts = sessions, Rates(*ATTEMPTS)
    app.state.committer = Committer(project.root, settings.origin) if settings.commit else None
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DiagnosticError)
    gettext = translations(language_of(request)).gettext
    return refused(request, gettext("This can't be shown"), error.problems)


async def _refused_by_system(request: Request, error: Exception) -> Response:
    """A full disk, or a folder that may not be written."""
    assert isinstance(error, OSError)
    hint = "see that you may write it, and that the disk has room; then go back and save again"
    name = relative_name(project_of(request).root, Path(error.filename or "."))
    said = f"the system refuses {name}: {(error.strerror or str(error)).lower()}"
    problem = diagnostic("output-unwritable", Span(name), said, hint)
    gettext = translations(language_of(request)).gettext
    return refused(request, gettext("This is not saved"), (problem,), 507)


async def _to_verify(_: Request) -> Response:
    return RedirectResponse("/verify", 303)


async def _robots(_: Request) -> Response:
    """What this face says of a paper is right for a moment: no search engine may keep it."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def _brand(request: Request) -> Response:
    css = await project_of(request).ask(lambda workspace: brand_css(workspace.brand().value))
    return Response(css, media_type="text/css", headers={"cache-control": "no-cache"})


async def _static(request: Request) -> Response:
    path = request.path_params["path"]
    data = static_file(path)
    if data is None:
        return PlainTextResponse("there is no such file", 404)
    kind = "text/javascript" if path.endswith(".js") else mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(data, media_type=kind, headers={"cache-control": _KEEP})


async def _events(request: Request) -> Response:
    hub: Hub = request.app.state.hub
    if hub.is_full(request.state.session):
        return PlainTextResponse("too many pages listen: close some", 429, {"retry-after": "30"})
    last = request.headers.get("last-event-id", "")
    after = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else None
    return EventSourceResponse(_while_signed_in(request, hub.events(after, request.state.session)), ping=_PING)


async def _while_signed_in(
    request: Request, events: AsyncGenerator[dict[str, str], None]
) -> AsyncIterator[dict[str, str]]:
    """The events, behind a proxy until the person who listens is signed out."""
    sessions, public = request.app.state.sessions, request.app.state.settings.is_public
    async with aclosing(events):
        async for event in events:
            if public and sessions.is_over(request.state.session):
                return
            yield event
