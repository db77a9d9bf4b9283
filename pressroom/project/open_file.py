"""The only reader of a project's files: regular files below the root, with no link on the way."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath
from typing import Final, Generic, NamedTuple, TypeVar

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.project.text_faults import text_fault

LIMIT: Final = 4_000_000
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
