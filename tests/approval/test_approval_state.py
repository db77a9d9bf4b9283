from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval import (
    Case,
    Recall,
    Records,
    SignOff,
    TranslationState,
    Wording,
    WordingLine,
    approval_state_of,
    last_day,
)
from pressroom.approval.codec import read_toml, write_toml
from pressroom.approval.records import SIGNOFF
from pressroom.approval.same_person import person
from pressroom.approval.wording import SIGNED_WORDS, SignedWords, changes, digest, folded, word_diff
from pressroom.drawing import PieceDrawing

TODAY = date(2026, 11, 23)
SEEN = "base imprint"
WORDING = Wording(
    (WordingLine("act", "", "Call {emergency}", "Llame al {emergency}"),), {"card": ()}, ("D-1", "2027-11")
)
CASE = Case("doc", "es", "card", "here", WORDING, TranslationState(1), "911", "2027-11")
RECORD = SignOff(
    document="doc", locale="es", role="translator", name="Ana", qualification="x", dated=TODAY,
    english=WORDING.english, translation=WORDING.translation, words={"card": WORDING.words_of("card")},
    drawings={"card/here": SEEN}, review_by="2027-11", texts="t", emergency={"here": "911"}, id="doc/es/a",
)  # fmt: skip
ALL = (
    RECORD,
    replace(RECORD, role="reviewer", name="Beto", id="doc/es/b"),
    replace(RECORD, role="clinician", name="Cora", id="doc/es/c"),
)


def name(
    records: tuple[SignOff, ...], case: Case = CASE, *, english: bool = True, recalls: tuple[Recall, ...] = ()
) -> str:
    """The state of the case by these records."""
    return approval_state_of(case, Records(records, recalls=recalls), TODAY, english_approved=english).name


def test_all_and_less() -> None:
    """All three and approved English make it approved; each missing one takes it back."""
    assert name(ALL) == "approved"
    assert name(ALL, english=False) == "reviewed"
    assert name(ALL[:2]) == "reviewed"
    assert name((ALL[0], ALL[2])) == "translated"
    assert name(()) == "translated"


@pytest.mark.parametrize(
    "change",
    [
        {"english": "0"},
        {"translation": "0"},
        {"words": {"card": "0"}},
        {"words": {}},
        {"review_by": "2028-11"},
        {"emergency": {"here": "112"}},
        {"emergency": {}},
        {"document": "other"},
        {"locale": "ar"},
        {"name": "BETO"},
    ],
)
def test_a_record_counts_whole_or_not_at_all(change: dict[str, object]) -> None:
    """A record that differs in anything it stands for does not count."""
    assert name((replace(ALL[0], **change), *ALL[1:])) == "translated"


def test_another_clinic_with_a_number_that_was_signed() -> None:
    """Translators signed the numbers there were; the English is confirmed clinic by clinic."""
    there = replace(CASE, clinic="there")
    assert name(ALL, there) == "approved"
    english = replace(CASE, locale="en")
    signed = (replace(ALL[1], locale="en", role="author"), replace(ALL[2], locale="en"))
    assert name(signed, english) == "approved"
    assert name(signed, replace(english, clinic="there")) == "translated"


def test_the_later_record_decides() -> None:
    """An earlier record of these words does not count where a later one, or one of another branch, is of others."""
    later = replace(ALL[1], english="0", id="doc/es/d", after=("doc/es/b",))
    assert name((*ALL, later)) == "translated"
    assert name((*ALL, replace(later, after=()))) == "translated"
    assert name((*ALL, replace(later, after=(), dated=date(2026, 11, 22)))) == "translated"
    again = replace(ALL[1], id="doc/es/e", after=("doc/es/d",))
    assert name((*ALL, later, again)) == "approved"


def test_signing_another_product_takes_nothing_back() -> None:
    """A record replaces an earlier one for its own products; the earlier one keeps the others."""
    other = {"words": {"flyer": "f"}}
    both = tuple(replace(r, words=r.words | other["words"]) for r in ALL)
    more = replace(ALL[1], **other, id="doc/es/d", replaces=(both[1].id,), after=(both[1].id,))
    assert name((*both, more)) == "approved"
    assert name((*both, replace(more, english="0"))) == "translated"
    assert name((*both, replace(more, **{key: getattr(RECORD, key) for key in other}, english="0"))) == "translated"


def test_a_recall_is_answered_by_every_role() -> None:
    """A recalled piece stays so until each role's record names the recall."""
    recall = Recall(document="doc", locale="", dated=TODAY, name="Cora", reason="misprint", id="r")
    answered = tuple(replace(record, answers=("r",)) for record in ALL)
    assert name(ALL, recalls=(recall,)) == "translated"
    assert name((ALL[0], *answered[1:]), recalls=(recall,)) == "translated"
    assert name(answered, recalls=(recall,)) == "approved"
    partly = approval_state_of(CASE, Records(answered[1:], recalls=(recall,)), TODAY, english_approved=True)
    assert partly.recalls == (recall,)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-02", date(2026, 2, 28)), ("2028-02", date(2028, 2, 29)), ("2027-11-05", date(2027, 11, 5))],
)
def test_last_day(written: str, day: date) -> None:
    """A month lasts to its end."""
    assert last_day(written) == day


