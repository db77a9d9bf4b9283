"""A document in a locale as a translator sees it: its messages in order, with all that helps her to translate each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from pressroom.approval import DraftRecord
from pressroom.approval.machine_drafts import COMMENT, key_hash
from pressroom.approval.wording import DiffPart, word_diff
from pressroom.catalog import Catalog, Entry, pseudo_text
from pressroom.catalog.edited import entry_mark, texts_of
from pressroom.catalog.fuzzy import previous_pair
from pressroom.catalog.model import Key
from pressroom.catalog.terms import terms_in
from pressroom.commands.catalogs.message_view import MessageView, Prints, State, TranslationView
from pressroom.commands.catalogs.questions import MARK, asked_of
from pressroom.content import Message
from pressroom.content.inline import PLACEHOLDER, parse_inline
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.layout import Layout, word_names
from pressroom.layout.block_words import block_words
from pressroom.project import Clinic
from pressroom.project.clinics import placeholder_values
from pressroom.workspace.catalog_findings import catalog_findings
from pressroom.workspace.glossary import glossary_terms
from pressroom.workspace.workspace import LAYOUTS, Workspace

# The word that is on every proof.
_OF_PROOFS: Final = "draft"


def translation_view(
    workspace: Workspace,
    name: str,
    language: Language,
    clinic: Clinic | None = None,
    layout: Layout | None = None,
    seen: Sequence[Diagnostic] = (),
) -> TranslationView:
    """The view of a document, or of the layouts' words if it is named `layouts`.

    `clinic` gives the values that placeholders print. Of the layouts' words those that `layout` prints are shown.
    `seen` are findings of the drawn pages.
    """
    messages = workspace.messages(name)
    own, findings = _views(workspace, name, messages, language, clinic, 1, seen)
    words: Sequence[MessageView] = ()
    if name != LAYOUTS and layout is not None:
        printed = _printed_by(workspace, name, layout)
        words, more = _views(workspace, LAYOUTS, printed, language, clinic, len(own) + 1)
        findings = (*findings, *more)
    title = messages[0].msgid if messages and name != LAYOUTS else name
    return TranslationView(name, title, language, (*own, *words), findings)


def _printed_by(workspace: Workspace, name: str, layout: Layout) -> tuple[Message, ...]:
    words = workspace.words().value
    path = next((path for path in workspace.sources() if path.stem == name), None)
    document = workspace.document(path).value if path is not None else None
    blocks = block_words(document) if document is not None else ()
    named = {*word_names(layout.printed, words), *blocks, _OF_PROOFS}
    return tuple(message for word, message in words.items() if word in named)


def _views(
    workspace: Workspace,
    name: str,
    messages: Iterable[Message],
    language: Language,
    clinic: Clinic | None,
    first: int,
    seen: Sequence[Diagnostic] = (),
) -> tuple[list[MessageView], tuple[Diagnostic, ...]]:
    """The messages of one catalog, numbered from `first`, and the findings that belong to none of them."""
    uses: dict[Key, list[Message]] = {}
    for message in messages:
        if message.msgid:
            uses.setdefault(message.key, []).append(message)
    catalog, drafts, problems = _catalog(workspace, name, language)
    entries = catalog.by_key() if catalog is not None else {}
    by_key, others = _sorted(catalog, (*catalog_findings(workspace, name, language), *seen), uses)
    helps = _Helps(workspace, name, language, clinic)
    views = [
        helps.view(number, same, entries.get(key), drafts, by_key.get(key, ()))
        for number, (key, same) in enumerate(uses.items(), start=first)
    ]
    return views, (*problems, *others)


def _catalog(
    workspace: Workspace, name: str, language: Language
) -> tuple[Catalog | None, DraftRecord, tuple[Diagnostic, ...]]:
    if language.invented or language.tag == ENGLISH:
        return None, DraftRecord(), ()
    (catalog, findings), (drafts, problems) = workspace.catalog(name, language), workspace.drafts(name, language)
    return catalog, drafts or DraftRecord(), (*findings, *problems)


class _Helps:
    """What the messages of a catalog share: the terms, the limits, the clinic's values."""

    def __init__(self, workspace: Workspace, name: str, language: Language, clinic: Clinic | None) -> None:
        self.name, self.language = name, language
        self.terms = () if language.invented else glossary_terms(workspace, language).value
        self.limits: Mapping[Key, int] = workspace.lengths().value.limits(name, language)
        self.values = placeholder_values(clinic) if clinic is not None else {}

    def view(
        self,
        number: int,
        uses: Sequence[Message],
        entry: Entry | None,
        drafts: DraftRecord,
        findings: Sequence[Diagnostic],
    ) -> MessageView:
        """One message, which may be in several places."""
        first = uses[0]
        entry = entry or Entry(first.msgid, self._text(first), first.context)
        return MessageView(
            number=number,
            id=key_hash(first.key),
            key=first.key,
            catalog=self.name,
            english=first.msgid,
            shown=parse_inline(first.msgid),
            texts=texts_of(entry),
            state=_state(entry, drafts),
            fuzzy=entry.fuzzy and bool(entry.msgstr),
            seen=entry_mark(entry),
            role=first.role,
            panel=first.panel,
            section=first.section,
            notes=tuple(dict.fromkeys(note for use in uses for note in use.notes)),
            pending=next((use.pending for use in uses if use.pending), ""),
            prints=tuple(self._prints(name) for name in dict.fromkeys(PLACEHOLDER.findall(first.msgid))),
            links=first.links,
            earlier=_earlier(entry),
            earlier_text=_earlier_text(entry),
            terms=tuple(terms_in(first.msgid, self.terms)),
            limit=self.limits.get(first.key, 0),
            questions=asked_of(entry),
            remarks=_remarks(entry),
            findings=tuple(findings),
        )

    def _text(self, message: Message) -> str:
        """The text of a message that no catalog has."""
        if self.language.tag == ENGLISH:
            return message.msgid
        return pseudo_text(message, self.language.tag) if self.language.invented else ""

    def _prints(self, name: str) -> Prints:
        if value := self.values.get(name):
            return Prints(f"{{{name}}}", value)
        said = data_table("catalog/placeholders.toml").get(name, "a value that the program fills in")
        return Prints(f"{{{name}}}", str(said), is_value=False)


