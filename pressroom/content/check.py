"""The English checked: a document goes in, what an editor should hear of it comes out."""

from __future__ import annotations

from collections.abc import Iterable

from pressroom.content.inline import parse_inline
from pressroom.content.model import Document, Message
from pressroom.diagnostics import Diagnostic, diagnostic


def undefined_placeholders(messages: Iterable[Message], known: Iterable[str]) -> list[Diagnostic]:
    """Every placeholder of these messages that nothing fills; `known` are the names there are."""
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


def heading_order(document: Document) -> list[Diagnostic]:
    """Headings that skip a level, or a document without exactly one of the first level."""
    headings = [b for panel in document.panels for b in panel.blocks if b.kind == "heading"]
    found: list[Diagnostic] = []
    level = 0
    for heading in headings:
        if heading.level > level + 1:
            text = f"a heading of level {heading.level} follows one of level {level}"
            found.append(diagnostic("heading-level", heading.span, text, f"make it level {level + 1}"))
        level = heading.level
    if not headings:
        span = document.panels[0].span if document.panels else document.front.title.span
        found.append(diagnostic("heading-level", span, "the document has no heading", "begin with # and its title"))
    first = [heading for heading in headings if heading.level == 1]
    if len(first) != 1 and headings:
        text = f"the document has {len(first)} headings of the first level"
        span = first[1].span if len(first) > 1 else headings[0].span
        found.append(diagnostic("heading-level", span, text, "a document has one title"))
    return found
