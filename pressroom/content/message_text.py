"""Turns the Markdown of one block into the text that translators see."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^()\s]+)\)")
# CommonMark 6.4: an entity ends in a semicolon. Without one, `&region=ut` in an address would become `®ion=ut`.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*);")
# Without these a block's Markdown is its msgid.
_CHANGED = re.compile(r"[\[&\t\n\x00]|  ")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n\s*")


def _sign(entity: re.Match[str]) -> str:
    """The sign of an entity; what no entity is called stays as it is written."""
    known = entity[0][1] == "#" or entity[0][1:] in html5
    return html.unescape(entity[0]) if known else entity[0]


def message_text(raw: str) -> tuple[str, tuple[str, ...]]:
    """A block's Markdown as a msgid, and its links' addresses in order; `[guide](address)` becomes `[guide]{1}`."""
    if not _CHANGED.search(raw):
        return unicodedata.normalize("NFC", raw.strip(" ")), ()
    links: list[str] = []

    def token(match: re.Match[str]) -> str:
        links.append(match[2])
        return f"[{match[1]}]{{{len(links)}}}"

    text = _LINK.sub(token, _ENTITY.sub(_sign, raw).replace("\t", " "))
    # A soft line break becomes a space, a hard one a newline.
    lines = _HARD_BREAK.sub("\x00", text).replace("\n", " ").split("\x00")
    folded = "\n".join(" ".join(line.split(" ")).strip(" ") for line in lines)
    return unicodedata.normalize("NFC", re.sub(" {2,}", " ", folded)), tuple(links)
