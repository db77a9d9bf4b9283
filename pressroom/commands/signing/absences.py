"""Says for staff why something that was released is not at the desk today, and what they pull from the racks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pressroom.approval import Recall, Released
from pressroom.approval.confirmations import Confirmation, recall_number
from pressroom.approval.evidence import Entry, Evidence, Id, Reason
from pressroom.approval.reasons import recall_of
from pressroom.approval.releases import PRINT_SHOP
from pressroom.commands.building.desk_notes import Absence, Pull, Pulled, PulledPaper, Sentence, marked
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.language import ENGLISH
from pressroom.publish import PieceRecord

# Nothing is missing if another product of the document is offered in the language: the piece was given up or renamed.
_QUIET: Final = frozenset({"dropped", "superseded"})
# The paper itself is wrong or out of date, not only unsigned or older than the English.
_PULLED: Final = frozenset({"recalled", "orphaned", "expired", "clinic-changed", "gone"})
# The releases of the English by document and clinic.
English = Mapping[tuple[str, str], Sequence[Entry]]
# A piece in the edition, and why it is not offered: None if it is.
Judged = tuple[PieceRecord, Reason | None]
# Document, locale, clinic, why it is missing, and the paper to pull.
_Key = tuple[str, str, str, Sentence, str]


def absences(verdicts: Verdicts, judged: Mapping[Id, Judged]) -> tuple[Absence, ...]:
    """Why each released piece is not offered, by document, language and clinic."""
    offered = {id[:3] for id, (_, fault) in judged.items() if fault is None}
    found: dict[_Key, list[Released]] = defaultdict(list)
    english = _english(verdicts.evidence)
    for id, entries in verdicts.evidence.rows.items():
        fault, row = _fault(id, entries[-1], verdicts, judged), entries[-1][1]
        # A print shop's files are not at the desk.
        if fault is None or row.facts.label.printed_by == PRINT_SHOP or (id[:3] in offered and fault.code in _QUIET):
            continue
        pull = paper_of(row) if fault.code in _PULLED else ""
        found[id[0], id[1], id[2], _reason(fault, entries[-1], verdicts, english), pull].append(row)
    ordered = sorted(found.items(), key=lambda item: (*item[0][:3], item[0][3].said(), item[0][4]))
    listed = [_absence(key, rows, some=key[:3] in offered) for key, rows in ordered]
    return (*listed, *_unlogged(verdicts, judged))


def _absence(key: _Key, rows: Sequence[Released], *, some: bool) -> Absence:
    document, locale, clinic, reason, pull = key
    return Absence(locale, clinic, document, rows[-1].facts.label, _of_products(reason, rows, some=some), pull)


def _english(evidence: Evidence) -> English:
    english: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for (document, locale, clinic, _), entries in evidence.rows.items():
        english[document, clinic] += entries if locale == ENGLISH else ()
    return english


def _fault(id: Id, entry: Entry, verdicts: Verdicts, judged: Mapping[Id, Judged]) -> Reason | None:
    """Why the last release of a piece is not offered; None if it is."""
    if id in judged:
        return judged[id][1]
    against = verdicts.on_entry(entry).against("be_offered")
    return against[0] if against else Reason("altered", "its file is not in the edition", "")


def _unlogged(verdicts: Verdicts, judged: Mapping[Id, Judged]) -> Iterator[Absence]:
    """Files of the edition that the log does not have: the log is damaged, or somebody added the files."""
    reason = Sentence(marked("The log of releases does not have it, so the program can't say if it may be handed out."))
    rows = verdicts.evidence.rows
    lost = {id[:3]: piece.facts.label for id, (piece, fault) in judged.items() if fault is not None and id not in rows}
    yield from (Absence(id[1], id[2], id[0], label, reason) for id, label in lost.items())


def _of_products(reason: Sentence, rows: Iterable[Released], *, some: bool) -> Sentence:
    """The reason, with the products that it is about if others are offered."""
    names = dict.fromkeys(row.facts.label.what or row.product for row in rows)
    return replace(reason, about=tuple(names)) if some else reason


_RECALLED: Final = marked("It was recalled on %(what)s.")
_EXPIRED: Final = marked("It expired: it was good until %(day)s.")
_CALLS: Final = marked("The clinic's emergency number changed.")
_CLINIC: Final = marked("The clinic's name, address or telephone number changed.")
_GONE: Final = marked("The clinic no longer uses this document.")
_UNREADABLE: Final = marked("A file of the project can't be read, so the program can't say if it may be handed out.")
_DROPPED: Final = marked("It is not made any more.")
_UNSURE: Final = marked("A record can't be read, so the program can't say if it may be handed out.")
_SUPERSEDED: Final = marked("A later version was released, and its file is not here.")
_ALTERED: Final = marked("Its file was changed or is missing.")


def _reason(fault: Reason, entry: Entry, verdicts: Verdicts, english: English) -> Sentence:
    """A fault of a released file in a sentence that needs no knowledge of the program."""
    row, evidence = entry[1], verdicts.evidence
    match fault.code:
        case "recalled":
            return Sentence(_RECALLED, (("what", fault.message.removeprefix("on ")),))
        case "expired":
            return Sentence(_EXPIRED, (("day", row.facts.review_by),))
        case "stale":
            return _stale(entry, verdicts, english)
        case "clinic-changed":
            return Sentence(_CALLS if "emergency" in fault.message else _CLINIC)
        case "unapproved":
            return _unsigned(row, verdicts)
        case "gone":
            return Sentence(_GONE)
        case "orphaned":
            return _english_recalled(row, evidence)
        case "dropped":
            return Sentence(_UNREADABLE if verdicts.is_unreadable(row.id) else _DROPPED)
        case "unsure":
            return Sentence(_UNSURE)
        case "superseded":
            return Sentence(_SUPERSEDED)
    return Sentence(_ALTERED)


def paper_of(row: Released) -> str:
    """A paper as its control line begins: `DVT-001 · es · 1.0`."""
    return f"{row.number} · {row.locale} · {row.facts.version}"


def _stale(entry: Entry, verdicts: Verdicts, english: English) -> Sentence:
    """Which words changed, and since when."""
    row = entry[1]
    later = [
        release.dated
        for release, other in english.get((row.document, row.clinic), ())
        if release.number > entry[0].number and other.facts.content.english != row.facts.content.english
    ]
    if row.locale != ENGLISH and later:
        day = str(min(later))
        return Sentence(marked("The English changed on %(day)s, and this translation is older."), (("day", day),))
    case = verdicts.piece(row.id).case
    if case is None or case.content.english == row.facts.content.english:
        return Sentence(marked("Its words are being changed, and the new ones are not released yet."))
    return Sentence(marked("The English is being changed, and the new one is not released yet."))


def _unsigned(row: Released, verdicts: Verdicts) -> Sentence:
    case = verdicts.piece(row.id).case
    if case is not None and case.review_by != row.facts.review_by:
        return Sentence(marked("It has a new review date, and not all have signed."))
    withdrawals = verdicts.evidence.records.withdrawals
    days = [w.dated for w in withdrawals if (w.document, w.locale) == (row.document, row.locale)]
    if not days:
        return Sentence(marked("A signature on it does not count any more."))
    return Sentence(marked("A signature on it was taken back on %(day)s."), (("day", str(max(days))),))


def _english_recalled(row: Released, evidence: Evidence) -> Sentence:
    recall = max((r for r in evidence.records.recalls if r.covers(row.document, ENGLISH)), key=lambda r: r.dated)
    values = (("day", str(recall.dated)), ("why", recall.reason))
    return Sentence(marked("Its English was recalled on %(day)s: %(why)s."), values)


def pulls(evidence: Evidence, offered: Collection[Id], confirmations: Iterable[Confirmation] = ()) -> tuple[Pull, ...]:
    """What staff pull from the racks: every recalled paper, the last recall first."""
    found: dict[tuple[Recall, str, bool], list[Entry]] = defaultdict(list)
    for recall, entry in _recalled(evidence):
        # Two records of one recall: of the document's old name and of its new one.
        found[recall, paper_of(entry[1]), entry[1].id in offered].append(entry)
    ordered = sorted(found.items(), key=lambda item: (item[0][2], -item[0][0].dated.toordinal(), item[0][1]))
    confirmed = tuple(confirmations)
    return tuple(_pull(*key, entries, confirmed) for key, entries in ordered)


def _pull(
    recall: Recall, paper: str, replaced: bool, entries: Sequence[Entry], confirmed: Iterable[Confirmation]
) -> Pull:
    last = entries[-1][1]
    papers = (
        PulledPaper(f"{paper_of(row)} … {row.facts.inputs}", _what(row), str(release.dated), row.clinic)
        for release, row in entries
    )
    return Pull(
        papers=paper,
        title=last.facts.label.title or last.document,
        language=last.facts.label.language or last.locale,
        clinics=tuple(dict.fromkeys(row.facts.label.clinic_name or row.clinic for _, row in entries)),
        why=f"recalled on {recall.dated} by {recall.name}: {recall.reason}",
        replaced=replaced,
        number=recall_number(recall.id),
        document=last.document,
        tag=last.locale,
        dated=recall.dated,
        by=recall.name,
        reason=recall.reason,
        rows=tuple(dict.fromkeys(papers)),
        confirmed=tuple(Pulled(c.clinic, c.papers, c.name, c.dated) for c in confirmed if c.recall == recall.id),
    )


def _what(row: Released) -> str:
    """What a paper is, as its label says: `Wallet cards, eight to cut out, US Letter, plain`."""
    label = row.facts.label
    return ", ".join(filter(None, (label.what or row.product, label.paper)))


def _recalled(evidence: Evidence) -> Iterator[tuple[Recall, Entry]]:
    for entries in evidence.rows.values():
        for entry in entries:
            recall = recall_of(entry, evidence)
            if recall is not None:
                yield recall, entry
