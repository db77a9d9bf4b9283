"""The print desk face: the pages of the desk's folder, as of now, and what only a server can do.

It prints without leaving the page, remembers clinic and paper, finds a language without scripts, and takes a clinic's
word that it pulled the papers of a recall.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pressroom.commands.building.desk_entries import Tray
from pressroom.commands.building.desk_folder import language_values, list_values
from pressroom.commands.building.desk_pictures import FOLDER, NAME
from pressroom.commands.building.desk_view import Place
from pressroom.commands.building.desk_words import DeskWords
from pressroom.commands.signing.confirm import confirm_pulled
from pressroom.fingerprint import content_hash
from pressroom.pages import LANGUAGES
from pressroom.pages.words import autonym, translations
from pressroom.planning.named import UsageError
from pressroom.publish.store import published_bytes
from pressroom.web.commits import committed
from pressroom.web.respond import language_of, page, project_of, settings_of
from pressroom.web.served_desk import ServedDesk, ServedLinks, served_desk
from pressroom.workspace.workspace import Workspace

REMEMBERED: Final = "desk"
_YEAR: Final = 31_536_000
# A browser's own viewer of PDF files runs in the file's document, and must be allowed to.
_FILE_POLICY: Final = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_KINDS: Final = {".pdf": "application/pdf", ".html": "text/html; charset=utf-8"}


def _show(request: Request, template: str, desk: ServedDesk, **shown: object) -> Response:
    language = language_of(request)
    gettext = translations(language).gettext
    return page(
        request,
        template,
        200,
        at=ServedLinks(desk.pictures),
        words=DeskWords(language),
        notes=desk.notes,
        in_folder=False,
        released=True,
        printer="",
        heading=gettext("Print desk"),
        as_of=desk.today,
        good_until=None,
        interfaces=[(tag, autonym(tag), f"?lang={tag}") for tag in LANGUAGES],
        **shown,
    )


async def start(request: Request) -> Response:
    """Where a clinic and a paper are chosen; the desk that this browser remembers, unless another is to be chosen."""
    desk = await served_desk(request)
    clinic, _, paper = request.cookies.get(REMEMBERED, "").partition("/")
    for place in desk.clinics:
        for tray in place.trays:
            if (place.clinic.id, tray.slug) == (clinic, paper) and "choose" not in request.query_params:
                return RedirectResponse(f"/desk/{clinic}/{paper}/", 303)
    recalled = [place for place in desk.clinics if place.to_pull]
    anything = any(place.languages for place in desk.clinics)
    return _show(
        request, "desk/clinics.html", desk, places=desk.clinics, anything=anything, recalled=recalled, place=None
    )


def _tray(request: Request, place: Place) -> Tray:
    found = next((tray for tray in place.trays if tray.slug == request.path_params["paper"]), None)
    if found is None:
        raise HTTPException(404)
    return found


async def languages(request: Request) -> Response:
    """The languages at a clinic; with `q` those that it finds, or the only one at once."""
    desk = await served_desk(request)
    place = desk.place(request.path_params["clinic"])
    tray, asked = _tray(request, place), request.query_params.get("q", "")[:100]
    words = DeskWords(language_of(request))
    found = [one for one in place.languages if words.is_found(one, asked)]
    if asked.strip() and len(found) == 1:
        return RedirectResponse(f"/desk/{place.clinic.id}/{tray.slug}/{quote(found[0].name)}", 303)
    values = list_values(place, tray, asked=asked, found=found)
    answer = _show(request, "desk/list.html", desk, **values)
    secure = settings_of(request).is_public
    remembered = f"{place.clinic.id}/{tray.slug}"
    answer.set_cookie(REMEMBERED, remembered, max_age=_YEAR, path="/desk", httponly=True, samesite="lax", secure=secure)
    return answer


async def language(request: Request) -> Response:
    """The pieces in a language."""
    desk = await served_desk(request)
    place = desk.place(request.path_params["clinic"])
    one = next((one for one in place.languages if one.name == request.path_params["name"]), None)
    if one is None:
        raise HTTPException(404)
    return _show(request, "desk/language.html", desk, **language_values(place, _tray(request, place), one))


async def shop(request: Request) -> Response:
    """The files for a print shop and for the web."""
    desk = await served_desk(request)
    place = desk.place(request.path_params["clinic"])
    return _show(request, "desk/shop.html", desk, place=place, tray=place.trays[0], previews=[])


async def file(request: Request) -> Response:
    """A file that is at the desk now, or a picture of one; no other file of the output."""
    path = request.path_params["path"]
    folder, _, name = path.partition("/")
    desk = await served_desk(request)
    try:
        if folder == FOLDER and NAME.fullmatch(name):
            data = await to_thread.run_sync(published_bytes, desk.output / "desk" / FOLDER, name)
            return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=86400"})
        if path in desk.files:
            data = await to_thread.run_sync(published_bytes, (desk.output / folder).resolve(), name)
            # The list was made some time ago: what is printed must be the released file to the byte.
            if content_hash(data) != desk.files[path].sha256:
                raise HTTPException(404)
            kind = _KINDS.get(Path(name).suffix, "application/octet-stream")
            return Response(data, media_type=kind, headers={"content-security-policy": _FILE_POLICY})
    except OSError:
        raise HTTPException(404) from None
    raise HTTPException(404)


async def confirm(request: Request) -> Response:
    """Write a clinic's word that it pulled the papers of a recall."""
    form, settings, project = await request.form(), settings_of(request), project_of(request)
    clinic, number = request.path_params["clinic"], request.path_params["number"]
    papers, name, back = (str(form.get(field, "")) for field in ("papers", "name", "back"))

    def write(workspace: Workspace) -> Path:
        return confirm_pulled(workspace, clinic, number, papers, name, settings.today())

    try:
        path = await project.ask(write)
    except UsageError as error:
        gettext = translations(language_of(request)).gettext
        problem = {"message": str(error), "hint": error.hint}
        return page(request, "refused.html", 400, title=gettext("This was not confirmed"), findings=[problem])
    await to_thread.run_sync(project.written, [path])
    await committed(request, [path], f"recall {number}: the papers were pulled at {clinic}", name)
    project.hub.send("confirmed", clinic=clinic, recall=number, many=papers, by=name)
    inside = back.startswith(f"/desk/{clinic}/") and "//" not in back and "\\" not in back
    return RedirectResponse(back if inside else "/desk/", 303)


ROUTES: Final = [
    Route("/desk/", start),
    Route("/desk/-/{path:path}", file),
    Route("/desk/{clinic}/shop", shop),
    Route("/desk/{clinic}/recalls/{number}", confirm, methods=["POST"]),
    Route("/desk/{clinic}/{paper}/", languages),
    Route("/desk/{clinic}/{paper}/{name}", language),
]
