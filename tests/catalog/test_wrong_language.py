"""A catalog in another language than its folder: by its header, and by its words."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pressroom.catalog import Catalog
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.read import read_catalog
from pressroom.content import Message
from pressroom.diagnostics import Severity, Span
from pressroom.language import find_language

LOCALES = Path(__file__).parents[2] / "locales"
TAGS = (
    "es", "zh-Hans", "zh-Hant", "vi", "ko", "ne", "bs", "tl", "de", "ru", "ar", "km", "fr", "ja", "fa", "ur", "uk",
    "pt-BR", "th", "my",
)  # fmt: skip
HEAD = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgid "Pain"\nmsgstr "Dolor"\n'


@cache
def brochure(tag: str) -> Catalog:
    """The clinic's brochure in one of its languages."""
    language = find_language(tag)
    path = LOCALES / language.posix / "LC_MESSAGES" / "services.po"
    catalog, _ = read_catalog(path.read_bytes(), "services.po", language)
    assert catalog is not None
    return catalog


def judged(catalog: Catalog, tag: str) -> list[str]:
    """What is said of the language of a catalog that is saved in the folder of `tag`."""
    messages = [Message(entry.msgid, Span("source/services.md", 1)) for entry in catalog.active]
    found = check_catalog(messages, catalog, find_language(tag))
    return [finding.message for finding in found if finding.code == "wrong-language"]


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalog_in_another_folder_is_found_by_its_words(tag):
    """Each translation passes in its own language, and in none of the others."""
    assert judged(brochure(tag), tag) == []
    assert [other for other in TAGS if other != tag and not judged(brochure(tag), other)] == []


def test_the_finding_names_both_languages():
    """An editor reads which language it is, and which it should be."""
    assert judged(brochure("es"), "fr") == ["the translations are in Spanish, not in French"]


def test_a_few_words_say_nothing():
    """A catalog of two short messages is not judged."""
    few = replace(brochure("es"), entries=sorted(brochure("es").active, key=lambda entry: len(entry.msgid))[:2])
    assert judged(few, "fr") == []


def test_latin_letters_in_another_script_need_few_words():
    """Three words of Spanish say enough in an Arabic catalog, and so does Bosnian in the Cyrillic of Serbia."""
    few = replace(brochure("es"), entries=brochure("es").active[:2])
    assert judged(few, "ar") != []
    assert judged(brochure("bs"), "sr-Cyrl") == ["the translations are in Latin letters, not in Serbian (Cyrillic)"]


@pytest.mark.parametrize("tag", ["hr", "sr-Latn"])
def test_languages_that_readers_share_are_one(tag):
    """Bosnian words pass as Croatian and as Serbian."""
    assert judged(brochure("bs"), tag) == []


def test_a_language_that_the_identifier_does_not_know_is_judged_by_its_script():
    """Karen is written in Burmese letters: Burmese says nothing against it, Spanish does."""
    assert judged(brochure("my"), "ksw") == []
    assert judged(brochure("es"), "ksw") != []


@pytest.mark.parametrize(("written", "tag"), [("es", "fr"), ("es_MX", "pt-BR"), ("zh_TW", "zh-Hans"), ("en", "es")])
def test_a_header_of_another_language_is_refused(written, tag):
    """A catalog whose header names another language is not read, and the finding says where and which."""
    catalog, (problem,) = read_catalog((HEAD.format(written) + ENTRY).encode(), "fr.po", find_language(tag))
    assert catalog is None
    assert (problem.code, problem.severity, problem.span.line) == ("catalog-language", Severity.ERROR, 1)
    assert written in problem.message
    assert problem.bars == "proof"


@pytest.mark.parametrize(("written", "tag"), [("es_MX", "es"), ("zh", "zh-Hans"), ("", "fr"), ("fil", "tl")])
def test_a_header_with_a_region_is_read(written, tag):
    """A region, or nothing, is no other language."""
    catalog, problems = read_catalog((HEAD.format(written) + ENTRY).encode(), "a.po", find_language(tag))
    assert catalog is not None
    assert problems == []