@pytest.mark.parametrize(
    "other", ["ANA LÓPEZ", "  ana\tlópez ", "López, Ana", "Ana Lo\u0301pez", "Ana\u200b López", "Ana. López"]
)
def test_one_person(other: str) -> None:
    """Case, order, spaces, composed letters and unseen signs make no other person."""
    assert person(other) == person("Ana López")
    assert person("Ana Lopez Ruiz") != person("Ana López")


def test_an_edited_record() -> None:
    """A record reads back as it was written, and not at all where anything in it was edited."""
    file, text = SIGNOFF.write(RECORD)
    read = SIGNOFF.read(text, file)
    assert (replace(read, id=RECORD.id), read.file) == (RECORD, file)
    with pytest.raises(ValueError, match="changed after it was written"):
        SIGNOFF.read(text.replace("Ana", "Eva"), file)
    with pytest.raises(ValueError, match="is no role"):
        SIGNOFF.read(text.replace('role = "translator"', 'role = "owner"'), file)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True), TEXT, max_size=4), TEXT, TEXT)
def test_toml_round_trip(table: dict[str, str], key: str, text: str) -> None:
    """Whatever a person writes reads back as it was written."""
    whole = {**table, "list": [text, text], "table": {key: text}, "rows": [{"k": text}]}
    assert read_toml(write_toml(whole, "head")) == whole


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), max_size=4))
def test_texts_round_trip(rows: list[tuple[str, str, str, str]]) -> None:
    """The words signed read back as they were, under the name that is their hash."""
    lines = tuple(WordingLine(*row) for row in rows)
    name, text = SIGNED_WORDS.write(SignedWords(lines))
    assert SIGNED_WORDS.read(text, name).message == lines


@given(TEXT, TEXT)
def test_word_diff_gives_both(before: str, after: str) -> None:
    """What is not new gives the old text, and what is not gone the new."""
    parts = list(word_diff(before, after))
    assert "".join(p.text for p in parts if p.kind != "new") == before
    assert "".join(p.text for p in parts if p.kind != "gone") == after


@given(st.text(" \t\n\u00a0ab", max_size=20))
def test_white_space_is_folded(text: str) -> None:
    """Folding is done once, and re-wrapping does not change it."""
    assert folded(folded(text)) == folded(text) == folded(text.replace(" ", "\n"))


def test_digest_keeps_parts_apart() -> None:
    """A sign that moves from one message to the next changes the hash."""
    assert len({digest(["ab", "c"]), digest(["a", "bc"]), digest(["abc"]), digest(["ab", "c", ""])}) == 4


def test_moves_are_changes() -> None:
    """A message in another panel, or before another, is a change of the English."""
    one, two = WordingLine("a", "", "One", "One"), WordingLine("a", "", "Two", "Two")
    base = Wording((one, two), {}, ())
    assert base.english != Wording((two, one), {}, ()).english
    assert base.english != Wording((one, replace(two, panel="b")), {}, ()).english
    assert base.english != Wording((one, replace(two, links=("x",))), {}, ()).english
    assert changes(base.lines, base.lines, "english") == ()


def test_the_english_needs_two_people() -> None:
    """A clinician alone does not approve the English, nor two readers; a clinician and an author or a reviewer do."""
    english = replace(CASE, locale="en")
    author, reviewer, clinician = replace(ALL[0], role="author"), *ALL[1:]
    author, reviewer, clinician = (replace(record, locale="en") for record in (author, reviewer, clinician))
    assert name((clinician,), english) == "translated"
    assert name((author, reviewer), english) == "reviewed"
    assert name((author, clinician), english) == name((reviewer, clinician), english) == "approved"
    assert name((replace(author, name=clinician.name), clinician), english) == "reviewed"


def test_a_look_is_signed_by_a_reviewer_or_a_clinician() -> None:
    """A look that the translator alone signed is not seen."""
    changed = replace(CASE, drawing=PieceDrawing("new", "imprint"))

    def seen(role: str) -> bool:
        records = tuple(replace(r, drawings={"card/here": "new imprint"}) if r.role == role else r for r in ALL)
        return approval_state_of(changed, Records(records), TODAY, english_approved=True).seen

    assert [role for role in ("translator", "reviewer", "clinician") if seen(role)] == ["reviewer", "clinician"]


def test_the_values_of_a_clinic_are_signed_for_each_product() -> None:
    """Some products list places: what they say of a clinic is not what the others say of it."""
    signed = {"card/here": "of a card", "page/here": "of a page"}
    records = tuple(replace(record, clinic_values=signed) for record in ALL)

    def seen(values: str) -> bool:
        case = replace(CASE, clinic_values=values, drawing=PieceDrawing("base", "imprint"))
        return approval_state_of(case, Records(records), TODAY, english_approved=True).seen

    assert [seen("of a card"), seen("of a page")] == [True, False]


def test_a_second_reader_is_enough() -> None:
    """An author who signed earlier English bars nothing once a reviewer has signed today's; both missing is stale."""
    english = replace(CASE, locale="en")
    old = replace(ALL[0], locale="en", role="author", english="old")
    reviewer, clinician = replace(ALL[1], locale="en"), replace(ALL[2], locale="en")
    outdated = [
        approval_state_of(english, Records(records), TODAY, english_approved=True).outdated
        for records in ((old, reviewer, clinician), (old, clinician))
    ]
    assert outdated == [(), ("author",)]
