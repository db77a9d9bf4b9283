"""Names a file that is being made: what it is called, and how it is printed. See `Label`."""

from __future__ import annotations

from typing import Final

from pressroom.approval import Label
from pressroom.approval.releases import DESK, PRINT_SHOP, SCREEN
from pressroom.catalog import Translation
from pressroom.content import Message
from pressroom.layout import Product
from pressroom.planning.plan import Job

_OWN_SIZE: Final = "its own size"


def label_of(job: Job, translation: Translation, made_as: str, kind: str) -> Label:
    """The label of a piece's file: `translation` is what it prints, `made_as` the product it was made as.

    `kind` is `pdf` or `html`.
    """
    product = job.workspace.products().value.get(made_as, job.product)
    paper, how = _printing(product) if kind == "pdf" else ("", "read on a screen")
    return Label(
        language=job.language.english,
        autonym=job.language.autonym,
        direction=job.language.direction,
        title=job.front.title.msgid,
        own_title=_own_title(translation, job.front.title),
        clinic_name=job.clinic.name,
        what=product.description,
        paper=paper,
        how=how,
        then=product.then,
        printed_by=SCREEN if kind != "pdf" else PRINT_SHOP if product.inks else DESK,
    )


def _own_title(translation: Translation, title: Message) -> str:
    """The title in the piece's language; empty if it is not translated."""
    translated = translation.of(title)
    return translated.text if translated.status == "translated" else ""


def _printing(product: Product) -> tuple[str, str]:
    """The paper for the tray, and what to choose in the print window."""
    if product.sheet is not None:
        # The paper without the grid that is printed on it: cut marks are not in the tray.
        paper, _, grid = product.sheet.description.rpartition(", ")
        tray = paper if paper and "×" in grid else product.sheet.description
        return tray, f"two sides, flip on the {product.flip.replace('-', ' ')}"
    if product.paper == _OWN_SIZE:
        return "card stock of its own size", "two sides; with plain paper in the tray take the file for that paper"
    paper, _, how = product.paper.partition(", ")
    return paper, how or "one side or two"
