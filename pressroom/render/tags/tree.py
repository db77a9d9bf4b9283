"""Makes WeasyPrint's tree of tags fit to be read aloud: removes scaffolding, adds spaces, languages and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pressroom.render.tags.model import HYPHEN, Annotation, Content, Element, Kid, Mark, map_content, rebuild, with_kids

# The tag of one side of the paper.
SHEET: Final = "Sect"
_BLOCKS: Final = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})
# Empty ones stay: a table without one of its cells reads wrongly.
_CELLS: Final = frozenset({"TD", "TH", "Document"})
_INLINE: Final = frozenset({"Span", "Link", "NonStruct", "Lbl", "Form"})
# Scripts that put no space between words (Thai, Lao, Burmese, Khmer, kana, Han), and signs that a line may end with.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
)
_ENDS: Final = frozenset(" \u00a0-\u2010–—/")


def tidy_part(part: Kid, language: str) -> tuple[Kid, ...]:
    """What takes the place of one child of a sheet; `language` is the document's, which no tag repeats.

    Each child is tidied by itself, whatever is beside it: frames of one file may be drawn apart.
    """
    tree = Element(SHEET, kids=(part,))
    for step in (
        lift_annotations,
        name_fields,
        order_lists,
        name_headers,
        without_scaffolding,
        without_empty,
        space_lines,
        add_text,
    ):
        tree = step(tree)
    return set_languages(tree, language).kids


def lift_annotations(document: Element) -> Element:
    """Every active area is directly in the Link it belongs to (PDF/UA-1, 7.18.5).

    WeasyPrint gives the outer and the inner box of `<a><b>x</b></a>` an area each, the inner one outside any Link. The
    outer covers the inner, which is dropped; if the outer has none, the inner ones move up to the Link.
    """

    def change(element: Element) -> tuple[Kid, ...]:
        if element.role != "Link":
            return (element,)
        direct = [kid for kid in element.kids if isinstance(kid, Annotation)]
        areas, rest = _pulled(element.kids, lambda kid: isinstance(kid, Annotation))
        return (replace(element, kids=(*(direct or areas), *rest)),)

    return rebuild(document, change)


def name_fields(document: Element) -> Element:
    """What a reader fills in by hand is a field of a form, not a picture (ISO 32000-1, 14.8.5.6)."""

    def change(element: Element) -> tuple[Kid, ...]:
        role = element.mark.field if element.role == "Figure" and element.mark is not None else ""
        return (replace(element, role="Form", field=role, box=None),) if role else (element,)

    return rebuild(document, change)


def order_lists(document: Element) -> Element:
    """Lists as L > LI > (Lbl, LBody), each with the way it is numbered (ISO 32000-1, 14.8.4.3.3)."""

    def change(element: Element) -> tuple[Kid, ...]:
        if element.role == "LI":
            return (_item(element),)
        if element.role == "L":
            # Bullets that are drawn, not typed, leave no labels; boxes to tick count nothing.
            labels = [kid for item in element.elements for kid in item.elements if kid.role == "Lbl"]
            boxes = any(inner.field for label in labels for inner in label.elements)
            return (replace(element, numbering="None" if boxes else "Decimal" if labels else "Disc"),)
        return (element,)

    return rebuild(document, change)


def _item(item: Element) -> Element:
    def is_label(kid: Kid) -> bool:
        if not isinstance(kid, Element) or kid.role == "L" or kid.mark is None:
            return False
        return kid.mark.label or kid.field == "cb"

    # The labels of a list inside the item are that list's.
    labels, rest = _pulled(item.kids, is_label, closed="L")
    body: list[Kid] = []
    for kid in rest:
        body += kid.kids if isinstance(kid, Element) and kid.role == "LBody" else (kid,)
    heads = tuple(Element("Lbl", kids=(label,)) for label in labels)
    return replace(item, kids=(*heads, Element("LBody", kids=tuple(body))))


def _pulled(kids: Iterable[Kid], is_pulled: Callable[[Kid], bool], closed: str = "") -> tuple[list[Kid], list[Kid]]:
    """Those kids, at any depth outside tags of the role `closed`, and what is left without them."""
    pulled: list[Kid] = []
    rest: list[Kid] = []
    for kid in kids:
        if is_pulled(kid):
            pulled.append(kid)
        elif isinstance(kid, Element) and kid.role != closed:
            inner, left = _pulled(kid.kids, is_pulled, closed)
            pulled += inner
            if left or not kid.kids:
                rest.append(replace(kid, kids=tuple(left)))
        else:
            rest.append(kid)
    return pulled, rest


def name_headers(document: Element) -> Element:
    """Header cells say what they head: their column in a table's head, their row elsewhere (PDF/UA-1, 7.5)."""

    def scoped(element: Element, head: bool) -> Element:
        head = head or element.role == "THead"
        kids = tuple(scoped(kid, head) if isinstance(kid, Element) else kid for kid in element.kids)
        scope = ("Column" if head else "Row") if element.role == "TH" else ""
        return replace(element, kids=kids, scope=scope) if scope else with_kids(element, kids)

    return scoped(document, False)


