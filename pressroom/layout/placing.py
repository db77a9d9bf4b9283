"""Places the panels of a document in the passages of a layout."""

from __future__ import annotations

from itertools import islice

from pressroom.content import Document, Panel
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.model import NEXT, Layout, Passage


def place_panels(document: Document, layout: Layout) -> tuple[dict[str, tuple[Panel, ...]], list[Diagnostic]]:
    """The document's panels by the layout's passages; no panel is left out, no required passage empty.

    A passage takes the panel it names; the others take what is left in the order of the document, which is the
    order of the story: outside front, flap, back, then inside.
    """
    by_name = {panel.name: panel for panel in document.panels}
    named = {passage.takes for passage in layout.passages}
    rest = iter([panel for panel in document.panels if panel.name not in named])
    placed: dict[str, tuple[Panel, ...]] = {}
    problems: list[Diagnostic] = []
    for passage in layout.passages:
        if passage.takes == NEXT:
            panels = tuple(islice(rest, passage.most))
        else:
            panels = (by_name[passage.takes],) if passage.takes in by_name else ()
        if panels:
            placed[passage.name] = panels
        elif passage.required:
            problems.append(_missing(document, layout, passage))
    problems += [_unplaced(panel, layout) for panel in rest]
    return placed, problems


def _missing(document: Document, layout: Layout, passage: Passage) -> Diagnostic:
    wanted = "another panel" if passage.takes == NEXT else f"the panel {passage.takes!r}"
    message = f"{document.name} lacks {wanted}, which {layout.name} requires"
    return diagnostic("panel-missing", Span(document.path), message, f"see {layout.path}")


def _unplaced(panel: Panel, layout: Layout) -> Diagnostic:
    names = ", ".join(passage.name for passage in layout.passages)
    message = f"{layout.name} has no place for the panel {panel.name!r}"
    return diagnostic("panel-unplaced", panel.span, message, f"its passages are {names}; see {layout.path}")
