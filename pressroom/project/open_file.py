"""The project's own files: a path goes in, its text or table, or the reason why it can't be read, comes out."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any, Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic

_LIMIT: Final = 4_000_000
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_bytes(path: Path, relative: str, limit: int = _LIMIT) -> tuple[bytes | None, list[Diagnostic]]:
    """A regular file's bytes; a link, a folder or a file longer than `limit` (4 MB) is refused.

    A link could lead out of the project, to a file that nobody meant to print.
    """
    try:
        # Opened without following a link, and asked what it is once it is open.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return None, [
            _link(relative) if path.is_symlink() else _refused(relative, _lower(error), "see that it is there")
        ]
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        return None, [_refused(relative, "this is not a file", "move it away, or give it another name")]
    with os.fdopen(handle, "rb") as file:
        if found.st_size > limit:
            message = f"the file is {found.st_size:,} bytes long; the limit is {limit:,}"
            return None, [_refused(relative, message, "see that it is the file you meant")]
        try:
            return file.read(), []
        except OSError as error:
            return None, [_refused(relative, _lower(error), "see that it can be read")]


def read_text(path: Path, relative: str) -> tuple[str | None, list[Diagnostic]]:
    """A text file in UTF-8, its lines ended by LF; a byte-order mark, as Windows writes it, is passed over."""
    data, problems = read_bytes(path, relative)
    if data is None:
        return None, problems
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {data[error.start]:#04x} is not UTF-8"
        return None, [diagnostic("file-unreadable", Span(relative, line), message, "save the file as UTF-8")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def read_toml(text: str) -> tuple[dict[str, Any] | None, str, int]:
    """The table of a TOML file; where it is not TOML none, what is wrong, and the line (0 where unknown)."""
    try:
        return tomllib.loads(text), "", 0
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1] or text.count("\n") + 1) if place else 0
        return None, f"this is not TOML: {_PLACE.sub('', str(error))}", line
    except RecursionError:
        return None, "this is not TOML: nested too deep", 0


def _lower(error: OSError) -> str:
    return (error.strerror or "can't be read").lower()


def _link(relative: str) -> Diagnostic:
    return _refused(relative, "this is a link; links are not followed", "put the file itself there")


def _refused(relative: str, message: str, hint: str) -> Diagnostic:
    return diagnostic("file-unreadable", Span(relative), message, hint)
