"""Lists as lists: tags of items go in, L > LI > (Lbl, LBody) comes out, as ISO 32000-1, 14.8.4.3.3 has it."""

from __future__ import annotations

from dataclasses import replace

from pressroom.render.tags.model import Element, Kid


def order_lists(document: Element) -> Element:
    """Every item's number or bullet in its Lbl, all else of it in one LBody; each list says how it is numbered."""
    kids = tuple(order_lists(kid) if isinstance(kid, Element) else kid for kid in document.kids)
    element = replace(document, kids=kids)
    if element.role == "LI":
        return _item(element)
    if element.role == "L":
        return replace(element, numbering=_numbering(element))
    return element


def _item(item: Element) -> Element:
    labels, rest = _parted(item)
    body: list[Kid] = []
    for kid in rest:
        body += kid.kids if isinstance(kid, Element) and kid.role == "LBody" else (kid,)
    heads = tuple(Element("Lbl", kids=(label,)) for label in labels)
    return replace(item, kids=(*heads, Element("LBody", kids=tuple(body))))


def _parted(element: Element) -> tuple[list[Kid], list[Kid]]:
    """The labels drawn in an item, not those of a list inside it, and what is left without them."""
    labels: list[Kid] = []
    rest: list[Kid] = []
    for kid in element.kids:
        if not isinstance(kid, Element) or kid.role == "L":
            rest.append(kid)
        elif kid.mark is not None and kid.mark.label:
            labels.append(kid)
        else:
            inner, left = _parted(kid)
            labels += inner
            if left or not kid.kids:
                rest.append(replace(kid, kids=tuple(left)))
    return labels, rest


def _numbering(element: Element) -> str:
    """Decimal where the items have labels; bullets that are drawn, not typed, leave none."""
    labels = [kid for item in element.elements for kid in item.elements if kid.role == "Lbl"]
    return "Decimal" if labels else "Disc"
