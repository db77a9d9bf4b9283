"""The interface's own words: every word of the pages is in each catalog, and translations keep their placeholders."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message

from pressroom.pages.catalogs import read_words, updated, words_of_pages
from pressroom.pages.words import LANGUAGES, catalog_file, translations

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _english(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


@pytest.mark.parametrize("tag", LANGUAGES[1:])
def test_each_catalog_has_exactly_the_words_of_the_pages(tag: str) -> None:
    """A word that a page says is in the catalog, one that no page says is not: `python -m pressroom.pages.catalogs`."""
    assert updated(tag, words_of_pages()) == catalog_file(tag).read_bytes()


@pytest.mark.parametrize("tag", LANGUAGES[1:])
def test_every_word_is_translated(tag: str) -> None:
    """No page is half in English."""
    missing = [message.id for message in read_words(tag) if message.id and not all(_texts(message))]
    assert missing == []


@pytest.mark.parametrize("tag", LANGUAGES[1:])
def test_translations_have_the_placeholders_of_the_english(tag: str) -> None:
    """A translation prints the values of the English. A form for one or two things may leave out their number."""
    wrong = []
    for message in (message for message in read_words(tag) if message.id):
        wanted = {name for english in _english(message) for name in _PLACEHOLDER.findall(english)}
        for text in _texts(message):
            found = set(_PLACEHOLDER.findall(text))
            # A form for none, one or two things needs no numbers.
            if not found <= wanted or (wanted - found and not message.pluralizable):
                wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.parametrize("tag", LANGUAGES[1:])
def test_drafts_of_a_machine_are_marked_and_shown(tag: str) -> None:
    """What no person has read is fuzzy in the catalog; the page shows it, because it is not for patients."""
    assert any(message.fuzzy for message in read_words(tag) if message.id)
    assert translations(tag).gettext("Overview") != "Overview"
