"""Translations beside each other: one English said in two ways, and two said in one."""

from __future__ import annotations

from collections.abc import Callable

from pressroom.catalog import Catalog
from pressroom.catalog.checks import check_catalog, check_consistency
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language


def test_one_english_said_in_two_ways_is_told(catalog: Callable[..., Catalog]) -> None:
    """The second place is told, and points at the first; a context makes it another message."""
    one = catalog('msgid "Contact"\nmsgstr "Contacto"\n', name="card")
    two = catalog('msgid "Contact"\nmsgstr "Llámenos"\n\nmsgctxt "x"\nmsgid "Contact"\nmsgstr "Y"\n', name="services")
    (problem,) = check_consistency([one, two])
    assert problem.code == "translation-differs"
    assert problem.span == Span("locales/es/LC_MESSAGES/services.po", 6)
    assert "locales/es/LC_MESSAGES/card.po:6" in problem.hint
    assert check_consistency([one, one]) == []


def test_two_messages_that_differ_in_a_negation_are_not_said_alike(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """Take and do not take have two translations; synonyms may have one."""
    texts = ("Take it", "Do not take it", "Use it")
    body = "\n".join(f'msgid "{text}"\nmsgstr "Tómelo"\n' for text in texts)
    problems = check_catalog(messages(*texts), catalog(body), find_language("es"))
    shared = [problem for problem in problems if problem.code != "negation-changed"]
    assert [(problem.code, problem.span.line) for problem in shared] == [("translation-shared", 9)]
