"""What is said, and in which voice: a tree goes in, and its tags tell spaces, languages and right-to-left text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pressroom.render.tags.marks import Mark
from pressroom.render.tags.model import Content, Element, Kid

_INLINE: Final = frozenset({"Span", "Link", "NonStruct", "Lbl"})
# Scripts that put no space between words (Thai, Lao, Burmese, Khmer, kana, Han), and signs that a line may end with.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
)
_ENDS: Final = frozenset(" \u00a0-\u2010–—/")


def space_lines(document: Element) -> Element:
    """Give back the space that a line broke at: it is drawn nowhere, and two words would be read as one."""
    spaced: dict[tuple[int, int], Mark] = {}
    for run in _runs(document):
        for here, after in pairwise(run):
            if _breaks_at_space(here, after):
                spaced[here.page, here.number] = replace(here.mark, text=here.mark.text + " ")
    return _marked(document, spaced)


def _runs(element: Element) -> Iterator[list[Content]]:
    """The content of each block in reading order, that of blocks inside it apart."""
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
    def changed(kid: Kid) -> Kid:
        if isinstance(kid, Element):
            return _marked(kid, marks)
        return replace(kid, mark=marks.get((kid.page, kid.number), kid.mark)) if isinstance(kid, Content) else kid

    return replace(element, kids=tuple(changed(kid) for kid in element.kids))


def tell_text(element: Element) -> Element:
    """Every piece of content in a Span that bears its language and, where it runs right to left, its text."""

    def told(kid: Kid) -> Kid:
        if isinstance(kid, Element):
            return tell_text(kid)
        if isinstance(kid, Content):
            text = kid.mark.text if kid.mark.right_to_left else ""
            return Element("Span", kids=(kid,), lang=kid.mark.lang, text=text)
        return kid

    return replace(element, kids=tuple(told(kid) for kid in element.kids))


def settle_languages(document: Element, language: str) -> Element:
    """Foreign passages bear their language at the highest tag they fill; what is in `language` bears none."""
    return replace(_settled(_hoisted(document), language), lang="")


def _hoisted(element: Element) -> Element:
    """Every tag gets the one language of all that stands in it, if it is one."""
    kids = tuple(_hoisted(kid) if isinstance(kid, Element) else kid for kid in element.kids)
    spoken = {kid.lang for kid in kids if isinstance(kid, Element)} or {element.lang}
    return replace(element, kids=kids, lang=spoken.pop() if len(spoken) == 1 else "")


def _settled(element: Element, around: str) -> Element:
    """No tag repeats the language around it; a Span that then says nothing leaves its content where it stands."""
    here = element.lang or around
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            inner = _settled(kid, here)
            kids += inner.kids if inner.role == "Span" and not inner.says else (inner,)
        else:
            kids.append(kid)
    return replace(element, kids=tuple(kids), lang="" if here == around else here)
