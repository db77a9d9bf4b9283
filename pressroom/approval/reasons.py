"""The reasons against a piece: why it may not be released, and what is wrong with a file that was released.

`verdict.py` orders the reasons and says what each of them forbids. The codes are those of diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from pressroom.approval.approval_state import ApprovalState, Case, last_day, signoffs_in_force
from pressroom.approval.evidence import Entry, Evidence, PieceToday, Reason, ReleasedFile
from pressroom.approval.log import EVERYTHING, Log
from pressroom.approval.records import Recall
from pressroom.approval.releases import Release, Released
from pressroom.approval.roles import CLINICIAN, REVIEWER, may_sign_look
from pressroom.counted import counted, form
from pressroom.language import ENGLISH

NO_ENGLISH_PIECE: Final = "name a product in English alone in its front matter too: that is what a clinician signs"
UNSURE: Final = (
    "a record that may take it back is missing or can't be read",
    "restore the records: {command} status says which",
)
_RELEASE: Final = "release it again: {command} build --release"
_WORDS: Final = frozenset({"english", "translation", "words"})
_GIVEN_AGAIN: Final = "the signer signs again, or recall it"


def faults(piece: PieceToday, evidence: Evidence, file: ReleasedFile) -> Iterator[Reason]:
    """Every fault of a file that was released, or is about to be."""
    if not file.intact:
        yield Reason("altered", "its file is not the one that was released", _RELEASE)
    if evidence.is_unsure(piece.document, piece.locale):
        yield Reason("unsure", *UNSURE)
    if evidence.clock_wrong:
        yield Reason("unsure", "today is before the newest record", "correct the clock of this machine")
    if not piece.known:
        yield Reason("gone", "its document is no longer in the project", "pull it from the racks")
    elif piece.case is None or piece.state is None:
        yield Reason("dropped", "the project no longer makes this piece, or can't read it", "run: {command} check")
    if piece.locale != ENGLISH and _is_english_recalled(piece, evidence, file):
        message = "the English it was translated from is no longer offered: it was recalled"
        yield Reason("orphaned", message, "release the English first")
    if file.entry is not None:
        yield from _entry_faults(piece, evidence, file.entry)
    elif EVERYTHING not in evidence.unsure:
        yield Reason("unlogged", "the log of releases does not know it", _RELEASE)


def _is_signed(row: Released, evidence: Evidence) -> bool:
    """True if every signature behind a file counts, or was given again for the same words: by the log alone."""
    words = row.facts.content.english, row.facts.content.translation
    in_force = signoffs_in_force(evidence.records, row.document, row.locale, row.product)
    again = {r.role for r in in_force if (r.english, r.translation) == words}
    signed = [evidence.signed.get(id) for id in row.signed]
    return bool(signed) and all(r is not None and (r.id not in evidence.void or r.role in again) for r in signed)


def _is_english_recalled(piece: PieceToday, evidence: Evidence, file: ReleasedFile) -> bool:
    """True if the English of a translation is recalled: by the project's today, or else by its last release."""
    if piece.english is not None:
        return bool(piece.english.recalls)
    if file.entry is None:
        return False
    clinic, log = file.entry[1].clinic, evidence.records.log
    rows = [e for id, entries in evidence.rows.items() if id[:3] == (piece.document, ENGLISH, clinic) for e in entries]
    last = max(rows, key=lambda entry: log.place(entry[0].id), default=None)
    return last is not None and recall_of(last, evidence) is not None


def _entry_faults(piece: PieceToday, evidence: Evidence, entry: Entry) -> Iterator[Reason]:
    row = entry[1]
    recall = recall_of(entry, evidence)
    if recall is not None:
        message = f"on {recall.dated} by {recall.name}: {recall.reason}"
        yield Reason("recalled", message, "pull it from the racks; a new release needs all signatures again")
    if evidence.today > _last_day(row.facts.review_by):
        hint = "a clinician reads it again, sets a new date, and all sign"
        yield Reason("expired", f"its review date was {row.facts.review_by}", hint)
    later = replaced_by(entry, evidence)
    if later is not None:
        yield Reason("superseded", f"released again on {later[0].dated}", "hand out the later release")
    if not _is_look_signed(row, evidence):
        yield Reason("unapproved", "no reviewer or clinician signed what it draws", _RELEASE)
    if piece.case is not None and piece.state is not None:
        yield from _changes(row, piece.case, piece.state, evidence)
    elif not _is_signed(row, evidence):
        yield Reason("unapproved", "a signature it was released on was taken back, or does not count", _RELEASE)


