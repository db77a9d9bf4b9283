"""Who is at the browser: on this machine people say it, behind a proxy they sign in with a passkey."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pressroom.approval.passkey import base64url, rp_id_of
from pressroom.approval.passkey_signature import read_answer
from pressroom.commands.signing.sign_in import SignedIn, SignInError, can_sign_in, signed_in
from pressroom.planning.named import UsageError
from pressroom.web.respond import page, project_of, settings_of
from pressroom.web.sessions import Visitor
from pressroom.web.signing import ANSWER, attempt, sessions_of
from pressroom.workspace.workspace import Workspace

_PURPOSE: Final = "sign in"
_LONGEST: Final = 200


async def ask(request: Request, status: int = 200, problem: str = "") -> Response:
    """The page that asks who is there."""
    settings = settings_of(request)
    origin, today = settings.origin, settings.today()
    challenge = ""
    if settings.is_public:
        challenge = base64url(sessions_of(request).new_challenge(request.state.session, _PURPOSE))

    def read(workspace: Workspace) -> tuple[list[tuple[str, str, str]] | None, bool, bool]:
        people = workspace.people().value
        listed = None if people is None else [(p.id, p.name, p.qualification) for p in people.listed]
        return listed, people is not None and people.use_keys, can_sign_in(workspace, origin, today)

    listed, use_keys, possible = await project_of(request).ask(read)
    return page(
        request,
        "sign_in/page.html",
        status,
        # Behind a proxy nobody learns who works here before they sign in.
        listed=None if settings.is_public else listed,
        use_keys=use_keys,
        possible=possible,
        challenge=challenge,
        rp_id=rp_id_of(origin),
        next=_next(request.query_params.get("next", "")),
        problem=problem,
    )


async def enter(request: Request) -> Response:
    """Remember who is there, and go on to the page that they wanted."""
    if settings_of(request).is_public and (wait := attempt(request)):
        return await ask(request, 429, f"these were too many attempts: try again in {wait} s")
    form = await request.form()
    try:
        visitor = await (_with_passkey if settings_of(request).is_public else _by_name)(request, dict(form))
    except (SignInError, UsageError) as error:
        return await ask(request, 403, str(error))
    # A new cookie: one that somebody else put into this browser before proves nothing.
    request.state.session = sessions_of(request).enter(request.state.session, visitor)
    return RedirectResponse(_next(str(form.get("next", ""))), 303)


async def leave(request: Request) -> Response:
    """Forget who is there."""
    sessions_of(request).leave(request.state.session)
    return RedirectResponse("/sign-in", 303)


async def _with_passkey(request: Request, form: dict[str, object]) -> Visitor:
    settings = settings_of(request)
    challenge = sessions_of(request).take_challenge(request.state.session, _PURPOSE)
    if challenge is None:
        raise SignInError("this page is too old: try again")
    try:
        answer = read_answer({name: form.get(name) for name in ANSWER})
    except ValueError:
        raise SignInError("the browser's answer can't be read: try again") from None
    origin, today = settings.origin, settings.today()

    def check(workspace: Workspace) -> SignedIn:
        return signed_in(workspace, origin, answer, challenge, today)

    found = await project_of(request).ask(check)
    return Visitor(found.person.id, found.person.name, found.person.qualification, found.fingerprint)


async def _by_name(request: Request, form: dict[str, object]) -> Visitor:
    def read(workspace: Workspace) -> Visitor:
        people = workspace.people().value
        if people is None:
            name, qualification = (_line(form.get(field)) for field in ("name", "qualification"))
            if not name:
                raise SignInError("write your name")
            return Visitor("", name, qualification)
        person = people.by_id.get(str(form.get("person", "")))
        if person is None:
            raise SignInError("choose who you are")
        return Visitor(person.id, person.name, person.qualification)

    return await project_of(request).ask(read)


def _line(value: object) -> str:
    text = " ".join(str(value or "").split())
    if len(text) > _LONGEST or not text.isprintable():
        raise SignInError("this is too long, or has signs that can't be seen")
    return text


def _next(address: str) -> str:
    """A page of this server; the first one if the address leads elsewhere."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if inside and "\\" not in address else "/"


ROUTES: Final = [
    Route("/sign-in", ask),
    Route("/sign-in", enter, methods=["POST"]),
    Route("/sign-in/out", leave, methods=["POST"]),
]
