"""Which panel of a document stands where: a document and a layout go in, panels by passage come out."""

from __future__ import annotations

from pressroom.content import Document, Panel
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import Layout
from pressroom.layout.model import NEXT


def place_panels(document: Document, layout: Layout) -> tuple[dict[str, Panel], list[Diagnostic]]:
    """The document's panels by the layout's passages; no panel is left out, no required passage empty.

    A passage takes the panel it names; the others take what is left in the order of the document, which is the
    order of the story: outside front, flap, back, then inside.
    """
    by_name = {panel.name: panel for panel in document.panels}
    named = {passage.takes for passage in layout.passages}
    rest = iter([panel for panel in document.panels if panel.name not in named])
    placed: dict[str, Panel] = {}
    problems: list[Diagnostic] = []
    for passage in layout.passages:
        panel = next(rest, None) if passage.takes == NEXT else by_name.get(passage.takes)
        if panel is not None:
            placed[passage.name] = panel
        elif passage.required:
            wanted = "another panel" if passage.takes == NEXT else f"the panel {passage.takes!r}"
            message = f"{document.name} lacks {wanted}, which {layout.name} requires"
            problems.append(diagnostic("panel-missing", Span(document.path), message, f"see {layout.path}"))
    problems += [
        diagnostic(
            "panel-unplaced",
            panel.span,
            f"{layout.name} has no place for the panel {panel.name!r}",
            f"its passages are {', '.join(p.name for p in layout.passages)}; see {layout.path}",
        )
        for panel in rest
    ]
    return placed, problems
