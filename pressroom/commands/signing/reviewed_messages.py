"""Every message of a document in a locale with what a reviewer must know of it, for paper and for the browser."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.approval import Waiver
from pressroom.approval.line_changes import LineChange, ShownRun, run_diff, shown_runs
from pressroom.approval.waiving import subject_hashes
from pressroom.approval.wording import WordingLine, digest, folded
from pressroom.catalog.model import Entry, Key
from pressroom.catalog.terms import Term, term_lines
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.workspace.workspace import LAYOUTS

LAYOUT_WORD = "layout word"


@dataclass(frozen=True, slots=True)
class ReviewedFinding:
    """A finding as a reviewer reads it; `waiver` is the record that excuses it, None if none does."""

    finding: Diagnostic
    waived: bool
    waiver: Waiver | None = None

    @property
    def line(self) -> str:
        """The finding in one line."""
        return f"{'waived' if self.waived else self.finding.severity} [{self.finding.code}] {self.finding.message}"


@dataclass(frozen=True, slots=True)
class ReviewedMessage:
    """A message by the number that `review`, `sign` and `return` use, and its text in the locale, empty if it has none.

    `is_fuzzy` and `is_draft` say that a translator, or a person at all, must still read the text. `back` is its
    translation back into English, `comments` are the translator's. `change` is the line that a person signed before,
    None if nothing is compared.
    """

    number: int
    message: Message
    text: str
    is_fuzzy: bool = False
    is_draft: bool = False
    back: str = ""
    comments: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    findings: tuple[ReviewedFinding, ...] = ()
    change: LineChange | None = None

    @property
    def status(self) -> tuple[str, ...]:
        """What a reviewer must know of the text, in words."""
        words = {"fuzzy": self.is_fuzzy, "not translated": not self.text, "machine draft": self.is_draft}
        pending = (f"awaits a {self.message.pending}",) if self.message.pending else ()
        return (*(word for word, holds in words.items() if holds), *pending)

    @property
    def changed(self) -> bool:
        """True unless it is as that person signed it."""
        return self.change is None or self.change.changed

    @property
    def is_new(self) -> bool:
        """True if there was no such message when that person signed."""
        return self.change is not None and self.change.before is None

    @property
    def shown_english(self) -> tuple[ShownRun, ...]:
        """The English, with what changed in it."""
        before = self.change.before if self.change is not None else None
        if before is None or before.english == folded(self.message.msgid):
            return shown_runs(self.message.msgid)
        return run_diff(before.english, folded(self.message.msgid))

    @property
    def shown_back(self) -> tuple[ShownRun, ...]:
        """The text back in English."""
        return shown_runs(self.back)

    @property
    def shown_text(self) -> tuple[ShownRun, ...]:
        """The text in the locale, with what changed in it."""
        before = self.change.before if self.change is not None else None
        if before is None or before.text == folded(self.text):
            return shown_runs(self.text)
        return run_diff(before.text, folded(self.text))

    @property
    def read(self) -> str:
        """The hash of what a person reads here, which a tick is bound to: English, text, place and links."""
        message = self.message
        parts = (message.panel, message.context or "", folded(message.msgid), folded(self.text), *message.links)
        return digest(("message", *parts))


def reviewed_messages(
    review_case: ReviewCase,
    *,
    backs: Mapping[Key, str],
    terms: tuple[Term, ...],
    changes: Mapping[tuple[str, str], LineChange] | None = None,
) -> tuple[ReviewedMessage, ...]:
    """The messages in the order of their numbers; `changes` are lines by context and English, see `change_key`."""
    findings, _ = reviewed_findings(review_case)
    entries = _entries(review_case)
    return tuple(
        _reviewed(review_case, number, message, entries, backs, terms, findings, changes)
        for number, message in enumerate(review_case.messages(), start=1)
    )


def change_key(line: WordingLine | Message) -> tuple[str, str]:
    """What a line and its message share."""
    english = line.english if isinstance(line, WordingLine) else folded(line.msgid)
    return line.context or "", english


def _reviewed(
    review_case: ReviewCase,
    number: int,
    message: Message,
    entries: Mapping[tuple[str, Key], Entry],
    backs: Mapping[Key, str],
    terms: tuple[Term, ...],
    findings: Mapping[Key, list[ReviewedFinding]],
    changes: Mapping[tuple[str, str], LineChange] | None,
) -> ReviewedMessage:
    name = catalog_of(review_case, message)
    entry = entries.get((name, message.key))
    is_english = review_case.language.tag == ENGLISH
    drafts, _ = review_case.workspace.drafts(name, review_case.language)
    return ReviewedMessage(
        number=number,
        message=message,
        text=message.msgid if is_english else entry.msgstr if entry is not None else "",
        is_fuzzy=entry is not None and entry.fuzzy and bool(entry.msgstr),
        is_draft=entry is not None and drafts is not None and drafts.holds(entry.key, entry.msgstr),
        back=backs.get(message.key, ""),
        comments=entry.comments if entry is not None else (),
        terms=tuple(term_lines(message.msgid, terms)),
        findings=tuple(findings.get(message.key, ())),
        change=changes.get(change_key(message)) if changes is not None else None,
    )


def catalog_of(review_case: ReviewCase, message: Message) -> str:
    """The name of the catalog that has a message."""
    return LAYOUTS if message.role == LAYOUT_WORD else review_case.document.name


def _entries(review_case: ReviewCase) -> dict[tuple[str, Key], Entry]:
    if review_case.language.tag == ENGLISH:
        return {}
    names = (review_case.document.name, LAYOUTS)
    found = [(name, review_case.workspace.catalog(name, review_case.language).value) for name in names]
    return {(name, entry.key): entry for name, catalog in found if catalog is not None for entry in catalog.active}


def reviewed_findings(review_case: ReviewCase) -> tuple[dict[Key, list[ReviewedFinding]], list[ReviewedFinding]]:
    """The findings by message, and those that concern no single message."""
    by_key: dict[Key, list[ReviewedFinding]] = defaultdict(list)
    others: list[ReviewedFinding] = []
    for finding in review_case.findings():
        waived = review_case.waived(finding)
        reviewed = ReviewedFinding(finding, waived, _waiver(review_case, finding) if waived else None)
        if finding.subject is None or finding.subject.kind != "message":
            others.append(reviewed)
        else:
            by_key[finding.subject.key].append(reviewed)
    return by_key, others


def _waiver(review_case: ReviewCase, finding: Diagnostic) -> Waiver | None:
    assert finding.subject is not None
    expected = (review_case.document.name, review_case.language.tag, finding.code, *subject_hashes(finding.subject))
    waivers = review_case.records.waivers
    return next((w for w in waivers if (w.document, w.locale, w.code, w.message, w.text) == expected), None)
