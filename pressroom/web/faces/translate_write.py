"""Saves what translators and authors write, takes it back, and passes questions on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from anyio import to_thread
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pressroom.commands.catalogs.edit_message import (
    Edit,
    Editor,
    Refused,
    Saved,
    ask_author,
    close_question,
    edit_message,
    undo_edit,
)
from pressroom.commands.catalogs.edit_source import SourceEdit, SourceRefused, SourceSaved, edit_source, undo_source
from pressroom.commands.catalogs.translation_view import translation_view
from pressroom.web.commits import committed
from pressroom.web.faces.translate_choice import Choice
from pressroom.web.faces.translate_history import History
from pressroom.web.faces.translate_render import Answer, Conflict, chosen, document, number_in, part
from pressroom.web.faces.translate_show import next_unfinished
from pressroom.web.respond import project_of, settings_of
from pressroom.web.signing import visitor_of
from pressroom.workspace.workspace import LAYOUTS, Workspace

# How the script of a page asks: it gets the part of the page that has the messages.
_SCRIPT: Final = "x-part"
Change = Saved | SourceSaved
Refusal = Refused | SourceRefused
Work = Callable[[Workspace, Choice, FormData, Editor], Change | Refusal]


async def save(request: Request) -> Response:
    """Write a message, or a block of a source."""
    return await _done(request, _save)


async def undo(request: Request) -> Response:
    """Take back the last change of a message in this browser."""
    history = history_of(request)

    def work(workspace: Workspace, choice: Choice, form: FormData, editor: Editor) -> Change | Refusal:
        key = _key(request, choice, form)
        last = history.last(key)
        history.forget(key)
        if isinstance(last, SourceSaved):
            return undo_source(workspace, choice.document, last)
        if last is None:
            return Refused("gone")
        return undo_edit(workspace, _catalog(choice, form), choice.language, last, editor)

    return await _done(request, work, is_undo=True)


async def ask(request: Request) -> Response:
    """Write a question to the author into the catalog."""
    return await _done(
        request,
        lambda workspace, choice, form, editor: ask_author(
            workspace, _catalog(choice, form), choice.language, _text(form, "message"), _text(form, "question"), editor
        ),
        is_undo=True,
    )


async def answered(request: Request) -> Response:
    """Take a question away: its answer was read."""
    return await _done(
        request,
        lambda workspace, choice, form, editor: close_question(
            workspace, _catalog(choice, form), choice.language, _text(form, "message"), _text(form, "question"), editor
        ),
        is_undo=True,
    )


def _save(workspace: Workspace, choice: Choice, form: FormData, editor: Editor) -> Change | Refusal:
    texts = tuple(str(text) for text in form.getlist("text"))
    if choice.is_source:
        edit = SourceEdit(number_in(form, "number"), _text(form, "seen"), texts[0] if texts else "")
        return edit_source(workspace, choice.document, edit)
    wanted = Edit(_text(form, "message"), _text(form, "seen"), texts, fuzzy=bool(form.get("fuzzy")))
    return edit_message(workspace, _catalog(choice, form), choice.language, wanted, editor)


async def _done(request: Request, work: Work, *, is_undo: bool = False) -> Response:
    """Do one change, and answer with the page, with a part of it for the script, or with the address of the next."""
    choice = await chosen(request)
    if choice is None or not choice.can_edit:
        raise HTTPException(404)
    project, visitor = project_of(request), visitor_of(request)
    form = await request.form()
    editor = Editor(settings_of(request).now(), visitor.name if visitor is not None else "")
    change = await project.ask(lambda workspace: work(workspace, choice, form, editor))
    number = number_in(form, "number")
    if isinstance(change, Refusal):
        return await _refused(request, choice, form, change, number)
    if change.written:
        await to_thread.run_sync(project.written, change.written)
        await committed(request, change.written, f"{choice.document} in {choice.language.tag}: edited")
        if not is_undo:
            history_of(request).add(_key(request, choice, form), change)
    follow = number if is_undo or form.get("stay") else await _next(request, choice, number)
    if request.headers.get(_SCRIPT):
        answer = Answer(follow, undoable=undoable(request, choice))
        response = await part(request, choice, "messages", answer, 0)
        response.headers["x-next"] = str(follow)
        return response
    return RedirectResponse(f"{choice.at(m=follow, wait=1)}#m{follow}", 303)


async def _refused(request: Request, choice: Choice, form: FormData, why: Refusal, number: int) -> Response:
    """The page, or its messages, with the text that was not saved."""
    texts = tuple(str(text) for text in form.getlist("text"))
    conflict = Conflict(number, why.why, texts, bool(form.get("fuzzy")), why.findings)
    answer = Answer(number, conflict, undoable(request, choice), status=409)
    if request.headers.get(_SCRIPT):
        return await part(request, choice, "messages", answer, 0)
    return await document(request, choice, answer)


async def _next(request: Request, choice: Choice, number: int) -> int:
    """The message to show after one was saved: the next that somebody must look at."""
    if choice.is_source:
        return number
    return await project_of(request).ask(
        lambda workspace: next_unfinished(
            translation_view(workspace, choice.document, choice.language, choice.clinic, choice.layout), number
        )
    )


def history_of(request: Request) -> History[Change]:
    """The changes that can be undone."""
    state = request.app.state
    if not hasattr(state, "translate_history"):
        state.translate_history = History()
    history: History[Change] = state.translate_history
    return history


def undoable(request: Request, choice: Choice) -> set[str]:
    """The messages, by `message` of their forms, whose last change in this browser can be undone."""
    start = (request.state.session, choice.language.tag, choice.document)
    return {key[-1] for key in history_of(request).changed() if key[:3] == start}


def _key(request: Request, choice: Choice, form: FormData) -> tuple[str, ...]:
    return request.state.session, choice.language.tag, choice.document, _text(form, "message")


def _catalog(choice: Choice, form: FormData) -> str:
    """The catalog of a message: the document's, or that of the layouts' words."""
    return LAYOUTS if form.get("catalog") == LAYOUTS else choice.document


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, ""))


_AT: Final = "/translate/{locale}/{document}"
ROUTES: Final = [
    Route(f"{_AT}/save", save, methods=["POST"]),
    Route(f"{_AT}/undo", undo, methods=["POST"]),
    Route(f"{_AT}/ask", ask, methods=["POST"]),
    Route(f"{_AT}/answered", answered, methods=["POST"]),
]
