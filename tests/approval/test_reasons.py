"""Each reason by itself: when it is given, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pressroom.approval import Records, TranslationState
from pressroom.approval.approval_state import approval_state_of
from pressroom.approval.evidence import ReleasedFile, evidence_of
from pressroom.approval.verdict import decide
from tests.approval.test_verdict import (
    CASE,
    DRAWING,
    FILE,
    LATER,
    OTHER_WORDS,
    RECALL,
    RECORDS,
    RELEASE,
    ROW,
    SIGNED,
    TODAY,
    WITHDRAWAL,
    Setting,
    changed_row,
    piece,
)


@pytest.mark.parametrize("change", [{"case": None}, {"state": None}, {"case": None, "state": None}])
def test_a_piece_that_is_half_read_is_dropped(change: dict[str, None]) -> None:
    """A file is dropped if the project has no case or no state of its piece."""
    made = decide(replace(piece(), **change), evidence_of(RECORDS, TODAY), FILE)
    assert "dropped" in {fault.code for fault in made.faults}
    assert [bar.message for bar in made.bars] == ["its words can't be read"]


AGAIN = replace(SIGNED[1], id="doc/es/reviewer-2026-12-01-0000000000000004", dated=TODAY)


@pytest.mark.parametrize(
    ("records", "signed", "is_good"),
    [
        (RECORDS, ROW.signed, True),
        (replace(RECORDS, withdrawals=(WITHDRAWAL,)), ROW.signed, False),
        (replace(RECORDS, withdrawals=(WITHDRAWAL,), signoffs=(*SIGNED, AGAIN)), ROW.signed, True),
        (
            replace(RECORDS, withdrawals=(WITHDRAWAL,), signoffs=(*SIGNED, replace(AGAIN, translation="other"))),
            ROW.signed,
            False,
        ),
        (
            replace(RECORDS, withdrawals=(WITHDRAWAL,), signoffs=(*SIGNED, replace(AGAIN, english="other"))),
            ROW.signed,
            False,
        ),
        (RECORDS, (*ROW.signed, "unknown"), False),
        (RECORDS, (), False),
    ],
)
def test_the_signatures_of_a_dropped_piece(records: Records, signed: tuple[str, ...], is_good: bool) -> None:
    """Of a piece that the project makes no more, the log alone says whether every signature behind a file counts."""
    dropped = replace(piece(), case=None, state=None)
    made = decide(dropped, evidence_of(records, TODAY), ReleasedFile((RELEASE, changed_row(signed=signed))))
    messages = [fault.message for fault in made.faults]
    assert ("a signature it was released on was taken back, or does not count" in messages) == (not is_good)


def test_the_english_that_was_released_last_decides_for_a_dropped_translation() -> None:
    """Without English of today, a translation is orphaned if the last English release for its clinic is recalled."""
    english = replace(ROW, path="en/doc.pdf", locale="en")
    elsewhere = replace(english, clinic="there", path="en/there.pdf")
    another = replace(english, document="other", path="en/other.pdf")
    recalls = {
        "en": (replace(RECALL, locale="en"),), "other": (replace(RECALL, document="other", locale="en"),), "none": (),
    }  # fmt: skip
    for rows, recall, is_orphaned in (
        ((english,), "en", True),
        ((english,), "none", False),
        ((another,), "other", False),
        ((elsewhere,), "en", False),
        ((), "en", False),
    ):
        release = replace(RELEASE, pieces=(ROW, *rows))
        records = replace(RECORDS, releases=(release,), recalls=recalls[recall])
        dropped = replace(piece(), case=None, state=None, english=None)
        made = decide(dropped, evidence_of(records, TODAY), ReleasedFile((release, ROW)))
        assert ("orphaned" in {fault.code for fault in made.faults}) == is_orphaned, (rows, recall)


def test_a_release_that_is_not_in_the_log_yet() -> None:
    """A file about to be released is superseded only by a release that its own does not descend from."""
    records = replace(RECORDS, releases=(RELEASE, LATER))
    for after, is_superseded in (((LATER.id,), False), ((RELEASE.id,), True), ((), True)):
        new = replace(LATER, number=3, id="releases/00003-2026-12-01-0000000000000003", after=after)
        row = changed_row(key="3", version="1.2")
        made = decide(piece(records), evidence_of(records, TODAY), ReleasedFile((new, row)))
        assert ("superseded" in {fault.code for fault in made.faults}) == is_superseded, after


def test_a_release_that_descends_from_one_between() -> None:
    """The release before the last one is an ancestor too, although the new one does not name it."""
    between = replace(LATER, number=3, id="releases/00003-2026-12-01-0000000000000003", after=(LATER.id,), pieces=())
    records = replace(RECORDS, releases=(RELEASE, LATER, between))
    new = replace(LATER, number=4, id="releases/00004-2026-12-01-0000000000000004", after=(between.id,))
    made = decide(piece(records), evidence_of(records, TODAY), ReleasedFile((new, changed_row(key="4", version="1.2"))))
    assert "superseded" not in {fault.code for fault in made.faults}


def test_stale_words_that_nobody_signed() -> None:
    """A file of old words of which the log names no signature is unapproved too, so it goes with no English."""
    made = Setting(case=OTHER_WORDS, file=ReleasedFile((RELEASE, changed_row(signed=())))).verdict
    assert {"stale", "unapproved"} <= {fault.code for fault in made.faults}
    assert not made.may("beside_english")


@pytest.mark.parametrize(("voids", "said"), [((SIGNED[1].id,), "was taken back"), (("elsewhere",), "does not count")])
def test_why_a_signature_does_not_carry_a_file(voids: tuple[str, ...], said: str) -> None:
    """A reason says whether a signature was taken back or is one that nobody knows."""
    withdrawn = replace(RECORDS, withdrawals=(replace(WITHDRAWAL, voids=voids),))
    signed = ROW.signed if voids == (SIGNED[1].id,) else (*ROW.signed, "unknown")
    made = Setting(withdrawn, OTHER_WORDS, ReleasedFile((RELEASE, changed_row(signed=signed)))).verdict
    assert f"a signature it was released on {said}" in [fault.message for fault in made.faults]


def test_nothing_new_is_released_after_the_review_date() -> None:
    """On the last day a piece may be released, on the next it may not, and the reason says how late it is."""
    assert not Setting(today=date(2027, 11, 30)).verdict.bars
    (bar,) = Setting(today=date(2027, 12, 2)).verdict.bars
    assert (bar.code, bar.message) == ("expired", "its review date 2027-11 was 2 days ago")


def test_a_language_by_another_name_is_signed_again() -> None:
    """What staff read of a language is signed: with another name the piece is not released, and both are named."""
    signed = tuple(replace(record, language="Spanish") for record in SIGNED)
    records = replace(RECORDS, signoffs=signed)
    (bar,) = Setting(records, replace(CASE, language="Castilian")).verdict.bars
    assert bar.code == "language-renamed"
    assert bar.message == "its language was signed as Spanish, and the project calls it Castilian now"
    (bar,) = Setting(RECORDS, replace(CASE, language="Castilian")).verdict.bars
    assert bar.message == "its language was signed as no name, and the project calls it Castilian now"


def test_what_is_not_approved_has_one_reason() -> None:
    """Before people signed, a piece lacks them, and neither a look nor a name."""
    bars = Setting(Records(), replace(CASE, language="Castilian"), None).verdict.bars
    assert [bar.code for bar in bars] == ["unapproved"]


@pytest.mark.parametrize(
    ("drawings", "values", "said"),
    [
        (
            {"card/here": "base other"},
            {"card/here": "values"},
            "it is drawn differently from the proof that was signed",
        ),
        ({"card/here": "base imprint"}, {"card/here": "others"}, "changed since it was signed"),
        ({}, {"card/here": "values"}, "no reviewer or clinician has looked at its proof for here"),
    ],
)
def test_why_a_look_is_missing(drawings: dict[str, str], values: dict[str, str], said: str) -> None:
    """A reason says whether a piece was never seen, is drawn otherwise, or prints something else of its clinic."""
    signed = tuple(replace(record, drawings=drawings, clinic_values=values) for record in SIGNED)
    bars = Setting(replace(RECORDS, signoffs=signed), replace(CASE, drawing=DRAWING)).verdict.bars
    assert [bar.code for bar in bars] == ["look-unsigned"]
    assert bars[0].message.endswith(said)


def test_whose_turn_it_is() -> None:
    """The hint names the seat that is missing: of the piece itself, or else of its English; or says to translate."""
    first = Setting(Records(SIGNED[:1])).verdict.bars[0]
    assert first.hint == "run: {command} sign doc --locale es --role reviewer"
    assert first.message == "it is translated: no reviewer and no clinician has signed these words"
    source = approval_state_of(replace(CASE, locale="en"), Records(), TODAY, english_approved=True)
    waiting = replace(piece(english=False), english=source)
    (bar,) = decide(waiting, evidence_of(RECORDS, TODAY)).bars
    assert bar.hint == "run: {command} sign doc --locale en --role author"
    assert bar.message == "it is reviewed: the English is not approved"
    untranslated = Setting(case=replace(CASE, words=TranslationState(2, untranslated=1))).verdict.bars[0]
    assert untranslated.hint.startswith("translate them, build doc --locale es")


def test_a_machine_draft_that_no_translator_signed() -> None:
    """A piece with a machine's text says how many of its messages are drafts."""
    drafted = replace(CASE, words=TranslationState(3, machine=2))
    bar = Setting(Records(SIGNED[1:]), drafted).verdict.bars[0]
    assert bar.message == "it is machine: 2 of 3 messages are machine drafts that no translator signed"
