"""What every request passes first: its host, its origin, its rate, its size, and for what writes its form's token."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import sys
import traceback
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pressroom.web.failures import failed
from pressroom.web.forms import BodyError, Disconnected, parse_form, read_body
from pressroom.web.headers import HEADERS
from pressroom.web.rates import FILE_COST, LOCAL, PUBLIC, Rates, client_of
from pressroom.web.settings import ServeSettings

# Bytes of a request. What a person types is far below; a PDF to verify is sent to its own address.
LARGEST: Final = 1_000_000
LARGEST_FILE: Final = 50_000_000
# Bytes of an address, and of all headers.
_ADDRESS: Final = 8_000
_HEADERS: Final = 64_000
# Seconds that a body may take, and a file.
_BODY_IN: Final = 30.0
_FILE_IN: Final = 120.0
# Files that are received and read at once: each is in memory, and read in a process of its own.
_FILES: Final = 2
_READING: Final = ("GET", "HEAD")


_STOPPING: Final = PlainTextResponse("the server is being stopped: keep this page open, and try again", 503)


class Guard:
    """Refuses a request before a face sees it, and puts the headers on each answer.

    A request's state gets `session`, which its browser keeps in a cookie, and `token`, which each form must send back.
    Both are empty with `verify_only`: no one is remembered there, and no form writes. `files` are the paths to which
    files may be sent.
    """

    def __init__(self, app: ASGIApp, settings: ServeSettings, files: frozenset[str] = frozenset()) -> None:
        self._app, self._settings, self._files = app, settings, files
        self._secret = secrets.token_bytes(32)
        self._rates = Rates(*(PUBLIC if settings.verify_only else LOCAL))
        self._receiving = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        session = "" if self._settings.verify_only else session_named(headers, self._settings)
        new = not session and not self._settings.verify_only
        state = scope.setdefault("state", {})
        state["session"] = secrets.token_urlsafe(24) if new else session
        state["token"] = self._token(state["session"])
        if self._settings.is_public:
            # What a face writes as its own address is the one that browsers use.
            scope["scheme"] = "https"
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._finish(MutableHeaders(scope=message), state["session"], new=new)
            await send(message)

        try:
            await self._guarded(scope, headers, receive, answer)
        except Disconnected:
            return
        except asyncio.CancelledError:
            # The server stops, and this took longer than it waits.
            if started:
                raise
            await _STOPPING(scope, receive, answer)
        except Exception:
            # No page shows a trace; who runs the server needs it.
            traceback.print_exc(file=sys.stderr)
            if started:
                raise
            await _failure(scope)(scope, receive, answer)

    async def _guarded(self, scope: Scope, headers: Headers, receive: Receive, answer: Send) -> None:
        refusal = self._refusal(scope, headers)
        if refusal is not None or scope["method"] in _READING:
            await (refusal or self._app)(scope, receive, answer)
        elif scope["path"] not in self._files:
            await self._checked(scope, headers, receive, answer, LARGEST, _BODY_IN)
        elif self._receiving >= _FILES:
            await _later("other files are being read: send it again in a moment", 5)(scope, receive, answer)
        else:
            self._receiving += 1
            try:
                await self._checked(scope, headers, receive, answer, LARGEST_FILE, _FILE_IN)
            finally:
                self._receiving -= 1

    async def _checked(
        self, scope: Scope, headers: Headers, receive: Receive, answer: Send, limit: int, seconds: float
    ) -> None:
        """Read the body, and pass it on if its token is right."""
        try:
            body = await read_body(headers, receive, limit, seconds)
            allowed = self._settings.verify_only or await self._has_token(scope, headers, body)
        except BodyError as error:
            # Some of the body may still be on its way, and would be taken for the next request.
            refusal: Response = PlainTextResponse(error.message, error.status, {"connection": "close"})
            await refusal(scope, receive, answer)
            return
        if not allowed:
            refusal = PlainTextResponse("this form is too old: go back, load the page again, and repeat", 403)
            await refusal(scope, receive, answer)
            return
        await self._app(scope, _replayed(body, receive), answer)

    def _finish(self, headers: MutableHeaders, session: str, *, new: bool) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "no-store")
        if self._settings.is_public:
            headers.setdefault("strict-transport-security", "max-age=31536000")
        if self._settings.verify_only:
            headers.setdefault("x-robots-tag", "noindex")
        if new:
            secure = "; Secure" if self._settings.is_public else ""
            cookie = f"{cookie_name(self._settings)}={session}; Path=/; HttpOnly; SameSite=Strict{secure}"
            headers.append("set-cookie", cookie)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        if "content-length" in headers and "transfer-encoding" in headers:
            # A proxy may have believed the other one, and taken the rest for the next request.
            return PlainTextResponse("this request has two lengths", 400, {"connection": "close"})
        if headers.get("host", "") not in self._settings.hosts:
            return PlainTextResponse(f"open {self._settings.origin}", 421)
        if len(scope["raw_path"]) + len(scope["query_string"]) > _ADDRESS:
            return PlainTextResponse("this address is too long", 414, {"connection": "close"})
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _HEADERS:
            return PlainTextResponse("these headers are too long", 431, {"connection": "close"})
        writes = scope["method"] not in _READING
        if not scope["path"].startswith("/static/"):
            cost = FILE_COST if writes and scope["path"] in self._files else 1.0
            client = client_of(scope, headers, self._settings)
            if wait := self._rates.wait(client, asyncio.get_running_loop().time(), cost):
                return _later("these are too many requests: wait a moment", wait)
        if not writes:
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("this method is not allowed", 405, {"allow": "GET, HEAD, POST"})
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
        if (origin is not None and origin not in self._settings.origins) or site not in ("same-origin", "none"):
            return PlainTextResponse("this form is of another site", 403)
        return None

    def _token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest() if session else ""

    async def _has_token(self, scope: Scope, headers: Headers, body: bytes) -> bool:
        given = headers.get("x-token", "")
        if not given:
            form = await parse_form(headers, body)
            given = str(form.get("token", ""))
            await form.close()
        return hmac.compare_digest(given.encode(errors="replace"), scope["state"]["token"].encode())


def cookie_name(settings: ServeSettings) -> str:
    """The name of the session's cookie. A browser takes one with `__Host-` from this very host over TLS alone."""
    return "__Host-pressroom" if settings.is_public else "pressroom"


def session_named(headers: Headers, settings: ServeSettings) -> str:
    """The session that the browser names; empty if it names none that can be ours."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(cookie_name(settings))
    except CookieError:
        return ""
    value = cookie.value if cookie is not None else ""
    return value if 20 <= len(value) <= 64 and value.isascii() else ""


def _failure(scope: Scope) -> Response:
    try:
        return failed(Request(scope))
    except Exception:
        # The page itself may be what fails.
        traceback.print_exc(file=sys.stderr)
        return PlainTextResponse("something went wrong: load the page again", 500)


def _later(text: str, seconds: int) -> Response:
    return PlainTextResponse(text, 429, {"retry-after": str(seconds), "connection": "close"})


def _replayed(body: bytes, after: Receive) -> Receive:
    """A `receive` that gives the body, which was read already."""
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return await after()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
