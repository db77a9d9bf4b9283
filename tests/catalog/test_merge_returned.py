from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry, Header
from pressroom.catalog.merge_returned import ReturnedMerge, merge_returned, words_hash

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