def _is_look_signed(row: Released, evidence: Evidence) -> bool:
    """True if one of the sign-offs that a file was released on is of exactly what it draws."""
    signed = [record for id in row.signed if (record := evidence.signed.get(id)) is not None]
    looks = [r.drawing_of(row.product, row.clinic) for r in signed if may_sign_look(r.role)]
    return row.facts.drawing.known and row.facts.drawing in looks


def _changes(row: Released, case: Case, state: ApprovalState, evidence: Evidence) -> Iterator[Reason]:
    """What changed since the file was released."""
    content = row.facts.content
    changed = content.differences(case.content)
    if "emergency" in changed:
        message = f"it prints {content.emergency}, and the emergency number of {row.clinic} is {case.emergency} now"
        yield Reason("clinic-changed", message, _RELEASE)
    elif "clinic_values" in changed:
        message = f"what it says of {row.clinic}, or where it can be read, changed since it was released"
        yield Reason("clinic-changed", message, _RELEASE)
    if changed & _WORDS:
        yield Reason("stale", "the words changed since it was released", _RELEASE)
    names = frozenset(row.signed)
    what = "was taken back" if names & evidence.void else "does not count"
    if changed and not (names and all(id in evidence.signed and id not in evidence.void for id in names)):
        yield Reason("unapproved", f"a signature it was released on {what}", _RELEASE)
    if not changed and state.name != "approved":
        since = "a signature it was released on was taken back: " if names & evidence.void else ""
        yield Reason("unapproved", f"{since}it is {state.name}: {_lacks(case, state)}", _GIVEN_AGAIN)


def recall_of(entry: Entry, evidence: Evidence) -> Recall | None:
    """The recall of a released file. Answering a recall allows a new release; the old file stays recalled.

    A recall spares a file only if it was released on signatures that all name the recall.
    """
    row = entry[1]
    listed = evidence.pulled.get(row.sha256) or evidence.pulled.get(row.printed)
    if listed is not None:
        return listed
    signed = [evidence.signed.get(id) for id in row.signed]
    for recall in evidence.records.recalls:
        if recall.covers(row.document, row.locale):
            answered = [record is not None and recall.id in record.answers for record in signed]
            if not answered or not all(answered):
                return recall
    return None


def replaced_by(entry: Entry, evidence: Evidence) -> Entry | None:
    """The last file of the piece that prints something else, unless this one's release descends from its release.

    Of two branches that both released the piece, neither is the later one: both are superseded until the next release.
    """
    release, row = entry
    log, others = evidence.records.log, evidence.rows.get(row.id, ())
    others = tuple(e for e in others if e[1].facts.key != row.facts.key and not e[1].facts.prints_as(row.facts))
    later = [(r, other) for r, other in others if not _is_after(release, r, log)]
    return later[-1] if later else None


def _is_after(release: Release, earlier: Release, log: Log) -> bool:
    """True if a release descends from the earlier one. One that is about to be written is not in the log yet."""
    if release.id in log.entries:
        return log.descends(release.id, earlier.id)
    return any(name == earlier.id or log.descends(name, earlier.id) for name in release.names)


def _last_day(review_by: str) -> date:
    """The last day on which a file may be handed out; long past if the date can't be read."""
    try:
        return last_day(review_by)
    except ValueError:
        return date.min


def bars(piece: PieceToday, evidence: Evidence) -> Iterator[Reason]:
    """Every reason why a new release of a piece may not be made."""
    case, state = piece.case, piece.state
    if case is None or state is None:
        yield Reason("unapproved", "its words can't be read", "run: {command} check")
        return
    if evidence.is_unsure(piece.document, piece.locale):
        yield Reason("record-broken", *UNSURE)
    yield from _state_bars(case, state, piece.english, evidence.today)
    if piece.locale != ENGLISH and piece.english is None:
        message = "it is made only with another language beside the English, and can't be signed alone"
        yield Reason("unapproved", message, NO_ENGLISH_PIECE)
    recall = _recall_of_version(piece, evidence)
    if recall is not None:
        message = f"version {piece.version} was recalled on {recall.dated}: {recall.reason}"
        yield Reason("recalled", message, "raise the version, so that staff see which paper is new")


