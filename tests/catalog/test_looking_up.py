"""Looking a message up: what is printed, and how sure it is."""

from __future__ import annotations

import pickle
from collections.abc import Callable

from pressroom.catalog import Catalog, source_translation, translate
from pressroom.content import Message
from pressroom.diagnostics import Span

BODY = """
msgid "One"
msgstr "Uno"

#, fuzzy
msgid "Two"
msgstr "¿Dos?"

msgid "Three"
msgstr ""

msgid "Blank"
msgstr "  "

#~ msgid "Old"
#~ msgstr "Viejo"
"""


def test_only_a_finished_translation_is_printed(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """Fuzzy, empty, blank, obsolete and unknown messages are English, and say so."""
    asked = messages("One", "Two", "Three", "Blank", "Old", "Unknown")
    translation = translate(asked, catalog(BODY))
    found = [translation.of(message) for message in asked]
    assert [one.text for one in found] == ["Uno", "Two", "Three", "Blank", "Old", "Unknown"]
    status = ["translated", "fuzzy", "untranslated", "untranslated", "untranslated", "untranslated"]
    assert [one.status for one in found] == status
    assert found[0].span == Span("locales/es/LC_MESSAGES/dvt-pe.po", 7)
    assert found[-1].span == asked[-1].span


def test_contexts_are_told_apart(messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]) -> None:
    """A translation made for another context is not taken for this one."""
    asked = messages("One")
    assert (
        translate(asked, catalog('msgctxt "card"\nmsgid "One"\nmsgstr "Uno"\n')).of(asked[0]).status == "untranslated"
    )


def test_a_translation_travels_to_another_process(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """It can be pickled, and knows its locale by BCP 47 tag."""
    asked = messages("One")
    translation = translate(asked, catalog('msgid "One"\nmsgstr "一"\n', tag="zh-Hans"))
    assert pickle.loads(pickle.dumps(translation)) == translation
    assert translation.locale == "zh-Hans"
    assert translation.path == "locales/zh_Hans/LC_MESSAGES/dvt-pe.po"


def test_what_is_printed_is_in_one_normal_form(
    messages: Callable[..., list[Message]], catalog: Callable[..., Catalog]
) -> None:
    """Decomposed letters, as some keyboards write them, are composed."""
    asked = messages("One")
    assert translate(asked, catalog('msgid "One"\nmsgstr "Hinchazo\u0301n"\n')).of(asked[0]).text == "Hinchazón"


def test_english_is_its_own_translation(messages: Callable[..., list[Message]]) -> None:
    """An English edition prints the messages themselves."""
    asked = messages("One")
    assert source_translation(asked).of(asked[0]).status == "translated"
    assert source_translation(asked).of(asked[0]).text == "One"
