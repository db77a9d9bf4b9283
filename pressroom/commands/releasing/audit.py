"""The audit: every entry of the log and every released file in words, for people who have nothing but the export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pressroom.approval import Recall, Release, Released, SignOff, Waiver, Withdrawal
from pressroom.approval.evidence import Entry
from pressroom.approval.reasons import recall_of, replaced_by
from pressroom.approval.records import Record
from pressroom.commands.releasing.log_trust import log_trust
from pressroom.commands.releasing.signed_since import changes_since
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.compose.audit_sheet import Audit, AuditEntry, AuditFile, AuditSection, SignedText
from pressroom.workspace.log import FoundRecord
from pressroom.workspace.signed_words import signed_words
from pressroom.workspace.workspace import Workspace

_KINDS: Final = {SignOff: "sign-off", Waiver: "waiver", Withdrawal: "withdrawal", Recall: "recall", Release: "release"}


def audit(verdicts: Verdicts) -> Audit:
    """Everything that the log says, and what today's project adds where it can be read."""
    workspace, today = verdicts.workspace, verdicts.evidence.today
    project = workspace.records()
    log = project.records.log
    found = sorted(project.found, key=lambda f: (log.place(f.record.id), f.record.id))
    back = _named_back(f.record for f in found if f.counts)
    entries = tuple(_entry(n, f, verdicts, back) for n, f in enumerate(found, 1))
    # An inspector may hold a paper of a release that does not count any more.
    releases = [(f, f.record) for f in found if isinstance(f.record, Release)]
    signoffs = {f.record.id: f.record for f in found if isinstance(f.record, SignOff)}
    files = tuple(_file(f, (release, row), verdicts, signoffs) for f, release in releases for row in release.pieces)
    rows = {(r.id, row.path, row.document, row.locale): row for _, r in releases for row in r.pieces}
    sections = _sections(verdicts, entries, files, rows, signoffs)
    problems = tuple(f"{d.span.path}: {d.message}" for d in project.diagnostics if d.bars)
    return Audit(today, entries, files, sections, log_trust(workspace), problems)


@dataclass(frozen=True, slots=True)
class _Back:
    """What later entries did to an entry: the ids that replaced it, and those that took it back."""

    replaced: Mapping[str, list[str]]
    taken_back: Mapping[str, list[str]]


def _named_back(records: Iterable[Record]) -> _Back:
    replaced: defaultdict[str, list[str]] = defaultdict(list)
    taken_back: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        for id in record.replaces if isinstance(record, SignOff) else ():
            replaced[id].append(record.id)
        for id in record.voids if isinstance(record, Withdrawal) else ():
            taken_back[id].append(record.id)
        for id in {row.release for row in record.pulled} if isinstance(record, Recall) else ():
            taken_back[id].append(record.id)
    return _Back(replaced, taken_back)


def _entry(order: int, found: FoundRecord, verdicts: Verdicts, back: _Back) -> AuditEntry:
    record = found.record
    shared = {
        "order": order,
        "date": str(record.dated),
        "entry": record.id,
        "kind": _KINDS[type(record)],
        "counts": "yes" if _counts(record.id, verdicts) else f"no: {_why_not(found)}",
        "person": record.principal,
        "key": record.key,
        "signature": _signature(found),
        "knew": "; ".join(record.after),
        "file": verdicts.workspace.relative(found.path),
        "replaced_by": "; ".join(back.replaced.get(record.id, ())),
        "taken_back_by": "; ".join(back.taken_back.get(record.id, ())),
    }
    return AuditEntry(**shared, **_own(record, verdicts))  # type: ignore[arg-type]


def _counts(id: str, verdicts: Verdicts) -> bool:
    """True if an entry counts today."""
    entry = verdicts.evidence.records.log.entries.get(id)
    return entry is not None and entry.counts


def _why_not(found: FoundRecord) -> str:
    if found.findings:
        return found.findings[0].message
    if found.refused:
        return "the program can't say who may sign"
    return "its key was closed, and nothing shows that it was signed before that"


def _signature(found: FoundRecord) -> str:
    """Whether a key signed exactly this entry."""
    wrong = any(finding.code in ("signature-wrong", "record-unsigned") for finding in found.findings)
    if not found.record.key:
        return "missing" if wrong else "no key"
    return "wrong" if wrong else "valid" if not found.findings else "not of a key that counts"


def _own(record: Record, verdicts: Verdicts) -> dict[str, str]:
    """The columns that only this kind of entry has."""
    if isinstance(record, SignOff):
        return _of_signoff(record, verdicts)
    if isinstance(record, Release):
        return _of_release(record)
    columns = {"who": record.name, "reason": record.reason}
    columns |= {"document": record.document, "locale": record.locale or "all"}
    if isinstance(record, Recall):
        papers = dict.fromkeys(" · ".join(row.printed) for row in record.pulled)
        return columns | {"takes_back": "; ".join(papers)}
    if isinstance(record, Withdrawal):
        role = "reviewer, who returned it" if record.kind == "returned" else ""
        return columns | {"role": role, "takes_back": "; ".join(record.voids)}
    waived = f"{record.reason} ({record.code} in: {record.quoted})"
    return columns | {
        "role": "reviewer",
        "qualification": record.qualification,
        "reason": waived,
        "people_file": record.people,
    }


def _of_signoff(record: SignOff, verdicts: Verdicts) -> dict[str, str]:
    looked = (f"{path} {sha256}" for path, sha256 in record.proofs.items())
    return {
        "document": record.document,
        "locale": record.locale,
        "products": "; ".join(sorted(record.products)),
        "role": record.role,
        "who": record.name,
        "qualification": record.qualification,
        "review_by": record.review_by,
        "words": f"English {record.english}; translation {record.translation}",
        "drawings": "; ".join(f"{what} {drawing.replace(' ', '+')}" for what, drawing in record.drawings.items()),
        "looked_at": "; ".join(looked),
        "replaces": "; ".join(record.replaces),
        "answers": "; ".join(record.answers),
        "changed_since": "; ".join(changes_since(record, verdicts)),
        "people_file": record.people,
    }


