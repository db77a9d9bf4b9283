"""The pages of what went wrong: no such address, and what the program did not expect."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pressroom.web.respond import page


def missing(request: Request, error: Exception) -> Response:
    """The page of an address that leads nowhere; a line for anything else that a route refuses."""
    assert isinstance(error, HTTPException)
    if error.status_code != 404:
        return PlainTextResponse(error.detail, error.status_code, error.headers)
    return page(request, "not_found.html", 404, path=request.url.path)


def failed(request: Request) -> Response:
    """The page after an error of the program. It shows nothing of the error, which is on the server's terminal."""
    return page(request, "failed.html", 500)
