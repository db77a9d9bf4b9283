"""Check before you sign: what a signature covers and what is missing; the signature, and taking it back."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pressroom.approval.log import entry_id
from pressroom.approval.records import SIGNOFF
from pressroom.approval.signature import SignatureError
from pressroom.commands.signing.deeds import SignText, TakeBackSignature
from pressroom.commands.signing.passkey_signing import RecordChanged
from pressroom.commands.signing.sign import PendingSignature, prepare_signature
from pressroom.commands.signing.signature_sheet import SignatureSheet, signature_sheet
from pressroom.commands.signing.signed_next import signed_next
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.planning.named import UsageError
from pressroom.web.respond import page, project_of, settings_of
from pressroom.web.reviewing import Reviewed, address_of, done_by_name, identity_of, open_text
from pressroom.web.signing import Offer, offer, take
from pressroom.workspace.workspace import Workspace

SEE_OTHER: Final = 303
_LONGEST: Final = 2000
_TEXTS: Final = ("source", "locales", "layouts", "releases")


async def check(request: Request) -> Response:
    """The page before a signature. It offers a button only if nothing is missing."""
    return await _check(request)


async def _check(request: Request, status: int = 200, changes: tuple[str, ...] = (), problem: str = "") -> Response:
    seen = await open_text(request, make=True)
    if seen is None:
        return page(request, "review/missing.html", 404)
    if seen.view.reader is None:
        return RedirectResponse(address_of(request), SEE_OTHER)
    today = settings_of(request).today()
    reader, case = seen.view.reader, seen.view.review_case

    def prepare(workspace: Workspace) -> PendingSignature:
        return prepare_signature(case, reader, workspace.output, today)

    pending = await project_of(request).ask(prepare)
    problems: tuple[Diagnostic, ...] = tuple(pending.problems)
    sheet, offered = _sheet_of(seen, pending), None
    if not seen.missing:
        try:
            offered = await _offer(request, seen)
            sheet, problems = _sheet(seen, offered), ()
        except DiagnosticError as error:
            problems = error.problems
    return page(
        request,
        "review/sign.html",
        status,
        seen=seen,
        view=seen.view,
        case=case,
        sheet=sheet,
        offer=offered,
        problems=problems,
        changes=changes,
        problem_text=problem,
        at=address_of(request),
        action=address_of(request, "sign"),
    )


async def _offer(request: Request, seen: Reviewed) -> Offer:
    case, reader = seen.view.review_case, seen.view.reader
    assert reader is not None
    deed = SignText(case.document.name, case.language.tag, reader.role, case.workspace.output)
    offered = await offer(request, deed, passkey=request.query_params.get("key", ""))
    assert isinstance(offered, Offer)  # a signature always needs a record
    return offered


def _sheet(seen: Reviewed, offered: Offer) -> SignatureSheet:
    """The lines of exactly the bytes that the signature is for."""
    return signature_sheet(seen.view.review_case, PurePosixPath(offered.pending.path).name, offered.pending.record)


def _sheet_of(seen: Reviewed, pending: PendingSignature) -> SignatureSheet | None:
    if pending.record is None:
        return None
    name, text = SIGNOFF.write(pending.record)
    return signature_sheet(seen.view.review_case, name, text.encode())


async def sign(request: Request) -> Response:
    """Write the record that was shown, or say why not: what changed meanwhile, or what is missing."""
    seen = await open_text(request)
    if seen is None or seen.view.reader is None:
        return page(request, "review/missing.html", 404)
    if seen.missing:
        return await _check(request, 409)
    try:
        done = await take(request, dict(await request.form()))
    except RecordChanged as error:
        await _read_again(request)
        return await _check(request, 409, changes=error.changes)
    except SignatureError as error:
        return await _check(request, 409, problem=str(error))
    except DiagnosticError:
        await _read_again(request)
        return await _check(request, 409)
    case = seen.view.review_case
    project_of(request).hub.send(
        "signed", document=case.document.name, locale=case.language.tag, role=seen.view.reader.role
    )
    address = _joined(address_of(request, "signed"), f"record={PurePosixPath(done.record).stem}")
    return RedirectResponse(address, SEE_OTHER)


async def _read_again(request: Request) -> None:
    """Forget the project's texts: what changed may not have been noticed yet."""
    await to_thread.run_sync(project_of(request).written, _TEXTS)


def _joined(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"


async def after(request: Request) -> Response:
    """What was signed, and what happens next."""
    document, locale = request.path_params["document"], request.path_params["locale"]
    id, who = entry_id(document, locale, request.query_params.get("record", "")), identity_of(request)
    if who is None:
        return page(request, "review/missing.html", 404)
    today = settings_of(request).today()
    try:
        after = await project_of(request).ask(lambda w: signed_next(w, document, locale, id, who, today))
    except UsageError:
        return page(request, "review/missing.html", 404)
    return page(request, "review/signed.html", after=after, at=address_of(request), document=document, locale=locale)


async def take_back(request: Request) -> Response:
    """Ask before a signature is taken back, and take it back."""
    seen = await open_text(request)
    role = request.path_params["role"]
    if seen is None or seen.identity is None:
        return page(request, "review/missing.html", 404)
    case, problem = seen.view.review_case, ""
    records = case.signoffs(role)
    if request.method == "POST":
        form = dict(await request.form())
        reason = str(form.get("reason", "")).strip()[:_LONGEST]
        deed = TakeBackSignature(case.document.name, case.language.tag, role, "", reason, case.workspace.output)
        try:
            if reason:
                await done_by_name(request, deed)
                return RedirectResponse(address_of(request), SEE_OTHER)
        except (UsageError, SignatureError, DiagnosticError) as error:
            problem = str(error)
    return page(
        request,
        "review/unsign.html",
        case=case,
        records=records,
        role=role,
        problem=problem,
        at=address_of(request),
        action=address_of(request, "unsign", role),
    )


ROUTES: Final = [
    Route("/review/{locale}/{document}/sign", check),
    Route("/review/{locale}/{document}/sign", sign, methods=["POST"]),
    Route("/review/{locale}/{document}/signed", after),
    Route("/review/{locale}/{document}/unsign/{role}", take_back, methods=["GET", "POST"]),
]
