"""One pure function decides what may be handed out: every fault by itself, and every combination of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pressroom.approval import (
    Case,
    Pulled,
    Recall,
    Records,
    Release,
    Released,
    ReleaseFacts,
    SignOff,
    TranslationState,
    Withdrawal,
    Wording,
    WordingLine,
)
from pressroom.approval.approval_state import approval_state_of
from pressroom.approval.evidence import PieceToday, ReleasedFile, evidence_of
from pressroom.approval.verdict import ANSWERS, GRAVEST_FIRST, Verdict, decide
from pressroom.drawing import PieceDrawing

ROOT = Path(__file__).parents[2]
RELEASED = date(2026, 11, 23)
TODAY = date(2026, 12, 1)
DRAWING = PieceDrawing("base", "imprint")
LINES = (WordingLine("act", "", "Call {emergency}", "Llame al {emergency}"),)
CASE = Case(
    "doc", "es", "card", "here", Wording(LINES, {"card": ()}, ("D-1", "2027-11")),
    TranslationState(1), "911", "2027-11", "values",
)  # fmt: skip
RECORD = SignOff(
    document="doc", locale="es", role="translator", name="Ana", qualification="x", dated=RELEASED,
    english=CASE.content.english, translation=CASE.content.translation, words={"card": CASE.content.words},
    drawings={"card/here": "base imprint"}, review_by="2027-11", texts="t", emergency={"here": "911"},
    clinic_values={"card/here": "values"}, id="doc/es/translator-2026-11-23-0000000000000001",
)  # fmt: skip
SIGNED = (
    RECORD,
    replace(RECORD, role="reviewer", name="Beto", id="doc/es/reviewer-2026-11-23-0000000000000002"),
    replace(RECORD, role="clinician", name="Cora", id="doc/es/clinician-2026-11-23-0000000000000003"),
)
ROW = Released(
    path="es/doc.pdf", document="doc", locale="es", clinic="here", product="card", number="D-1",
    facts=ReleaseFacts("1.0", "2027-11", "1a2b3c4d", "0" * 64, "key", CASE.content, drawing=DRAWING),
    signed=tuple(r.id for r in SIGNED),
)  # fmt: skip
RELEASE = Release(
    number=1, dated=RELEASED, by="Paula", engine="", pieces=(ROW,), id="releases/00001-2026-11-23-0000000000000001"
)
FILE = ReleasedFile((RELEASE, ROW))
RECORDS = Records(SIGNED, releases=(RELEASE,))
RECALL = Recall(document="doc", locale="es", dated=TODAY, name="Cora", reason="misprint", id="r")


def changed_row(signed: tuple[str, ...] = ROW.signed, **facts: str) -> Released:
    """The released file with other facts or signatures."""
    return replace(ROW, signed=signed, facts=replace(ROW.facts, **facts))


LATER = Release(
    number=2, dated=TODAY, by="Paula", engine="", pieces=(changed_row(key="2", version="1.1"),), after=(RELEASE.id,),
    id="releases/00002-2026-12-01-0000000000000002",
)  # fmt: skip


def piece(records: Records = RECORDS, case: Case = CASE, today: date = TODAY, *, english: bool = True) -> PieceToday:
    """The piece as the project would print it, by these records."""
    state = approval_state_of(case, records, today, english_approved=english)
    source = approval_state_of(replace(case, locale="en"), records, today, english_approved=True)
    return PieceToday("doc", case.locale, case, state, source if case.locale != "en" else None, "1.0")


@dataclass(frozen=True)
class Setting:
    """All that a verdict is made from; as it is, nothing speaks against the file."""

    records: Records = RECORDS
    case: Case = CASE
    file: ReleasedFile | None = FILE
    today: date = TODAY
    unsure: frozenset[tuple[str, str]] = frozenset()

    def with_(self, records: Records) -> Setting:
        """The same by other records."""
        return replace(self, records=records)

    @property
    def verdict(self) -> Verdict:
        """What is decided about the piece and its file."""
        evidence = evidence_of(self.records, self.today, self.unsure)
        return decide(piece(self.records, self.case, self.today), evidence, self.file)


def answers(made: Verdict) -> tuple[bool, ...]:
    """All that consumers ask of a released file."""
    return made.may("stay"), made.may("come_back"), made.may("be_offered"), made.may("beside_english")


def answered(records: Records, recall: Recall, version: str = "1.1") -> tuple[Records, Release]:
    """Everybody signs again knowing of the recall, and the same words are released as another version."""
    signed = tuple(
        replace(r, answers=(recall.id,), replaces=(r.id,), dated=recall.dated, id=r.id.replace("11-23", "12-01"))
        for r in SIGNED
    )
    row = changed_row(version=version, inputs="5e6f7a8b", sha256="1" * 64, key="key 2")
    row = replace(row, signed=tuple(r.id for r in signed))
    release = replace(LATER, pieces=(row,))
    return replace(records, signoffs=(*SIGNED, *signed), recalls=(recall,)), release


def test_the_same_paper_made_again_replaces_nothing() -> None:
    """A newer engine may make the same page of other bytes: the papers of the two releases are alike."""
    again = replace(LATER, pieces=(changed_row(key="2", sha256="1" * 64),))
    assert Setting(replace(RECORDS, releases=(RELEASE, again))).verdict.name == "current"


def test_a_release_that_nothing_speaks_against() -> None:
    """A file of today's words, with all signatures, may be handed out, and a new one may be made."""
    made = Setting().verdict
    assert (made.name, answers(made), made.bars) == ("current", (True, True, True, True), ())


