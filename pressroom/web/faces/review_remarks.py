"""Remarks on messages and pages, and the return of a text to its translator."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pressroom.commands.catalogs.edit_message import Editor, Refused
from pressroom.commands.catalogs.remarks import (
    change_english_remarks,
    delete_remark,
    make_remark,
    write_remark,
)
from pressroom.commands.signing.deeds import ReturnText
from pressroom.commands.signing.passkey_signing import Done
from pressroom.commands.signing.reviewed_messages import ReviewedMessage, catalog_of
from pressroom.diagnostics import DiagnosticError
from pressroom.language import ENGLISH
from pressroom.planning.named import UsageError
from pressroom.web.respond import page, project_of, refused, settings_of
from pressroom.web.reviewing import Reviewed, address_of, done_by_name, open_text, words
from pressroom.web.signing import saved
from pressroom.workspace.workspace import Workspace

SEE_OTHER: Final = 303
_LONGEST: Final = 4000
_PAGE: Final = re.compile(r"([a-z0-9-]{1,40}), page (\d{1,3})")


async def remark(request: Request) -> Response:
    """Add a remark, delete one that is dealt with, or return the message that it is on."""
    seen = await open_text(request)
    form = await request.form()
    about, text = str(form.get("about", "")), str(form.get("text", ""))[:_LONGEST]
    if seen is None or seen.view.reader is None or seen.identity is None:
        return page(request, "review/missing.html", 404)
    message = _message(seen, about)
    if form.get("act") == "return" and message is not None:
        return await _returned(request, seen, (message.number,), text)
    line = str(form.get("line", ""))
    if line or text.strip():
        done = await project_of(request).ask(lambda workspace: _change(workspace, request, seen, about, text, line))
        if isinstance(done, Refused):
            return refused(request, words(request)("The remark was not saved"), done.findings)
        await saved(request, Done("", written=done))
    anchor = about if message is not None else "pages"
    return RedirectResponse(f"{address_of(request)}#{anchor}", SEE_OTHER)


def _message(seen: Reviewed, about: str) -> ReviewedMessage | None:
    return next((message for message in seen.view.messages if f"m{message.number}" == about), None)


def _change(
    workspace: Workspace, request: Request, seen: Reviewed, about: str, text: str, line: str
) -> Refused | tuple[str, ...]:
    """Change the remarks; returns what was written."""
    case, reader = seen.view.review_case, seen.view.reader
    assert reader is not None
    message, today = _message(seen, about), settings_of(request).today()
    at = _PAGE.fullmatch(about)
    said = "" if message is None else message.text
    new = make_remark(today, reader.name, reader.role, text, said=said, page=about if at else "")
    if case.language.tag == ENGLISH:
        change_english_remarks(workspace, case.document.name, add=None if line else new, delete=line)
        return (f"source/remarks/{case.document.name}.toml",)
    # A remark on a page is with the title, which every piece has.
    subject = message.message if message is not None else case.document.front.title
    name, editor = catalog_of(case, subject), Editor(f"{today} 00:00+0000")
    done = (
        delete_remark(workspace, name, case.language, subject.key, line, editor)
        if line
        else write_remark(workspace, name, case.language, subject.key, new, editor)
    )
    return done if isinstance(done, Refused) else tuple(workspace.relative(path) for path in done.written)


async def return_text(request: Request) -> Response:
    """Return messages, or the whole text, to the translator."""
    seen = await open_text(request)
    if seen is None or seen.view.reader is None:
        return page(request, "review/missing.html", 404)
    form = await request.form()
    numbers = tuple(int(str(n)) for n in form.getlist("number") if str(n).isdecimal() and len(str(n)) < 6)
    return await _returned(request, seen, numbers, str(form.get("text", ""))[:_LONGEST])


async def _returned(request: Request, seen: Reviewed, numbers: tuple[int, ...], text: str) -> Response:
    case, reader = seen.view.review_case, seen.view.reader
    assert reader is not None
    if not text.strip():
        return page(
            request,
            "review/return_why.html",
            400,
            case=case,
            at=address_of(request),
            numbers=numbers,
            action=address_of(request, "return"),
        )
    deed = ReturnText(case.document.name, case.language.tag, numbers, text, case.workspace.output)
    try:
        done = await done_by_name(request, deed)
    except UsageError as error:
        return refused(request, str(error), ())
    except DiagnosticError as error:
        return refused(request, words(request)("It was not returned"), error.problems)
    project_of(request).hub.send("returned", document=case.document.name, locale=case.language.tag, by=reader.name)
    return page(request, "review/returned.html", case=case, at=address_of(request), count=done.report)


ROUTES: Final = [
    Route("/review/{locale}/{document}/remarks", remark, methods=["POST"]),
    Route("/review/{locale}/{document}/return", return_text, methods=["POST"]),
]
