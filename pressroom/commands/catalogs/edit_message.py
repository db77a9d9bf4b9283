"""Writes one message of a catalog for a person at the browser, as a PO editor would, and no work of others is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from pressroom.approval import DraftRecord, draft_file, write_drafts
from pressroom.approval.machine_drafts import draft_commented, key_hash, with_draft_again, without_draft
from pressroom.catalog import Catalog, Entry
from pressroom.catalog.edited import entry_mark, texts_of, with_entry, with_texts, with_words_of
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.questions import with_question, without_question
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language
from pressroom.project import Read, file_bytes
from pressroom.project.atomic import refuse_links
from pressroom.project.folder_lock import folder_lock
from pressroom.workspace.workspace import Workspace

Why = Literal["changed", "gone", "unreadable", "unwritable"]
# How often a file may be saved by another program between our reading and our writing of it.
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits, for the catalog's header: the moment in gettext's form, and a name or an empty text."""

    now: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person wants a message to be. `message` is its `key_hash`, `seen` the `entry_mark` that she saw.

    `texts` is the translation, one text for each plural form.
    """

    message: str
    seen: str
    texts: tuple[str, ...]
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A message as it was and as it is in the file; `written` are the files that changed, none if nothing did.

    `was_draft` is True if a machine's text was kept as it is, and is a person's from now on.
    """

    before: Entry
    after: Entry
    written: tuple[Path, ...] = ()
    was_draft: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was written. `theirs` is the entry as it is now, if it is there; `findings` say more."""

    why: Why
    theirs: Entry | None = None
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A catalog in a workspace."""

    workspace: Workspace
    name: str
    language: Language

    @property
    def path(self) -> Path:
        return self.workspace.project.catalog_file(self.language.posix, self.name)

    @property
    def drafts(self) -> Path:
        return draft_file(self.workspace.project, self.language.posix, self.name)


Change = Callable[[Entry, DraftRecord], tuple[Entry, DraftRecord] | Refused]


def edit_message(workspace: Workspace, name: str, language: Language, edit: Edit, editor: Editor) -> Saved | Refused:
    """Write a translation and its doubt into the catalog `name`, unless the message changed since it was seen.

    Another message that changed meanwhile is no conflict. A text with findings is saved all the same. A machine's text
    that is saved without doubt is a person's from then on.
    """

    def change(entry: Entry, record: DraftRecord) -> tuple[Entry, DraftRecord] | Refused:
        texts = tuple(_as_typed(text) for text in edit.texts)
        if len(texts) != len(texts_of(entry)):
            return Refused("changed", entry)
        edited = with_texts(entry, texts, fuzzy=edit.fuzzy)
        # Two people who wrote the same have no conflict.
        if entry_mark(entry) != edit.seen and entry_mark(edited) != entry_mark(entry):
            return Refused("changed", entry)
        if edited.translated and record.holds(entry.key, edited.msgstr):
            record = without_draft(record, entry.key)
        return edited, record

    return _changed(_Place(workspace, name, language), edit.message, change, editor)


def undo_edit(workspace: Workspace, name: str, language: Language, saved: Saved, editor: Editor) -> Saved | Refused:
    """Give a message the text, the doubt and the earlier English that it had, unless it changed since it was saved."""

    def change(entry: Entry, record: DraftRecord) -> tuple[Entry, DraftRecord] | Refused:
        if entry_mark(entry) != entry_mark(saved.after):
            return Refused("changed", entry)
        if saved.was_draft:
            record = with_draft_again(record, entry.key, saved.before.msgstr)
        return with_words_of(entry, saved.before), record

    return _changed(_Place(workspace, name, language), key_hash(saved.after.key), change, editor)


def ask_author(
    workspace: Workspace, name: str, language: Language, message: str, question: str, editor: Editor
) -> Saved | Refused:
    """Add a translator's question to the comments of a message, see docs/how-to/answer-questions.md."""
    return _changed(
        _Place(workspace, name, language),
        message,
        lambda entry, record: (with_question(entry, question), record),
        editor,
    )


def close_question(
    workspace: Workspace, name: str, language: Language, message: str, question: str, editor: Editor
) -> Saved | Refused:
    """Take a question with this text out of the comments of a message: it is answered."""
    return _changed(
        _Place(workspace, name, language),
        message,
        lambda entry, record: (without_question(entry, question), record),
        editor,
    )


