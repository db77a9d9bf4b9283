"""Checks the English as a whole: placeholders and the order of headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pressroom.content.inline import parse_inline
from pressroom.content.model import Document, Message
from pressroom.diagnostics import Diagnostic, diagnostic


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
