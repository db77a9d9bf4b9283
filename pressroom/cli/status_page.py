"""The web page of `status`: all locales at a glance, then a table for each document. It needs no other file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from pressroom.commands.catalogs.check import Checked
from pressroom.commands.catalogs.questions import Question
from pressroom.commands.signing.waivers import Waived
from pressroom.compose.template import render_page
from pressroom.data_files import data_text

_PARTS: Final = (("done", "translated"), ("draft", "machine draft"), ("fuzzy", "to review"), ("empty", "to translate"))


def status_page(
    project: str,
    checked: Sequence[Checked],
    states: Mapping[tuple[str, str], str],
    asked: Sequence[Question],
    waived: Sequence[Waived],
) -> str:
    """The page in HTML; `states` has the state in words by document and locale."""
    cells = {(text.document, text.language.tag): text for text in checked if text.language.tag != "en"}
    page = render_page(
        "status.html",
        title=f"{project}: how far the translations are",
        style=Markup(data_text("cli/status.css")),
        parts=_PARTS,
        documents=list(dict.fromkeys(document for document, _ in cells)),
        languages=list({text.language.tag: text.language for text in cells.values()}.values()),
        cells=cells,
        states=states,
        asked=asked,
        waived=waived,
    )
    return f"{page}\n"
