"""The translate face: a document's pages with the message behind each word, for translators and authors."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pressroom.web.faces import translate_write
from pressroom.web.faces.translate_choice import BASE, choose, language_named
from pressroom.web.faces.translate_lists import document_rows, language_rows
from pressroom.web.faces.translate_render import LONG, SOON, Answer, chosen, document, number_in, part
from pressroom.web.faces.translate_write import undoable
from pressroom.web.respond import page, project_of


async def start(request: Request) -> Response:
    """The languages; or, from the form that changes what is shown, the address of that."""
    query = request.query_params
    names = [query.get(name, "") for name in ("locale", "document", "product", "clinic")]
    if names[0] and names[1]:
        choice = await project_of(request).ask(lambda workspace: choose(workspace, *names))
        if choice is None:
            raise HTTPException(404)
        return RedirectResponse(choice.at(), 303)
    own, english, invented = await project_of(request).ask(language_rows)
    return page(request, "translate/page.html", rows=own, english=english, invented=invented)


async def language(request: Request) -> Response:
    """The documents in a language."""
    project, tag = project_of(request), request.path_params["locale"]
    found = await project.ask(lambda workspace: language_named(workspace, tag))
    if found is None:
        raise HTTPException(404)
    if found.tag != tag:
        return RedirectResponse(f"{BASE}/{found.tag}", 303)
    rows = await project.ask(lambda workspace: document_rows(workspace, found))
    refused = await project.ask(lambda workspace: workspace.documents().refused)
    findings = [finding for reasons in refused.values() for finding in reasons]
    return page(request, "translate/language.html", of=found, rows=rows, findings=findings)


async def show(request: Request) -> Response:
    """A document in a language."""
    choice = await chosen(request)
    if choice is None:
        raise HTTPException(404)
    query = request.query_params
    answer = Answer(number_in(query, "m"), undoable=undoable(request, choice))
    return await document(request, choice, answer, LONG if query.get("wait") else SOON)


async def show_part(request: Request) -> Response:
    """The pages or the messages of a document as they are now, for the script."""
    choice = await chosen(request)
    if choice is None:
        raise HTTPException(404)
    answer = Answer(number_in(request.query_params, "m"), undoable=undoable(request, choice))
    return await part(request, choice, request.path_params["part"], answer, LONG)


ROUTES: Final = [
    Route("/translate", start),
    Route("/translate/{locale}", language),
    Route("/translate/{locale}/{document}", show),
    Route("/translate/{locale}/{document}/part/{part}", show_part),
    *translate_write.ROUTES,
]