def change_comments(
    workspace: Workspace,
    name: str,
    language: Language,
    message: str,
    change: Callable[[tuple[str, ...]], tuple[str, ...]],
    editor: Editor,
) -> Saved | Refused:
    """Change the comments of a message, and nothing of its text."""
    return _changed(
        _Place(workspace, name, language),
        message,
        lambda entry, record: (replace(entry, comments=change(entry.comments)), record),
        editor,
    )


def _changed(place: _Place, message: str, change: Change, editor: Editor) -> Saved | Refused:
    """Read the catalog, change one entry and write it, while no other writer of the project's may."""
    try:
        with folder_lock(place.path.parent):
            for _ in range(_TRIES):
                done = _tried(place, message, change, editor)
                if done is not None:
                    return done
    except OSError as error:
        return Refused("unwritable", findings=(_unwritable(place, error),))
    return Refused("unwritable", findings=(_unwritable(place, OSError(11, "another program keeps saving it")),))


def _tried(place: _Place, message: str, change: Change, editor: Editor) -> Saved | Refused | None:
    """One try; None if the file was saved by another program while it was changed here."""
    workspace = place.workspace
    workspace.changed([place.path, place.drafts])
    (catalog, findings), (record, problems) = _read(place)
    if catalog is None or record is None:
        return Refused("unreadable", findings=(*findings, *problems))
    entry = next((one for one in catalog.active if key_hash(one.key) == message), None)
    if entry is None:
        return Refused("gone")
    changed = change(entry, record)
    if isinstance(changed, Refused):
        return changed
    edited, drafts = changed
    edited = draft_commented(edited, edited.translated and drafts.holds(edited.key, edited.msgstr))
    was_draft = len(drafts.drafted) < len(record.drafted)
    if edited == entry:
        return Saved(entry, entry)
    data = _bytes_of(place, with_entry(catalog, edited, now=editor.now, translator=editor.name), edited)
    if not isinstance(data, bytes):
        return Refused("unreadable", entry, data or (_not_a_catalog(catalog, entry),))
    if not _is_as_read(place):
        return None
    # The text first: without the row of the record it would be taken for a person's.
    written = [path for path, text in _files(place, data, record, drafts) if workspace.write(path, text)]
    return Saved(entry, edited, tuple(written), was_draft)


def _bytes_of(place: _Place, catalog: Catalog, edited: Entry) -> bytes | tuple[Diagnostic, ...]:
    """The file, or why its readers would refuse it or read another text in it."""
    try:
        data = write_catalog(catalog)
    except UnicodeEncodeError:
        return ()
    again, problems = read_catalog(data, catalog.path, place.language)
    # No other entry has the mark of this one.
    same = again is not None and entry_mark(edited) in map(entry_mark, again.active)
    return data if same else tuple(problems)


def _read(place: _Place) -> tuple[Read[Catalog | None], Read[DraftRecord | None]]:
    catalog = place.workspace.catalog(place.name, place.language)
    return catalog, place.workspace.drafts(place.name, place.language)


def _files(place: _Place, data: bytes, before: DraftRecord, record: DraftRecord) -> list[tuple[Path, bytes]]:
    """The files to write: the catalog, and the record of drafts if it changed."""
    drafts = [(place.drafts, write_drafts(record).encode())] if record != before else []
    return [(place.path, data), *drafts]


def _is_as_read(place: _Place) -> bool:
    """True if the file on the disk still has the bytes that were read."""
    refuse_links(place.workspace.root, place.path)
    now, _ = file_bytes(place.workspace.root, place.path)
    return now == place.workspace.files.data(place.path).value


def _as_typed(text: str) -> str:
    """A text from a form, where lines end in CR LF, as a catalog has it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_a_catalog(catalog: Catalog, entry: Entry) -> Diagnostic:
    hint = "take out the signs that can't be seen, and save again; nothing was written"
    return diagnostic("catalog-syntax", Span(catalog.path, entry.line), "a catalog can't hold this text", hint)


def _unwritable(place: _Place, error: OSError) -> Diagnostic:
    text = f"can't be written: {error.strerror or error}"
    hint = "the file is as it was; see that you may write it, then save again"
    return diagnostic("output-unwritable", Span(place.workspace.relative(place.path)), text, hint)
