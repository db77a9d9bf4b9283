"""Signing on a page: offers the record that a visitor would sign, and takes the form that comes back.

A face calls `offer` for the page that shows what is signed, and `take` for its form. The template writes the form with
the macros of `keys/parts.html`; `static/js/passkey.js` asks the browser for the passkey.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from pressroom.approval.passkey import Passkey, base64url
from pressroom.approval.passkey_signature import Assertion, read_answer
from pressroom.approval.signature import SignatureError
from pressroom.commands.signing.browser_signer import named_in_browser
from pressroom.commands.signing.passkey_signing import (
    Deed,
    Done,
    PendingRecord,
    RecordChanged,
    accept,
    pending_record,
)
from pressroom.commands.signing.signer import Named
from pressroom.planning.named import UsageError
from pressroom.web.commits import committed
from pressroom.web.rates import Rate, Rates, client_of
from pressroom.web.respond import page, project_of, settings_of
from pressroom.web.sessions import Sessions, Visitor
from pressroom.workspace.workspace import Workspace

# One person needs one attempt; a ward that comes to work, some dozens.
ATTEMPTS: Final = Rate(burst=20, second=0.2), Rate(burst=200, second=5)
T = TypeVar("T")
# The fields of a form that the page's script fills in.
ANSWER: Final = ("credential", "authenticator-data", "client-data", "signature")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page needs to have a record signed: the name of the record that waits, and what the passkey signs.

    `challenge`, `credential` and `rp_id` are as the browser gets them; all are empty if a name alone signs.
    """

    id: str
    pending: PendingRecord
    challenge: str = ""
    credential: str = ""
    rp_id: str = ""

    @property
    def passkey(self) -> Passkey | None:
        """The passkey that signs."""
        return self.pending.passkey


def sessions_of(request: Request) -> Sessions:
    """The sessions of this server."""
    sessions: Sessions = request.app.state.sessions
    return sessions


def visitor_of(request: Request) -> Visitor | None:
    """Who is at the browser."""
    visitor: Visitor | None = request.state.visitor
    return visitor


def attempt(request: Request) -> int:
    """Count an attempt to sign in, or to find out who is listed: 0 if it may be made now, else the seconds to wait."""
    client = client_of(request.scope, request.headers, settings_of(request))
    attempts: Rates = request.app.state.attempts
    return attempts.wait(client, time.monotonic())


async def offer(request: Request, deed: Deed, *, passkey: str = "", apart: bool = False) -> Offer | Done:
    """The record that the visitor would sign; a deed that needs no record is done at once.

    `passkey` is the fingerprint of one of theirs; without it, the one with which they signed in, or their first that
    signs in the deed's role. What takes long is done `apart`, in a workspace of its own, so that other pages need not
    wait. Raises DiagnosticError with every reason why they can't do it, and UsageError.
    """
    visitor, settings = visitor_of(request), settings_of(request)
    today, visitor = settings.today(), visitor or Visitor("", "", "")
    # What takes something back is signed only if the page asks for it.
    preferred = passkey or ("" if deed.optional else visitor.passkey)
    who = Named(visitor.id, name=visitor.name, qualification=visitor.qualification, passkey=preferred)

    def prepare(workspace: Workspace) -> PendingRecord | Done:
        named = named_in_browser(workspace, deed, who, settings.origin, today)
        return pending_record(workspace, deed, named, today)

    prepared = await _ask(request, prepare, apart=apart)
    if isinstance(prepared, Done):
        return await saved(request, prepared)
    id = sessions_of(request).put_pending(request.state.session, prepared)
    if prepared.passkey is None:
        return Offer(id, prepared)
    key = prepared.passkey
    return Offer(id, prepared, base64url(prepared.challenge), base64url(key.credential), key.rp_id)


async def _ask(request: Request, work: Callable[[Workspace], T], *, apart: bool) -> T:
    """The result of `work` on the project's workspace, or on one of its own."""
    if not apart:
        return await project_of(request).ask(work)
    own = await project_of(request).ask(Workspace.reopened)
    return await to_thread.run_sync(work, own)


async def take(request: Request, form: Mapping[str, object], *, apart: bool = False) -> Done:
    """Write the record of a form with its signature; `apart` as in `offer`.

    Raises:
        SignatureError: the passkey did not sign this record, or the form was sent before.
        RecordChanged: something changed since the page was made.
        DiagnosticError: the visitor may not do this any more.
    """
    pending = sessions_of(request).take_pending(request.state.session, str(form.get("pending", "")))
    if pending is None:
        raise SignatureError("this page was sent before, or is too old: load it again, and sign what it shows then")
    assertion, today = _assertion(form) if pending.passkey is not None else None, settings_of(request).today()
    done = await _ask(request, lambda workspace: accept(workspace, pending, assertion, today), apart=apart)
    return await saved(request, done)


async def saved(request: Request, done: Done) -> Done:
    """Tell all pages what was written, and commit it; that git refuses is a finding, for the record is written."""
    await to_thread.run_sync(project_of(request).written, done.written)
    problem = (
        await committed(request, done.written, f"{done.record or done.written[0]}: saved") if done.written else None
    )
    return replace(done, findings=(*done.findings, problem)) if problem is not None else done


def _assertion(form: Mapping[str, object]) -> Assertion:
    try:
        return read_answer({name: form.get(name) for name in ANSWER})
    except ValueError as error:
        raise SignatureError(f"the browser's answer can't be read: {error}") from None


def not_signed(request: Request, error: Exception) -> Response:
    """The page that says why nothing was written: what changed meanwhile, or what is wrong with the signature."""
    changes = error.changes if isinstance(error, RecordChanged) else ()
    return page(request, "keys/not_signed.html", 409, changes=changes, reason=str(error))


# What the application answers to the errors of `take` and `offer`.
NOT_SAVED: Final = {RecordChanged: not_signed, SignatureError: not_signed, UsageError: not_signed}
