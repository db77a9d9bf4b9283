"""What the log says of the project's records: which of them can't count, and what is barred because one is missing."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pressroom.approval.log import EVERYTHING, RELEASES, Log, LogEntry, day_of, file_of, is_back_dated, place_of
from pressroom.approval.records import Recall, Record, Withdrawal
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.project import file_bytes
from pressroom.workspace.documents import current_name

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


# Where an edition names entries: in the first keys of its manifest, and in the head of the desk page.
_EDITION: Final = {
    "released/manifest.json": re.compile(r'^ ?"heads": \[([^\]]*)\]', re.M),
    "desk.html": re.compile(r'^<meta name="log-head" content="[^"]*">$', re.M),
}
_LARGEST: Final = 200_000_000
_ID: Final = re.compile(r'"([^"\s]+/[^"\s]+-\d{4}-\d{2}-\d{2}-[0-9a-f]{16})"')


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that can be read, with its file; `findings` say why it does not count.

    `intact` is False if it was edited, or lost the signature that it was written with. `refused` is True if it does not
    count because it is unknown who may sign.
    """

    record: Record
    path: Path
    intact: bool = True
    findings: tuple[Diagnostic, ...] = ()
    refused: bool = False

    @property
    def counts(self) -> bool:
        """True if the record counts. One that takes something back always does."""
        return not (self.findings or self.refused) or isinstance(self.record, Recall | Withdrawal)


def log_of(workspace: Workspace, found: Iterable[FoundRecord]) -> Log:
    """The log of everything that can be read, and of what the released edition names."""
    entries = [LogEntry(f.record.id, f.record.names, workspace.relative(f.path), f.intact, f.counts) for f in found]
    return Log({entry.id: entry for entry in (*entries, *edition_entries(workspace.output))})


def edition_entries(output: Path) -> Iterator[LogEntry]:
    """What the released edition and its desk page name: the last entries of the log that they were made at.

    The last entry of all is named by no other. Without this, a deleted recall would go unnoticed.
    """
    for name, pattern in _EDITION.items():
        text = _published(output / name)
        named = frozenset(id for listed in pattern.findall(text) for id in _ID.findall(listed))
        if named:
            yield LogEntry(f"{output}/{name}", named, str(output / name), counts=False)


def _published(path: Path) -> str:
    """The text of a file in the output, where the edition is a link; empty if it can't be read."""
    return (file_bytes(path.parent, path.name, limit=_LARGEST, optional=True).value or b"").decode(errors="replace")


def back_dated(workspace: Workspace, record: Record, path: Path) -> Iterator[Diagnostic]:
    """A finding if a record is dated before an entry that it names: a clock was set back."""
    if is_back_dated(record.id, record.names):
        later = max(record.names, key=day_of)
        message = f"it is dated {record.dated}, and names an entry of {day_of(later)}: {later}"
        hint = "correct the clock of that machine; the person signs again"
        yield diagnostic("clock", _line_of(workspace, workspace.relative(path), later), message, hint)


def broken(workspace: Workspace, log: Log, names: Mapping[str, str]) -> Iterator[tuple[Diagnostic, tuple[str, str]]]:
    """A finding for each entry that is named and is missing or was edited, and the document and locale it bars.

    `names` are the new names of renamed documents.
    """
    for entry, id in log.missing:
        document, locale = place_of(id)
        document = current_name(names, document)
        yield _log_broken(workspace, log, entry, id, document), (document, locale)


def _log_broken(workspace: Workspace, log: Log, entry: LogEntry, id: str, document: str) -> Diagnostic:
    path = _path_of(workspace, id, document)
    what = "was changed after it was written" if id in log.entries else "is missing"
    if place_of(id) == EVERYTHING:
        bars = "nothing is handed out"
    else:
        bars = f"nothing of {document} in {id.split('/')[1]} is handed out"
    message = f"{id} is named here, but this entry of the log {what}; {bars} until it is back"
    return diagnostic("log-broken", _line_of(workspace, entry.path, id), message, restore_hint(path))


def restore_hint(path: str) -> str:
    """The git command that brings a record back as it was written."""
    quoted = shlex.quote(path)
    added = f"git log --all --diff-filter=A -n 1 --format=%h -- {quoted}"
    return f'restore it: git checkout "$({added})" -- {quoted}; or pull the branch that has it'


def _path_of(workspace: Workspace, id: str, document: str) -> str:
    """The file of an entry, whether it is there or not; a renamed document's records are in its new folder."""
    first, *rest = id.split("/")
    name = file_of(id)
    if len(rest) != 2 or first == RELEASES:
        return f"{RELEASES}/{name}"
    locale = rest[0]
    # A recall's file begins with its document's name, every other record's with its kind.
    if name.startswith(f"{first}-"):
        return f"source/recalls/{name}"
    parent = "source" if locale == ENGLISH else f"locales/{locale.replace('-', '_')}"
    return f"{parent}/signoffs/{document}/{name}"


def _line_of(workspace: Workspace, path: str, id: str) -> Span:
    """The first line of a file that names the entry. An edition is read through the link to it."""
    text = workspace.files.text(path, optional=True).value
    lines = (_published(workspace.root / path) if text is None else text).splitlines()
    found = next((number for number, line in enumerate(lines, 1) if id in line), 1)
    return Span(workspace.relative(workspace.root / path), found)
