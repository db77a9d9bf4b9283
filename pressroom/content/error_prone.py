"""Finds forms in the English that readers have taken for another dose, time or date, and says the plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pressroom.content.inline import parse_inline
from pressroom.content.model import Message
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, diagnostic


def error_prone(messages: Iterable[Message]) -> Iterator[Diagnostic]:
    """A warning for each such form, once a message, with the plain form in its hint."""
    for message in dict.fromkeys(messages):
        text = "".join(
            " " if run.placeholder or run.line_break else run.text for run in parse_inline(message.msgid).runs
        )
        for found, say in dict.fromkeys(_forms(text)):
            yield diagnostic("error-prone", message.span, f"“{found}” may be read as something else", say)


# Every form has a digit, two capitals or a short Latin abbreviation.
_NUMBER: Final = re.compile(r"\d")
_CAPITALS: Final = re.compile(r"[A-Z][A-Z]")
_POINT: Final = re.compile(r"\.[a-z](?<=\b[a-z]\.[a-z])")
_LATIN: Final = ("prn", "bid", "tid", "qid", "qd", "qod", "qhs", "qn", "subq", "sub q")


def _forms(text: str) -> Iterator[tuple[str, str]]:
    patterns = (_NUMBER, _CAPITALS, _POINT)
    if not any(form in text for form in _LATIN) and not any(pattern.search(text) for pattern in patterns):
        return
    for pattern, say in _patterns():
        for match in pattern.finditer(text):
            yield match[0].strip(), match.expand(say)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = data_table("content/error_prone.toml")["form"]
    return tuple((re.compile(row["pattern"]), row["say"]) for row in rows)
