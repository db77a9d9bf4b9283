"""Places to write in by hand: the placeholders that print a line, and texts of nothing else."""

from __future__ import annotations

import re
from typing import Final

# Each prints a line to write on; the name says what a reader writes there.
FIELDS: Final = ("line", "date", "time", "place")
_FIELD: Final = re.compile(rf"\{{({'|'.join(FIELDS)})\}}")
_ONLY: Final = re.compile(rf"\s*(?:{_FIELD.pattern}\s*)+")

# Only these take what is left of their line: a date is short.
_LAST: Final = re.compile(r"\{(line|place)\}\Z")


def fields_alone(text: str) -> tuple[str, ...]:
    """The names of the fields in a text of fields alone, which has no words to translate; empty for other texts."""
    return tuple(_FIELD.findall(text)) if _ONLY.fullmatch(text) else ()


def last_field(line: str) -> str:
    """The name of the field that a line of text ends in; empty for any other line."""
    match = _LAST.search(line)
    return match[1] if match else ""
