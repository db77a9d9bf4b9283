from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry, Header
from pressroom.catalog.merge import merge
from pressroom.catalog.merge_returned import ReturnedMerge, merge_returned, words_hash
from pressroom.catalog.template import template_catalog
from pressroom.catalog.write import write_catalog
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language

PATH = "locales/es/LC_MESSAGES/card.po"
SENT = Catalog(
    PATH,
    Header((("Language", "es"),)),
    (
        Entry("Fever", "Fiebre"),
        Entry("Cough", ""),
        Entry("Call {phone} now", "Llame al {phone}", flags=("fuzzy",), previous_msgid="Call {phone}"),
        Entry("Bad pain", "Dolor malo", comments=("machine draft: read every word",)),
    ),
    locale="es",
)


def with_text(catalog: Catalog, msgid: str, msgstr: str, **changes: object) -> Catalog:
    """The catalog with this translation of one message."""
    entries = tuple(
        replace(e, msgstr=msgstr, **changes) if e.msgid == msgid else e  # type: ignore[arg-type]
        for e in catalog.entries
    )
    return replace(catalog, entries=entries)


def text(taken: ReturnedMerge, msgid: str) -> str:
    """The text of one message in what was taken."""
    return next(entry.msgstr for entry in taken.catalog.entries if entry.msgid == msgid)


def kinds(taken: ReturnedMerge) -> list[str]:
    """What happened, in the order of the catalog."""
    return [change.kind for change in taken.changes]


def test_nothing_done_changes_nothing():
    """A file that comes back as it was sent leaves the catalog equal, with and without a base."""
    assert merge_returned(SENT, SENT, SENT) == ReturnedMerge(SENT)
    assert merge_returned(SENT, SENT, None) == ReturnedMerge(SENT)


def test_each_edit_is_taken_and_named():
    """A new translation, a corrected one, a confirmed one and a question are what the report says they are."""
    returned = with_text(SENT, "Cough", "Tos")
    returned = with_text(returned, "Fever", "Calentura")
    returned = with_text(returned, "Call {phone} now", "Llame al {phone}", flags=())
    returned = with_text(returned, "Bad pain", "Dolor malo", comments=("?: how bad?",))
    taken = merge_returned(SENT, returned, SENT)
    assert kinds(taken) == ["changed", "translated", "confirmed", "commented"]
    assert [entry.msgstr for entry in taken.catalog.active] == [entry.msgstr for entry in returned.active]
    assert not any(entry.fuzzy or entry.previous_msgid for entry in taken.catalog.active)


def test_a_message_changed_here_since_is_never_overwritten():
    """Ours stays, theirs stands beside it as a comment, and a second import adds nothing."""
    ours = with_text(SENT, "Fever", "Fiebre alta")
    returned = with_text(SENT, "Fever", "Calentura")
    taken = merge_returned(ours, returned, SENT)
    entry = taken.catalog.entries[0]
    assert (entry.msgstr, entry.comments) == ("Fiebre alta", ("returned otherwise: Calentura",))
    assert [conflict.why for conflict in taken.conflicts] == ["the translation changed here since"]
    assert merge_returned(taken.catalog, returned, SENT).catalog == taken.catalog


def test_the_same_edit_on_both_sides_is_no_conflict():
    """Where both came to the same words there is nothing to decide."""
    both = with_text(SENT, "Cough", "Tos")
    assert merge_returned(both, both, SENT) == ReturnedMerge(both)


def test_a_change_here_of_another_message_does_not_hinder():
    """Only the message that changed on both sides is a conflict."""
    ours = with_text(SENT, "Fever", "Fiebre alta")
    taken = merge_returned(ours, with_text(SENT, "Cough", "Tos"), SENT)
    assert (text(taken, "Fever"), text(taken, "Cough"), taken.conflicts) == ("Fiebre alta", "Tos", ())


def test_our_comments_stay_when_theirs_come():
    """A note written here since and a question from outside are both there."""
    ours = with_text(SENT, "Fever", "Fiebre", comments=("Ana: checked",))
    taken = merge_returned(ours, with_text(SENT, "Fever", "Fiebre", comments=("?: high?",)), SENT)
    assert taken.catalog.entries[0].comments == ("Ana: checked", "?: high?")


