"""Prints what the inline grammar read as a message again, for tests of the grammar."""

from __future__ import annotations

import re

from pressroom.content.inline import Inline, InlineRun

_SIGNS = re.compile(r"[*{}\[\]\\]")


def printed(inline: Inline) -> str:
    """A message that is read as these runs."""
    parts: list[str] = []
    bold = italic = False
    for run in inline.runs:
        # What was opened last is closed first: `***` is read as bold, then italics.
        if run.italic != italic and italic:
            parts.append("*")
            italic = False
        if run.bold != bold:
            parts.append("**")
            bold = run.bold
        if run.italic != italic:
            parts.append("*")
            italic = True
        parts.append(_said(run))
    return "".join([*parts, "*" * italic, "**" * bold])


def _said(run: InlineRun) -> str:
    if run.line_break:
        return "\n"
    if run.placeholder is not None:
        return f"{{{run.placeholder}}}"
    if run.link is not None:
        return f"[{run.text}]{{{run.link}}}"
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", run.text)
