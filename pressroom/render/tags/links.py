"""Links: the tags of a tree go in, and every active area stands in the Link it belongs to (PDF/UA-1, 7.18.5)."""

from __future__ import annotations

from dataclasses import replace

from pressroom.render.tags.model import Annotation, Element, Kid


def lift_annotations(element: Element) -> Element:
    """Of `<a><b>x</b></a>` the outer box and the inner one get an area each, the inner outside any Link.

    The outer covers the inner, which is dropped; where the outer has none, the inner ones move up to the Link.
    """
    kids = tuple(lift_annotations(kid) if isinstance(kid, Element) else kid for kid in element.kids)
    if element.role != "Link":
        return replace(element, kids=kids)
    own = [kid for kid in kids if isinstance(kid, Annotation)]
    areas, rest = _parted(kids)
    return replace(element, kids=(*(own or areas), *rest))


def _parted(kids: tuple[Kid, ...]) -> tuple[list[Kid], list[Kid]]:
    areas: list[Kid] = []
    rest: list[Kid] = []
    for kid in kids:
        if isinstance(kid, Annotation):
            areas.append(kid)
        elif isinstance(kid, Element):
            inner, left = _parted(kid.kids)
            areas += inner
            rest.append(replace(kid, kids=tuple(left)))
        else:
            rest.append(kid)
    return areas, rest
