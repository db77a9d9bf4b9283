"""Signing: collects exactly what a person would sign, and writes the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Change, SignOff, Wording, changes, may_sign
from pressroom.approval.records import SIGNOFF, drawing_key
from pressroom.approval.roles import CLINICIAN, roles_of
from pressroom.approval.same_person import is_same
from pressroom.approval.wording import SignedWords
from pressroom.commands.building.kept import as_today
from pressroom.commands.signing.cases import language_line
from pressroom.commands.signing.release_checks import release_bars, slot_bars, unwaived_errors
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.signer import Signer, signature_of, signer_problems
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Severity, diagnostic
from pressroom.language import ENGLISH
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import sha256_of
from pressroom.workspace.records import clock_problem, people_hash, write_record
from pressroom.workspace.signed_words import write_marks, write_words


@dataclass(frozen=True, slots=True)
class PendingSignature:
    """What would be signed: the record, every message, and what changed since the signature `since`.

    `marks` are what the proofs draw, one mark a line, by the hashes that the record names. `problems` bar the
    signature; `findings` are only shown.
    """

    record: SignOff | None
    wording: Wording | None
    since: SignOff | None
    english: tuple[Change, ...]
    text: tuple[Change, ...]
    findings: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]
    problems: tuple[Diagnostic, ...]
    marks: dict[str, str] = field(default_factory=dict)


def prepare_signature(review_case: ReviewCase, signer: Signer, output: Path, today: date) -> PendingSignature:
    """What this person would sign in this role, and every reason why they can't."""
    wording, findings = review_case.wording(), review_case.findings()
    waived = tuple(d for d in findings if review_case.waived(d))
    proofs, proof_findings = _proofs(review_case, output)
    problems = [*_role(review_case, signer, today), *_words(review_case, signer, today), *proof_findings]
    clock = clock_problem(review_case.records, today)
    problems += [clock] if clock is not None else []
    # A problem of the clinics concerns every piece; a problem of another document bars nothing here.
    paths = {review_case.document.path}
    problems += [
        d for d in review_case.problems if d.severity is Severity.ERROR and (d.code == "clinic" or d.span.path in paths)
    ]
    last = review_case.last_signed(signer.role) or review_case.last_signed()
    now = wording.all_lines if wording else ()
    return PendingSignature(
        record=_record(review_case, signer, wording, proofs, today) if wording else None,
        wording=wording,
        since=last[0] if last else None,
        english=changes(last[1], now, "english") if last else (),
        text=changes(last[1], now, "text") if last and review_case.language.tag != ENGLISH else (),
        findings=tuple(findings),
        waived=waived,
        problems=tuple(problems),
        marks=_marks(Store(output), proofs),
    )


def write_signature(
    review_case: ReviewCase, signer: Signer, record: SignOff, wording: Wording, marks: Mapping[str, str] | None = None
) -> Path:
    """Write the record, its words and the marks of its drawings; returns the record's path.

    Raises:
        SignatureError: the key can't sign, or does not count for this.
    """
    name, text = SIGNOFF.write(record)
    signature = signature_of(review_case.workspace, signer, review_case.folder / name, text.encode())
    # The words first: without them it could not be read what was signed.
    write_words(review_case.workspace, record, wording.all_lines)
    write_marks(review_case.workspace, record, marks or {})
    return write_record(review_case.workspace, review_case.folder, name, text, signature)


def keep_signed_proofs(review_case: ReviewCase, output: Path) -> None:
    """Keep the files that signatures in force name, so that a later proof can be shown beside them."""
    records = review_case.workspace.reopened().records().records
    void = {id for withdrawal in records.withdrawals for id in withdrawal.voids}
    kept = {sha256 for r in records.signoffs if r.id not in void for sha256 in r.proofs.values()}
    with suppress(OSError):
        Store(output).keep_signed(kept)


def _marks(store: Store, proofs: Iterable[PieceRecord]) -> dict[str, str]:
    """What these proofs draw, by the hashes of it."""
    texts: dict[str, str] = {}
    for proof in proofs:
        names = (proof.drawing.base, proof.drawing.imprint)
        texts |= {name: store.text(sha256) for name, sha256 in zip(names, proof.marks, strict=False)}
    return texts


