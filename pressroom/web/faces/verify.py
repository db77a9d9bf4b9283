"""The verify face."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pressroom.web.respond import page


async def start(request: Request) -> Response:
    """The first page of the face."""
    return page(request, "verify/page.html")


# Where a browser may send a file.
FILES: Final = frozenset({"/verify"})
ROUTES: Final = [Route("/verify", start)]