def _of_release(record: Release) -> dict[str, str]:
    rows = record.pieces
    return {
        "document": "; ".join(dict.fromkeys(row.document for row in rows)),
        "locale": "; ".join(dict.fromkeys(row.locale for row in rows)),
        "products": "; ".join(dict.fromkeys(row.what for row in rows)),
        "number_and_version": "; ".join(dict.fromkeys(f"{row.number} · {row.facts.version}" for row in rows)),
        "role": "releaser",
        "who": record.by,
        "drawings": "; ".join(dict.fromkeys(_drawing(row) for row in rows)),
        "files": "; ".join(f"{row.path} {row.sha256}" for row in rows),
        "engine": record.engine,
        "people_file": record.people,
    }


def _drawing(row: Released) -> str:
    drawing = row.facts.drawing
    return f"{drawing.base}+{drawing.imprint}" if drawing.base else "not recorded"


def _file(found: FoundRecord, entry: Entry, verdicts: Verdicts, signoffs: Mapping[str, SignOff]) -> AuditFile:
    release, row = entry
    today, why = _today(entry, verdicts)
    if not _counts(release.id, verdicts) and today != "recalled":
        today, why = "does not count", _why_not(found)
    signed = (signoffs.get(id) for id in row.signed)
    by = (f"{s.role} {s.name}, {s.qualification}, {s.dated}" if s else "a lost record" for s in signed)
    return AuditFile(
        letters=row.facts.inputs,
        number=row.number,
        locale=row.locale,
        version=row.facts.version,
        today=today,
        why=why,
        released=str(release.dated),
        released_by=release.by,
        title=row.facts.label.title or row.document,
        language=row.facts.label.language or row.locale,
        document=row.document,
        clinic=row.facts.label.clinic_name or row.clinic,
        product=row.what,
        review_by=row.facts.review_by,
        signed_by="; ".join(by),
        path=row.path,
        sha256=row.sha256,
        drawing=_drawing(row),
        release=release.id,
    )


def _today(entry: Entry, verdicts: Verdicts) -> tuple[str, str]:
    """The verdict on a released file and why, in words that need no other source."""
    recall, later = recall_of(entry, verdicts.evidence), replaced_by(entry, verdicts.evidence)
    verdict = verdicts.on_entry(entry)
    if verdict.name == "recalled" and recall is not None:
        return "recalled", f"on {recall.dated} by {recall.name}: {recall.reason}"
    if verdict.name == "superseded" and later is not None:
        release, row = later
        return "replaced", f"on {release.dated} by version {row.facts.version}, {row.facts.inputs}"
    if not verdict.faults:
        return "current", "it may be handed out"
    if verdict.name == "dropped" and (problem := verdicts.why_unreadable(entry[1].id)) is not None:
        where = f"{problem.span.path}:{problem.span.line}"
        return "unread", f"neither recalled nor replaced; the project could not be read ({where})"
    return verdict.name, verdict.faults[0].message


def _sections(
    verdicts: Verdicts,
    entries: tuple[AuditEntry, ...],
    files: tuple[AuditFile, ...],
    rows: Mapping[tuple[str, str, str, str], Released],
    signoffs: Mapping[str, SignOff],
) -> tuple[AuditSection, ...]:
    """The documents in their locales, the English of each first."""
    keys = {(e.document, e.locale) for e in entries if e.kind not in ("release", "recall")}
    keys |= {(file.document, file.locale) for file in files}
    sections = []
    for document, locale in sorted(keys, key=lambda key: (key[0], key[1] != "en", key[1])):
        own = tuple(file for file in files if (file.document, file.locale) == (document, locale))
        mine = tuple(e for e in entries if _is_about(e, document, locale, own))
        title, language = (own[-1].title, own[-1].language) if own else (document, locale)
        texts = _texts(verdicts.workspace, own, rows, signoffs)
        sections.append(AuditSection(document, locale, title, language, mine, own, texts))
    return tuple(sections)


def _is_about(entry: AuditEntry, document: str, locale: str, files: tuple[AuditFile, ...]) -> bool:
    if entry.kind == "release":
        return any(file.release == entry.entry for file in files)
    return entry.document == document and entry.locale in (locale, "all")


def _texts(
    workspace: Workspace,
    files: tuple[AuditFile, ...],
    rows: Mapping[tuple[str, str, str, str], Released],
    signoffs: Mapping[str, SignOff],
) -> tuple[SignedText, ...]:
    """The words of the papers as they were signed, each once, so that a paper can be read against them."""
    printed: defaultdict[str, list[str]] = defaultdict(list)
    filled: defaultdict[str, list[str]] = defaultdict(list)
    signed: dict[str, SignOff] = {}
    for file in files:
        row = rows[file.release, file.path, file.document, file.locale]
        record = next((s for id in row.signed if (s := signoffs.get(id)) is not None), None)
        if record is not None:
            signed[record.texts] = record
            printed[record.texts].append(f"{file.letters} ({file.product}, version {file.version})")
            number = row.facts.content.emergency
            filled[record.texts] += [f"{{emergency}} is {number} for {file.clinic}"] if number else []
    found = ((name, signed_words(workspace, record)) for name, record in signed.items())
    return tuple(
        SignedText(tuple(dict.fromkeys(printed[name])), tuple(dict.fromkeys(filled[name])), lines)
        for name, lines in found
        if lines
    )
