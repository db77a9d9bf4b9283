"""The verify face: what is this paper? Asked by its small print or with its file; answered in one word."""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import date
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from anyio import Lock, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pressroom.commands.releasing.papers import Paper, Register, log_mark, open_register
from pressroom.commands.releasing.verify import read_bytes
from pressroom.pages import LANGUAGES
from pressroom.pages.words import translations
from pressroom.web.forms import BodyError, uploaded
from pressroom.web.open_project import OpenProject
from pressroom.web.respond import language_of, page, project_of, settings_of
from pressroom.workspace.workspace import Workspace

# Where a browser may send a file.
FILES: Final = frozenset({"/verify"})
# A control line has 80 characters.
_LONGEST: Final = 200
_LETTERS: Final = re.compile("[0-9A-Fa-f]{8}")
_KEEP: Final = "public, max-age=31536000, immutable"
# Seconds that a public answer may be kept: a recall is known everywhere a minute later.
_SHORT: Final = "public, max-age=60"
# Bytes of pictures that are kept; a page has some 30 kB.
_PICTURES: Final = 64_000_000


class _Papers:
    """The register of the project as it is now, and the pictures that were drawn last."""

    def __init__(self, project: OpenProject, *, by_log: bool) -> None:
        self._project, self._by_log = project, by_log
        self._made: tuple[object, date, Register] | None = None
        self._drawn: OrderedDict[str, tuple[bytes, ...]] = OrderedDict()
        self._drawing = Lock()

    def register(self, workspace: Workspace, today: date) -> Register:
        """What was released, as the files are now. Call it, and ask it, while no one else uses the workspace."""
        mark: object = log_mark(workspace) if self._by_log else self._project.mark
        if self._made is None or self._made[:2] != (mark, today):
            self._made = mark, today, open_register(workspace, today, by_log=self._by_log)
        return self._made[2]

    async def picture(self, sha256: str, number: int, today: date) -> bytes | None:
        """A page of a released file, from 1; None if there is no such page."""
        register = await self._project.ask(lambda workspace: self.register(workspace, today))
        if sha256 not in register.by_sha256:
            # What was recalled is drawn no more, also if it once was.
            return None
        async with self._drawing:
            if sha256 not in self._drawn:
                self._drawn[sha256] = await to_thread.run_sync(register.pictures, sha256, abandon_on_cancel=True)
                while sum(len(png) for pages in self._drawn.values() for png in pages) > _PICTURES:
                    self._drawn.popitem(last=False)
        pages = self._drawn.get(sha256, ())
        return pages[number - 1] if 0 < number <= len(pages) else None


def _papers(app: Starlette) -> _Papers:
    state = app.state
    if not hasattr(state, "papers"):
        state.papers = _Papers(state.project, by_log=state.settings.verify_only)
    papers: _Papers = state.papers
    return papers


async def get_ready(app: Starlette) -> None:
    """Read the log before the first question."""
    today = app.state.settings.today()
    await app.state.project.ask(lambda workspace: _papers(app).register(workspace, today))


def _one_word(line: str) -> str:
    """The eight letters alone, also if they were typed in groups; anything else as it is."""
    together = re.sub(r"[\s-]+", "", line)
    return together if _LETTERS.fullmatch(together) else line


async def start(request: Request) -> Response:
    """The two questions; an address that asks with `line` leads to that of its answer."""
    line = _one_word(request.query_params.get("line", "").strip()[:_LONGEST])
    if not line:
        return _page(request)
    lang = request.query_params.get("lang", "")
    return RedirectResponse(f"/verify/{quote(line, safe='')}{f'?lang={lang}' if lang in LANGUAGES else ''}#answer", 303)


async def answer(request: Request) -> Response:
    """What a paper is, by its small print."""
    line, today = _one_word(request.path_params["line"].strip()[:_LONGEST]), settings_of(request).today()
    papers = _papers(request.app)
    paper = await project_of(request).ask(lambda workspace: papers.register(workspace, today).paper(line))
    return _page(request, paper, asked=line)


async def file(request: Request) -> Response:
    """What a file is that was sent. It is read in a process of its own, in memory, and forgotten."""
    _ = translations(language_of(request)).gettext
    try:
        sent = await uploaded(request, "file")
    except BodyError as error:
        return _page(request, problem=_("The file did not arrive whole. Send it again."), status=error.status)
    if sent is None or not sent[1]:
        return _page(request, problem=_("Choose a file first."), status=400)
    papers, today = _papers(request.app), settings_of(request).today()
    name = PurePosixPath(sent[0].replace("\\", "/")).name[:_LONGEST]
    # While others use the workspace: a hostile file may take a while.
    found = await to_thread.run_sync(read_bytes, sent[1], abandon_on_cancel=True)
    paper = await project_of(request).ask(lambda workspace: papers.register(workspace, today).file(name, found))
    return _page(request, paper, name=name)


async def picture(request: Request) -> Response:
    """A page of a released file as a picture; its address holds the file's hash, so a browser may keep it."""
    named = _PICTURE.fullmatch(request.path_params["name"])
    png = None
    if named is not None:
        png = await _papers(request.app).picture(named[1], int(named[2]), settings_of(request).today())
    if png is None:
        raise HTTPException(404)
    return Response(png, media_type="image/png", headers={"cache-control": _KEEP})


_PICTURE: Final = re.compile(r"([0-9a-f]{64})-([0-9]{1,3})\.png")


def _page(
    request: Request,
    paper: Paper | None = None,
    *,
    asked: str = "",
    name: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    settings = settings_of(request)
    lang = request.query_params.get("lang", "")
    shown = page(
        request,
        "verify/page.html",
        status,
        paper=paper,
        asked=asked,
        name=name,
        problem=problem,
        by_log=settings.verify_only,
        chosen=lang if lang in LANGUAGES else "",
        today=settings.today(),
    )
    if settings.verify_only and request.method != "POST":
        shown.headers["cache-control"] = _SHORT
        shown.headers["vary"] = "Accept-Language"
    return shown


ROUTES: Final = [
    Route("/verify", start),
    Route("/verify", file, methods=["POST"]),
    Route("/verify/picture/{name}", picture),
    Route("/verify/{line:path}", answer),
]
