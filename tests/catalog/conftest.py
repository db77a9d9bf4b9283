"""Short ways to write messages and catalogs in this room's tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pressroom.catalog import Catalog
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.read import read_catalog
from pressroom.catalog.template import template_catalog
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span
from pressroom.language import find_language

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def _messages(*texts: str, name: str = "dvt-pe") -> list[Message]:
    return [Message(text, Span(f"source/cards/{name}.md", line)) for line, text in enumerate(texts, start=10)]


@pytest.fixture
def messages() -> Callable[..., list[Message]]:
    """Messages of these texts in one document, on lines 10, 11 and so on."""
    return _messages


@pytest.fixture
def template() -> Callable[..., Catalog]:
    """A template of the given English texts, each a paragraph on a line of its own."""

    def make(*texts: str, name: str = "dvt-pe") -> Catalog:
        return template_catalog(name, _messages(*texts, name=name), None, "2026-11-23 09:00+0000")

    return make


@pytest.fixture
def catalog() -> Callable[..., Catalog]:
    """A catalog of this body, below a plain header, which must be readable without a word."""

    def make(body: str, tag: str = "es", name: str = "dvt-pe") -> Catalog:
        language = find_language(tag)
        path = f"locales/{language.posix}/LC_MESSAGES/{name}.po"
        found, problems = read_catalog((HEAD + body).encode(), path, language)
        assert not problems, problems
        assert found is not None
        return found

    return make


@pytest.fixture
def check() -> Callable[..., list[Diagnostic]]:
    """What the rules say of one English text and its translation."""

    def run(english: str, translation: str, tag: str = "es") -> list[Diagnostic]:
        language = find_language(tag)
        made = template_catalog("card", _messages(english), None, "")
        entry = replace(made.entries[0], msgstr=translation, line=40, msgstr_line=41)
        filled = replace(made, path=f"locales/{language.posix}/LC_MESSAGES/card.po", entries=(entry,))
        return check_catalog(_messages(english), filled, language)

    return run
