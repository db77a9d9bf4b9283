"""Says who is at the browser, and behind a proxy lets only those write who signed in with a passkey.

What needs no sign-in there: the verify face, the print desk (released papers are made to be handed out), signing in,
and creating a passkey, which writes nothing. All else shows drafts or names people.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pressroom.commands.signing.sign_in import is_still_in
from pressroom.web.guard import cookie_name
from pressroom.web.open_project import OpenProject
from pressroom.web.respond import page
from pressroom.web.sessions import Sessions, Visitor
from pressroom.web.settings import ServeSettings

SIGN_IN: Final = "/sign-in"
_READING: Final = ("GET", "HEAD")
# By how an address begins: what anybody may read, and what anybody may send, because it writes nothing.
_READ: Final = ("/static", "/brand.css", "/verify", "/desk", SIGN_IN, "/keys")
_SENT: Final = ("/verify", SIGN_IN, "/keys")


class Visitors:
    """Puts the visitor into a request's state, and asks for a sign-in where one is needed."""

    def __init__(self, app: ASGIApp, settings: ServeSettings, sessions: Sessions, project: OpenProject) -> None:
        self._app, self._settings, self._sessions, self._project = app, settings, sessions, project
        # By id and passkey: at which mark of the project and on which day they were looked for, and if they were found.
        self._found: dict[tuple[str, str], tuple[tuple[int, date], bool]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or self._settings.verify_only:
            await self._app(scope, receive, send)
            return
        state = scope["state"]
        before = state["session"]
        state["visitor"] = self._sessions.visitor(before)
        visitor: Visitor | None = state["visitor"]
        if visitor is not None and visitor.passkey and not await to_thread.run_sync(self._is_still_in, visitor):
            self._sessions.leave(before)
            state["visitor"] = None

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and state["session"] != before:
                secure = "; Secure" if self._settings.is_public else ""
                cookie = f"{cookie_name(self._settings)}={state['session']}; Path=/; HttpOnly; SameSite=Strict{secure}"
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        refusal = self._refusal(scope) if self._settings.is_public and state["visitor"] is None else None
        await (refusal or self._app)(scope, receive, answer)

    def _is_still_in(self, visitor: Visitor) -> bool:
        """False once their passkey was closed: who has it must be out at once."""
        key, today = (visitor.id, visitor.passkey), self._settings.today()
        now, known = (self._project.mark, today), self._found.get(key)
        if known is None or known[0] != now:
            known = (now, self._project.read(lambda workspace: is_still_in(workspace, *key, today)))
            self._found[key] = known
        return known[1]

    def _refusal(self, scope: Scope) -> Response | None:
        """What a visitor gets who has not signed in; None where anybody may go."""
        path, reading = scope["path"], scope["method"] in _READING
        if any(path == begin or path.startswith(f"{begin.rstrip('/')}/") for begin in (_READ if reading else _SENT)):
            return None
        if "text/html" not in Headers(scope=scope).get("accept", ""):
            return PlainTextResponse(f"you are signed out: open {self._settings.origin}{SIGN_IN}", 401)
        if not reading:
            return page(Request(scope), "sign_in/needed.html", 401)
        query = scope["query_string"].decode("ascii", "replace")
        return RedirectResponse(f"{SIGN_IN}?next={quote(f'{path}?{query}' if query else path, safe='/')}", 303)
