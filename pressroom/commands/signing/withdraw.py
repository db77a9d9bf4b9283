"""Takes something back: a signature, a text that a reviewer returns, or a released document (a recall)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Recall, Release, Released, Withdrawal
from pressroom.approval.records import RECALL, WITHDRAWAL, Pulled
from pressroom.approval.same_person import is_same, person
from pressroom.catalog import Catalog, Entry
from pressroom.catalog.model import FUZZY, Key
from pressroom.catalog.write import write_catalog
from pressroom.commands.signing.desk import CaughtUp, take_out_recalled
from pressroom.commands.signing.recalled_files import RecalledCopy
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.signer import Signer, signature_of, unlisted, write_signed
from pressroom.counted import counted, form
from pressroom.diagnostics import Diagnostic
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request, make_plan
from pressroom.publish import Store
from pressroom.publish.lock import hold
from pressroom.workspace.documents import current_name
from pressroom.workspace.records import recalls_folder, write_record
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a recall did: its file, what a clinic pulls from its racks, how many files it took out of the edition.

    `copies` are the sheets and the printers' files of all recalled pieces. `problem` is why the edition still has them;
    the next command that can write the output takes them out.
    """

    path: str
    pull: tuple[tuple[Release, Released], ...]
    withdrawn: int = 0
    copies: tuple[RecalledCopy, ...] = ()
    problem: Diagnostic | None = None


def unsign(
    review_case: ReviewCase, role: str, name: str, reason: str, today: date, by: Signer | None = None
) -> tuple[Path, int] | None:
    """Withdraw a role's signatures, of one person if a name is given; None if there are none.

    Without `by` it is the last of those who signed.
    """
    records = [r for r in review_case.signoffs(role) if not name or is_same(person(name), r.person)]
    if not records:
        return None
    by = by or unlisted(name or records[-1].name)
    record = _withdrawal(review_case, "unsigned", reason, by, today, [r.id for r in records])
    return write_signed(review_case.workspace, review_case.folder, WITHDRAWAL, record, by), len(records)


def return_messages(
    review_case: ReviewCase, numbers: Iterable[int], by: Signer, note: str, today: date
) -> tuple[int, Path]:
    """Make messages fuzzy with the reviewer's remark, and void every signature on the text.

    `numbers` are those of `sign` and `review`; all messages if there are none. Returns how many messages were returned
    and the record's path. Raises UsageError for an unknown number.
    """
    keys = [message.key for message in review_case.messages()]
    numbers = set(numbers) or range(1, len(keys) + 1)
    if not all(1 <= number <= len(keys) for number in numbers):
        raise UsageError(
            f"there {form(len(keys), 'is', 'are')} {counted(len(keys), 'message')}",
            "the numbers are those that `review` and `sign` show",
        )
    returned = {keys[number - 1] for number in numbers}
    remark = f"returned {today} by {by.name}: {' '.join(note.split())}"
    count, changed = 0, list[Catalog]()
    for catalog, _ in review_case.catalogs():
        entries = tuple(_returned(entry, returned, remark) for entry in catalog.entries)
        count += sum(1 for old, new in zip(catalog.entries, entries, strict=True) if old != new)
        changed.append(replace(catalog, entries=entries))
    # The signature first: if the key can't sign, nothing is returned by halves.
    record = _withdrawal(review_case, "returned", note, by, today, [r.id for r in review_case.signoffs()])
    name, text = WITHDRAWAL.write(record)
    signature = signature_of(review_case.workspace, by, review_case.folder / name, text.encode())
    for catalog in changed:
        review_case.workspace.write(catalog.path, write_catalog(catalog))
    return count, write_record(review_case.workspace, review_case.folder, name, text, signature)


def recall(
    workspace: Workspace, document: str, locale: str, by: Signer, reason: str, today: date, output: Path
) -> Recalled:
    """Recall a document, in one locale or in all (`locale` empty), and take it out of the released edition.

    A document that is no longer in the project can be recalled if it was ever released.
    """
    tag = workspace.languages_of_records().find(locale).tag if locale else ""
    records = workspace.records()
    document = current_name(records.names, document)
    pull = released_of(workspace, document, locale)
    if not pull:
        make_plan(workspace, Request((document,), (tag,) if tag else ()))
    rows, reason = tuple(_pulled(release, piece) for release, piece in pull), " ".join(reason.split())
    heads = records.records.log.heads
    record = Recall(
        document=document,
        locale=tag,
        dated=today,
        name=by.name,
        principal=by.principal,
        key=by.fingerprint,
        reason=reason,
        after=heads,
        pulled=rows,
    )
    path = workspace.relative(write_signed(workspace, recalls_folder(workspace.project), RECALL, record, by))
    store = Store(output, "released")
    done = hold(output, lambda: take_out_recalled(workspace, store, today)) if output.is_dir() else CaughtUp()
    if isinstance(done, Diagnostic):
        return Recalled(path, pull, problem=done)
    return Recalled(path, pull, len(done.gone), done.copies)


def released_of(workspace: Workspace, document: str, locale: str) -> tuple[tuple[Release, Released], ...]:
    """What was ever released of a document in a locale, in all if it is empty: what a recall takes back.

    Raises UnknownLanguage.
    """
    tag = workspace.languages_of_records().find(locale).tag if locale else ""
    records = workspace.records()
    document, log = current_name(records.names, document), records.records.releases
    return tuple((r, p) for r in log for p in r.pieces if p.document == document and tag in ("", p.locale))


def _returned(entry: Entry, keys: set[Key], remark: str) -> Entry:
    if entry.key not in keys or entry.obsolete or not entry.msgstr:
        return entry
    flags = entry.flags if entry.fuzzy else (*entry.flags, FUZZY)
    return replace(entry, flags=flags, comments=(*entry.comments, remark))


def _withdrawal(
    review_case: ReviewCase, kind: str, reason: str, by: Signer, today: date, voids: list[str]
) -> Withdrawal:
    return Withdrawal(
        kind=kind,
        document=review_case.document.name,
        locale=review_case.language.tag,
        dated=today,
        name=by.name,
        principal=by.principal,
        key=by.fingerprint,
        reason=" ".join(reason.split()),
        voids=tuple(voids),
        after=review_case.records.log.heads,
    )


def _pulled(release: Release, piece: Released) -> Pulled:
    return Pulled(
        number=piece.number,
        locale=piece.locale,
        version=piece.facts.version,
        inputs=piece.facts.inputs,
        clinic=piece.clinic,
        product=piece.what,
        released=str(release.dated),
        release=release.id,
        sha256=piece.sha256,
    )
