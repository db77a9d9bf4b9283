"""What a face answers with: a page in the visitor's language, and findings as a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from pressroom.diagnostics import Diagnostic
from pressroom.pages import LANGUAGES, chosen_language, render, static_version
from pressroom.pages.words import translations
from pressroom.web.open_project import OpenProject
from pressroom.web.settings import ServeSettings

LANGUAGE_COOKIE: Final = "language"
# The style sheet of the project's colours.
BRAND: Final = "/brand.css"


def project_of(request: Request) -> OpenProject:
    """The open project."""
    project: OpenProject = request.app.state.project
    return project


def settings_of(request: Request) -> ServeSettings:
    """How the server was called."""
    settings: ServeSettings = request.app.state.settings
    return settings


def language_of(request: Request) -> str:
    """The interface's language: as the address says, as was chosen before, or as the browser wants."""
    wanted = [request.query_params.get("lang", "")]
    if not settings_of(request).verify_only:
        wanted.append(request.cookies.get(LANGUAGE_COOKIE, ""))
    wanted += [part.partition(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return chosen_language(tag for tag in wanted if tag)


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page. Its template sees `values`, and what every page needs: the faces, the visitor, the token of forms."""
    language = language_of(request)
    face = template.partition("/")[0]
    common = {
        "faces": [] if settings_of(request).verify_only else _faces(language),
        "face": face,
        "static": f"/static/{static_version()}",
        "in_language": {tag: _in_language(request, tag) for tag in LANGUAGES},
        "visitor": getattr(request.state, "visitor", None),
        "token": request.state.token,
        "enter": not settings_of(request).verify_only,
        "public": settings_of(request).is_public,
        "here": request.url.path,
        "not_committed": committer.problem if (committer := request.app.state.committer) is not None else None,
    }
    if not settings_of(request).verify_only:
        # The layouts are no part of the log.
        common["brand"] = BRAND
    answer = HTMLResponse(render(template, language, **common, **values), status)
    if request.query_params.get("lang") in LANGUAGES and not settings_of(request).verify_only:
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=31_536_000, httponly=True, samesite="strict")
    return answer


def refused(
    request: Request, title: str, findings: Iterable[Diagnostic], status: int = 409, **values: object
) -> HTMLResponse:
    """A page that says why something can't be done, and what to do."""
    return page(request, "refused.html", status, title=title, findings=tuple(findings), **values)


def _in_language(request: Request, tag: str) -> str:
    """The same address with the interface in another language; what a form answered has no address of its own."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    # Two slashes at the beginning would name another host.
    path = "/" + request.scope["path"].lstrip("/\\") if request.method in ("GET", "HEAD") else "/"
    return f"{quote(path)}?{urlencode([*kept, ('lang', tag)])}"


def _faces(language: str) -> list[tuple[str, str, str]]:
    gettext = translations(language).gettext
    return [
        ("overview", "/", gettext("Overview")),
        ("translate", "/translate", gettext("Translate")),
        ("review", "/review", gettext("Review")),
        ("desk", "/desk/", gettext("Print desk")),
        ("verify", "/verify", gettext("Verify")),
    ]
