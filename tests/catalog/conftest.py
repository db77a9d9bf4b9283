"""Short ways to write messages and catalogs in this room's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pressroom.catalog import Catalog, Entry, read_catalog, template_catalog
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language

Make = Callable[..., Catalog]
SPANISH = find_language("es")


@pytest.fixture
def template() -> Make:
    """A template of the given English texts, each a paragraph on a line of its own."""

    def make(*texts: str, name: str = "dvt-pe") -> Catalog:
        return template_catalog(name, messages(*texts, name=name), None, "2026-11-23 09:00+0000")

    return make


def messages(*texts: str, name: str = "dvt-pe") -> list[Message]:
    """Messages of these texts in one document."""
    return [Message(text, Span(f"source/cards/{name}.md", line)) for line, text in enumerate(texts, start=10)]


def catalog(body: str, path: str = "locales/es/LC_MESSAGES/dvt-pe.po", tag: str = "es") -> Catalog:
    """A catalog of this body, which must be readable without a word."""
    found, problems = read_catalog(body.encode(), path, find_language(tag))
    assert not problems
    assert found is not None
    return found


def entry_of(found: Catalog, msgid: str, context: str | None = None) -> Entry:
    """The active entry of this message."""
    return found.by_key()[context, msgid]
