"""The rules that translations are checked by, in order, and the checks of whole catalogs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from pressroom.catalog.checks.characters import (
    BIDI_CONTROLS,
    check_bidi,
    check_controls,
    check_invisible,
    check_look_alikes,
    check_mojibake,
    check_script,
    check_zawgyi,
)
from pressroom.catalog.checks.english_left import check_english_left
from pressroom.catalog.checks.kept import (
    QUOTES,
    check_addresses,
    check_brackets,
    check_ending,
    check_later,
    check_questions,
    check_quoted,
    check_twice,
)
from pressroom.catalog.checks.markup import (
    check_bold,
    check_html,
    check_italic,
    check_links,
    check_literal,
    check_markup,
    check_placeholders,
    check_template_syntax,
)
from pressroom.catalog.checks.negation import check_negation
from pressroom.catalog.checks.pair import Pair, Rule, shown
from pressroom.catalog.checks.phones import check_beside_phones, check_phones
from pressroom.catalog.checks.punctuation import (
    CURLY,
    check_apostrophe,
    check_digits,
    check_french,
    check_quotes,
    check_signs,
    check_spanish,
    has_glottal_stop,
    has_own_signs,
)
from pressroom.catalog.checks.quantities import check_quantities
from pressroom.catalog.checks.shape import (
    check_copy,
    check_length,
    check_line_breaks,
    check_no_break,
    check_proportion,
    check_spaces,
)
from pressroom.catalog.checks.wrong_language import check_language
from pressroom.catalog.fuzzy import changes_meaning
from pressroom.catalog.headers import same_rule
from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.catalog.whole import missing_end
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language

# The signs are of English or translation, see `Pair.signs`; a rule without them looks at every text.
RULES: Final = (
    Rule("every placeholder once, as in the English", check_placeholders, frozenset("{｛")),
    Rule("every link, by its token", check_links),
    Rule("markers in pairs", check_markup, frozenset("*{}")),
    Rule("no other markup", check_literal),
    Rule("as many bold passages", check_bold, frozenset("*")),
    Rule("no italics that the English has not", check_italic, frozenset("*")),
    Rule("no HTML", check_html, frozenset("<&=")),
    Rule("no template syntax", check_template_syntax, frozenset("{}%")),
    Rule("no bidi controls", check_bidi, BIDI_CONTROLS),
    Rule("no control characters", check_controls),
    Rule("no invisible characters but where the language needs them", check_invisible),
    Rule("the same quantities", check_quantities),
    Rule("no phone number typed by hand", check_phones),
    Rule("no digit beside a phone number", check_beside_phones, frozenset("{")),
    Rule("no longer than there is room for", check_length),
    Rule("no letters that only look right", check_look_alikes),
    Rule("the language's own script", check_script),
    Rule("Burmese in Unicode", check_zawgyi, concerns=lambda language: language.tag == "my"),
    Rule("no letters from a wrong encoding", check_mojibake),
    Rule("the glottal stop as a letter", check_apostrophe, concerns=has_glottal_stop),
    Rule("not the English itself", check_copy),
    Rule("no English left", check_english_left),
    Rule("neither a fragment nor a double", check_proportion),
    Rule("as many line breaks", check_line_breaks, frozenset("\n")),
    Rule("no space too many", check_spaces),
    Rule("no-break spaces kept", check_no_break, frozenset("\u00a0\u202f")),
    Rule("the language's quotation marks", check_quotes, frozenset(f'"{CURLY}')),
    Rule("commas and question marks of the script", check_signs, concerns=has_own_signs),
    Rule("French spaces", check_french, concerns=lambda language: language.tag == "fr"),
    Rule("Spanish opening marks", check_spanish, frozenset("?!"), lambda language: language.tag == "es"),
    Rule("digits of one script", check_digits, frozenset("0")),
    Rule("the same addresses", check_addresses),
    Rule("brackets in pairs", check_brackets, frozenset("()[]（）［］【】")),
    Rule("quotations stay quoted", check_quoted, frozenset(QUOTES)),
    Rule("questions stay questions", check_questions, frozenset("?？؟;፧՞\u037e")),
    Rule("no note for later", check_later),
    Rule("no word twice", check_twice),
    Rule("the end of a sentence", check_ending),
    Rule("what is forbidden stays so", check_negation),
)


# The signs that a rule depends on.
_SIGNS: Final = frozenset[str]().union(*(rule.signs for rule in RULES if rule.signs is not None))


class _RulesBySigns(dict[frozenset[str], tuple[Rule, ...]]):
    """The rules for texts with these signs in a language, found when they are first needed."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._rules = [rule for rule in RULES if rule.concerns is None or rule.concerns(language)]

    def __missing__(self, signs: frozenset[str]) -> tuple[Rule, ...]:
        rules = (rule for rule in self._rules if rule.signs is None or not rule.signs.isdisjoint(signs))
        made = self[signs] = tuple(rules)
        return made


def check_catalog(messages: Sequence[Message], catalog: Catalog, language: Language) -> list[Diagnostic]:
    """What is wrong with the translations that would be printed, in the order of the catalog's lines.

    Fuzzy, untranslated and obsolete entries are not printed and are not judged. A text met twice in the document
    is judged once.
    """
    entries = catalog.by_key()
    unique = {message.key: message for message in reversed(messages)}
    problems = [*_header(catalog, language), *missing_end(catalog, [m.key for m in messages if m.msgid])]
    problems += check_shared_translations([e for e in catalog.active if e.translated and e.key in unique], catalog.path)
    pairs = [
        Pair.of(message, entry, language, catalog.path)
        for key, message in unique.items()
        if (entry := entries.get(key)) is not None and entry.translated
    ]
    problems += check_language(pairs, catalog, language)
    rules = _RulesBySigns(language)
    for pair in pairs:
        if pair.entry.plural is not None:
            hint = "`update` makes one of it, for the translator to check"
            problems.append(pair.finding("plural-entry", "has plural forms, and the message has none", hint))
            continue
        for rule in rules[pair.signs & _SIGNS]:
            problems += rule.check(pair)
    return sorted(problems, key=lambda problem: problem.span.line)


def _header(catalog: Catalog, language: Language) -> list[Diagnostic]:
    written = catalog.header.get("Plural-Forms")
    if written is None or same_rule(written, language.plural):
        return []
    hint = f"`update` writes {language.plural}"
    at = Span(catalog.path, catalog.header.line)
    return [diagnostic("plural-forms", at, f"Plural-Forms is not the rule of {language.tag}: {written[:80]!r}", hint)]


def check_consistency(catalogs: Sequence[Catalog]) -> list[Diagnostic]:
    """Messages that a locale's documents translate differently, reported at each place but the first.

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
                hint = f"translate it in one way, or give it a context; the other is {Span(path, other.msgstr_line)}"
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
