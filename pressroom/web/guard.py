"""What every request passes first: its host, its origin, its size, and for what writes the token of its form."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pressroom.web.settings import ServeSettings

# Bytes of a request. What a person types is far below; a PDF to verify is sent to its own address.
LARGEST: Final = 1_000_000
LARGEST_FILE: Final = 50_000_000
_READING: Final = ("GET", "HEAD")
_POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
HEADERS: Final = {
    "content-security-policy": _POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Guard:
    """Refuses a request before a face sees it, and puts the headers on each answer.

    A request's state gets `session`, which its browser keeps in a cookie, and `token`, which each form must send back.
    """

    def __init__(self, app: ASGIApp, settings: ServeSettings, files: frozenset[str] = frozenset()) -> None:
        self._app, self._settings, self._files = app, settings, files
        self._secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        session = _session(headers, self._settings)
        scope.setdefault("state", {}).update(session=session or secrets.token_urlsafe(24))
        token = hmac.new(self._secret, scope["state"]["session"].encode(), hashlib.sha256).hexdigest()
        scope["state"]["token"] = token

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._finish(MutableHeaders(scope=message), scope, new=not session)
            await send(message)

        refusal, body = self._refusal(scope, headers), None
        if refusal is None and scope["method"] not in _READING:
            body = await self._body(scope, receive)
            if body is None:
                refusal = PlainTextResponse("this is larger than the server accepts", 413)
            elif not await self._has_token(scope, headers, body, token):
                refusal = PlainTextResponse("this form is too old: go back, load the page again, and repeat", 403)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        await self._app(scope, receive if body is None else _replayed(body, receive), answer)

    def _finish(self, headers: MutableHeaders, scope: Scope, *, new: bool) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "no-store")
        if new and not self._settings.verify_only:
            secure = "; Secure" if self._settings.is_public else ""
            cookie = (
                f"{cookie_name(self._settings)}={scope['state']['session']}; Path=/; HttpOnly; SameSite=Strict{secure}"
            )
            headers.append("set-cookie", cookie)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        if headers.get("host", "") not in self._settings.hosts:
            return PlainTextResponse(f"open {self._settings.origin}", 421)
        if scope["method"] in _READING:
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("this method is not allowed", 405)
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
        own = {f"{'https' if self._settings.is_public else 'http'}://{host}" for host in self._settings.hosts}
        if (origin is not None and origin not in own) or site not in ("same-origin", "none"):
            return PlainTextResponse("this form is of another site", 403)
        return None

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body; None if it is too large."""
        limit = LARGEST_FILE if scope["path"] in self._files else LARGEST
        body = b""
        while True:
            message = await receive()
            body += bytes(message.get("body", b""))
            if len(body) > limit:
                return None
            if not message.get("more_body", False):
                return body

    async def _has_token(self, scope: Scope, headers: Headers, body: bytes, token: str) -> bool:
        given = headers.get("x-token", "")
        if not given:
            async with Request(scope, _replayed(body)).form(max_files=1, max_fields=2000) as form:
                given = str(form.get("token", ""))
        return hmac.compare_digest(given.encode(), token.encode())


def cookie_name(settings: ServeSettings) -> str:
    """The name of the session's cookie. A browser takes one with `__Host-` from this very host over TLS alone."""
    return "__Host-pressroom" if settings.is_public else "pressroom"


def _session(headers: Headers, settings: ServeSettings) -> str:
    """The session that the browser names; empty if it names none that can be ours."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(cookie_name(settings))
    except CookieError:
        return ""
    value = cookie.value if cookie is not None else ""
    return value if 20 <= len(value) <= 64 and value.isascii() else ""


def _replayed(body: bytes, after: Receive | None = None) -> Receive:
    """A `receive` that gives the body, which was read already."""
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return await after() if after is not None else {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
