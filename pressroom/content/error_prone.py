"""Finds forms in the English that readers have taken for another dose, time or date, and says the plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from pressroom.content.inline import parse_inline, words_of
from pressroom.content.model import Message
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, diagnostic


def error_prone(messages: Iterable[Message]) -> Iterator[Diagnostic]:
    """A warning for each such form, once a message, with the plain form in its hint."""
    for message in dict.fromkeys(messages):
        text = words_of(parse_inline(message.msgid))
        for found, say in dict.fromkeys(_forms(text)):
            yield diagnostic("error-prone", message.span, f"“{found}” may be read as something else", say)


# Every form has a digit, two capitals or a short Latin abbreviation.
_SIGN: Final = re.compile(r"[\dA-Z.](?:(?<=\d)|(?<=[A-Z][A-Z])|(?<=\.)[a-z](?<=\b[a-z]\.[a-z]))")
_LATIN: Final = ("prn", "bid", "tid", "qid", "qd", "qod", "qhs", "qn", "subq", "sub q")


def _forms(text: str) -> Iterator[tuple[str, str]]:
    if not _SIGN.search(text) and not _has_latin(text):
        return
    for pattern, say in _patterns():
        for match in pattern.finditer(text):
            yield match[0].strip(), match.expand(say)


def _has_latin(text: str) -> bool:
    return ("q" in text or "id" in text or "prn" in text) and any(form in text for form in _LATIN)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = data_table("content/error_prone.toml")["form"]
    return tuple((re.compile(row["pattern"]), row["say"]) for row in rows)
