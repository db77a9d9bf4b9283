"""Writes the source of a new document, a brochure that builds as a proof."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pressroom.content import parse_document
from pressroom.data_files import data_text
from pressroom.diagnostics import Diagnostic
from pressroom.layout import place_panels
from pressroom.planning.named import UsageError
from pressroom.workspace.workspace import Workspace

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def scaffold(workspace: Workspace, name: str, title: str, today: str) -> Path:
    """Write `source/brochures/<name>.md`; `today` is `YYYY-MM-DD`, and its review is due in a year.

    Raises:
        UsageError: the name can't be a document's, or is one already.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} can't name a document", "use lower-case words and hyphens, as knee-replacement")
    if any(path.stem == name for path in workspace.sources()):
        raise UsageError(f"there is a document {name!r} already", "choose another name")
    title = " ".join((title or name.replace("-", " ").capitalize()).split())
    if ":" in title or "#" in title:
        raise UsageError(f"the title {title!r} has a colon or a number sign", "leave it out; front matter is YAML")
    number = "".join(part[0] for part in name.split("-")).upper()[:4] + "-001"
    path = workspace.root / "source" / "brochures" / f"{name}.md"
    dates = {"month": today[:7], "review": f"{int(today[:4]) + 1}{today[4:7]}"}
    # The template marks every word as pending: none may reach a patient unconfirmed.
    text = data_text("planning/new_document.md").format(number=number, title=title, product="{product}", **dates)
    workspace.write(path, text.replace("{product}", _product(workspace, text)).encode())
    return path


def _product(workspace: Workspace, text: str) -> str:
    """The first of the project's products with a passage for each panel: a folded brochure."""
    document, _ = parse_document(text.replace("{product}", "any"), "new.md")
    for product in workspace.products().value.values():
        layout = workspace.layout(product.layout)
        if isinstance(layout, Diagnostic):
            continue
        one_each = all(passage.most == 1 for passage in layout.passages)
        if document and layout.passages and one_each and not place_panels(document, layout)[1]:
            return product.name
    hint = "a brochure needs a layout with places for cover, contact and four more panels"
    raise UsageError("no product of this project has places for a brochure", hint)
