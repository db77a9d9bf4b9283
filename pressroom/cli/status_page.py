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
from pressroom.language import ENGLISH

_PARTS: Final = (("done", "translated"), ("draft", "machine draft"), ("fuzzy", "to review"), ("empty", "to translate"))


def status_page(
    project: str,
    checked: Sequence[Checked],
    states: Mapping[tuple[str, str], str],
    asked: Sequence[Question],
    waived: Sequence[Waived],
) -> str:
    """The page in HTML; `states` has the state in words by document and locale."""
    cells = {
        (text.document, text.language.tag): {
            "language": text.language,
            "counts": _counts(text),
            "state": _state(text, states),
            "errors": text.errors,
            "words_left": text.words_left,
        }
        for text in checked
        if text.language.tag != ENGLISH
    }
    return (
        render_page(
            "status.html",
            title=f"{project}: how far the translations are",
            style=Markup(data_text("cli/status.css")),
            parts=_PARTS,
            documents=list(dict.fromkeys(document for document, _ in cells)),
            languages=list({tag: cell["language"] for (_, tag), cell in cells.items()}.values()),
            cells=cells,
            asked=asked,
            waived=waived,
        )
        + "\n"
    )


def _state(checked: Checked, states: Mapping[tuple[str, str], str]) -> str:
    if checked.state is None:
        return "unreadable"
    return states.get((checked.document, checked.language.tag)) or checked.state.name


def _counts(checked: Checked) -> dict[str, object] | None:
    """How many messages are in each state; None if the catalog can't be read."""
    state = checked.state
    if state is None:
        return None
    translated = state.messages - state.untranslated - state.fuzzy
    numbers = (translated - state.machine, state.machine, state.fuzzy, state.untranslated)
    parts = [{"name": name, "text": text, "count": n} for (name, text), n in zip(_PARTS, numbers, strict=True)]
    return {
        "parts": parts,
        "translated": translated,
        "messages": state.messages,
        "fuzzy": state.fuzzy,
        "untranslated": state.untranslated,
    }
