"""Identifies what is handed in: which rows of the release log a file, or a line read from paper, is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from pressroom.approval import Release, Released
from pressroom.approval.evidence import EVERYTHING, Entry, Id
from pressroom.approval.faults import UNSURE
from pressroom.approval.verdict import GRAVEST_FIRST, Verdict
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.publish.file_identity import ControlLine, FileIdentity

# What a file can be beside a release with a verdict; a sheet of several cards is what the worst of them is.
_GRAVITY: Final = ("recalled", "expired", "foreign", "unknown", "proof", *GRAVEST_FIRST[2:])


@dataclass(frozen=True, slots=True)
class Identified:
    """One file: the verdict and why, its control line, and the row of the log it comes from, if the log knows it."""

    path: str
    verdict: str
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
    """Looks files and lines up in the log of releases, and asks for the verdict on what it finds."""

    verdicts: Verdicts

    def judge(self, name: str, marks: FileIdentity) -> Identified:
        """What a file is, by its marks."""
        if not marks.printed:
            return Identified(name, "foreign", "it bears no control line", marks.data)
        control = marks.printed[0]
        if marks.drafts or any(line.version == "PROOF" for line in marks.printed):
            return Identified(name, "proof", "a draft, not for patients", control)
        exact = self._entries(lambda row: row.sha256 == marks.sha256)
        if exact:
            return self._gravest(name, control, exact)
        lines = [self.judge_line(name, line, whole=False) for line in marks.printed]
        worst = min(lines, key=lambda line: _GRAVITY.index(line.verdict))
        return worst if worst.verdict != "altered" else replace(worst, why=_how(marks))

    def judge_line(self, name: str, control: ControlLine, *, whole: bool = True) -> Identified:
        """What a piece is, by its control line alone, as paper shows it; `whole` is False for a file's own line."""
        alike = self._entries(lambda row: _is_of(row, control))
        if not alike and EVERYTHING in self.verdicts.evidence.unsure:
            return Identified(name, "unsure", UNSURE[0], control)
        if not alike:
            return Identified(name, "unknown", "this project released nothing with this control line", control)
        return self._gravest(name, control, alike, whole=whole)

    def _gravest(self, name: str, control: ControlLine, entries: list[Entry], *, whole: bool = True) -> Identified:
        judged = [(self.verdicts.on_entry(entry, whole=whole), entry) for entry in entries]
        verdict, entry = min(judged, key=lambda pair: _GRAVITY.index(pair[0].name))
        why = _why(verdict, entry)
        cards = dict.fromkeys(row.locale for _, row in entries)
        if len(cards) > 1:
            card = "" if verdict.may_be_offered else f"{entry[1].locale} on "
            why = f"{card}a sheet of {', '.join(cards)}: {why}"
        return Identified(name, verdict.name, why, control, *entry)

    def _entries(self, wanted: Callable[[Released], bool]) -> list[Entry]:
        """The last wanted row of each piece, on each kind of paper."""
        releases = self.verdicts.evidence.records.releases
        last: dict[tuple[Id, str], Entry] = {
            (row.id, row.sheet): (release, row) for release in releases for row in release.pieces if wanted(row)
        }
        return list(last.values())


def _why(verdict: Verdict, entry: Entry) -> str:
    release, _ = entry
    return verdict.faults[0].message if verdict.faults else f"released on {release.dated} by {release.by}"


def gravest(found: Iterable[Identified]) -> Identified | None:
    """The one with the gravest verdict."""
    return min(found, key=lambda one: _GRAVITY.index(one.verdict), default=None)


def _is_of(piece: Released, control: ControlLine) -> bool:
    said = control.number, control.locale, control.version, control.inputs
    return (piece.number.rpartition(" ")[2], piece.locale, piece.facts.version, piece.facts.inputs) == said


def _how(marks: FileIdentity) -> str:
    if len(marks.printed) == 1 and not marks.agree:
        return "its control line and its metadata do not agree"
    return "its bytes are not the released ones: a re-saved, imposed or altered copy"
