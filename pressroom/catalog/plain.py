"""The usual entry at one stroke: a block of lines goes in, its `Entry` comes out, or none where it needs a closer look.

Nineteen entries in twenty are comments, one msgid and one msgstr without an escape. Reading those line by line is
three times slower, and a test holds that both ways read alike.
"""

from __future__ import annotations

import re
from typing import Final

from pressroom.catalog.entry_builder import read_flags, read_references
from pressroom.catalog.lines import read_comment
from pressroom.catalog.model import Entry

_PLAIN: Final = re.compile(
    r"(?P<comments>(?:#(?:[ .:,][^\n]*)?\n)*)"
    r'(?:msgctxt "(?P<context>[^"\\\n]*)"\n)?'
    r'msgid "(?P<msgid>[^"\\\n]+)"\n'
    r'msgstr "(?P<msgstr>[^"\\\n]*)"\n?'
)


def plain_entry(block: str, line: int) -> Entry | None:
    """The entry of a block that begins at this line, if it has nothing unusual."""
    match = _PLAIN.fullmatch(block)
    if match is None:
        return None
    head, context, msgid, msgstr = match.groups()
    told: dict[str, list[str]] = {"comment": [], "extracted": [], "reference": [], "flags": []}
    lines = head.split("\n")[:-1] if head else []
    for one in lines:
        comment = read_comment(one)
        told[comment.kind].append(comment.text)
    line += len(lines) + (context is not None)
    return Entry(
        msgid,
        msgstr,
        context=context,
        flags=read_flags(told["flags"]),
        comments=tuple(told["comment"]),
        extracted=tuple(told["extracted"]),
        references=read_references(told["reference"]),
        line=line,
        msgstr_line=line + 1,
    )
