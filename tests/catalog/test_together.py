"""Catalogs beside each other: texts said in two ways, questions, and messages under new keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pressroom.catalog import Catalog, Entry, carried_over, check_catalog, check_together, questions
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language


def test_one_english_said_in_two_ways_is_told(catalog: Callable[..., Catalog]) -> None:
    """The second place is told, and points at the first; a context makes it another message."""
    one = catalog('msgid "Contact"\nmsgstr "Contacto"\n', name="card")
    two = catalog('msgid "Contact"\nmsgstr "Llámenos"\n\nmsgctxt "x"\nmsgid "Contact"\nmsgstr "Y"\n', name="services")
    (problem,) = check_together([one, two])
    assert problem.code == "translation-differs" and problem.span == Span("locales/es/LC_MESSAGES/services.po", 6)
    assert "locales/es/LC_MESSAGES/card.po:6" in problem.hint
    assert check_together([one, one]) == []


def test_two_messages_that_differ_in_a_negation_are_not_said_alike(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """Take and do not take have two translations; synonyms may have one."""
    texts = ("Take it", "Do not take it", "Use it")
    body = "\n".join(f'msgid "{text}"\nmsgstr "Tómelo"\n' for text in texts)
    problems = check_catalog(messages(*texts), catalog(body), find_language("es"))
    assert [(problem.code, problem.span.line) for problem in problems] == [("translation-shared", 9)]


def test_translators_questions_are_collected(catalog: Callable[..., Catalog]) -> None:
    """A comment that begins with ?: is a question; its locale, message and line are known."""
    body = '# ?: which cover,\n#   the front one\n# noted\nmsgid "Cover"\nmsgstr ""\n\n# ?:\nmsgid "b"\nmsgstr ""\n'
    (question,) = questions(catalog(body))
    assert question.text == "which cover, the front one"
    assert (question.key, question.locale) == ((None, "Cover"), "es")
    assert question.span == Span("locales/es/LC_MESSAGES/dvt-pe.po", 8)


def test_messages_are_carried_to_new_keys_with_all_they_have(catalog: Callable[..., Catalog]) -> None:
    """A placeholder renamed in the English costs no translation, and previous texts follow."""
    body = (
        '# note\nmsgid "Call {tel}"\nmsgstr "Llame al {tel}"\n\n'
        '#, fuzzy\n#| msgid "Call {tel}"\nmsgid "b"\nmsgstr "c"\n'
    )
    made = catalog(body)
    renamed = {(None, "Call {tel}"): ("card", "Call {phone}")}
    carried = carried_over(made, renamed, lambda text: text.replace("{tel}", "{phone}"))
    first = replace(made.entries[0], msgid="Call {phone}", context="card", msgstr="Llame al {phone}")
    assert carried.entries[0] == first
    assert (carried.entries[1].previous_context, carried.entries[1].previous_msgid) == ("card", "Call {phone}")


def test_a_key_that_is_taken_is_not_overwritten(catalog: Callable[..., Catalog]) -> None:
    """The entry in use stays; the other is kept as obsolete."""
    made = catalog('msgid "a"\nmsgstr "1"\n\nmsgid "b"\nmsgstr "2"\n')
    carried = carried_over(made, {(None, "a"): (None, "b")})
    assert carried.entries == (Entry("b", "2"), Entry("a", "1", obsolete=True))
