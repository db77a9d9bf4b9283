"""Translators' questions: a catalog goes in, what its translators ask beside which message comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pressroom.catalog.model import Catalog, Key
from pressroom.diagnostics import Span

_ASKS: Final = "?:"


@dataclass(frozen=True, slots=True)
class Question:
    """A comment `# ?: …` of a translator; `span` is its message in the catalog. Comment lines below it belong to it."""

    text: str
    key: Key
    locale: str
    span: Span


def questions(catalog: Catalog) -> tuple[Question, ...]:
    """The questions of one catalog in its order; obsolete messages are asked about no more."""
    return tuple(
        Question(text, entry.key, catalog.locale, Span(catalog.path, entry.line))
        for entry in catalog.active
        for text in _asked(entry.comments)
    )


def _asked(comments: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    open_ = False
    for line in comments:
        if line.lstrip().startswith(_ASKS):
            found.append(line.lstrip().removeprefix(_ASKS).strip())
            open_ = True
        elif open_ and line.startswith("  "):
            found[-1] += f" {line.strip()}"
        else:
            open_ = False
    return [text for text in found if text]
