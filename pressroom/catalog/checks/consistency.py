"""Compares translations: one English with two translations, and two English texts with one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from pressroom.catalog.checks.pair import shown
from pressroom.catalog.fuzzy import changes_meaning
from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.diagnostics import Diagnostic, Span, diagnostic


def check_consistency(catalogs: Sequence[Catalog]) -> list[Diagnostic]:
    """Messages that a locale's documents translate differently, told at each place but the first.

    `catalogs` are of one locale. A different msgctxt is a different message.
    """
    first: dict[Key, tuple[str, Entry]] = {}
    problems: list[Diagnostic] = []
    for catalog in catalogs:
        for entry in catalog.active:
            if not entry.translated:
                continue
            path, other = first.setdefault(entry.key, (catalog.path, entry))
            if _text(other) != _text(entry):
                message = f"{shown(entry.msgid)} is {shown(entry.msgstr)} here, and {shown(other.msgstr)} elsewhere"
                hint = f"say it in one way, or give it a context; the other is {Span(path, other.msgstr_line)}"
                at = Span(catalog.path, entry.msgstr_line)
                problems.append(diagnostic("translation-differs", at, message, hint, entry.subject))
    return problems


def check_shared_translations(entries: Sequence[Entry], path: str) -> Iterator[Diagnostic]:
    """Two messages of one document that differ in a negation, a number or a unit, and have one translation."""
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(_text(entry), entry)
        if other is not entry and other.msgid != entry.msgid and changes_meaning(other.msgid, entry.msgid):
            message = f"translation of {shown(entry.msgid)} is that of {shown(other.msgid)} too"
            hint = f"they don't say the same; the other is {Span(path, other.msgstr_line)}"
            yield diagnostic("translation-shared", Span(path, entry.msgstr_line), message, hint, entry.subject)


def _text(entry: Entry) -> str:
    return unicodedata.normalize("NFC", entry.msgstr)
