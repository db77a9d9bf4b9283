"""Editions: an output goes in, the generations that are kept come out; one number goes in, and that one is current."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pressroom.approval import last_day
from pressroom.commands.building.desk_page import write_desk
from pressroom.commands.building.output import hold
from pressroom.commands.releasing.retention import reason_to_withdraw
from pressroom.commands.signing.approval_states import ApprovalStates
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.planning.plan import Request, UsageError, make_plan
from pressroom.project import Project
from pressroom.publish import Manifest, Store, read_manifest
from pressroom.publish.store import Channel, is_as_published, number_of, sha256_of
from pressroom.workspace.records import clock_problem, read_records, with_names_of_today
from pressroom.workspace.texts import Texts


@dataclass(frozen=True, slots=True)
class Edition:
    """One generation: `number` counts from 1, `made` are its files, `newest` the latest day a file was released."""

    channel: Channel
    number: int
    path: Path
    made: int
    current: bool
    newest: str


def editions(output: Path) -> tuple[Edition, ...]:
    """Every generation of proofs and of releases that is kept, the oldest first."""
    return tuple(_edition(store, path) for store in _stores(output) for path in store.generations())


def rollback(project: Project, output: Path, number: int, today: date) -> tuple[Diagnostic, ...]:
    """Make an earlier released edition current again; the reasons where it may not be offered any more.

    Raises:
        UsageError: there is no such edition.
    """
    store = Store(output, "released")
    there = {number_of(path): path for path in store.generations()}
    if number not in there:
        raise UsageError(f"there is no edition {number}", f"there are {', '.join(map(str, there)) or 'none'}")
    done = hold(output, lambda: _roll_back(project, store, there[number], today))
    return (done,) if isinstance(done, Diagnostic) else done


def _roll_back(project: Project, store: Store, generation: Path, today: date) -> tuple[Diagnostic, ...]:
    reasons = tuple(_reasons(project, store, generation, read_manifest(generation), today))
    if not reasons:
        store.return_to(generation)
        write_desk(project, store)
    return reasons


def _reasons(project: Project, store: Store, generation: Path, manifest: Manifest, today: date) -> Iterator[Diagnostic]:
    found = read_records(project)
    yield from found.diagnostics
    early = clock_problem(found.records, today)
    if early is not None:
        yield early
    manifest = with_names_of_today(manifest, found)
    plan = make_plan(project, Request(), {(record.document, record.product) for record in manifest.pieces})
    standings = ApprovalStates(project, Texts(project), found, today, plan.jobs)
    today_of = {j.id: standings.of(j)[1] for j in plan.jobs}
    if not is_as_published(generation, manifest):
        hint = "release anew: publish.py build --release; it leaves out what nobody released"
        yield diagnostic("rollback", Span(str(generation)), "its files are not those that its manifest lists", hint)
    for record in manifest.pieces:
        reason = reason_to_withdraw(record, today_of.get(record.id), found.records, store)
        if not reason and sha256_of(generation / record.path) != record.sha256:
            reason = "its file is not the one that was released"
        if not reason and today > last_day(record.facts.review_by):
            reason = f"its review date was {record.facts.review_by}"
        if reason:
            hint = "return to another edition, or release anew: publish.py build --release"
            yield diagnostic("rollback", Span(str(generation / record.path)), f"it may not come back: {reason}", hint)


def _edition(store: Store, path: Path) -> Edition:
    manifest = read_manifest(path)
    made = [record for record in manifest.pieces if record.made]
    newest = max((record.released for record in made), default="")
    return Edition(store.channel, number_of(path), path, len(made), path == store.current.resolve(), newest)


def _stores(output: Path) -> tuple[Store, Store]:
    return Store(output.resolve(), "current"), Store(output.resolve(), "released")