def _recall_of_version(piece: PieceToday, evidence: Evidence) -> Recall | None:
    """The recall of a release with the version that a new release would have, as any product and for any clinic.

    Staff pull papers by number, language and version: `DVT-001 · es · 1.0`.
    """
    if not any(recall.covers(piece.document, piece.locale) for recall in evidence.records.recalls):
        return None
    same = evidence.versions.get((piece.document, piece.locale), {}).get(piece.version, ())
    return next((recall for entry in same if (recall := recall_of(entry, evidence)) is not None), None)


def _state_bars(case: Case, state: ApprovalState, english: ApprovalState | None, today: date) -> Iterator[Reason]:
    """What people have not signed, and what dates and recalls forbid."""
    sign = f"{{command}} sign {case.document} --locale {case.locale} --role"
    if state.name != "approved":
        yield Reason("unapproved", f"it is {state.name}: {_lacks(case, state)}", _next_move(case, state, english))
    if state.one_person:
        yield Reason("one-person", "one person signed in two roles", "another person signs for one of them")
    if state.outdated:
        roles = " and ".join(state.outdated)
        hint = f"read what changed and sign again: {sign} {state.outdated[0]}"
        yield Reason("stale", f"the words changed since the {roles} signed", hint)
    if state.name == "approved" and not state.seen:
        role = next((r.role for r in state.signed if may_sign_look(r.role)), REVIEWER)
        hint = f"build it, look at the proof and sign again, as reviewer or clinician: {sign} {role}"
        yield Reason("look-unsigned", _unseen(case, state), hint)
    if state.name == "approved" and not state.named:
        signed = next((r.language for r in state.signed if may_sign_look(r.role)), "") or "no name"
        hint = f"correct locales/languages.toml; if the new name is right, sign again: {sign} {CLINICIAN}"
        message = f"its language was signed as {signed}, and the project calls it {case.language} now"
        yield Reason("language-renamed", message, hint)
    if state.expired:
        late = (today - last_day(case.review_by)).days
        hint = "a clinician reads it again, sets a new date, and all sign"
        yield Reason("expired", f"its review date {case.review_by} was {counted(late, 'day')} ago", hint)
    for recall in state.recalls:
        message = f"it was recalled on {recall.dated} by {recall.name}: {recall.reason}"
        yield Reason("recalled", message, "correct it; all roles sign again, knowing of the recall")


def _unseen(case: Case, state: ApprovalState) -> str:
    """What no reviewer or clinician has looked at."""
    if state.drawings:
        return "it is drawn differently from the proof that was signed"
    seen = [r for r in state.signed if may_sign_look(r.role) and r.drawing_of(case.product, case.clinic).known]
    if seen:
        return f"what is printed of {case.clinic}, or where it can be read, changed since it was signed"
    return f"no reviewer or clinician has looked at its proof for {case.clinic}"


def _next_move(case: Case, state: ApprovalState, english: ApprovalState | None) -> str:
    if case.words.lacking:
        return f"translate them, build {case.document} --locale {case.locale}, then all sign"
    if state.missing:
        return f"run: {{command}} sign {case.document} --locale {case.locale} --role {state.missing[0][0]}"
    if english is not None and english.missing:
        return f"run: {{command}} sign {case.document} --locale {ENGLISH} --role {english.missing[0][0]}"
    return "another person signs for one of the roles"


def _lacks(case: Case, state: ApprovalState) -> str:
    words = case.words
    if words.lacking:
        return words.lacking
    if state.name == "machine":
        drafts = form(words.machine, "is a machine draft", "are machine drafts")
        return f"{words.machine} of {counted(words.messages, 'message')} {drafts} that no translator signed"
    if state.missing:
        return f"no {' and no '.join(' or '.join(seat) for seat in state.missing)} has signed these words"
    return "two roles were signed by one person" if state.one_person else "the English is not approved"
