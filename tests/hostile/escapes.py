r"""The escapes of the index: \uXXXX, \UXXXXXXXX, \xXX, \n, \t, \r, \\ and \s (a space)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2})|(.))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "s": " "}


def read_escapes(text: str) -> str:
    """The text with its escapes read."""

    def read(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        return chr(int(code, 16)) if code else _PLAIN[match[4]]

    return _ESCAPE.sub(read, text)