def _state(entry: Entry, drafts: DraftRecord) -> State:
    if not entry.msgstr.strip():
        return "empty"
    if entry.fuzzy:
        return "unsure"
    return "draft" if drafts.holds(entry.key, entry.msgstr) else "done"


def _before(entry: Entry) -> Entry | None:
    """The earlier English of a doubtful message with its translation, if they are known."""
    if not entry.fuzzy:
        return None
    pair = previous_pair(entry)
    return pair or (Entry(entry.previous_msgid) if entry.previous_msgid else None)


def _earlier(entry: Entry) -> tuple[DiffPart, ...]:
    before = _before(entry)
    if before is None:
        return ()
    old, new = parse_inline(before.msgid).plain, parse_inline(entry.msgid).plain
    # The marks of bold words only disturb, unless nothing else changed.
    return tuple(word_diff(old, new) if old != new else word_diff(before.msgid, entry.msgid))


def _earlier_text(entry: Entry) -> str:
    before = _before(entry)
    return before.msgstr if before is not None and before.msgstr != entry.msgstr else ""


def _remarks(entry: Entry) -> tuple[str, ...]:
    """The comments that are no question and no mark of the program."""
    asked = " ".join(asked_of(entry))
    lines = (line.strip() for line in entry.comments if line != COMMENT and not MARK.match(line))
    return tuple(line for line in lines if line and line not in asked)


def _sorted(
    catalog: Catalog | None, findings: Iterable[Diagnostic], keys: Collection[Key]
) -> tuple[dict[Key, list[Diagnostic]], tuple[Diagnostic, ...]]:
    """The findings of each message, and those that belong to none."""
    by_key: dict[Key, list[Diagnostic]] = {}
    others: list[Diagnostic] = []
    for finding in dict.fromkeys(findings):
        key = key_of(catalog, finding)
        (by_key.setdefault(key, []) if key in keys and key is not None else others).append(finding)
    return by_key, tuple(others)


def key_of(catalog: Catalog | None, finding: Diagnostic) -> Key | None:
    """The message that a finding is about, by its subject or by its line in the catalog; None if it is about none."""
    if finding.subject is not None and finding.subject.kind == "message":
        return finding.subject.key
    if catalog is None or finding.span.path != catalog.path or not finding.span.line:
        return None
    entries = sorted(catalog.active, key=lambda entry: entry.line)
    at = bisect_right([entry.line for entry in entries], finding.span.line)
    return entries[at - 1].key if at else None
