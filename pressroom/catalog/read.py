"""The strict reader: a .po file's bytes go in, a `Catalog` or the lines that are broken come out.

Strict because the usual readers are not: a missing closing quote, a second definition or a conflict mark
passes through them and changes what is printed (docs/explanation/untrusted-input.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pressroom.catalog.decode import decode_catalog
from pressroom.catalog.entry_builder import Draft, Misplaced
from pressroom.catalog.lines import LineError, is_conflict, read_line
from pressroom.catalog.model import Catalog, Entry, Header, Key
from pressroom.catalog.plain import plain_entry
from pressroom.catalog.plurals import plural_problem
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.language import Language

ENTRY_LIMIT: Final = 20_000
MESSAGE_LIMIT: Final = 5_000
# No language needs twice the length of the English.
TRANSLATION_LIMIT: Final = 10_000
# A file with more is not a catalog with slips in it.
PROBLEM_LIMIT: Final = 200


def read_catalog(data: bytes, path: str, language: Language) -> tuple[Catalog | None, list[Diagnostic]]:
    """Read one .po or .pot file of `language`; there is no catalog where a diagnostic is an error.

    `path` is posix and relative to the project. Limits (hardening): 4 MB, 20,000 entries, 20,000 characters
    a line, 5,000 a message and 10,000 its translation. What another tool wrote differently but safely is read, with
    a note of it.
    """
    text, problems = decode_catalog(data, path)
    if text is None:
        return None, problems
    reader = _Reader(path)
    reader.read(text)
    catalog = reader.catalog(language.tag)
    problems += reader.problems + _duplicates(catalog) + _too_much(catalog)
    problems += plural_problem(catalog, language)
    problems.sort(key=lambda problem: problem.span.line)
    return (None if worst(problems) is Severity.ERROR else catalog), problems


@dataclass(slots=True)
class _Reader:
    """Gathers entries; after a broken line it goes on at the next empty one, so that all problems are told."""

    path: str
    problems: list[Diagnostic] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    draft: Draft = field(default_factory=Draft)
    skipping: bool = False

    def read(self, text: str) -> None:
        number = 1
        for block in text.split("\n\n"):
            if len(self.problems) >= PROBLEM_LIMIT:
                return
            entry = plain_entry(block, number) if not self.skipping and self.draft.is_empty else None
            if entry is not None:
                self.entries.append(entry)
            else:
                # The empty line that parted the blocks is read with the first of them.
                for place, line in enumerate([*block.split("\n"), ""]):
                    self._try_line(line, number + place)
            number += block.count("\n") + 2
        self._try_close(number - 2)

    def _try_line(self, text: str, number: int) -> None:
        try:
            self._line(text, number)
        except (LineError, Misplaced) as error:
            self._refuse(number, error)
            self.skipping = bool(text.strip())

    def _try_close(self, number: int) -> None:
        try:
            self._close()
        except Misplaced as error:
            self._refuse(number, error)

    def _line(self, text: str, number: int) -> None:
        if self.skipping and text.strip() and not is_conflict(text):
            return
        line = read_line(text)
        if line.kind == "blank":
            if self.skipping:
                self.skipping, self.draft = False, Draft()
            elif self.draft.has_message:
                self._close()
        elif not self.skipping:
            if self.draft.ends_before(line):
                self._close()
            self.draft.take(line, number)

    def _close(self) -> None:
        draft, self.draft = self.draft, Draft()
        if draft.has_message:
            self.entries.append(draft.entry())
        else:
            self.draft = draft

    def _refuse(self, number: int, error: LineError | Misplaced) -> None:
        if not self.skipping or (isinstance(error, LineError) and error.conflict):
            code = "merge-conflict" if isinstance(error, LineError) and error.conflict else "catalog-syntax"
            at = error.line if isinstance(error, Misplaced) and error.line else number
            self.problems.append(diagnostic(code, Span(self.path, at), str(error), error.hint))

    def catalog(self, locale: str) -> Catalog:
        header = Header()
        entries = self.entries
        if entries and entries[0].key == (None, "") and not entries[0].obsolete:
            header, entries = _header(entries[0]), entries[1:]
        ordered = [e for e in entries if not e.obsolete] + [e for e in entries if e.obsolete]
        return Catalog(self.path, header, tuple(ordered), tuple(self.draft.comments), locale)


def _header(entry: Entry) -> Header:
    fields: list[tuple[str, str]] = []
    for line in entry.msgstr.removesuffix("\n").split("\n") if entry.msgstr else ():
        name, colon, value = line.partition(":")
        fields.append((name, value.removeprefix(" ")) if colon else ("", line))
    return Header(tuple(fields), entry.comments, entry.extracted, entry.references, entry.flags, entry.line)


def _duplicates(catalog: Catalog) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    seen: dict[Key, Entry] = {}
    for entry in catalog.entries:
        first = seen.setdefault(entry.key, entry)
        at = Span(catalog.path, entry.line)
        if entry.key == (None, "") and not entry.obsolete:
            problems.append(diagnostic("catalog-syntax", at, "the header does not stand first", "move it to the top"))
        elif first is entry:
            continue
        elif entry.obsolete:
            hint = "`update` keeps one of the two"
            text = f"this obsolete message stands at line {first.line} too"
            problems.append(diagnostic("obsolete-duplicate", at, text, hint))
        else:
            hint = "keep one of the two, with the right translation"
            text = f"this message stands at line {first.line} already: {entry.msgid[:40]!r}"
            problems.append(diagnostic("message-duplicate", at, text, hint))
    return problems


def _too_much(catalog: Catalog) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    if len(catalog.entries) > ENTRY_LIMIT:
        text = f"the file has {len(catalog.entries)} messages; the limit is {ENTRY_LIMIT}"
        problems.append(diagnostic("catalog-size", Span(catalog.path), text, "a catalog is for one document"))
    for entry in catalog.entries:
        english = max(map(len, (entry.msgid, entry.plural or "")))
        length = max(map(len, (entry.msgstr, *entry.plural_msgstrs)))
        for what, long, limit in (
            ("message", english, MESSAGE_LIMIT),
            ("translation", length, TRANSLATION_LIMIT),
        ):
            if long > limit:
                text = f"this {what} is {long} characters long; the limit is {limit}"
                hint = "split the paragraph in the English"
                problems.append(diagnostic("catalog-size", Span(catalog.path, entry.line), text, hint))
    return problems
