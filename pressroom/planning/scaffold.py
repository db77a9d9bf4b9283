"""Writes the source of a new document, a brochure or a card that builds as a proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.content import Document
from pressroom.content.parse import parse_document
from pressroom.data_files import data_text
from pressroom.layout import CARD, WEB, Layout, place_panels
from pressroom.planning.named import UsageError
from pressroom.workspace.workspace import Workspace

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a new document is: its folder below source/, its text, and what its product needs."""

    name: str
    folder: str
    template: str
    hint: str


_BROCHURE: Final = _Kind(
    "brochure",
    "brochures",
    "planning/new_document.md",
    "a brochure needs a layout with places for cover, contact and four more panels",
)
_CARD: Final = _Kind(
    "card",
    "cards",
    "planning/new_card.md",
    "a card needs a layout with places for signs, turn-over, more-signs, act",
)


def scaffold(workspace: Workspace, name: str, title: str, today: str, *, card: bool = False) -> Path:
    """Write `source/brochures/<name>.md`, or `source/cards/<name>.md` for a card; its review is due in a year.

    `today` is `YYYY-MM-DD`.

    Raises:
        UsageError: the name can't be a document's, or is one already, or no product has places for its panels.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} can't name a document", "use lower-case words and hyphens, as knee-replacement")
    if any(path.stem == name for path in workspace.sources()):
        raise UsageError(f"there is a document {name!r} already", "choose another name")
    title = " ".join((title or name.replace("-", " ").capitalize()).split())
    if ":" in title or "#" in title:
        raise UsageError(f"the title {title!r} has a colon or a number sign", "leave it out; front matter is YAML")
    kind = _CARD if card else _BROCHURE
    number = "".join(part[0] for part in name.split("-")).upper()[:4] + "-001"
    path = workspace.root / "source" / kind.folder / f"{name}.md"
    dates = {"month": today[:7], "review": f"{int(today[:4]) + 1}{today[4:7]}"}
    # The template marks every word as pending: none may reach a patient unconfirmed.
    text = data_text(kind.template).format(number=number, title=title, product="{product}", **dates)
    workspace.write(path, text.replace("{product}", ", ".join(_products(workspace, text, kind))).encode())
    return path


def _products(workspace: Workspace, text: str, kind: _Kind) -> list[str]:
    """The first of the project's products with a passage for each panel; a card has a web page too."""
    document, _ = parse_document(text.replace("{product}", "any"), "new.md")
    layouts = {product.name: workspace.layout(product.layout) for product in workspace.products().value.values()}
    usable = {name: layout for name, layout in layouts.items() if isinstance(layout, Layout)}
    fitting = [name for name, layout in usable.items() if document and _suits(document, layout, kind)]
    if not fitting:
        raise UsageError(f"no product of this project has places for a {kind.name}", kind.hint)
    screens = [name for name, layout in usable.items() if layout.type_class == WEB] if kind is _CARD else []
    return [*fitting[:1], *screens[:1]]


def _suits(document: Document, layout: Layout, kind: _Kind) -> bool:
    """True if each panel of the document has its own place: a folded brochure, or a card."""
    one_each = bool(layout.passages) and all(passage.most == 1 for passage in layout.passages)
    return one_each and (layout.type_class == CARD) == (kind is _CARD) and not place_panels(document, layout)[1]