def test_without_a_file_there_is_nothing_to_hand_out() -> None:
    """A piece that was never released may be released, and nothing of it may be offered."""
    made = Setting(file=None).verdict
    assert not made.bars
    assert not any(answers(made))


WITHDRAWAL = Withdrawal(
    document="doc", locale="es", dated=TODAY, name="Beto", reason="by mistake", voids=(SIGNED[1].id,), kind="unsigned"
)
OTHER_LINES = (replace(LINES[0], text="Marque {emergency}"),)
FAULTS: dict[str, Callable[[Setting], Setting]] = {
    "recalled": lambda s: s.with_(replace(s.records, recalls=(RECALL,))),
    "expired": lambda s: replace(s, today=date(2027, 12, 1)),
    "unsure": lambda s: replace(s, unsure=frozenset({("doc", "es")})),
    "unlogged": lambda s: replace(s, file=replace(s.file, entry=None)),
    "altered": lambda s: replace(s, file=replace(s.file, intact=False)),
    "superseded": lambda s: s.with_(replace(s.records, releases=(RELEASE, LATER))),
    "unapproved": lambda s: s.with_(replace(s.records, withdrawals=(WITHDRAWAL,))),
    "clinic-changed": lambda s: replace(s, case=replace(s.case, emergency="112")),
    "stale": lambda s: replace(s, case=replace(s.case, wording=replace(s.case.wording, lines=OTHER_LINES))),
}
OTHER_WORDS = FAULTS["stale"](Setting()).case
SUBSETS = [names for count in range(1, len(FAULTS) + 1) for names in itertools.combinations(FAULTS, count)]


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_by_itself(name: str) -> None:
    """A fault gives the verdict its name, what the table says of it, and a next move."""
    made = FAULTS[name](Setting()).verdict
    assert made.name == name
    assert answers(made) == tuple(ANSWERS[name])
    assert all(reason.message and reason.hint for reason in (*made.faults, *made.bars))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("gone", {"known": False, "case": None, "state": None}),
        ("dropped", {"case": None, "state": None}),
        ("orphaned", {"english": replace(piece().english, recalls=(RECALL,))}),  # type: ignore[type-var]
    ],
)
def test_what_became_of_the_piece(name: str, change: dict[str, object]) -> None:
    """A document that is gone, a piece nobody makes, a translation of recalled English: each is told by its name."""
    made = decide(replace(piece(), **change), evidence_of(RECORDS, TODAY), FILE)  # type: ignore[arg-type]
    assert (made.name, answers(made)) == (name, tuple(ANSWERS[name]))


