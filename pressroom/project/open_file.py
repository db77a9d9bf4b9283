"""The only reader of a project's files: regular files below the root, with no link on the way."""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any, Final, Generic, NamedTuple, TypeVar

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project.text_faults import described, text_fault, unseen_character

LIMIT: Final = 4_000_000
_TWICE = re.compile(r"Cannot declare \((.*)\) twice")
_FAULTS = {
    "Cannot overwrite a value": "this key is there twice",
    "Illegal character '\\n'": "a text has no quotation mark at its end",
    "Invalid value": "this value is neither a number nor a text in quotation marks",
}
_TOO_LONG: Final = "this number has more digits than TOML can hold; a telephone number is a text in quotation marks"
# TOML's integers have 64 bits. Python refuses one of thousands of digits, and can't write it into a message.
_WIDEST: Final = 1 << 63
_LONG_NUMBER = re.compile(
    r"(?<=[=\[,\s])[+-]?(?:0x[0-9A-Fa-f_]{16,}|0o[0-7_]{21,}|0b[01_]{63,}|[0-9_]{19,})(?=[\s,\]}#]|$)"
)
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER: Final = _READ | os.O_DIRECTORY
# A pipe or a terminal is opened without waiting, and refused once it is open.
_FILE: Final = _READ | os.O_NONBLOCK | os.O_NOCTTY


T = TypeVar("T")


class Read(NamedTuple, Generic[T]):
    """A value and the findings about it; a value that could not be read is None or empty."""

    value: T
    findings: tuple[Diagnostic, ...] = ()


class _RefusedError(Exception):
    """What is wrong with a path, and what to do: two arguments."""


def file_bytes(root: Path, path: Path | str, *, limit: int = LIMIT, optional: bool = False) -> Read[bytes | None]:
    """The bytes of the file at `path`, which is below `root` or relative to it, or the reason why there are none.

    A link in any folder below the root could lead out of the project, to a file that was not meant for print. It is
    refused, like a folder, a pipe, and a file of more than `limit` bytes. If the file is `optional` and absent, there
    are neither bytes nor findings.
    """
    relative = relative_name(root, path)
    try:
        return Read(_read(root, relative, limit))
    except OSError as error:
        absent = isinstance(error, FileNotFoundError)
        if absent and optional:
            return Read(None)
        message = (error.strerror or "can't be read").lower()
        hint = "put the file there" if absent else "make the file readable for you"
    except _RefusedError as error:
        message, hint = error.args
    except ValueError:
        message, hint = "no file can have this name", "give the file another name"
    return Read(None, (diagnostic("file-unreadable", Span(relative), message, hint),))


def named_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file that the user names, wherever it is.

    Raises:
        OSError: it can't be read, is larger than the limit, or is not a regular file: a pipe would be read for ever.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have this name", str(path)) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "this is not a file", str(path))
    with os.fdopen(handle, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit // 1_000_000} MB", str(path))
    return data


def file_text(root: Path, path: Path | str, *, optional: bool = False) -> Read[str | None]:
    """The text of a UTF-8 file, see `file_bytes` and `decoded`."""
    return decoded(file_bytes(root, path, optional=optional), relative_name(root, path))


def decoded(data: Read[bytes | None], name: str) -> Read[str | None]:
    """A file's bytes as UTF-8 text. Lines end with LF; the byte-order mark of Windows is dropped.

    A text with git's conflict marks or with an invisible character is refused, see `text_fault`.
    """
    if data.value is None:
        return Read(None, data.findings)
    try:
        text = data.value.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.value.count(b"\n", 0, error.start) + 1
        message = f"byte {data.value[error.start]:#04x} is not UTF-8"
        return Read(None, (diagnostic("file-unreadable", Span(name, line), message, "save the file as UTF-8"),))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fault = text_fault(text, name)
    return Read(text) if fault is None else Read(None, (fault,))


def toml_table(text: str) -> tuple[dict[str, Any] | None, str, int]:
    """The table of a TOML text. None, the reason and its line or 0 if it is not TOML or has an invisible character."""
    if (unseen := unseen_character(text)) is not None:
        return None, described(text, unseen), text.count("\n", 0, unseen) + 1
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1] or text.count("\n") + 1) if place else 0
        return None, _in_words(_PLACE.sub("", str(error))), line
    except RecursionError:
        return None, "this is not TOML: nested too deep", 0
    except ValueError:
        return None, _TOO_LONG, _line_of_long_number(text)
    return (None, _TOO_LONG, _line_of_long_number(text)) if _has_long_number(table) else (table, "", 0)


