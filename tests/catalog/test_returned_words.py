"""Files brought back by translators' tools: only the translator's words change ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.merge import merge
from pressroom.catalog.read import read_catalog
from pressroom.catalog.returned_words import apply_returned
from pressroom.catalog.template import template_catalog
from pressroom.catalog.write import write_catalog
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language

ES = find_language("es")
PATH = "locales/es/LC_MESSAGES/card.po"
TEXTS = ("Call {phone}", "Swelling, usually in one leg or arm", "Chest pain: **sharp**, stabbing", "Cover")


def ours() -> Catalog:
    """A catalog as the project keeps it: a limit, a fuzzy entry, an untranslated one, a context, an obsolete one."""
    at = Span("source/cards/card.md", 9)
    messages = [Message(text, at, notes=("Short.",)) for text in TEXTS]
    messages.append(Message("Cover", at, context="card"))
    made, _ = merge(template_catalog("card", messages, None, "2026-11-01 09:00+0000"), None, ES)
    words = dict(zip(TEXTS, ("Llame al {phone}", "Hinchazón", "", "Portada"), strict=True))
    entries = [replace(entry, msgstr=words[entry.msgid], flags=("max-length:60",)) for entry in made.entries]
    entries[1] = replace(entries[1], flags=("fuzzy", "max-length:60"), previous_msgid="Swelling in one leg")
    entries[3] = replace(entries[3], comments=("see Ana",))
    header = replace(made.header, fields=made.header.replaced({"Language-Team": "Clinic", "X-Ours": "kept"}))
    return replace(made, header=header, entries=(*entries, Entry("Old", "Viejo", obsolete=True)))


def back(text: str) -> Catalog:
    """The file as it is read when it comes back."""
    catalog, _ = read_catalog(text.encode(), PATH, ES)
    assert catalog is not None
    return catalog


def poedit(text: str) -> str:
    """Poedit 3.2: its own headers in its own order, wrapped at 79, foreign flags gone, references joined."""
    text = text.replace('"Language: es\\n"\n', "").replace("#, max-length:60\n", "").replace(", max-length:60", "")
    text = text.replace('"Language-Team: Clinic\\n"\n', '"Language-Team: \\n"\n').replace('"X-Ours: kept\\n"\n', "")
    text = text.replace('"Plural-Forms: ', '"X-Generator: Poedit 3.2.2\\n"\n"Language: es_US\\n"\n"Plural-Forms: ')
    return text.replace('msgid "Swelling, usually', 'msgid ""\n"Swelling, "\n"usually')


def lokalize(text: str) -> str:
    """Lokalize 22.12: its headers, file references kept, a new Last-Translator."""
    text = text.replace('"Last-Translator: \\n"', '"Last-Translator: Ana <ana@clinic.example>\\n"')
    return text.replace('"MIME-Version', '"X-Generator: Lokalize 22.12.3\\n"\n"MIME-Version')


def weblate(text: str) -> str:
    """Weblate 5.14 with its default wrapping: flags and comments kept."""
    return text.replace('"MIME-Version', '"X-Generator: Weblate 5.14\\n"\n"MIME-Version')


def omegat(text: str) -> str:
    """OmegaT 3.6: fuzzy entries, and those equal to their source, come back empty; comments and flags gone."""
    text = text.replace("#, fuzzy, max-length:60\n", "").replace("#, max-length:60\n", "")
    text = text.replace('#| msgid "Swelling in one leg"\n', "").replace("# see Ana\n", "")
    return text.replace('msgstr "Hinchazón"', 'msgstr ""').replace('"X-Ours: kept\\n"\n', "")


def xliff(text: str) -> str:
    """translate-toolkit's po2xliff and xliff2po: contexts, flags, previous text lost, obsolete entries alive."""
    text = omegat(text).replace(
        'msgstr ""\n\n#. paragraph in card\n#. Short.\n#: source/cards/card.md\nmsgid "Chest',
        'msgstr "Hinchazón"\n\nmsgid "Chest',
    )
    text = text.replace("#~ ", "").replace('"MIME-Version', '"X-Generator: Translate Toolkit 3.20.4\\n"\n"MIME-Version')
    return text.replace('msgctxt "card"\nmsgid "Cover"\nmsgstr "Portada"\n', "")


CLIENTS = [poedit, lokalize, weblate, omegat, xliff]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_opened_and_saved_gives_no_diff(client: Callable[[str], str], ends: str) -> None:
    """Where the translator did nothing, the project's file is the same to the byte, whatever the tool did."""
    before = write_catalog(ours())
    returned = client(before.decode()).replace("\n", ends)
    assert returned.encode() != before
    assert write_catalog(apply_returned(ours(), back(returned))) == before


