"""The pages of a document's proofs in a locale, each with what differs from the page that a person signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pressroom.approval.records import SignOff
from pressroom.approval.wording import digest
from pressroom.commands.building.kept import as_today
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.drawing import Rectangle
from pressroom.drawing.compare import Difference, differences
from pressroom.drawing.pages import page_hashes, page_sizes
from pressroom.layout import Layout
from pressroom.layout.model import WEB
from pressroom.planning.plan import Job
from pressroom.project import Clinic
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import published_bytes, sha256_of
from pressroom.workspace.signed_words import signed_marks


@dataclass(frozen=True, slots=True)
class ProofPage:
    """A page of a proof (from 1): its name in the layout, a hash of what it paints, and its size in points.

    `differs` are the places that are not drawn as that person signed them; `signed` is True if none is. `was` is the
    SHA-256 of the file that they signed, empty if they signed none.
    """

    number: int
    name: str
    look: str
    size: tuple[float, float]
    signed: bool = False
    differs: tuple[Difference, ...] = ()
    was: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A product's proof for one clinic. `same_base` is False if another clinic's differs in more than its own lines."""

    job: Job
    record: PieceRecord
    pages: tuple[ProofPage, ...]

    @property
    def product(self) -> str:
        """The product's name."""
        return self.job.product.name

    @property
    def clinic(self) -> Clinic:
        """Whose lines it has."""
        return self.job.clinic

    @property
    def is_screen(self) -> bool:
        """True for a web page, which has no pictures of pages."""
        return self.record.kind != "pdf"

    @property
    def is_sheet(self) -> bool:
        """True for cards on a sheet: their pages are those of the card, several times."""
        return bool(self.job.product.sheet)

    @property
    def read(self) -> str:
        """The hash of all that it draws, which a tick on the whole of it is bound to."""
        return digest(("paper", self.product, self.clinic.id, self.record.drawing.base, self.record.drawing.imprint))

    def read_page(self, page: ProofPage) -> str:
        """The hash of what one page draws, which a tick on it is bound to."""
        return digest(("page", self.product, self.clinic.id, str(page.number), page.look))

    @property
    def signed(self) -> bool:
        """True if that person signed all of it as it is drawn."""
        return bool(self.pages) and all(page.signed for page in self.pages)


@dataclass(frozen=True, slots=True)
class Papers:
    """The current proofs of a document in a locale, and the jobs that have none."""

    papers: tuple[Paper, ...]
    outdated: tuple[Job, ...]


def papers_of(review_case: ReviewCase, output: Path, since: SignOff | None) -> Papers:
    """The proofs of all products and clinics; `since` is the signature that they are compared with."""
    store = Store(output)
    known = store.manifest().by_id()
    papers: list[Paper] = []
    outdated: list[Job] = []
    for job in review_case.jobs:
        record = known.get(job.id)
        today = as_today(record, job) if record is not None and record.made else None
        if today is None or sha256_of(store.current / today.path) != today.sha256:
            outdated.append(job)
        else:
            papers.append(Paper(job, today, tuple(_pages(review_case, store, job, today, since))))
    return Papers(tuple(papers), tuple(outdated))


def _pages(
    review_case: ReviewCase, store: Store, job: Job, record: PieceRecord, since: SignOff | None
) -> Iterator[ProofPage]:
    now = list(_marks(store, record))
    if not now:
        return
    hashes, sizes, names = page_hashes(*now), page_sizes(now[0]), _names(job)
    before = _signed_marks(review_case, job, since)
    old = page_hashes(*before) if before else {}
    places = _places(before, now) if before and hashes != old else ()
    was = since.proofs.get(record.path, "") if since is not None else ""
    for number, look in hashes.items():
        name = names[number - 1] if number <= len(names) else ""
        differs = tuple(place for place in places if place.page == number)
        yield ProofPage(number, name, look, sizes.get(number, (0, 0)), old.get(number) == look, differs, was)


def _marks(store: Store, record: PieceRecord) -> Iterator[str]:
    with suppress(OSError):
        for sha256 in record.marks:
            yield store.text(sha256)


def _signed_marks(review_case: ReviewCase, job: Job, since: SignOff | None) -> list[str]:
    if since is None:
        return []
    drawing = since.drawing_of(job.product.name, job.clinic.id)
    if not drawing.known:
        return []
    return [signed_marks(review_case.workspace, since, name) for name in (drawing.base, drawing.imprint)]


def _places(before: Iterable[str], now: Iterable[str]) -> tuple[Difference, ...]:
    found = [place for old, new in zip(before, now, strict=False) for place in differences(old, new)]
    # What lies over a clinic's words is in both parts.
    return tuple(dict.fromkeys(found))


def _names(job: Job) -> tuple[str, ...]:
    layout = job.workspace.layout(job.product.layout)
    if not isinstance(layout, Layout) or layout.type_class == WEB or layout.flows:
        return ()
    return tuple(page.name for page in layout.pages)


def page_picture(output: Path, paper: Paper, page: ProofPage, dpi: int) -> bytes:
    """A PNG of a page as it is now."""
    return _picture(published_bytes(Store(output).current, paper.record.path), page.number, dpi)


def signed_picture(output: Path, page: ProofPage, dpi: int) -> bytes | None:
    """A PNG of a page as that person signed it, with a frame around what differs; None if the file is not kept here."""
    from pressroom.postpress.marked_pages import marked_pages

    data = Store(output).signed(page.was)
    if data is None:
        return None
    boxes: dict[int, list[Rectangle]] = {page.number: [place.box for place in page.differs]}
    return marked_pages(data, boxes, dpi).get(page.number)


def _picture(data: bytes, number: int, dpi: int) -> bytes:
    from pressroom.preflight.page_content import page_images

    for at, (image, _) in enumerate(page_images(data, dpi, optimize=False), start=1):
        if at == number:
            return image
    raise OSError(f"the file has no page {number}")
