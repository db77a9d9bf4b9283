"""Checks the English: each message by itself, and the document as a whole.

The inline grammar is small: what CommonMark would read as markup and we don't is refused, because it would be printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from pressroom.content.inline import parse_inline
from pressroom.content.model import Document, Message
from pressroom.diagnostics import Diagnostic, diagnostic

_TAG = re.compile(r"<[A-Za-z/!]")
_LEFT_OVER = re.compile(r"\]\(|`|__|(?<!\w)_(?=\w)|\\(?=[^*\\{}\[\]])")
_ADDRESS = re.compile(r"https?://[^\s{}]+|mailto:[^\s{}]+|tel:[+0-9-]+")
_LIMIT: Final = 5_000
# Control and format characters, private use, unassigned, line and paragraph separators: a reader can't see them,
# and with U+202E the number 119 is shown as 911.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})


def faults(message: Message, raw: str) -> list[Diagnostic]:
    """Everything wrong with a message; `raw` is its Markdown as the file has it."""
    return [diagnostic(code, message.span, text, hint) for code, text, hint in _found(message, raw)]


def _found(message: Message, raw: str) -> Iterator[tuple[str, str, str]]:
    role, msgid = message.role, message.msgid
    if not msgid.strip():
        yield "block-empty", f"this {role} says nothing", "write its words, or remove it"
    if _TAG.search(raw):
        yield "markup-html", "there is HTML in the text", "write Markdown instead"
    for problem in parse_inline(msgid).problems:
        yield "markup-emphasis", f"this {role} {problem}", "write the markers in pairs"
    if left := _LEFT_OVER.search(msgid):
        hint = "there are **bold**, *italic*, {placeholder} and [words](address); a picture is on a line alone"
        yield "markup-emphasis", f"this {role} has {left[0]!r}, which would be printed as it is", hint
    for address in message.links:
        if not _ADDRESS.fullmatch(address):
            hint = "write the whole address with https://, or mailto: or tel:"
            yield "link-address", f"{address!r} is not an address a reader can follow", hint
    for sign in sorted({s for s in set(msgid) if s != "\n" and unicodedata.category(s) in _UNSEEN}):
        yield "character", f"this {role} has U+{ord(sign):04X}, which is invisible", "remove it"
    if len(msgid) > _LIMIT:
        yield "message-too-long", f"this {role} is {len(msgid)} characters long", "split it into paragraphs"


def undefined_placeholders(messages: Iterable[Message], known: Iterable[str]) -> list[Diagnostic]:
    """Every placeholder in these messages that nothing fills; `known` are the valid names."""
    names = list(known)
    return [
        diagnostic(
            "placeholder-undefined",
            message.span,
            f"nothing fills {{{run.placeholder}}}",
            f"there are {', '.join(f'{{{name}}}' for name in names)}",
        )
        for message in dict.fromkeys(messages)
        for run in parse_inline(message.msgid).runs
        if run.placeholder and run.placeholder not in names
    ]


def heading_order(document: Document) -> Iterator[Diagnostic]:
    """Headings that skip a level, and a document without exactly one of the first level."""
    headings = [b for panel in document.panels for b in panel.blocks if b.kind == "heading"]
    if not headings:
        span = document.panels[0].span if document.panels else document.front.title.span
        yield diagnostic("heading-level", span, "the document has no heading", "begin with # and its title")
        return
    for above, heading in zip([0, *(heading.level for heading in headings)], headings, strict=False):
        if heading.level > above + 1:
            message = f"a heading of level {heading.level} follows one of level {above}"
            yield diagnostic("heading-level", heading.span, message, f"make it level {above + 1}")
    first = [heading for heading in headings if heading.level == 1]
    if len(first) != 1:
        message = f"the document has {len(first)} headings of the first level"
        span = first[1].span if len(first) > 1 else headings[0].span
        yield diagnostic("heading-level", span, message, "a document has one title")