@pytest.mark.parametrize("client", CLIENTS)
def test_one_new_translation_changes_that_message_only(client: Callable[[str], str]) -> None:
    """The diff is the translator's words, and the two header fields that are the translator's."""
    before = write_catalog(ours()).decode()
    old = 'msgid "Chest pain: **sharp**, stabbing"\nmsgstr ""'
    assert old in client(before)
    after = write_catalog(
        apply_returned(ours(), back(client(before).replace(old, old[:-1] + 'Dolor de **pecho**"')))
    ).decode()
    changed = [line for line in after.split("\n") if line not in before.split("\n")]
    assert changed in (
        ['msgstr "Dolor de **pecho**"'],
        ['"Last-Translator: Ana <ana@clinic.example>\\n"', 'msgstr "Dolor de **pecho**"'],
    )


def test_a_mark_removed_in_an_editor_is_gone() -> None:
    """Poedit drops the mark and the previous text when the translator confirms; so do we."""
    text = (
        poedit(write_catalog(ours()).decode()).replace("#, fuzzy\n", "").replace('#| msgid "Swelling in one leg"\n', "")
    )
    entry = apply_returned(ours(), back(text)).entries[1]
    assert (entry.fuzzy, entry.msgstr, entry.previous_msgid) == (False, "Hinchazón", None)
    assert entry.flags == ("max-length:60",)


def test_a_mark_lost_on_the_way_stays() -> None:
    """A tool that can't carry marks confirms nothing: only a changed text shows that somebody looked."""
    entry = apply_returned(ours(), back(xliff(write_catalog(ours()).decode()))).entries[1]
    assert entry.fuzzy
    assert entry.previous_msgid == "Swelling in one leg"
    edited = xliff(write_catalog(ours()).decode()).replace('msgstr "Hinchazón"', 'msgstr "Hinchazón de la pierna"')
    assert apply_returned(ours(), back(edited)).entries[1].translated


def test_empty_is_not_deletion() -> None:
    """An empty text never replaces a translation."""
    text = write_catalog(ours()).decode().replace('msgstr "Portada"', 'msgstr ""')
    assert [entry.msgstr for entry in apply_returned(ours(), back(text)).active][-1] == "Portada"


def test_decomposed_letters_are_no_news() -> None:
    """A file that comes back in another Unicode form has no new words."""
    text = write_catalog(ours()).decode().replace("ó", "o\u0301")
    assert apply_returned(ours(), back(text)) == ours()


def test_a_doubt_of_the_translator_is_kept() -> None:
    """A fuzzy mark and a question that the translator adds arrive."""
    text = write_catalog(ours()).decode()
    text = text.replace('#, max-length:60\nmsgid "Call', '#, fuzzy\nmsgid "Call').replace(
        "# see Ana\n", "# ?: which cover\n"
    )
    taken = apply_returned(ours(), back(text))
    assert taken.entries[0].flags == ("fuzzy", "max-length:60")
    assert taken.entries[3].comments == ("?: which cover",)


def test_words_for_an_older_english_are_not_lost() -> None:
    """A file made before the English changed brings its words as obsolete, or as a better suggestion."""
    at = Span("source/cards/card.md", 9)
    first, _ = merge(template_catalog("card", [Message("Take one tablet today", at)], None, ""), None, ES)
    done = replace(first, entries=(replace(first.entries[0], msgstr="Tome una"),))
    now, _ = merge(template_catalog("card", [Message("Take one tablet a day", at)], None, ""), done, ES)
    older = replace(done, entries=(replace(done.entries[0], msgstr="Tome una tableta"), Entry("Gone", "Ido")))
    taken = apply_returned(now, older)
    assert (taken.entries[0].msgstr, taken.entries[0].fuzzy) == ("Tome una tableta", True)
    assert [(entry.msgid, entry.msgstr) for entry in taken.obsolete] == [("Gone", "Ido")]
    again, _ = merge(template_catalog("card", [Message("Take one tablet today", at)], None, ""), taken, ES)
    assert again.entries[0].translated
    assert again.entries[0].msgstr == "Tome una tableta"


@pytest.mark.parametrize("context", [None, "source/cards/card.md"])
def test_a_lost_or_made_up_context_is_seen_through(context: str | None) -> None:
    """po2xliff drops contexts, or writes the file's name: where one message has the text, it is meant."""
    kept = replace(ours(), entries=tuple(entry for entry in ours().entries if entry.key != (None, "Cover")))
    theirs = replace(kept, entries=tuple(replace(e, context=context, msgstr="Cubierta") for e in kept.active[3:]))
    assert [(e.key, e.msgstr) for e in apply_returned(kept, theirs).active[3:]] == [(("card", "Cover"), "Cubierta")]
    assert len(apply_returned(kept, theirs).obsolete) == 1


def test_previous_text_that_babel_made_a_comment_is_dropped() -> None:
    """`# | msgid` is nobody's word."""
    text = write_catalog(ours()).decode().replace("# see Ana", '# see Ana\n# | msgid "Swelling in one leg"')
    assert apply_returned(ours(), back(text)) == ours()
