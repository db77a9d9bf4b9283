"""Groups a text's messages by the page of the first paper that they are printed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pressroom.commands.signing.proof_pages import Paper, Papers, ProofPage
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.reviewed_messages import LAYOUT_WORD, ReviewedMessage
from pressroom.layout import Layout, place_panels
from pressroom.planning.plan import Job

SectionKind = Literal["page", "layout", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Section:
    """Messages that are read together: those on a page of the first paper, the layouts' words, or the others.

    `number` is the page's, 0 for the others, and `name` its name in the layout. `paper` and `page` are None while the
    paper is not made. `changed` are the messages to be read one by one, `rest` those that are as that person signed
    them.
    """

    kind: SectionKind
    number: int
    name: str
    paper: Paper | None
    page: ProofPage | None
    changed: tuple[ReviewedMessage, ...]
    rest: tuple[ReviewedMessage, ...]

    @property
    def messages(self) -> tuple[ReviewedMessage, ...]:
        """All of them in the order of their numbers."""
        return tuple(sorted((*self.changed, *self.rest), key=lambda message: message.number))


def sections_of(
    review_case: ReviewCase, messages: Sequence[ReviewedMessage], papers: Papers
) -> tuple[tuple[Section, ...], tuple[Paper, ...], tuple[Paper, ...]]:
    """The sections, the first clinic's other papers, and the other clinics' papers.

    The sections are those of the layout, so that they and their ticks are the same before the paper is made.
    """
    first = review_case.jobs[0].clinic.id
    own = [paper for paper in papers.papers if paper.clinic.id == first]
    clinics = tuple(paper for paper in papers.papers if paper.clinic.id != first)
    job = _main_job(review_case, first)
    main = next((paper for paper in own if job is not None and paper.job.id == job.id), None)
    by_panel, names = _pages_of_panels(review_case, job) if job is not None else ({}, ())
    pages = {page.number: page for page in main.pages} if main is not None else {}
    groups: dict[tuple[SectionKind, int], list[ReviewedMessage]] = {}
    for number in range(1, max(len(names), len(pages)) + 1):
        groups["page", number] = []
    for message in messages:
        at = by_panel.get(message.message.panel, 0)
        kind: SectionKind = "page" if at else "layout" if _is_word(message) else "elsewhere"
        groups.setdefault((kind, at), []).append(message)
    sections = tuple(
        Section(
            kind,
            number,
            names[number - 1] if 0 < number <= len(names) else "",
            main if kind == "page" else None,
            pages.get(number),
            tuple(message for message in group if message.changed),
            tuple(message for message in group if not message.changed),
        )
        for (kind, number), group in groups.items()
        if group or number in pages
    )
    return sections, tuple(paper for paper in own if paper is not main), clinics


def _main_job(review_case: ReviewCase, clinic: str) -> Job | None:
    """The paper whose pages the messages are shown with: one that is printed, by itself rather than on a sheet."""
    jobs = [job for job in review_case.jobs if job.clinic.id == clinic and not _is_screen(job)]
    return next((job for job in jobs if job.product.sheet is None), next(iter(jobs), None))


def _is_screen(job: Job) -> bool:
    layout = job.workspace.layout(job.product.layout)
    return isinstance(layout, Layout) and layout.file_kind != "pdf"


def _is_word(message: ReviewedMessage) -> bool:
    return message.message.role == LAYOUT_WORD


def _pages_of_panels(review_case: ReviewCase, job: Job) -> tuple[dict[str, int], tuple[str, ...]]:
    """The page where each of the document's panels is printed, and the pages' names; a flowing text is on the first."""
    panels = [panel.name for panel in review_case.document.panels]
    layout = review_case.workspace.layout(job.product.layout)
    if not isinstance(layout, Layout) or layout.flows or not layout.pages:
        return dict.fromkeys(panels, 1), ()
    layout = layout.with_drawing(review_case.document.front.art)
    return dict(_placed(review_case, layout)), tuple(page.name for page in layout.pages)


def _placed(review_case: ReviewCase, layout: Layout) -> Iterator[tuple[str, int]]:
    placed, _ = place_panels(review_case.document, layout)
    for frame in reversed(layout.frames):
        for panel in placed.get(frame.passage, ()):
            yield panel.name, layout.page_number(frame.page)
