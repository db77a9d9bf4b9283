"""Waivers asked for: a finding and everybody's records go in, whether a reviewer excused it comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pressroom.approval import ApprovalState, Waiver, text_hash
from pressroom.approval.people import is_same
from pressroom.approval.signoff import TRANSLATOR
from pressroom.catalog import UNWAIVABLE, Entry
from pressroom.diagnostics import Diagnostic, documented_codes
from pressroom.language import Language
from pressroom.workspace.workspace import LAYOUTS, Workspace

# A message with one of these tells a reader whom to call.
_CALLS: Final = ("{emergency}", "{phone}")


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a project's reviewers."""

    workspace: Workspace
    waivers: tuple[Waiver, ...]

    def excuse(self, finding: Diagnostic, document: str, language: Language, standing: ApprovalState | None) -> bool:
        """True where a reviewer, who is not its translator, excused this very finding in this very text."""
        entry = self.entry_of(finding, document, language)
        if entry is None or not waivable(finding, entry):
            return False
        translators = [r.person for r in (standing.signed if standing else ()) if r.role == TRANSLATOR]
        return any(
            waiver.document == document
            and waiver.locale == language.tag
            and waiver.code == finding.code
            and (waiver.message, waiver.text) == hashes_of(entry)
            and not any(is_same(waiver.person, translator) for translator in translators)
            for waiver in self.waivers
        )

    def entry_of(self, finding: Diagnostic, document: str, language: Language) -> Entry | None:
        """The entry that a finding of a catalog's check speaks of; none where it is of something else."""
        for path, entry in self._entries(document, language):
            if finding.span.path == path and entry.msgstr_line == finding.span.line:
                return entry
        return None

    def _entries(self, document: str, language: Language) -> Iterator[tuple[str, Entry]]:
        for name in (document, LAYOUTS):
            catalog, _ = self.workspace.catalog(name, language)
            if catalog is not None:
                yield from ((catalog.path, entry) for entry in catalog.active)


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver, and whether the text is still the one that it was given for."""

    waiver: Waiver
    holds: bool


def waivers_of(workspace: Workspace, names: Iterable[str], languages: Iterable[Language]) -> tuple[Waived, ...]:
    """The waivers of these documents in these languages."""
    asked, there = set(names), {language.tag: language for language in languages}
    found = workspace.records().records.waivers
    mine = [one for one in found if one.document in asked and one.locale in there]
    return tuple(Waived(one, _holds(workspace, one, there[one.locale])) for one in mine)


def _holds(workspace: Workspace, waiver: Waiver, language: Language) -> bool:
    catalogs = [workspace.catalog(name, language).value for name in (waiver.document, LAYOUTS)]
    entries = [entry for catalog in catalogs if catalog is not None for entry in catalog.active]
    return any(hashes_of(entry) == (waiver.message, waiver.text) for entry in entries)


def waivable(finding: Diagnostic, entry: Entry) -> bool:
    """True for a judgement on a text that a reviewer may overrule: never on numbers to call, placeholders or bidi."""
    judged = documented_codes()[finding.code].room == "catalog" and finding.code not in UNWAIVABLE
    return judged and not any(name in entry.msgid for name in _CALLS)


def hashes_of(entry: Entry) -> tuple[str, str]:
    """What a waiver knows a text by: the hashes of its message and of its translation."""
    return text_hash(f"{entry.context or ''}\x04{entry.msgid}"), text_hash(entry.msgstr)
