"""A gettext catalog in memory: a `Header` and `Entry` values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pressroom.diagnostics import Subject

FUZZY: Final = "fuzzy"
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message and its translation; texts are unescaped, comments are without their marker.

    `plural` is msgid_plural and `plural_msgstrs` the forms from msgstr[1] on; patient texts have none, but a
    catalog from elsewhere may. Lines count from 1, are 0 where the entry was never in a file, and don't take
    part in comparison: an entry that moved is the same entry.
    """

    msgid: str
    msgstr: str = ""
    context: str | None = None
    plural: str | None = None
    plural_msgstrs: tuple[str, ...] = ()
    previous_msgid: str | None = None
    previous_context: str | None = None
    previous_plural: str | None = None
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    obsolete: bool = False
    line: int = field(default=0, compare=False)
    msgstr_line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """What identifies a message in gettext: (msgctxt, msgid)."""
        return self.context, self.msgid

    @property
    def subject(self) -> Subject:
        """The message, as a finding about it names it."""
        return Subject("message", self.msgid, self.context or "", self.msgstr)

    @property
    def fuzzy(self) -> bool:
        """True if a translator must check the translation; fuzzy text is never printed."""
        return FUZZY in self.flags

    @property
    def translated(self) -> bool:
        """True if there is a translation to print: not empty, not fuzzy, not obsolete."""
        return bool(self.msgstr.strip()) and not self.fuzzy and not self.obsolete


@dataclass(frozen=True, slots=True)
class Header:
    """The entry of the empty msgid: its fields in order, unknown ones too; a line without a colon has no name."""

    fields: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    def get(self, name: str) -> str | None:
        """The first field of this name, in upper or lower case."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    def replaced(self, changes: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
        """The fields with these changed in place, or added at the end; None removes a field."""
        values = {name.lower(): value for name, value in changes.items()}
        present = {name.lower() for name, _ in self.fields}
        fields = [(name, values.get(name.lower(), value)) for name, value in self.fields]
        fields += [(name, value) for name, value in changes.items() if name.lower() not in present]
        return tuple((name, value) for name, value in fields if value is not None)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The content of a .po or .pot file; `path` is posix and relative to the project. Active entries come first.

    `locale` is the language's tag (BCP 47), empty for a template. `trailing` are comments below the last entry:
    gettext drops them, a translator's words are kept here.
    """

    path: str
    header: Header = Header()
    entries: tuple[Entry, ...] = ()
    trailing: tuple[str, ...] = ()
    locale: str = ""

    @property
    def active(self) -> tuple[Entry, ...]:
        """The entries in use, in the file's order."""
        return tuple(entry for entry in self.entries if not entry.obsolete)

    @property
    def obsolete(self) -> tuple[Entry, ...]:
        """The entries whose message was deleted; they are kept in case it comes back."""
        return tuple(entry for entry in self.entries if entry.obsolete)

    def by_key(self) -> dict[Key, Entry]:
        """The active entries by (msgctxt, msgid)."""
        return {entry.key: entry for entry in self.entries if not entry.obsolete}