def test_every_combination_of_faults() -> None:
    """The name is the gravest fault's, and a file may do only what every fault allows."""
    assert len(SUBSETS) == 511
    for names in SUBSETS:
        setting = Setting()
        for name in names:
            setting = FAULTS[name](setting)
        made = setting.verdict
        codes = {fault.code for fault in made.faults}
        # Without a row nobody can say what the file says: that the log does not know it bars it anyway.
        assert {*names} - codes <= ({"recalled", "expired", "superseded", "unapproved", "clinic-changed", "stale"}
                                    if "unlogged" in names else set()), names  # fmt: skip
        # What was recalled is not approved either, until everybody answers.
        assert codes - {*names} <= {"unapproved"}, names
        assert made.name == min(codes, key=GRAVEST_FIRST.index)
        assert answers(made) == tuple(all(ANSWERS[code][at] for code in codes) for at in range(4)), names


def test_answering_a_recall_allows_a_new_release_and_never_the_old_file() -> None:
    """After all signed again the recalled file stays recalled, and the one made since is current."""
    records, release = answered(RECORDS, RECALL)
    records = replace(records, releases=(RELEASE, release))
    now = replace(piece(records), version="1.1")
    evidence = evidence_of(records, TODAY)
    assert decide(now, evidence, FILE).name == "recalled"
    assert not decide(now, evidence, FILE).may("stay")
    assert decide(now, evidence, ReleasedFile((release, release.pieces[0]))).name == "current"
    assert not decide(now, evidence).bars


@pytest.mark.parametrize(
    "listed", [Pulled(sha256="1" * 64), Pulled(number="D-1", locale="es", version="1.1", inputs="5e6f7a8b")]
)
def test_what_a_recall_lists_stays_recalled(listed: Pulled) -> None:
    """A file on a recall's list is recalled though it was released on that very day, and all answered."""
    records, release = answered(RECORDS, RECALL)
    records = replace(records, recalls=(replace(RECALL, pulled=(listed,)),), releases=(RELEASE, release))
    made = decide(piece(records), evidence_of(records, TODAY), ReleasedFile((release, release.pieces[0])))
    assert made.name == "recalled"


def test_a_release_on_the_day_of_a_recall_that_did_not_know_of_it() -> None:
    """On the day of a recall only a release on signatures that name it is later: a branch may not have known."""
    records, release = answered(RECORDS, RECALL)
    unaware = replace(release, pieces=(replace(release.pieces[0], signed=ROW.signed),))
    records = replace(records, releases=(RELEASE, unaware))
    made = decide(piece(records), evidence_of(records, TODAY), ReleasedFile((unaware, unaware.pieces[0])))
    assert made.name == "recalled"


def test_one_signature_that_does_not_know_of_a_recall_is_one_too_many() -> None:
    """A file that was released on two signatures that name the recall, and on one that does not, is recalled."""
    records, release = answered(RECORDS, RECALL)
    signed = (*release.pieces[0].signed[:2], ROW.signed[2])
    mixed = replace(release, pieces=(replace(release.pieces[0], signed=signed),))
    records = replace(records, releases=(RELEASE, mixed))
    made = decide(piece(records), evidence_of(records, TODAY), ReleasedFile((mixed, mixed.pieces[0])))
    assert made.name == "recalled"


def test_no_signature_knows_of_a_recall() -> None:
    """A file of which the log names no signature is recalled with all others."""
    made = Setting(replace(RECORDS, recalls=(RECALL,)), file=ReleasedFile((RELEASE, changed_row(signed=())))).verdict
    assert made.name == "recalled"


def test_the_same_words_and_version_are_not_released_again_after_a_recall() -> None:
    """Staff could not tell the new paper from the recalled one, so the version goes up first."""
    records, _ = answered(RECORDS, RECALL)
    made = decide(piece(records), evidence_of(records, TODAY))
    assert [reason.code for reason in made.bars] == ["recalled"]
    assert "raise the version" in made.bars[0].hint
    assert not decide(replace(piece(records), version="1.1"), evidence_of(records, TODAY)).bars
    assert decide(piece(records, OTHER_WORDS), evidence_of(records, TODAY)).bars[0].code != "recalled"


