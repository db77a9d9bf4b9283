"""The rules in the order they are read aloud, and the one function that asks them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pressroom.catalog.checks.characters import check_bidi, check_controls, check_invisible
from pressroom.catalog.checks.consistency import check_shared_translations
from pressroom.catalog.checks.emphasis import check_bold, check_italic, check_literal, check_markup
from pressroom.catalog.checks.foreign import check_html, check_template_syntax
from pressroom.catalog.checks.length import check_length
from pressroom.catalog.checks.numbers import check_numbers
from pressroom.catalog.checks.pair import Pair, Rule
from pressroom.catalog.checks.phones import check_phones
from pressroom.catalog.checks.punctuation import (
    check_apostrophe,
    check_digits,
    check_french,
    check_quotes,
    check_signs,
    check_spanish,
)
from pressroom.catalog.checks.shape import (
    check_copy,
    check_line_breaks,
    check_no_break,
    check_proportion,
    check_spaces,
)
from pressroom.catalog.checks.tokens import check_links, check_placeholders
from pressroom.catalog.checks.units import check_units
from pressroom.catalog.checks.writing import check_look_alikes, check_mojibake, check_script, check_zawgyi
from pressroom.catalog.model import Catalog
from pressroom.catalog.plurals import same_rule
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language

RULES: Final[tuple[tuple[str, Rule], ...]] = (
    ("every placeholder once, as in the English", check_placeholders),
    ("every link, by its token", check_links),
    ("markers in pairs", check_markup),
    ("no other markup", check_literal),
    ("as many bold passages", check_bold),
    ("no italics that the English has not", check_italic),
    ("no HTML", check_html),
    ("no template syntax", check_template_syntax),
    ("no bidi controls", check_bidi),
    ("no control characters", check_controls),
    ("no invisible characters but where the language needs them", check_invisible),
    ("the same numbers", check_numbers),
    ("no phone number typed by hand", check_phones),
    ("the same units", check_units),
    ("no longer than there is room for", check_length),
    ("no letters that only look right", check_look_alikes),
    ("the language's own script", check_script),
    ("Burmese in Unicode", check_zawgyi),
    ("no letters from a wrong encoding", check_mojibake),
    ("the glottal stop as a letter", check_apostrophe),
    ("not the English itself", check_copy),
    ("neither a fragment nor a double", check_proportion),
    ("as many line breaks", check_line_breaks),
    ("no space too many", check_spaces),
    ("no-break spaces kept", check_no_break),
    ("the language's quotation marks", check_quotes),
    ("commas and question marks of the script", check_signs),
    ("French spaces", check_french),
    ("Spanish opening marks", check_spanish),
    ("digits of one script", check_digits),
)


def check_catalog(messages: Sequence[Message], catalog: Catalog, language: Language) -> list[Diagnostic]:
    """What is wrong with the translations that would be printed, in the order of the catalog's lines.

    Fuzzy, untranslated and obsolete entries are not printed and are not judged. A text met twice in the document
    is judged once.
    """
    entries = catalog.by_key()
    unique = {message.key: message for message in reversed(messages)}
    problems = _header(catalog, language)
    problems += check_shared_translations([e for e in catalog.active if e.translated and e.key in unique], catalog.path)
    for key, message in unique.items():
        entry = entries.get(key)
        if entry is None or not entry.translated:
            continue
        pair = Pair.of(message, entry, language, catalog.path)
        if entry.plural is not None:
            hint = "`update` makes one of it, for the translator to check"
            problems.append(pair.finding("plural-entry", "has plural forms, and the message has none", hint))
            continue
        for _, rule in RULES:
            problems += rule(pair)
    return sorted(problems, key=lambda problem: problem.span.line)


def _header(catalog: Catalog, language: Language) -> list[Diagnostic]:
    written = catalog.header.get("Plural-Forms")
    if written is None or same_rule(written, language.plural):
        return []
    hint = f"`update` writes {language.plural}"
    at = Span(catalog.path, catalog.header.line)
    return [diagnostic("plural-forms", at, f"Plural-Forms is not the rule of {language.tag}: {written[:80]!r}", hint)]
