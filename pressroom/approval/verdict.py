"""Decides what may be handed out. No other module does: release, verify, sheets, rollback and the desk page all ask.

`decide` is a pure function. It answers two questions about a piece (one document in one locale, product and clinic):
may a new release of it be made, and what may happen to a file of it that was released? A file can have several faults
at once; it may stay, come back or be offered only if every fault allows it. `ANSWERS` is the table of faults, and
docs/explanation/safety.md explains it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from pressroom.approval.evidence import Evidence, PieceToday, Reason, ReleasedFile
from pressroom.approval.reasons import bars, faults

Question = Literal["stay", "come_back", "be_offered", "beside_english"]


class Answer(NamedTuple):
    """What may happen to a released file with a fault: stay in the edition, come back by `rollback`, be handed out.

    `beside_english` is whether it may be handed out together with the current English of the same piece.
    """

    stay: bool
    come_back: bool
    be_offered: bool
    beside_english: bool


# The gravest first. A name is the first of a file's faults in this order.
ANSWERS: Final[dict[str, Answer]] = {
    "recalled": Answer(stay=False, come_back=False, be_offered=False, beside_english=False),
    "expired": Answer(stay=True, come_back=False, be_offered=False, beside_english=False),
    "unsure": Answer(stay=True, come_back=False, be_offered=False, beside_english=False),
    "unlogged": Answer(stay=False, come_back=False, be_offered=False, beside_english=False),
    "altered": Answer(stay=False, come_back=False, be_offered=False, beside_english=False),
    "gone": Answer(stay=False, come_back=False, be_offered=False, beside_english=False),
    "orphaned": Answer(stay=False, come_back=False, be_offered=False, beside_english=False),
    "superseded": Answer(stay=True, come_back=True, be_offered=False, beside_english=False),
    "unapproved": Answer(stay=True, come_back=True, be_offered=False, beside_english=False),
    "clinic-changed": Answer(stay=True, come_back=True, be_offered=False, beside_english=False),
    "stale": Answer(stay=True, come_back=True, be_offered=False, beside_english=True),
    "dropped": Answer(stay=True, come_back=True, be_offered=False, beside_english=False),
    "current": Answer(stay=True, come_back=True, be_offered=True, beside_english=True),
}
GRAVEST_FIRST: Final[tuple[str, ...]] = tuple(ANSWERS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may happen to a piece and, if one was given, to a released file of it.

    `faults` are the file's, the gravest first; `bars` are the reasons against a new release, which needs to have none.
    """

    faults: tuple[Reason, ...]
    bars: tuple[Reason, ...]
    has_file: bool

    @property
    def name(self) -> str:
        """The file's gravest fault; `current` if it has none."""
        return self.faults[0].code if self.faults else "current"

    def against(self, question: Question) -> tuple[Reason, ...]:
        """The file's faults that forbid it, the gravest first."""
        return tuple(fault for fault in self.faults if not getattr(ANSWERS[fault.code], question))

    def may(self, question: Question) -> bool:
        """True if there is a file and no fault forbids it."""
        return self.has_file and not self.against(question)


def decide(piece: PieceToday, evidence: Evidence, file: ReleasedFile | None = None) -> Verdict:
    """Decide about a piece and, if one is given, about a file of it that was released or is about to be."""
    against = () if file is None else faults(piece, evidence, file)
    gravest_first = sorted(against, key=lambda fault: GRAVEST_FIRST.index(fault.code))
    return Verdict(tuple(gravest_first), tuple(bars(piece, evidence)), has_file=file is not None)
