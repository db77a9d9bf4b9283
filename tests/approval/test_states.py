"""The parts of a state: what translations lack, which seats are filled, which looks count, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pressroom.approval import Recall, Records, TranslationState, Withdrawal, approval_state_of
from pressroom.approval.approval_state import ApprovalState, signoffs_in_force, translation_state
from pressroom.approval.machine_drafts import DraftRecord, key_hash, text_hash
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.drawing import PieceDrawing
from tests.approval.test_approval_state import ALL, CASE, RECORD, TODAY
from tests.conftest import translation


def state(*records: object, case: object = CASE, today: date = TODAY, **more: object) -> ApprovalState:
    """The state of a case by these sign-offs."""
    return approval_state_of(case, Records(records, **more), today, english_approved=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "name", "lacking"),
    [
        (TranslationState(3), "translated", ""),
        (TranslationState(3, machine=1), "machine", ""),
        (TranslationState(3, untranslated=1), "missing", "1 untranslated and 0 fuzzy of 3 messages"),
        (TranslationState(3, fuzzy=2), "missing", "0 untranslated and 2 fuzzy of 3 messages"),
        (TranslationState(1, fuzzy=1, machine=1), "missing", "0 untranslated and 1 fuzzy of 1 message"),
    ],
)
def test_what_a_translation_lacks(words: TranslationState, name: str, lacking: str) -> None:
    """An untranslated or fuzzy message is missing, whatever else there is; a machine's text is a draft."""
    assert (words.name, words.lacking) == (name, lacking)
    assert (state(*ALL, case=replace(CASE, words=words)).name == "missing") == bool(lacking)


def test_a_piece_lacks_what_its_document_and_its_layout_lack() -> None:
    """States are added count by count."""
    both = TranslationState(5, 1, 2, 3, 4) + TranslationState(50, 10, 20, 30, 40)
    assert both == TranslationState(55, 11, 22, 33, 44)


def test_messages_are_counted_once() -> None:
    """A message that is printed twice counts once; a draft counts until its text is edited."""
    messages = tuple(Message(text, Span("a.md", 1)) for text in ("one", "two", "three", "four", "one"))
    said = {"one": "uno", "two": "~dos", "four": "cuatro"}
    drafted = ("uno", "two", "three", "otro")  # of "two" and "three" the English is read, and they are no drafts
    drafts = DraftRecord({key_hash(m.key): text_hash(text) for m, text in zip(messages, drafted, strict=False)})
    made = translation_state(messages, translation(messages, "es", said), drafts)
    assert made == TranslationState(4, untranslated=1, fuzzy=1, machine=1)


def test_a_translator_answers_for_a_machine_draft() -> None:
    """A piece with a draft is a machine's until its translator signs; nobody else can."""
    drafted = replace(CASE, words=TranslationState(1, machine=1))
    assert state(*ALL, case=drafted).name == "approved"
    assert state(*ALL[1:], case=drafted).name == "machine"
    assert state(case=drafted).name == "machine"


def test_the_seats_that_are_empty() -> None:
    """A seat is missing without a signature that counts; a signature of other words is outdated."""
    assert state(*ALL).missing == ()
    assert state(*ALL[:2]).missing == (("clinician",),)
    assert state().missing == (("translator",), ("reviewer",), ("clinician",))
    old = state(replace(ALL[0], translation="0"), *ALL[1:])
    assert (old.missing, old.outdated) == ((("translator",),), ("translator",))
    assert state(*ALL).outdated == ()
    assert [record.role for record in state(*ALL).signed] == ["translator", "reviewer", "clinician"]


def test_one_person_in_two_seats() -> None:
    """A person who signed twice fills one seat, and the state says so."""
    twice = state(*ALL[:2], replace(ALL[2], name=ALL[1].name))
    assert (twice.one_person, twice.missing, twice.name) == (True, (), "reviewed")
    assert not state(*ALL).one_person
    assert not state(*ALL[:2]).one_person


@pytest.mark.parametrize(("today", "expired"), [(date(2027, 11, 30), False), (date(2027, 12, 1), True)])
def test_the_review_date_is_the_last_day(today: date, expired: bool) -> None:
    """A piece expires on the day after its review date."""
    assert state(*ALL, today=today).expired == expired


