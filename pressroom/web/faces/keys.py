"""Creating a passkey: the page gives the lines for source/people.toml. No browser lists a person."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pressroom.approval.passkey import ALGORITHMS, Passkey, base64url, from_base64url, rp_id_of
from pressroom.approval.passkey_registration import read_registration
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.commands.signing.passkey_lines import key_lines, passkeys_listed
from pressroom.web.respond import page, project_of, settings_of
from pressroom.web.signing import attempt, sessions_of, visitor_of
from pressroom.workspace.workspace import Workspace

_PURPOSE: Final = "create a passkey for "
_LARGEST: Final = 16_000
_LABEL: Final = 60


async def start(request: Request) -> Response:
    """The page on which a listed person creates a passkey."""
    visitor, asked = visitor_of(request), request.query_params.get("person")
    # Who has not signed in learns by trying who is listed: not quickly.
    if asked is not None and visitor is None and settings_of(request).is_public and (wait := attempt(request)):
        return await _page(request, "", 429, f"these were too many attempts: try again in {wait} s")
    return await _page(request, asked if asked is not None else visitor.id if visitor is not None else "")


async def create(request: Request) -> Response:
    """The lines for the passkey that the browser has just created."""
    form, settings = await request.form(), settings_of(request)
    if settings.is_public and (wait := attempt(request)):
        return await _page(request, "", 429, f"these were too many attempts: try again in {wait} s")
    id = str(form.get("person", ""))
    challenge = sessions_of(request).take_challenge(request.state.session, _PURPOSE + id)
    try:
        if challenge is None:
            raise ValueError("this page is too old: try again")
        passkey = read_registration(
            *(from_base64url(str(form.get(name, "")), _LARGEST) for name in ("client-data", "attestation")),
            origin=settings.origin,
            challenge=challenge,
            label=_label(str(form.get("label", ""))),
        )
    except ValueError as error:
        return await _page(request, id, 400, str(error))
    lines = await project_of(request).ask(lambda workspace: key_lines(workspace, id, passkey, settings.today()))
    return page(request, "keys/made.html", lines=lines, file=PEOPLE_FILE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the page shows of the person that an address names: nothing of them if no such person is listed."""

    id: str
    name: str
    known: tuple[Passkey, ...]
    listed: tuple[tuple[str, str], ...]
    project: str


def _asked(workspace: Workspace, id: str, origin: str) -> _Asked:
    people = workspace.people().value
    listed = () if people is None else tuple((person.id, person.name) for person in people.listed)
    name, known = dict(listed).get(id, ""), passkeys_listed(workspace, id, origin)
    return _Asked(id if name else "", name, known, listed, workspace.project.name)


async def _page(request: Request, id: str, status: int = 200, problem: str = "") -> Response:
    settings = settings_of(request)
    asked = await project_of(request).ask(lambda workspace: _asked(workspace, id, settings.origin))
    if settings.is_public and visitor_of(request) is None:
        # Who has not signed in learns no passkeys.
        asked = replace(asked, known=())
    challenge = sessions_of(request).new_challenge(request.state.session, _PURPOSE + id) if asked.id else b""
    return page(
        request,
        "keys/page.html",
        status,
        person=asked,
        asked=id,
        names_shown=not settings.is_public or visitor_of(request) is not None,
        origin=settings.origin,
        challenge=base64url(challenge),
        rp_id=rp_id_of(settings.origin),
        # Another one each time: an authenticator replaces a passkey that has the same.
        user=base64url(secrets.token_bytes(32)),
        exclude=" ".join(base64url(passkey.credential) for passkey in asked.known),
        algorithms=" ".join(map(str, ALGORITHMS)),
        problem=problem,
        file=PEOPLE_FILE,
    )


def _label(text: str) -> str:
    label = " ".join(text.split())
    if len(label) > _LABEL or not label.isprintable():
        raise ValueError(f"the name of the passkey has more than {_LABEL} letters, or signs that can't be seen")
    return label


ROUTES: Final = [Route("/keys", start), Route("/keys", create, methods=["POST"])]
