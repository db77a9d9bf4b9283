"""Styles without what prints nothing: comments, and more than one space between two words.

A comment's signs in a text or an address are none.
"""

from __future__ import annotations

import re
from typing import Final

# What may look as if a comment or a space were in it (an escaped letter, a text, an address), and what is one. A text
# that is not closed ends with its line.
_PART: Final = re.compile(
    r"""(?P<escape>\\.?)|"(?:\\.|[^"\\\n])*(?:"|(?=\n)|\Z)|'(?:\\.|[^'\\\n])*(?:'|(?=\n)|\Z)"""
    r"""|(?i:url)\(\s*[^"'\s)][^)]*\)"""
    r"|(?P<comment>/\*.*?\*/)|(?P<space>\s+)|[^\\\"'uU/\s]+|.",
    re.DOTALL,
)
_EMPTY: Final = "/**/"


def emptied_comments(style: str) -> str:
    """A style that prints the same, with its comments emptied; each line stays where it is."""
    return _PART.sub(lambda part: f"/*{_lines(part)}*/" if part["comment"] else part[0], style)


def without_comments(style: str) -> str:
    """A style to search in: a space and its line ends in place of each comment."""
    return _PART.sub(lambda part: f" {_lines(part)}" if part["comment"] else part[0], style)


def _lines(part: re.Match[str]) -> str:
    return "\n" * part["comment"].count("\n")


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