def test_stale_words_on_a_signature_that_was_taken_back() -> None:
    """An old translation goes with the current English only while nobody took a signature on it back."""
    assert Setting(case=OTHER_WORDS).verdict.may("beside_english")
    made = Setting(replace(RECORDS, withdrawals=(WITHDRAWAL,)), OTHER_WORDS).verdict
    assert {fault.code for fault in made.faults} == {"stale", "unapproved"}
    assert not made.may("beside_english")


@pytest.mark.parametrize("looks", [{"card/here": "other imprint"}, {"card/other": "base imprint"}, {}])
def test_a_translator_judges_no_look(looks: dict[str, str]) -> None:
    """If reviewer and clinician saw another drawing or none, a file counts as unseen, whatever a translator saw."""
    signed = (SIGNED[0], *(replace(record, drawings=looks) for record in SIGNED[1:]))
    made = Setting(replace(RECORDS, signoffs=signed)).verdict
    assert "no reviewer or clinician signed what it draws" in [fault.message for fault in made.faults]
    assert not made.may("be_offered")


@pytest.mark.parametrize("looks", [RECORD.drawings, {}])
def test_a_file_whose_drawing_is_unknown(looks: dict[str, str]) -> None:
    """Nobody signed what a file draws if the log does not say what it draws."""
    signed = tuple(replace(record, drawings=looks) for record in SIGNED)
    row = replace(ROW, facts=replace(ROW.facts, drawing=PieceDrawing()))
    made = Setting(replace(RECORDS, signoffs=signed), file=ReleasedFile((RELEASE, row))).verdict
    assert made.name == "unapproved"


@pytest.mark.parametrize(
    ("drawing", "bars"), [(DRAWING, []), (PieceDrawing("other", "imprint"), ["look-unsigned"]), (PieceDrawing(), [])]
)
def test_a_release_draws_what_was_signed(drawing: PieceDrawing, bars: list[str]) -> None:
    """A piece that draws something else than people signed may not be released; before it is drawn nobody knows."""
    made = Setting(case=replace(CASE, drawing=drawing)).verdict
    assert [reason.code for reason in made.bars] == bars


def test_a_signature_taken_back_and_given_again() -> None:
    """The same words signed again carry the file that was released on the first signature."""
    again = replace(SIGNED[1], id="doc/es/reviewer-2026-12-01-0000000000000004", dated=TODAY)
    made = Setting(replace(RECORDS, signoffs=(*SIGNED, again), withdrawals=(WITHDRAWAL,))).verdict
    assert made.name == "current"


@pytest.mark.parametrize("change", [{"signed": ()}, {"review_by": "soon"}, {"signed": ("somebody",)}])
def test_a_row_that_says_too_little(change: dict[str, Any]) -> None:
    """A row whose signatures or date can't be read is never taken for a good one."""
    records = replace(RECORDS, recalls=(replace(RECALL, dated=RELEASED),))
    row = changed_row(**change)
    assert not Setting(records, file=ReleasedFile((RELEASE, row))).verdict.may("be_offered")


def test_the_clock_set_back() -> None:
    """On a day before the newest record nobody can say what expired, so nothing is offered."""
    made = Setting(today=date(2026, 11, 22)).verdict
    assert (made.name, made.may("stay")) == ("unsure", True)


def test_evidence_of_nothing() -> None:
    """Without any record nothing may be released or offered."""
    nothing = Records()
    made = decide(piece(nothing), evidence_of(nothing, TODAY), ReleasedFile(None))
    assert made.bars
    assert not any(answers(made))


def test_the_table_in_the_docs() -> None:
    """The documentation has the very table that decides."""
    text = (ROOT / "docs" / "explanation" / "safety.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z-]+) \| [^|]+ \| (yes|no) \| (yes|no) \| (yes|no) \| (yes|no) \|$", text, re.M)
    assert {name: tuple(said == "yes" for said in more) for name, *more in rows} == {
        name: tuple(answer) for name, answer in ANSWERS.items()
    }
    assert [name for name, *_ in rows] == list(GRAVEST_FIRST)
