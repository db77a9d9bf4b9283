"""Gives a tree of tags its spaces, its languages, and the text of passages that run right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pressroom.render.tags.marks import Mark
from pressroom.render.tags.model import Content, Element, Kid, map_content

_INLINE: Final = frozenset({"Span", "Link", "NonStruct", "Lbl"})
# Scripts that put no space between words (Thai, Lao, Burmese, Khmer, kana, Han), and signs that a line may end with.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
)
_ENDS: Final = frozenset(" \u00a0-\u2010–—/")


def space_lines(document: Element) -> Element:
    """Restore the space that a line broke at: it is not drawn, and two words would be read as one."""
    spaced: dict[tuple[int, int], Mark] = {}
    for run in _runs(document):
        for here, after in pairwise(run):
            if _breaks_at_space(here, after):
                spaced[here.page, here.number] = replace(here.mark, text=here.mark.text + " ")
    return _marked(document, spaced)


def _runs(element: Element) -> Iterator[list[Content]]:
    """The content of each block in reading order, separate from that of blocks inside it."""
    run: list[Content] = []
    for kid in element.kids:
        if isinstance(kid, Content):
            run.append(kid)
        elif isinstance(kid, Element):
            inner = list(_runs(kid))
            if kid.role in _INLINE:
                run += [content for part in inner for content in part]
            else:
                yield run
                run = []
                yield from inner
    yield run


def _breaks_at_space(here: Content, after: Content) -> bool:
    before, behind = here.mark.text[-1:], after.mark.text[:1]
    if not before or not behind or here.mark.line == after.mark.line:
        return False
    return before not in _ENDS and behind != " " and not (_UNSPACED.match(before) or _UNSPACED.match(behind))


def _marked(element: Element, marks: dict[tuple[int, int], Mark]) -> Element:
    return map_content(
        element, lambda content: replace(content, mark=marks.get((content.page, content.number), content.mark))
    )


def tell_text(element: Element) -> Element:
    """Put every piece of content in a Span with its language and, if it runs right to left, its text."""

    def spoken(content: Content) -> Element:
        text = content.mark.text if content.mark.right_to_left else ""
        return Element("Span", kids=(content,), lang=content.mark.lang, text=text)

    return map_content(element, spoken)


def settle_languages(document: Element, language: str) -> Element:
    """Set the language of foreign passages at the highest tag they fill; text in `language` gets none."""
    return replace(_settled(_hoisted(document), language), lang="")


def _hoisted(element: Element) -> Element:
    """Give every tag the language of its content, if all of it has one language."""
    kids = tuple(_hoisted(kid) if isinstance(kid, Element) else kid for kid in element.kids)
    spoken = {kid.lang for kid in kids if isinstance(kid, Element)} or {element.lang}
    return replace(element, kids=kids, lang=spoken.pop() if len(spoken) == 1 else "")


def _settled(element: Element, around: str) -> Element:
    """Remove repeated languages; a Span that then says nothing is replaced by its content."""
    here = element.lang or around
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            inner = _settled(kid, here)
            kids += inner.kids if inner.role == "Span" and not inner.says else (inner,)
        else:
            kids.append(kid)
    return replace(element, kids=tuple(kids), lang="" if here == around else here)