@pytest.mark.parametrize(
    ("languages", "named"),
    [
        (("", "", ""), False),
        (("Spanish", "", ""), False),
        (("", "Spanish", ""), True),
        (("", "", "Spanish"), True),
    ],
)
def test_the_name_of_a_language_is_signed_with_a_look(languages: tuple[str, ...], named: bool) -> None:
    """A reviewer or a clinician signs what staff read of a language; a translator does not."""
    records = (replace(record, language=language) for record, language in zip(ALL, languages, strict=True))
    assert state(*records, case=replace(CASE, language="Spanish")).named == named


NEW, OLD = {"card/here": "new imprint"}, {"card/here": "base imprint"}


def test_old_looks_do_not_come_back() -> None:
    """If one saw a piece later than another, the later look counts; of two branches both do."""
    reviewer, clinician = replace(ALL[1], drawings=OLD), replace(ALL[2], drawings=NEW, after=(ALL[1].id,))

    def seen(drawing: str, *records: object) -> bool:
        return state(*records, case=replace(CASE, drawing=PieceDrawing(drawing, "imprint"))).seen

    assert [seen(name, ALL[0], reviewer, clinician) for name in ("base", "new")] == [False, True]
    beside = replace(clinician, after=())
    assert [seen(name, ALL[0], reviewer, beside) for name in ("base", "new")] == [True, True]
    unseen = replace(clinician, drawings={})
    assert [seen(name, ALL[0], reviewer, unseen) for name in ("base", "new")] == [True, False]
    assert not seen("base", ALL[0], replace(reviewer, drawings={}), unseen)


@pytest.mark.parametrize(
    ("recall", "covers"),
    [({}, True), ({"locale": "es"}, True), ({"locale": "ar"}, False), ({"document": "other"}, False)],
)
def test_what_a_recall_covers(recall: dict[str, str], covers: bool) -> None:
    """A recall without a locale is of all; one of another locale or document changes nothing here."""
    made = replace(Recall(document="doc", locale="", dated=TODAY, name="Cora", reason="misprint", id="r"), **recall)
    found = state(*ALL, recalls=(made,))
    assert (found.recalls == (made,)) == covers
    assert (found.name == "approved") != covers


def test_what_is_in_force() -> None:
    """A sign-off counts until it is withdrawn, or replaced for all of its products."""
    both = replace(RECORD, words={"card": "c", "flyer": "f"})
    card = replace(RECORD, words={"card": "c"}, id="doc/es/d", replaces=(both.id,), after=(both.id,))
    records = Records((both, card))
    assert signoffs_in_force(records, "doc", "es") == [both, card]
    assert signoffs_in_force(records, "doc", "es", "card") == [card]
    assert signoffs_in_force(records, "doc", "es", "flyer") == [both, card]
    whole = replace(card, words=both.words)
    assert signoffs_in_force(Records((both, whole)), "doc", "es") == [whole]
    taken = Withdrawal(
        document="doc", locale="es", dated=TODAY, name="Ana", reason="a slip", voids=(card.id,), kind="unsigned"
    )
    assert signoffs_in_force(replace(records, withdrawals=(taken,)), "doc", "es") == [both]
    assert signoffs_in_force(records, "doc", "ar") == signoffs_in_force(records, "other", "es") == []


def test_later_first() -> None:
    """Of two people who signed in one role, the later one is chosen."""
    again = replace(ALL[1], name="Dora", id="doc/es/e", after=(ALL[1].id,))
    assert [record.name for record in state(*ALL, again).signed] == ["Ana", "Dora", "Cora"]


def test_as_many_people_as_can_be() -> None:
    """Where a seat can be filled in two ways, the way with more people is chosen, so that each look counts."""
    english = replace(CASE, locale="en")
    author, reviewer, clinician = (
        replace(record, locale="en") for record in (replace(ALL[0], role="author"), *ALL[1:])
    )
    again = replace(author, name=reviewer.name, id="doc/es/e", after=(author.id,))
    chosen = state(author, reviewer, clinician, again, case=english).signed
    assert [(record.role, record.name) for record in chosen] == [
        ("author", "Ana"), ("reviewer", "Beto"), ("clinician", "Cora"),
    ]  # fmt: skip
