"""A clinic's address for a page: one of its lines goes in, HTML that breaks where people would break it comes out."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from pressroom.compose.text import spaces_apart

# A suite and its number, a state and its code: what names a number stays with it.
_NUMBERED = re.compile(r"(?<=\s)(\S+\s\d\S*)")


def address_line(line: str) -> Markup:
    """The line with every number kept beside the word before it, but for a house's, which begins it."""
    parts = _NUMBERED.split(line)
    html = Markup("").join(
        Markup('<span class="keep">{}</span>').format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )
    return spaces_apart(html)