def _has_long_number(table: dict[str, Any]) -> bool:
    waiting: list[Any] = [table]
    while waiting:
        value = waiting.pop()
        if isinstance(value, int) and not -_WIDEST <= value < _WIDEST:
            return True
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return False


def _line_of_long_number(text: str) -> int:
    """The line of the first integer that 64 bits can't hold; 0 if none is written so that it can be found."""
    places = (match.start() for match in _LONG_NUMBER.finditer(text) if _is_long(match[0]))
    return next((text.count("\n", 0, place) + 1 for place in places), 0)


def _is_long(number: str) -> bool:
    try:
        return not -_WIDEST <= int(number, 0) < _WIDEST
    except ValueError:
        return True


def line_of_key(text: str, table: str, key: str = "") -> int:
    """The line of a table's head, or of one of its keys where that is written on a line of its own; 0 for neither."""
    lines = [line.strip().replace('"', "") for line in text.splitlines()]
    head = next((number for number, line in enumerate(lines, start=1) if line == f"[{table}]"), 0)
    for number, line in enumerate(lines[head:], start=head + 1):
        if line.startswith("[") or not key:
            break
        if line.partition("=")[0].strip() == key:
            return number
    return head


def _in_words(fault: str) -> str:
    """A fault of tomllib's as an editor says it."""
    if twice := _TWICE.fullmatch(fault):
        name = ".".join(re.findall(r"'([^']*)'", twice[1]))
        return f"the table [{name}] is there twice"
    return _FAULTS.get(fault, f"this is not TOML: {fault}")


def relative_name(root: Path, path: Path | str) -> str:
    """A path as diagnostics name it: posix, relative to the root where it is below it."""
    name = str(path)
    if isinstance(path, Path):
        # Not `relative_to`, which takes ten times as long: a project has thousands of files.
        top = f"{root}/"
        return name.removeprefix(top) if name != str(root) else "."
    return name


def _read(root: Path, relative: str, limit: int) -> bytes:
    *folders, name = PurePosixPath(relative).parts or ("",)
    if relative.startswith("/") or ".." in folders or name in ("", ".."):
        raise _RefusedError("this is outside the project", "put the file inside the project")
    above = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for folder in folders:
            inner = _open(folder, _FOLDER, above)
            os.close(above)
            above = inner
        handle = _open(name, _FILE, above)
    finally:
        os.close(above)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _RefusedError("this is not a file", "move it away, or give it another name")
    with os.fdopen(handle, "rb") as file:
        # Count the bytes: a file can grow, and some files report no size.
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _RefusedError(f"the file is larger than {limit:,} bytes", "see that it is the file you meant")
    return data


def _open(name: str, flags: int, above: int) -> int:
    """Open one component of a path; a link, or a file where a folder must be, is refused."""
    try:
        return os.open(name, flags, dir_fd=above)
    except FileNotFoundError:
        raise
    except OSError as error:
        mode = os.stat(name, dir_fd=above, follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            what, kind = ("this", "file") if flags == _FILE else (name, "folder")
            hint = f"put the {kind} itself there"
            raise _RefusedError(f"{what} is a link, and links are not followed", hint) from error
        if stat.S_ISSOCK(mode) or stat.S_ISBLK(mode) or stat.S_ISCHR(mode):
            raise _RefusedError("this is not a file", "move it away, or give it another name") from error
        if flags == _FOLDER and not stat.S_ISDIR(mode):
            raise _RefusedError(f"{name} is not a folder", "put a folder there") from error
        raise
