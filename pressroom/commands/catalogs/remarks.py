"""Remarks of those who review: on a message, they are comments of the translator's catalog, where translators work.

A remark has one line: `remark 2026-11-23 by Rita Revisora (reviewer): too formal [it said: “…”]`. One on a page names
the page, and is with the document's title. Remarks on the English are in `source/remarks/<document>.toml`, because its
Markdown has no room for them. Who has dealt with a remark deletes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from pressroom.approval.codec import read_toml, write_toml
from pressroom.approval.machine_drafts import COMMENT, key_hash
from pressroom.catalog import Entry
from pressroom.catalog.model import Key
from pressroom.commands.catalogs.edit_message import Editor, Refused, Saved, change_comments
from pressroom.language import ENGLISH, Language
from pressroom.project.folder_lock import folder_lock
from pressroom.workspace.workspace import Workspace

PREFIX: Final = "remark "
_LINE: Final = re.compile(
    r"remark (?P<dated>\d{4}-\d{2}-\d{2}) by (?P<by>.+?) \((?P<role>[a-z]+)\)(?: on (?P<page>[a-z0-9-]+, page \d+))?: "
    r"(?P<text>.*?)(?: \[it said: “(?P<said>.*)”\])?"
)
_HEAD: Final = "Remarks on the English, for its author. Delete a remark once it is dealt with."
_KEYS: Final = ("dated", "by", "role", "page", "text", "said")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person says of a message, or of a `page` of a product: `wallet-card, page 1`.

    `said` is the text that it was made on: it stays readable when that text is gone.
    """

    dated: str
    by: str
    role: str
    text: str
    said: str = ""
    page: str = ""

    @property
    def line(self) -> str:
        """The remark as a comment."""
        on, said = f" on {self.page}" if self.page else "", f" [it said: “{self.said}”]" if self.said else ""
        return f"{PREFIX}{self.dated} by {self.by} ({self.role}){on}: {self.text}{said}"


def make_remark(today: date, by: str, role: str, text: str, *, said: str = "", page: str = "") -> Remark:
    """A remark; every text in it is on one line."""
    return Remark(str(today), _flat(by), role, _flat(text), _flat(said), page)


def remarks_of(entry: Entry) -> tuple[Remark, ...]:
    """The remarks on a message, in the order in which they were made."""
    return remarks_in(entry.comments)


def remarks_in(comments: Iterable[str]) -> tuple[Remark, ...]:
    """The remarks among comments."""
    found = [_LINE.fullmatch(line.strip()) for line in comments]
    return tuple(Remark(**{key: match[key] or "" for key in _KEYS}) for match in found if match is not None)


def write_remark(
    workspace: Workspace, name: str, language: Language, key: Key, remark: Remark, editor: Editor
) -> Saved | Refused:
    """Add a remark to a message of the catalog `name`; the same one is not added twice."""

    def add(comments: tuple[str, ...]) -> tuple[str, ...]:
        # The comment on a machine draft is always the last one.
        ours = tuple(line for line in comments if line == COMMENT)
        others = tuple(line for line in comments if line != COMMENT)
        return comments if remark.line in comments else (*others, remark.line, *ours)

    return change_comments(workspace, name, language, key_hash(key), add, editor)


def delete_remark(
    workspace: Workspace, name: str, language: Language, key: Key, line: str, editor: Editor
) -> Saved | Refused:
    """Delete the remark of this line from a message: it is dealt with."""

    def without(comments: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(c for c in comments if c != line or not c.startswith(PREFIX))

    return change_comments(workspace, name, language, key_hash(key), without, editor)


def gone_remarks(workspace: Workspace, name: str, language: Language) -> tuple[tuple[str, Remark], ...]:
    """The remarks on messages that a document no longer has, each with the English of its message."""
    catalog = workspace.catalog(name, language).value if language.tag != ENGLISH else None
    obsolete = catalog.obsolete if catalog is not None else ()
    return tuple((entry.msgid, remark) for entry in obsolete for remark in remarks_of(entry))


def english_remarks(workspace: Workspace, document: str) -> tuple[Remark, ...]:
    """The remarks on the English of a document; none if there is no file, or none that can be read."""
    text, _ = workspace.files.text(_file(workspace, document), optional=True)
    try:
        rows: Any = read_toml(text or "").get("remark", [])
        return tuple(Remark(**{key: str(row.get(key, "")) for key in _KEYS}) for row in rows)
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ()


def change_english_remarks(
    workspace: Workspace, document: str, *, add: Remark | None = None, delete: str = ""
) -> tuple[Remark, ...]:
    """Add a remark on the English, or delete the one of this line; returns those that are there now.

    Raises:
        OSError: the file can't be written.
    """
    path = _file(workspace, document)
    path.parent.mkdir(parents=True, exist_ok=True)
    with folder_lock(path.parent):
        workspace.changed([path])
        kept = tuple(remark for remark in english_remarks(workspace, document) if remark.line != delete)
        now = (*kept, add) if add is not None and add not in kept else kept
        rows = [{key: value for key in _KEYS if (value := getattr(remark, key))} for remark in now]
        if rows:
            workspace.write(path, write_toml({"remark": rows}, _HEAD).encode())
        else:
            path.unlink(missing_ok=True)
            workspace.changed([path])
    return now


def _file(workspace: Workspace, document: str) -> Path:
    return workspace.root / "source" / "remarks" / f"{document}.toml"


def _flat(text: str) -> str:
    return " ".join(text.split())
