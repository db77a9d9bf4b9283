"""Pictures of the pages that people review, as they are and as they were signed, and the web pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from pressroom.commands.signing.proof_pages import Paper, ProofPage, page_picture, signed_picture
from pressroom.publish import Store
from pressroom.publish.store import published_bytes
from pressroom.web.reviewing import Reviewed, address_of, open_text
from pressroom.web.sessions import Bounded

# Cards are small, and their smallest line must be read.
_CARD_DPI: Final = 200
_DPI: Final = 110
_CARD: Final = 340.0
# A card's picture has 30 kB.
_MOST: Final = 400
_KEEP: Final = "private, max-age=31536000, immutable"
# A proof's own styles, and nothing that runs or leaves.
_SCREEN: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)


def dpi_of(page: ProofPage) -> int:
    """How fine a page's picture is."""
    return _CARD_DPI if page.size[0] < _CARD else _DPI


def addresses(request: Request) -> Callable[..., str]:
    """The address of a page's picture: `picture(paper, page)`, or `picture(paper, page, was=True)` as it was signed."""

    def address(paper: Paper, page: ProofPage, *, was: bool = False) -> str:
        kind, mark = ("was", page.was[:16]) if was else ("pages", page.look)
        name = f"{page.number}-{mark}.png"
        return address_of(request, kind, paper.product, paper.clinic.id, name)

    return address


def _page(seen: Reviewed, request: Request) -> tuple[Paper, ProofPage] | None:
    names = request.path_params
    for paper in seen.view.papers:
        if (paper.product, paper.clinic.id) == (names["product"], names["clinic"]):
            for page in paper.pages:
                if str(page.number) == names["name"].partition("-")[0]:
                    return paper, page
    return None


def _kept(request: Request) -> Bounded[bytes]:
    """The pictures that were made last; each is of one drawing for ever."""
    if not hasattr(request.app.state, "page_pictures"):
        request.app.state.page_pictures = Bounded[bytes](_MOST)
    pictures: Bounded[bytes] = request.app.state.page_pictures
    return pictures


async def now(request: Request) -> Response:
    """A page as it is."""
    data = _kept(request).get(request.url.path)
    if data is not None:
        return Response(data, media_type="image/png", headers={"cache-control": _KEEP})
    seen = await open_text(request)
    found = _page(seen, request) if seen is not None else None
    # Another drawing by now: its picture would be of something that the page's words don't speak of.
    if seen is None or found is None or found[1].look not in request.path_params["name"]:
        return PlainTextResponse("this page is drawn otherwise now: load the text again", 404)
    output = seen.view.review_case.workspace.output
    data = await to_thread.run_sync(lambda: page_picture(output, *found, dpi_of(found[1])))
    _kept(request).put(request.url.path, data)
    return Response(data, media_type="image/png", headers={"cache-control": _KEEP})


async def was(request: Request) -> Response:
    """A page as the reader signed it."""
    seen = await open_text(request)
    found = _page(seen, request) if seen is not None else None
    if seen is None or found is None:
        return PlainTextResponse("there is no such page", 404)
    output = seen.view.review_case.workspace.output
    data = await to_thread.run_sync(lambda: signed_picture(output, found[1], dpi_of(found[1])))
    if data is None:
        return PlainTextResponse("the file that was signed is not kept on this machine", 404)
    return Response(data, media_type="image/png")


async def screen(request: Request) -> Response:
    """A web page's proof, without any right to run or load something."""
    seen = await open_text(request)
    names = request.path_params
    for paper in seen.view.papers if seen is not None else ():
        if paper.is_screen and (paper.product, paper.clinic.id) == (names["product"], names["clinic"]):
            assert seen is not None
            data = published_bytes(Store(seen.view.review_case.workspace.output).current, paper.record.path)
            return HTMLResponse(data, headers={"content-security-policy": _SCREEN})
    return PlainTextResponse("there is no such page", 404)


ROUTES: Final = [
    Route("/review/{locale}/{document}/pages/{product}/{clinic}/{name}", now),
    Route("/review/{locale}/{document}/was/{product}/{clinic}/{name}", was),
    Route("/review/{locale}/{document}/screen/{product}/{clinic}", screen),
]
