"""The border between a file from outside and the library that reads it: whatever the library raises becomes a reason.

A library may raise any exception on bytes that somebody broke on purpose: Pillow an IndexError, a parser a
RecursionError, all of them a MemoryError. Each caller makes a finding of the reason, and only that file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_LONGEST: Final = 160
# A library may quote the file, and a terminal obeys control characters.
_UNPRINTABLE: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
# How Python names a value that has no text of its own.
_ADDRESS: Final = re.compile(r" ?<[\w.]+ object at 0x[0-9a-f]+>")
_IN_WORDS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (MemoryError, "reading it takes more memory than there is"),
    (RecursionError, "it is nested too deep"),
)


class BorderError(ValueError):
    """A library can't read what came from outside; the text is the reason, in one short line."""


@contextmanager
def border(*passing: type[Exception]) -> Iterator[None]:
    """Inside this context every exception becomes a BorderError; `passing` are the caller's own, which stay.

    Raises:
        BorderError: the library raised; the exception is its cause.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (BorderError, *passing)):
            raise
        raise BorderError(reason_of(error)) from error


def reason_of(error: Exception) -> str:
    """What an exception says, in one short line without control characters; its kind where it says nothing."""
    words = next((words for kind, words in _IN_WORDS if isinstance(error, kind)), "")
    said = words or _UNPRINTABLE.sub(" ", _ADDRESS.sub("", str(error))).strip() or type(error).__name__
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
