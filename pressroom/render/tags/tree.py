"""A tree fit to be read aloud: WeasyPrint's tree goes in, the same story without its scaffolding comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pressroom.render.tags.links import lift_annotations
from pressroom.render.tags.lists import order_lists
from pressroom.render.tags.model import Element, Kid, rebuild
from pressroom.render.tags.speech import settle_languages, space_lines, tell_text

_BLOCKS: Final = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})
# Empty ones stay: a table without one of its cells reads wrongly.
_CELLS: Final = frozenset({"TD", "TH", "Document"})


def tidy(document: Element, language: str) -> Element:
    """The tree in the order of the story; `language` is the document's own, which no tag repeats.

    Every step is a pure function from tree to tree.
    """
    for step in (
        lift_annotations,
        order_lists,
        name_headers,
        without_scaffolding,
        without_empty,
        space_lines,
        tell_text,
    ):
        document = step(document)
    return settle_languages(document, language)


def _root(document: Element, kids: tuple[Kid, ...]) -> Element:
    return replace(document, kids=kids[0].kids if kids and isinstance(kids[0], Element) else ())


def without_scaffolding(document: Element) -> Element:
    """Boxes that say nothing leave their content to what they stand in."""

    def change(element: Element) -> tuple[Kid, ...]:
        if element.role == "NonStruct" and not element.says:
            return element.kids
        if element.role in _BLOCKS:
            # An anonymous box inside a paragraph bears the paragraph's name again.
            kids = tuple(k for kid in element.kids for k in (_opened(kid) if _is_block(kid) else (kid,)))
            return (replace(element, kids=kids),)
        if element.role == "Span" and not element.says and len(element.kids) == 1:
            return element.kids
        return (element,)

    return _root(document, rebuild(document, change))


def _is_block(kid: Kid) -> bool:
    return isinstance(kid, Element) and kid.role in _BLOCKS and not kid.says


def _opened(kid: Kid) -> tuple[Kid, ...]:
    return kid.kids if isinstance(kid, Element) else (kid,)


def without_empty(document: Element) -> Element:
    """Tags without content leave: rules, hatching and the marks that copyfit measures by."""

    def change(element: Element) -> tuple[Kid, ...]:
        keep = element.kids or element.role in _CELLS
        return (element,) if keep else ()

    return _root(document, rebuild(document, change))


def name_headers(document: Element) -> Element:
    """Header cells say what they head: their column in a table's head, their row elsewhere (PDF/UA-1, 7.5)."""

    def scoped(element: Element, head: bool) -> Element:
        head = head or element.role == "THead"
        kids = tuple(scoped(kid, head) if isinstance(kid, Element) else kid for kid in element.kids)
        scope = ("Column" if head else "Row") if element.role == "TH" else ""
        return replace(element, kids=kids, scope=scope)

    return scoped(document, False)
