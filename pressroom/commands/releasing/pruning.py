"""Deletes old editions, by number, age or size. The current ones stay, whatever is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pressroom.commands.releasing.editions import Edition, editions
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.publish import Store
from pressroom.publish.lock import hold
from pressroom.publish.manifest import NAME


@dataclass(frozen=True, slots=True)
class Limits:
    """What is to stay: the newest `keep` editions of each channel, those not older than `age`, at most `size` bytes.

    None sets no limit. An edition goes if one of the limits says so.
    """

    keep: int | None = None
    age: timedelta | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition on the disk: the day on which it was published, and the bytes of its objects by their hashes."""

    edition: Edition
    published: date
    objects: Mapping[str, int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pruned:
    """The editions that go, and the bytes of all objects before and after; `problem` is why nothing went."""

    gone: tuple[KeptEdition, ...] = ()
    before: int = 0
    after: int = 0
    problem: Diagnostic | None = None


def prune(output: Path, limits: Limits, today: date, *, delete: bool) -> Pruned:
    """What goes from an output folder by these limits; with `delete` it is gone.

    Nothing goes if a manifest can't be read: it is not known what that edition holds.
    """
    if not delete:
        try:
            return to_prune(_kept(output), limits, today)
        except DiagnosticError as error:
            return Pruned(problem=error.problem)

    def work() -> Pruned:
        pruned = to_prune(_kept(output), limits, today)
        for store in (Store(output, "current"), Store(output, "released")):
            # Also where none goes: a command that was killed may have left half of its work.
            store.drop([kept.edition.path for kept in pruned.gone if kept.edition.channel == store.channel])
        return pruned

    done = hold(output, work) if output.is_dir() else Pruned()
    return Pruned(problem=done) if isinstance(done, Diagnostic) else done


def to_prune(kept: Collection[KeptEdition], limits: Limits, today: date) -> Pruned:
    """Which editions go. To get below a size, the oldest go first, proofs and releases alike."""
    gone = [old for old in kept if not old.edition.current and _is_beyond(old, kept, limits, today)]
    before = _bytes(kept)
    if limits.size is not None:
        left = [one for one in kept if one not in gone]
        for old in sorted((one for one in left if not one.edition.current), key=_order):
            if _bytes(left) <= limits.size:
                break
            left.remove(old)
            gone.append(old)
    return Pruned(tuple(sorted(gone, key=_order)), before, _bytes(one for one in kept if one not in gone))


def _is_beyond(old: KeptEdition, kept: Iterable[KeptEdition], limits: Limits, today: date) -> bool:
    newer = sum(
        1 for one in kept if one.edition.channel == old.edition.channel and one.edition.number > old.edition.number
    )
    too_many = limits.keep is not None and newer >= limits.keep
    return too_many or (limits.age is not None and today - old.published > limits.age)


def _order(kept: KeptEdition) -> tuple[date, str, int]:
    return kept.published, kept.edition.channel, kept.edition.number


def _bytes(kept: Iterable[KeptEdition]) -> int:
    """The bytes of all objects that these editions hold, each counted once."""
    objects: dict[str, int] = {}
    for one in kept:
        objects |= one.objects
    return sum(objects.values())


def _kept(output: Path) -> tuple[KeptEdition, ...]:
    found: list[KeptEdition] = []
    for edition in editions(output):
        published = datetime.fromtimestamp((edition.path / NAME).stat().st_mtime, UTC).date()
        found.append(KeptEdition(edition, published, Store(output, edition.channel).sizes(edition.path)))
    return tuple(found)
