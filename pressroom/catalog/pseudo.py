"""Invented locales for tests of layouts: `en-XA` (accented, longer) and `ar-XB` (right to left)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from pressroom.catalog.translation import Translated, Translation
from pressroom.content import Message
from pressroom.data_files import data_table

# What is no letter of the message: placeholders, the tokens of links, escapes, and any run with a digit in it.
_KEPT: Final = re.compile(r"\{[a-z][a-z0-9-]*\}|\]\{\d{1,2}\}|\\.|\w*\d\w*|[*\[\]]+|\n")


def pseudo_locales() -> tuple[str, ...]:
    """The tags of the invented locales."""
    return tuple(data_table("catalog/pseudo.toml"))


def pseudo_text(message: Message, tag: str) -> str:
    """The message's text in an invented locale, all its tokens, numbers and markers in their places.

    Raises:
        KeyError: there is no such invented locale.
    """
    row = data_table("catalog/pseudo.toml")[tag]
    signs = str.maketrans(row.get("signs", {}))
    letters = str.maketrans(row["from"], row["to"])
    pieces: list[str] = []
    end = 0
    for match in _KEPT.finditer(message.msgid):
        pieces += [message.msgid[end : match.start()].translate(letters).translate(signs), match[0]]
        end = match.end()
    pieces.append(message.msgid[end:].translate(letters).translate(signs))
    return "".join(pieces) + _filler(row, len(message.msgid))


def pseudo_translation(messages: Sequence[Message], tag: str) -> Translation:
    """All the messages in an invented locale, as if a catalog had them.

    Raises:
        KeyError: there is no such invented locale.
    """
    known = {message.key: Translated(pseudo_text(message, tag), "translated", message.span) for message in messages}
    return Translation(tag, messages[0].span.path if messages else "", known)


def _filler(row: dict[str, Any], length: int) -> str:
    wanted = round(length * row["longer"])
    filler = ""
    words = row["filler"].split()
    while words and len(filler) < wanted:
        filler += f" {words[filler.count(' ') % len(words)]}"
    return filler
