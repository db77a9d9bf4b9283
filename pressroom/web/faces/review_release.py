"""The releaser's page, and recalls: what can be released, its release, and how a text is taken back from patients."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pressroom.approval import Release
from pressroom.approval.releases import RELEASE
from pressroom.approval.roles import RELEASER
from pressroom.approval.signature import SignatureError
from pressroom.commands.releasing.ready import ReadyReport, ready_report
from pressroom.commands.releasing.release_deed import ReleasePieces
from pressroom.commands.signing.deeds import RecallDocument
from pressroom.commands.signing.passkey_signing import Done, RecordChanged
from pressroom.commands.signing.withdraw import Recalled, released_of
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.language import UnknownLanguage
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request as PieceRequest
from pressroom.publish import KEPT
from pressroom.web.respond import page, project_of, settings_of
from pressroom.web.reviewing import done_by_name, identity_of
from pressroom.web.signing import Offer, offer, take
from pressroom.workspace.workspace import Workspace

_LONGEST: Final = 2000
# The server's other work needs a core.
_JOBS: Final = max(1, len(os.sched_getaffinity(0)) - 1)


async def start(request: Request) -> Response:
    """What can be released, what is, and why the rest can't be."""
    return await _start(request)


async def _start(
    request: Request,
    status: int = 200,
    problems: tuple[Diagnostic, ...] = (),
    changes: tuple[str, ...] = (),
    problem: str = "",
) -> Response:
    today, me = settings_of(request).today(), identity_of(request)

    def read(workspace: Workspace) -> tuple[ReadyReport, bool]:
        people = workspace.people().value
        listed = people.by_id.get(me.id) if people is not None and me is not None else None
        return ready_report(workspace, today), people is None or (listed is not None and listed.releaser)

    report, may = await project_of(request).ask(read)
    return page(
        request,
        "review/release.html",
        status,
        report=report,
        me=me,
        may=may and me is not None,
        problems=problems,
        changes=changes,
        problem_text=problem,
    )


async def release(request: Request) -> Response:
    """Show what would be released, or release what was shown."""
    if identity_of(request) is None:
        return await _start(request, 403)
    form = await request.form()
    try:
        if form.get("pending"):
            return _done(request, await take(request, dict(form), apart=True))
        texts = [str(text).partition("/") for text in form.getlist("text")][:2000]
        wanted = PieceRequest(tuple({name: None for name, _, _ in texts}), tuple({tag: None for _, _, tag in texts}))
        if not texts:
            return await _start(request, 400)
        output = await project_of(request).ask(lambda workspace: workspace.output)
        deed = ReleasePieces(wanted, output, KEPT, _JOBS, new_people=bool(form.get("new-people")))
        offered = await offer(request, deed, apart=True)
    except RecordChanged as error:
        return await _start(request, 409, changes=error.changes)
    except (SignatureError, UsageError) as error:
        return await _start(request, 409, problem=str(error))
    except DiagnosticError as error:
        return await _start(request, 409, problems=error.problems)
    if isinstance(offered, Done):
        return _done(request, offered)
    return page(request, "review/release_check.html", offer=offered, record=_record(offered), role=RELEASER)


def _record(offered: Offer) -> Release:
    return RELEASE.read(offered.pending.record.decode(), PurePosixPath(offered.pending.path).name)


def _done(request: Request, done: Done) -> Response:
    project_of(request).hub.send("standing", record=done.record)
    return page(request, "review/released.html", done=done, report=done.report)


async def ask_recall(request: Request) -> Response:
    """What a recall would take back, and why: it is asked before it is done."""
    return await _recall(request)


async def _recall(request: Request, status: int = 200, problem: str = "") -> Response:
    document, locale = request.path_params["document"], request.query_params.get("locale", "")
    try:
        rows = await project_of(request).ask(lambda workspace: released_of(workspace, document, locale))
    except UnknownLanguage:
        return page(request, "review/missing.html", 404)
    return page(
        request,
        "review/recall.html",
        status,
        document=document,
        locale=locale,
        rows=rows,
        me=identity_of(request),
        problem=problem,
        action=f"/review/recall/{document}" + (f"?locale={locale}" if locale else ""),
    )


async def recall(request: Request) -> Response:
    """Recall the document in the language that the address names, in all languages if it names none."""
    document, locale = request.path_params["document"], request.query_params.get("locale", "")
    form = await request.form()
    reason = str(form.get("reason", "")).strip()[:_LONGEST]
    if identity_of(request) is None or not reason or not form.get("sure"):
        return await _recall(request, 400)
    output = await project_of(request).ask(lambda workspace: workspace.output)
    try:
        done = await done_by_name(request, RecallDocument(document, locale, reason, output))
    except (UsageError, UnknownLanguage, SignatureError, DiagnosticError) as error:
        return await _recall(request, 409, str(error))
    assert isinstance(done.report, Recalled)
    project_of(request).hub.send("recalled", document=document, locale=locale)
    return page(request, "review/recalled.html", document=document, done=done, report=done.report)


ROUTES: Final = [
    Route("/review/release", start),
    Route("/review/release", release, methods=["POST"]),
    Route("/review/recall/{document}", ask_recall),
    Route("/review/recall/{document}", recall, methods=["POST"]),
]
