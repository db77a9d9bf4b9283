"""Why each piece is made or kept: what `build --explain` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pressroom.approval.evidence import Id
from pressroom.counted import counted
from pressroom.planning.keys import Inputs
from pressroom.planning.ledger import clinic_ledger, differences, ledger_of, read_ledger, written
from pressroom.planning.plan import Job
from pressroom.planning.prepare import Prepared, prepare
from pressroom.planning.versions import made_with
from pressroom.project.kept import Kept
from pressroom.publish import PieceRecord
from pressroom.render.work import Work, together

# More differences than these are counted.
_LISTED = 3
_UNCHANGED = "nothing changed"


@dataclass(frozen=True, slots=True)
class Why:
    """Why pieces are made or kept; the pieces of all clinics for which the reason is the same."""

    document: str
    product: str
    locale: str
    made: bool
    reason: str
    clinics: tuple[str, ...]
    work: Work = field(default_factory=Work)

    def __str__(self) -> str:
        """The line that people read."""
        who = self.clinics[0] if len(self.clinics) == 1 else f"{len(self.clinics)} clinics"
        why = "; ".join([self.reason, *self._measured()])
        return f"{self.document} {self.product} {self.locale} ({who}): {'made' if self.made else 'kept'}: {why}"

    def _measured(self) -> Iterator[str]:
        """How the pieces that were made were measured."""
        if self.work.layouts:
            yield counted(self.work.layouts, "layout")
        if self.work.disagreed:
            yield f"a page was not as calculated: {', '.join(self.work.disagreed)}"
        if self.work.unread:
            yield f"measured in layouts: {', '.join(f'{name} ({why})' for name, why in self.work.unread)}"


@dataclass(slots=True)
class Reasons:
    """Finds the reasons of one build. `versions` are those that the pieces there are were made with."""

    kept: Kept
    versions: Mapping[str, str]
    found: dict[Id, tuple[bool, str]] = field(default_factory=dict)
    _shared: dict[tuple[str, str], str] = field(default_factory=dict)

    def add_kept(self, job: Job, record: PieceRecord) -> None:
        """Note a piece that is kept."""
        same = record.sources == job.sources
        self.found[job.id] = False, _UNCHANGED if same else "a file changed, and the piece prints the same"

    def add_made(self, job: Job, record: PieceRecord | None, *, damaged: bool) -> None:
        """Note a piece that is made, or looked at again; `record` is the one of before."""
        if record is None:
            why = "for the first time"
        elif damaged:
            why = "its file is gone, or is not what was made"
        else:
            why = self._changed(prepare(job), record)
        self.found[job.id] = True, why

    def _changed(self, prepared: Prepared, record: PieceRecord) -> str:
        if prepared.piece is None:
            return "it is refused, and one of its files changed"
        if len(record.made_of) != len(Inputs.__slots__):
            return "an earlier version of the program made it"
        before, now = Inputs(*record.made_of), prepared.inputs
        reasons = [self._other_program(prepared)] if before.program != now.program else []
        if before.language != now.language:
            reasons.append(f"the fonts of {prepared.job.language.tag}, the letters in them, or its facts changed")
        if before.shared != now.shared:
            reasons.append(self._other_text(prepared, before.shared, now.shared))
        if before.clinic != now.clinic:
            reasons.append(self._other_clinic(prepared, before.clinic))
        return "; ".join(reasons) or "one of its files changed, and it was refused before"

    def _other_program(self, prepared: Prepared) -> str:
        today = made_with([prepared.job.language])
        names = [n for n in today if n in self.versions and self.versions[n] != today[n] and not n.startswith("font ")]
        return f"{', '.join(names)} changed" if names else "the program changed"

    def _other_text(self, prepared: Prepared, before: str, now: str) -> str:
        if (before, now) not in self._shared and prepared.piece is not None:
            ledger = read_ledger(self.kept.get(_shared_name(before)))
            found = differences(ledger, ledger_of(prepared.piece)) if ledger is not None else []
            self._shared[before, now] = _listed(found) or "its texts, its layout or its pictures changed"
        return self._shared[before, now]

    def _other_clinic(self, prepared: Prepared, before: str) -> str:
        ledger = read_ledger(self.kept.get(_clinic_name(before)))
        found = differences(ledger, clinic_ledger(prepared.job.clinic)) if ledger is not None else []
        return _listed(found) or f"what it prints of {prepared.job.clinic.id} changed"

    def lines(self, work: Mapping[Id, Work]) -> tuple[Why, ...]:
        """A reason for each document, product and language, with the clinics that it is the reason for.

        `work` is what it took to measure the pieces that were made.
        """
        groups: dict[tuple[str, str, str, bool, str], list[str]] = defaultdict(list)
        for (document, locale, clinic, product), (made, why) in self.found.items():
            groups[document, product, locale, made, why].append(clinic)
        return tuple(
            Why(*key, tuple(clinics), together(work.get((key[0], key[2], one, key[1]), Work()) for one in clinics))
            for key, clinics in groups.items()
        )


def _listed(found: list[str]) -> str:
    # The hash of the whole document is one of its parts: it says something only if nothing else does.
    named = [one for one in found if not one.startswith("order and blocks of ")] or found
    more = [f"and {len(named) - _LISTED} more"] if len(named) > _LISTED else []
    return ", ".join([*named[:_LISTED], *more])


def keep_ledgers(kept: Kept, made: Sequence[Prepared]) -> frozenset[str]:
    """Keep the ledgers of pieces that are made, for the next build to say what changed; the shared parts that are new.

    A kept ledger may have places of an earlier day. They are not shown: what changed is named at today's place.
    """
    shared = {prepared.inputs.shared: prepared.piece for prepared in made if prepared.piece is not None}
    clinics = {prepared.inputs.clinic: prepared.job.clinic for prepared in made}
    new = {mark: piece for mark, piece in shared.items() if kept.get(_shared_name(mark)) is None}
    for mark, piece in new.items():
        kept.put(_shared_name(mark), written(ledger_of(piece)))
    for mark, clinic in clinics.items():
        if kept.get(_clinic_name(mark)) is None:
            kept.put(_clinic_name(mark), written(clinic_ledger(clinic)))
    return frozenset(new)


def _shared_name(mark: str) -> str:
    return f"parts {mark}"


def _clinic_name(mark: str) -> str:
    return f"parts of a clinic {mark}"
