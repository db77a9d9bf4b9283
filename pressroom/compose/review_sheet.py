"""Composes the review sheet: English and translation side by side, on one page for paper or screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.approval.wording import DiffPart
from pressroom.compose.composition import HtmlPage
from pressroom.compose.template import paper_styles, render_page
from pressroom.compose.text import Shown
from pressroom.content.inline import InlineRun
from pressroom.language import ENGLISH, Language, find_language


@dataclass(frozen=True, slots=True)
class Row:
    """One message: its number for people, its panel, English and translation as runs, and remarks.

    `status` is what a reviewer must know of the text (`machine draft`, `fuzzy`, `not translated`), `back` a
    back-translation, `changed` the English with what changed since the last signature.
    """

    number: int
    panel: str
    english: tuple[InlineRun, ...]
    text: tuple[InlineRun, ...]
    status: tuple[str, ...] = ()
    back: str = ""
    notes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    changed: tuple[DiffPart, ...] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture of a proof's page: its address, what it shows, and whether two are side by side."""

    address: str
    caption: str
    small: bool


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """A review sheet: a row a message, other findings, who has signed, the addresses of the proof's pages.

    `awaited` says where a sentence is still to be written.
    `facts` are lines about the document, `signatures` what was signed so far, `roles` who may sign.
    """

    title: str
    language: Language
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    awaited: tuple[str, ...]
    findings: tuple[str, ...]
    signatures: tuple[str, ...]
    roles: tuple[str, ...]
    pages: tuple[PageImage, ...]

    @property
    def has_back(self) -> bool:
        """True where any message has a back-translation: then there is a column for it."""
        return any(row.back for row in self.rows)


def compose_review_sheet(sheet: ReviewSheet, images: Mapping[str, bytes]) -> HtmlPage:
    """The sheet as it is laid out on paper; the images are served by their addresses."""
    html = review_sheet_html(sheet, {address: address for address in images})
    return HtmlPage(html, paper_styles("review.css"), dict(images))


def review_sheet_html(sheet: ReviewSheet, sources: Mapping[str, str], *, style: bool = False) -> str:
    """The sheet in HTML; `sources` maps each image to its URL, `style` puts the stylesheet into the page."""
    return render_page(
        "review.html",
        sheet=sheet,
        sources=sources,
        style="".join(one.text for one in paper_styles("review.css")) if style else "",
        own=Shown(sheet.language),
        english=Shown(find_language(ENGLISH)),
        families=", ".join(f'"{family}"' for family in sheet.language.font_names),
    )
