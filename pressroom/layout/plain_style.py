"""Styles without what prints nothing: comments, and more than one space between two words."""

from __future__ import annotations

import re
from typing import Final

# What may look as if a comment or a space were in it (an escaped letter, a text, an address), and what is one.
_PART: Final = re.compile(
    r"""(?P<escape>\\.?)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\(\s*[^"'\s)][^)]*\)"""
    r"|(?P<comment>/\*.*?\*/)|(?P<space>\s+)|[^\\\"'u/\s]+|.",
    re.DOTALL,
)
_EMPTY: Final = "/**/"


def without_comments(style: str) -> str:
    """A style with its comments emptied; each line stays where it is."""
    return _PART.sub(lambda part: _emptied(part["comment"]) if part["comment"] else part[0], style)


def _emptied(comment: str) -> str:
    lines = "\n" * comment.count("\n")
    return f"/*{lines}*/"


def plain_style(style: str) -> str:
    """A style as one line; two styles with the same plain one print the same.

    A comment stays, empty, where it parts two words. A style with an escaped letter stays as it is: a space may end it.
    """
    parts = [" "]
    for part in _PART.finditer(style):
        if part["escape"]:
            return style
        if part["space"]:
            # A comment beside a space parts nothing.
            while parts and parts[-1] in (" ", _EMPTY):
                parts.pop()
            parts.append(" ")
        elif not part["comment"]:
            parts.append(part[0])
        elif parts[-1] not in (" ", _EMPTY):
            parts.append(_EMPTY)
    return "".join(parts[:-1] if parts[-1] == _EMPTY else parts).strip()
