"""The judge of what is handed in: a file's marks, or a line read from paper, go in; what it is comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pressroom.approval import ApprovalState, Case, Pulled, Recall, Release, Released, last_day
from pressroom.publish.file_identity import ControlLine, FileIdentity

Verdict = Literal["current", "superseded", "stale", "expired", "recalled", "proof", "altered", "unknown", "foreign"]
Id = tuple[str, str, str, str]
Entry = tuple[Release, Released]

# The gravest first: a sheet of several cards is what the worst of them is.
_GRAVITY: Final[tuple[Verdict, ...]] = (
    "recalled", "expired", "foreign", "unknown", "proof", "altered", "superseded", "stale", "current",
)  # fmt: skip
# What is said of bytes that nobody released, where nothing graver is.
_PASSES: Final = ("current", "superseded", "stale")


@dataclass(frozen=True, slots=True)
class Identified:
    """One file: what its control line says, the verdict, why, and the release it came from (if the log knows it)."""

    path: str
    verdict: Verdict
    why: str
    control: ControlLine | None = None
    release: Release | None = None
    piece: Released | None = None

    @property
    def holds(self) -> bool:
        """True where the file may be handed out."""
        return self.verdict == "current"


@dataclass(frozen=True, slots=True)
class Judge:
    """Knows every release, every recall, and what each piece of the project would say today."""

    releases: tuple[Release, ...]
    recalls: tuple[Recall, ...]
    cases: dict[Id, tuple[Case, ApprovalState]]
    today: date

    def judge(self, name: str, marks: FileIdentity) -> Identified:
        """What a file is, by its marks."""
        if not marks.printed:
            return Identified(name, "foreign", "it bears no control line", marks.data)
        control = marks.printed[0]
        if marks.drafts or any(line.version == "PROOF" for line in marks.printed):
            return Identified(name, "proof", "a draft, not for patients", control)
        exact = self._entries(lambda piece: piece.sha256 == marks.sha256)
        if exact:
            return self._gravest(name, control, exact)
        found = [self.judge_line(name, line) for line in marks.printed]
        worst = min(found, key=lambda one: _GRAVITY.index(one.verdict))
        if worst.verdict not in _PASSES:
            return worst
        return Identified(name, "altered", _how(marks), worst.control, worst.release, worst.piece)

    def judge_line(self, name: str, control: ControlLine) -> Identified:
        """What a piece is, by its control line alone, as paper shows it."""
        alike = self._entries(lambda piece: _is_of(piece, control))
        if not alike:
            return Identified(name, "unknown", "this project released nothing with this control line", control)
        return self._gravest(name, control, alike)

    def _gravest(self, name: str, control: ControlLine, entries: list[Entry]) -> Identified:
        judged = [(self._standing(*entry), entry) for entry in entries]
        (verdict, why), entry = min(judged, key=lambda row: _GRAVITY.index(row[0][0]))
        of = {piece.locale: piece for _, piece in entries}
        if len(of) > 1:
            one = "" if verdict == "current" else f"{entry[1].locale} on "
            why = f"{one}a sheet of {', '.join(of)}: {why}"
        return Identified(name, verdict, why, control, *entry)

    def _entries(self, wanted: Callable[[Released], bool]) -> list[Entry]:
        """The last release of each piece, on each kind of paper, that is wanted."""
        rows = ((release, piece) for release in self.releases for piece in release.pieces)
        return list({(*p.id, p.sheet): (release, p) for release, p in rows if wanted(p)}.values())

    def _standing(self, release: Release, piece: Released) -> tuple[Verdict, str]:
        for recall in self.recalls:
            listed = any(_is_row(piece, row) for row in recall.pulled)
            if listed or (recall.covers(piece.document, piece.locale) and release.dated < recall.dated):
                return "recalled", f"on {recall.dated} by {recall.name}: {recall.reason}"
        if self.today > last_day(piece.facts.review_by):
            return "expired", f"its review date was {piece.facts.review_by}"
        later = [
            r for r in self.releases for p in r.pieces if p.id == piece.id and not p.sheet and r.number > release.number
        ]
        if later:
            return "superseded", f"released anew on {later[-1].dated}"
        changed = self._changed(piece)
        if changed:
            return "stale", changed
        return "current", f"released on {release.dated} by {release.by}"

    def _changed(self, piece: Released) -> str:
        """What is no longer as it was when the piece was released; empty where all is."""
        case, standing = self.cases.get(piece.id, (None, None))
        if case is None or standing is None:
            return "the project has no such piece any more"
        other = piece.facts.content.differences(case.content)
        if "emergency" in other:
            printed = piece.facts.content.emergency
            return f"it prints {printed}, and the emergency number of {piece.clinic} is {case.emergency} now"
        if other == {"imprint"}:
            return f"what it says of {piece.clinic}, or where it can be read, changed since it was released"
        if other:
            return "the words changed since it was released"
        if standing.name != "approved":
            return f"a signature was taken back since it was released: it is {standing.name}"
        return ""


def gravest(found: Iterable[Identified]) -> Identified | None:
    """The one with the gravest verdict."""
    return min(found, key=lambda one: _GRAVITY.index(one.verdict), default=None)


def _is_of(piece: Released, control: ControlLine) -> bool:
    said = control.number, control.locale, control.version, control.inputs
    return (piece.number.rpartition(" ")[2], piece.locale, piece.facts.version, piece.facts.inputs) == said


def _is_row(piece: Released, row: Pulled) -> bool:
    facts = piece.facts
    printed = (piece.number, piece.locale, facts.version, facts.inputs)
    return row.sha256 == piece.sha256 or (row.number, row.locale, row.version, row.inputs) == printed


def _how(marks: FileIdentity) -> str:
    if len(marks.printed) == 1 and not marks.agree:
        return "its control line and its metadata do not agree"
    return "its bytes are not the released ones: a re-saved, imposed or altered copy"
