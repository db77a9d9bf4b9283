"""Puts the application together: its routes behind the guard, with the watcher of the project's files."""

from __future__ import annotations

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from pressroom.diagnostics import DiagnosticError
from pressroom.pages import static_file
from pressroom.web.events import Hub
from pressroom.web.faces import desk, overview, review, translate, verify
from pressroom.web.guard import Guard
from pressroom.web.open_project import OpenProject
from pressroom.web.respond import refused
from pressroom.web.settings import ServeSettings
from pressroom.workspace.workspace import Workspace

_KEEP: Final = "public, max-age=31536000, immutable"
_FACES: Final = (overview, translate, review, desk, verify)
# Seconds between comment lines on a quiet stream, so that proxies keep it open.
_PING: Final = 15


def create_application(workspace: Workspace, settings: ServeSettings) -> Starlette:
    """The application on an open workspace."""
    hub = Hub()
    project = OpenProject(workspace, hub)
    faces = (verify,) if settings.verify_only else _FACES
    routes: list[BaseRoute] = [Route("/static/{version}/{path:path}", _static)]
    routes += [route for face in faces for route in face.ROUTES]
    if not settings.verify_only:
        routes.append(Route("/events", _events))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        hub.start()
        stop = anyio.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(project.watch, stop)
            yield
            stop.set()
            hub.end()

    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={DiagnosticError: _refused},
        lifespan=lifespan,
    )
    app.state.project, app.state.settings, app.state.hub = project, settings, hub
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, DiagnosticError)
    return refused(request, "This can't be shown", error.problems)


async def _static(request: Request) -> Response:
    path = request.path_params["path"]
    data = static_file(path)
    if data is None:
        return PlainTextResponse("there is no such file", 404)
    kind = "text/javascript" if path.endswith(".js") else mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Response(data, media_type=kind, headers={"cache-control": _KEEP})


async def _events(request: Request) -> Response:
    hub: Hub = request.app.state.hub
    last = request.headers.get("last-event-id", "")
    after = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else None
    return EventSourceResponse(hub.events(after), ping=_PING)