def _record(
    review_case: ReviewCase, signer: Signer, wording: Wording, proofs: Sequence[PieceRecord], today: date
) -> SignOff:
    cases = [case for case, _ in review_case.cases()]
    document, locale = review_case.document.name, review_case.language.tag
    earlier = review_case.signoffs(signer.role)
    record = SignOff(
        document=document,
        locale=locale,
        role=signer.role,
        name=" ".join(signer.name.split()),
        qualification=" ".join(signer.qualification.split()),
        dated=today,
        english=wording.english,
        translation=wording.translation,
        words={product: wording.words_of(product) for product in dict.fromkeys(case.product for case in cases)},
        drawings={drawing_key(p.product, p.clinic): f"{p.drawing.base} {p.drawing.imprint}" for p in proofs},
        review_by=review_case.document.front.review_by,
        language=language_line(review_case.language),
        texts=SignedWords(wording.all_lines).name,
        emergency={case.clinic: case.emergency for case in cases if case.emergency},
        answers=tuple(r.id for r in review_case.records.recalls if r.covers(document, locale)),
        clinic_values={drawing_key(case.product, case.clinic): case.clinic_values for case in cases},
        proofs={proof.path: proof.sha256 for proof in proofs},
        principal=signer.principal,
        key=signer.fingerprint,
        people=people_hash(review_case.workspace),
        after=review_case.records.log.heads,
    )
    return replace(record, replaces=tuple(old.id for old in earlier if _replaces(record, old)))


def _replaces(record: SignOff, old: SignOff) -> bool:
    """True for an earlier record of the same person or on other words; two people may sign the same words.

    An earlier record keeps its other products: signing one more product takes nothing back.
    """
    overlap = record.products & old.products
    same = (record.english, record.translation) == (old.english, old.translation)
    return bool(overlap) and (not same or is_same(record.person, old.person))


def _role(review_case: ReviewCase, signer: Signer, today: date) -> Iterator[Diagnostic]:
    span, tag = review_case.document.front.title.span, review_case.language.tag
    if not signer.person.name or not signer.qualification.strip():
        hint = "give --name and --qualification"
        yield diagnostic("signer", span, "a signature has a name and a qualification", hint)
    if not may_sign(signer.role, tag):
        what = "the English" if tag == ENGLISH else "a translation"
        hint = f"sign it as {', '.join(roles_of(tag)[:-1])} or {roles_of(tag)[-1]}"
        yield diagnostic("signer", span, f"{what} needs no signature as {signer.role}", hint)
    yield from signer_problems(review_case.workspace, signer, tag, span, today)
    for record in review_case.signoffs():
        if record.role != signer.role and is_same(record.person, signer.person):
            again = f"{{command}} unsign {record.document} --locale {tag} --role {record.role}"
            hint = f"another person signs (two people with one name write theirs in full), or undo that: {again}"
            who = record.name if record.name == signer.name else f"{record.name}, who could be {signer.name},"
            yield diagnostic("one-person", span, f"{who} has signed {tag} as {record.role}", hint)


def _words(review_case: ReviewCase, signer: Signer, today: date) -> Iterator[Diagnostic]:
    span = review_case.document.front.title.span
    cases = review_case.cases()
    if not cases:
        bars = release_bars(review_case.verdicts, review_case.jobs[0])
        yield from bars or [diagnostic("unapproved", span, "its words can't be read", "run: {command} check")]
        return
    case, state = cases[0]
    if case.words.lacking:
        yield diagnostic("unapproved", span, case.words.lacking, "a signature is for the whole text; finish it first")
    yield from review_case.errors()
    if signer.role == CLINICIAN:
        yield from slot_bars(review_case.document)
    pending = review_case.document.pending
    if signer.role == CLINICIAN and pending:
        hint = "confirm or correct them and remove the comments first"
        message = f"{counted(len(pending), 'block waits', 'blocks wait')} for a {pending[0].pending}"
        yield diagnostic("release-pending", pending[0].span, message, hint)
    if state.expired:
        message = f"its review date {case.review_by} is past on {today}"
        yield diagnostic("expired", span, message, "set a new review-by in the front matter first")


def _proofs(review_case: ReviewCase, output: Path) -> tuple[list[PieceRecord], list[Diagnostic]]:
    """The proofs that are signed, and a finding for each that is not of the current words and layouts."""
    store, proofs, findings = Store(output), list[PieceRecord](), list[Diagnostic]()
    known, document, tag = store.manifest().by_id(), review_case.document, review_case.language.tag
    hint = f"run: {{command}} build {document.name} --locale {tag}; look at it, then sign"
    for job in review_case.jobs:
        record = known.get(job.id)
        today = as_today(record, job) if record is not None and record.made else None
        if today is None:
            what = "the proof is of earlier words" if record is not None and record.made else "there is no proof"
            message = f"{what} for {job.clinic.id} as {job.product.name}"
            findings.append(diagnostic("proof-outdated", job.front.title.span, message, hint))
            continue
        file = store.current / today.path
        proofs.append(today)
        if sha256_of(file) != today.sha256:
            message = f"{today.path} is not the file that was built"
            findings.append(diagnostic("proof-outdated", job.front.title.span, message, "run: {command} build"))
        findings += unwaived_errors(review_case.verdicts, job, today.diagnostics)
        if not today.drawing.known:
            message = f"what the proof draws is not known for {job.clinic.id} as {job.product.name}"
            findings.append(diagnostic("proof-outdated", job.front.title.span, message, hint))
    return proofs, findings