def test_without_a_base_a_translation_here_is_not_overwritten():
    """What was sent is not known: ours could be the newer one, and stays."""
    taken = merge_returned(SENT, with_text(SENT, "Fever", "Calentura"), None)
    assert text(taken, "Fever") == "Fiebre"
    assert [conflict.why for conflict in taken.conflicts] == ["it is not known what the translator was sent"]


def test_without_a_base_gaps_and_drafts_are_filled():
    """An empty message, a fuzzy one and a machine's draft have nothing to lose to a translator's words."""
    returned = with_text(with_text(SENT, "Cough", "Tos"), "Bad pain", "Dolor fuerte")
    returned = with_text(returned, "Call {phone} now", "Llame ya al {phone}", flags=())
    taken = merge_returned(SENT, returned, None, {(None, "Bad pain")})
    assert (text(taken, "Cough"), text(taken, "Bad pain")) == ("Tos", "Dolor fuerte")
    assert text(taken, "Call {phone} now") == "Llame ya al {phone}"
    assert not taken.conflicts


def test_a_doubt_that_the_translator_marks_is_taken():
    """A text that comes back for review is not printed until somebody has looked."""
    taken = merge_returned(SENT, with_text(SENT, "Fever", "Fiebre", flags=("fuzzy",)), SENT)
    assert kinds(taken) == ["marked"]
    assert taken.catalog.entries[0].fuzzy


def test_emptied_texts_mean_unchanged():
    """OmegaT returns what it was not asked to translate empty; nothing is deleted."""
    empty = replace(SENT, entries=tuple(replace(entry, msgstr="", flags=()) for entry in SENT.entries))
    taken = merge_returned(SENT, empty, SENT)
    assert [entry.msgstr for entry in taken.catalog.entries] == [entry.msgstr for entry in SENT.entries]


def test_a_message_that_nobody_has_is_told_and_kept():
    """The English was changed outside: the translation is an obsolete entry, and the report names it."""
    returned = replace(SENT, entries=(*SENT.entries, Entry("Fevers", "Fiebres")))
    taken = merge_returned(SENT, returned, SENT)
    assert [entry.msgid for entry in taken.unknown] == ["Fevers"]
    assert [(entry.msgid, entry.msgstr) for entry in taken.catalog.obsolete] == [("Fevers", "Fiebres")]


def test_an_edit_of_a_message_that_is_gone_is_kept():
    """The message left the English meanwhile: the better translation waits as an obsolete entry."""
    ours = replace(SENT, entries=(*SENT.entries[1:], replace(SENT.entries[0], obsolete=True)))
    taken = merge_returned(ours, with_text(SENT, "Fever", "Calentura"), SENT)
    assert [(entry.msgid, entry.msgstr) for entry in taken.catalog.obsolete] == [("Fever", "Calentura")]


def test_an_edit_of_english_that_changed_meanwhile_is_the_suggestion_for_it():
    """The new English is fuzzy with what it was before; the returned words stand there or beside it."""
    later = Entry(
        "High fever", "Fiebre", flags=("fuzzy",), previous_msgid="Fever",
        extracted=("The English was: Fever", "Translated as: Fiebre"),
    )  # fmt: skip
    ours = replace(SENT, entries=(later, *SENT.entries[1:]))
    taken = merge_returned(ours, with_text(SENT, "Fever", "Calentura"), SENT)
    first = taken.catalog.entries[0]
    assert first.fuzzy
    assert first.msgstr == "Calentura"


def test_the_hash_tells_words_and_nothing_else():
    """References and notes of ours may change; a text, a mark or a comment may not."""
    noted = replace(SENT, entries=tuple(replace(e, extracted=("new",), references=("a.md",)) for e in SENT.entries))
    assert words_hash(noted) == words_hash(SENT)
    assert words_hash(with_text(SENT, "Cough", "Tos")) != words_hash(SENT)
    assert words_hash(with_text(SENT, "Fever", "Fiebre", flags=("fuzzy",))) != words_hash(SENT)


WORDS = st.sampled_from(["", "Tos", "Calentura", "Dolor", "Llame al {phone}"])


