"""What a person signs, in lines to check: made from the very record that would be written."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.approval import SignOff
from pressroom.approval.records import SIGNOFF
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.fingerprint import content_hash

# Signs of a hash that people compare.
_SHORT = 8


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A product in a record: its name, what it is, and by each clinic the first signs of its drawing's hashes."""

    product: str
    description: str
    paper: str
    flip: str
    looks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignatureSheet:
    """A record in lines. `mark` is the SHA-256 of its bytes, `messages` how many it covers.

    `numbers` are the clinics, by name, with their emergency numbers. `replaces` are the earlier signatures that it
    replaces, `after` the newest entries of the log that it names.
    """

    record: SignOff
    mark: str
    messages: int
    papers: tuple[SignedPaper, ...]
    numbers: tuple[tuple[str, str], ...]
    replaces: tuple[SignOff, ...]

    @property
    def clinics(self) -> tuple[str, ...]:
        """The clinics whose papers it covers, by name."""
        return tuple(dict.fromkeys(clinic for paper in self.papers for clinic, _ in paper.looks))

    @property
    def looks(self) -> int:
        """How many drawings it names."""
        return sum(len(paper.looks) for paper in self.papers)

    @property
    def words(self) -> tuple[str, str]:
        """The first signs of the hashes of the English and of the text in the locale."""
        return self.record.english[:_SHORT], self.record.translation[:_SHORT]


def signature_sheet(review_case: ReviewCase, name: str, text: bytes) -> SignatureSheet:
    """The sheet of a record's file, by its name and its bytes."""
    record = SIGNOFF.read(text.decode(), name)
    wording = review_case.wording()
    clinics = {job.clinic.id: job.clinic.name for job in review_case.jobs}
    signed = {signoff.id: signoff for signoff in review_case.signoffs()}
    lines = {(line.context, line.english) for line in wording.all_lines} if wording is not None else set()
    return SignatureSheet(
        record=record,
        mark=content_hash(text),
        messages=len(lines),
        papers=_papers(review_case, record, clinics),
        numbers=tuple((clinics.get(id, id), number) for id, number in record.emergency.items()),
        replaces=tuple(signed[id] for id in record.replaces if id in signed),
    )


def _papers(review_case: ReviewCase, record: SignOff, clinics: dict[str, str]) -> tuple[SignedPaper, ...]:
    products = {job.product.name: job.product for job in review_case.jobs}
    return tuple(
        SignedPaper(
            name,
            product.description,
            product.paper if product.sheet is not None or product.flip else "",
            product.flip,
            tuple(
                (clinic, f"{drawing.base[:_SHORT]} {drawing.imprint[:_SHORT]}")
                for id, clinic in clinics.items()
                if (drawing := record.drawing_of(name, id)).known
            ),
        )
        for name, product in products.items()
        if name in record.words
    )