def without_scaffolding(document: Element) -> Element:
    """Replace tags that say nothing by their content."""

    def change(element: Element) -> tuple[Kid, ...]:
        if element.role == "NonStruct" and not element.is_meaningful:
            return element.kids
        if element.role in _BLOCKS:
            # An anonymous box inside a paragraph has the paragraph's role again.
            kids = tuple(inner for kid in element.kids for inner in _without_inner_block(kid))
            return (with_kids(element, kids),)
        if element.role == "Span" and not element.is_meaningful and len(element.kids) == 1:
            return element.kids
        return (element,)

    return rebuild(document, change)


def _without_inner_block(kid: Kid) -> tuple[Kid, ...]:
    return kid.kids if isinstance(kid, Element) and kid.role in _BLOCKS and not kid.is_meaningful else (kid,)


def without_empty(document: Element) -> Element:
    """Remove tags without content: rules, hatching and the marks that copyfit measures by."""
    return rebuild(document, lambda element: (element,) if element.kids or element.role in _CELLS else ())


def space_lines(document: Element) -> Element:
    """Restore the space that a line broke at: it is not drawn, and two words would be read as one.

    Text at the end that no block holds is followed by what is beside it, and has a space, too.
    """
    spaced: dict[tuple[int, int], Mark] = {}
    runs = list(_runs(document))
    for run in runs:
        for here, after in pairwise(run):
            if _breaks_at_space(here, after):
                spaced[here.page, here.number] = replace(here.mark, text=here.mark.text + " ")
    for last in runs[-1][-1:]:
        if last.mark.text[-1:] and _needs_space(last.mark.text[-1]):
            spaced[last.page, last.number] = replace(last.mark, text=last.mark.text + " ")
    return map_content(
        document,
        lambda one: replace(one, mark=spaced[one.page, one.number]) if (one.page, one.number) in spaced else one,
    )


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
    if not before or not behind or here.mark.line == after.mark.line or here.mark.parted:
        return False
    return _needs_space(before) and behind != " " and not _UNSPACED.match(behind)


def _needs_space(sign: str) -> bool:
    return sign not in _ENDS and not _UNSPACED.match(sign)


def add_text(element: Element) -> Element:
    """Put every piece of content in a Span with its language and, where its glyphs don't give it, its text.

    A hyphen that divides a word is a soft one to those who listen (ISO 32000-1, 14.8.2.2.3).
    """

    def spoken(content: Content) -> Element:
        whole = content.mark.text
        text = whole if content.mark.right_to_left else ""
        if whole.endswith(HYPHEN):
            text = whole.removesuffix(HYPHEN) + "\u00ad"
        return Element("Span", kids=(content,), lang=content.mark.lang, text=text)

    return map_content(element, spoken)


def set_languages(document: Element, language: str) -> Element:
    """Set the language of foreign passages at the highest tag inside that they fill; text in `language` gets none."""
    kids = tuple(_hoisted(kid) if isinstance(kid, Element) else kid for kid in document.kids)
    return _settled(replace(document, kids=kids), language)


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
            kids += inner.kids if inner.role == "Span" and not inner.is_meaningful else (inner,)
        else:
            kids.append(kid)
    return replace(element, kids=tuple(kids), lang="" if here == around else here)