@given(ours=st.lists(WORDS, min_size=4, max_size=4), theirs=st.lists(WORDS, min_size=4, max_size=4))
def test_no_word_of_either_side_is_ever_lost(ours, theirs):
    """Whatever both sides wrote since, ours stands where it stood, and theirs stands there, beside it or below."""
    mine, back = SENT, SENT
    for entry, one, other in zip(SENT.entries, ours, theirs, strict=True):
        mine, back = with_text(mine, entry.msgid, one or entry.msgstr), with_text(back, entry.msgid, other)
    taken = merge_returned(mine, back, SENT)
    for before, kept, came, now in zip(SENT.entries, mine.entries, back.entries, taken.catalog.entries, strict=True):
        if kept.msgstr != before.msgstr:
            assert now.msgstr == kept.msgstr
        if came.msgstr and came.msgstr != before.msgstr:
            assert came.msgstr == now.msgstr or f"returned otherwise: {came.msgstr}" in now.comments


ES = find_language("es")
English = tuple[tuple[str | None, str], ...]
LOOSE: English = ((None, "Wear loose clothes"), (None, "Bring your questions with you"))


def template(*messages: tuple[str | None, str]) -> Catalog:
    """A template of these messages, each (context, English)."""
    places = [
        Message(text, Span("source/card.md", line), context=context) for line, (context, text) in enumerate(messages)
    ]
    return template_catalog("card", places, None, "2026-11-01 09:00+0000")


def update(english: English, catalog: Catalog | None) -> Catalog:
    """The catalog after an update."""
    return merge(template(*english), catalog, ES)[0]


def as_sent(*texts: str) -> Catalog:
    """The catalog of LOOSE with these translations."""
    made = update(LOOSE, None)
    return replace(made, entries=tuple(replace(e, msgstr=t) for e, t in zip(made.entries, texts, strict=True)))


LATER: dict[str, English] = {
    "reworded": ((None, "Wear very loose clothes"), LOOSE[1]),
    "given a context": (("card", LOOSE[0][1]), LOOSE[1]),
    "used in a context too": (*LOOSE, ("card", LOOSE[0][1])),
    "split in two": ((None, "Wear loose clothes today"), (None, "Wear loose clothes and shoes"), LOOSE[1]),
    "deleted": LOOSE[1:],
    "another text": ((None, "Sit down."), LOOSE[1]),
}


@pytest.mark.parametrize("english", LATER.values(), ids=LATER)
@pytest.mark.parametrize("before", ["", "Use ropa suelta"], ids=["untranslated", "translated"])
@pytest.mark.parametrize("comments", [(), ("?: how loose?",)], ids=["", "asked"])
def test_import_and_update_in_either_order_make_the_same_catalog(english, before, comments):
    """The English changes while a translator works: the text is a suggestion there, whichever comes first."""
    sent = as_sent(before, "Traiga sus preguntas")
    back = with_text(sent, LOOSE[0][1], "Lleve ropa suelta", comments=comments)
    first = update(english, merge_returned(sent, back, sent).catalog)
    taken = merge_returned(update(english, sent), back, sent)
    assert write_catalog(taken.catalog) == write_catalog(first)
    assert update(english, taken.catalog) == taken.catalog
    assert not any(e.translated and e.msgstr == "Lleve ropa suelta" for e in first.active if e.key != LOOSE[0])


def test_a_text_for_english_that_changed_is_counted_as_what_it_is():
    """A suggestion where there is a message for it, kept where there is none, and never as a translation."""
    sent = as_sent("", "Traiga sus preguntas")
    back = with_text(sent, LOOSE[0][1], "Lleve ropa suelta")
    assert kinds(merge_returned(update(LATER["reworded"], sent), back, sent)) == ["suggested"]
    assert kinds(merge_returned(update(LATER["deleted"], sent), back, sent)) == ["kept"]
    again = merge_returned(update(LATER["reworded"], sent), back, sent).catalog
    assert merge_returned(again, back, sent).catalog == again


def test_without_a_base_a_changed_context_is_a_doubt():
    """It is not known what was sent: a text without the context may be what the message was before."""
    sent = as_sent("Use ropa suelta", "Traiga sus preguntas")
    back = with_text(sent, LOOSE[0][1], "Lleve ropa suelta")
    taken = merge_returned(update(LATER["given a context"], sent), back, None).catalog
    card = next(entry for entry in taken.active if entry.context == "card")
    assert card.fuzzy
    assert card.comments == ("returned otherwise: Lleve ropa suelta",)
