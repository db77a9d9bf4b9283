"""Reads the body of a request within limits of size and time, and forms from it, all in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.types import Receive

_FIELDS: Final = 2000
# Bytes of a name or value that a person typed.
_FIELD: Final = 200_000
# A body of up to so many times the limit is read to its end, and thrown away: a browser that is cut off while it
# sends shows no answer.
_DRAINED: Final = 4
_FORM: Final = "application/x-www-form-urlencoded"
_WITH_FILE: Final = "multipart/form-data"


class BodyError(Exception):
    """A body is refused: the status of the answer, and what is wrong."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class Disconnected(Exception):
    """The browser went away before it had sent everything: half a form is no form."""


class _InMemory(MultiPartParser):
    # Starlette writes larger files to the disk; what people ask about is never stored.
    spool_max_size = 1 << 62


async def read_body(headers: Headers, receive: Receive, limit: int, seconds: float) -> bytes:
    """The whole body.

    Raises:
        BodyError: it has more bytes than the limit, or took longer than so many seconds.
        Disconnected: it ended early.
    """
    too_large = BodyError(413, f"this is larger than the server accepts, {limit // 1_000_000} MB")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > _DRAINED * limit:
        raise too_large
    try:
        async with asyncio.timeout(seconds):
            body = await _collected(receive, limit)
    except TimeoutError:
        raise BodyError(408, "this took too long to arrive: send it again") from None
    if body is None:
        raise too_large
    return body


async def _collected(receive: Receive, limit: int) -> bytes | None:
    body, size = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        size += len(message.get("body", b""))
        if size <= limit:
            body += message.get("body", b"")
        else:
            body.clear()
        if size > _DRAINED * limit:
            return None
        if not message.get("more_body", False):
            return bytes(body) if size <= limit else None


async def parse_form(headers: Headers, body: bytes) -> FormData:
    """The fields of a form and at most one file; no fields if the body is not a form.

    Raises:
        BodyError: it is broken, or has too many parts.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == _WITH_FILE:
            parser = _InMemory(headers, _once(body), max_files=1, max_fields=_FIELDS, max_part_size=_FIELD)
            return await parser.parse()
        if kind == _FORM:
            return await FormParser(headers, _once(body), max_fields=_FIELDS, max_part_size=_FIELD).parse()
    except MultiPartException as error:
        raise BodyError(400, f"this form can't be read: {error.message}") from error
    return FormData()


async def uploaded(request: Request, field: str) -> tuple[str, bytes] | None:
    """The name and the bytes of a file that a form sends in a field; None if it sends none.

    Raises:
        BodyError: the form can't be read.
    """
    form = await parse_form(request.headers, await request.body())
    try:
        file = form.get(field)
        if not isinstance(file, UploadFile):
            return None
        data = await file.read()
        return (file.filename or "", data) if data or file.filename else None
    finally:
        await form.close()


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
