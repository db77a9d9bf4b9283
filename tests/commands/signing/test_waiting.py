"""What waits for whom, in the order in which it helps most; and what happens after a signature."""

from __future__ import annotations

import pytest

from pressroom.approval.records import SIGNOFF
from pressroom.commands.releasing.ready import ready_report
from pressroom.commands.signing.readers import Identity, readership
from pressroom.commands.signing.signature_sheet import signature_sheet
from pressroom.commands.signing.signed_next import signed_next
from pressroom.commands.signing.waiting import Waiting, waiting_list, waits_for
from pressroom.fingerprint import content_hash
from tests.commands.conftest import PEOPLE, TODAY, Bench, id_of


@pytest.fixture
def bench(built: Bench) -> Bench:
    """A project with a people list and proofs that nobody has signed."""
    return built.with_people(None)


def waiting(bench: Bench, name: str) -> list[Waiting]:
    """What waits for a person."""
    return list(waits_for(waiting_list(bench.workspace, TODAY), id_of(name)))


def test_the_english_comes_first_and_says_what_it_frees(bench):
    """Translations wait for the English, so the clinician of the English can sign now and frees one."""
    (first,) = waiting(bench, "Cora Clinic")
    assert (first.language.tag, first.role, first.is_next, first.frees) == ("en", "clinician", True, 1)


def test_a_translation_waits_for_those_before(bench):
    """The translator signs first; the clinician waits for the English too."""
    (translator,) = waiting(bench, "Tomás Traductor")
    (reviewer,) = waiting(bench, "Rita Revisora")
    (clinician,) = waiting(bench, "Carlos Clínico")
    assert translator.is_next
    assert reviewer.before == ("translator",)
    assert (clinician.before, clinician.english) == (("translator", "reviewer"), True)
    assert not clinician.is_next


def test_what_is_unfinished_is_said(bench):
    """A text with an untranslated message can't be signed by anybody."""
    bench.fill({"Call for help": ""})
    (translator,) = waiting(bench, "Tomás Traductor")
    assert "1 untranslated" in translator.unfinished
    assert not translator.is_next


def test_what_was_signed_waits_no_more(bench):
    """After all have signed, nothing waits, and the text can be released."""
    assert ready_report(bench.workspace, TODAY).ready == ()
    for locale, role in PEOPLE:
        bench.sign(locale, role, principal=id_of(PEOPLE[locale, role]))
    everybody = waiting_list(bench.workspace, TODAY)
    assert not any(row.waiting for row in everybody.people)
    assert everybody.nobody == ()
    assert {text.language.tag for text in ready_report(bench.workspace, TODAY).ready} == {"en", "es"}


def test_without_people_roles_wait(built):
    """Where there is no list, the page says what each role signs."""
    everybody = waiting_list(built.workspace, TODAY)
    assert not everybody.has_people
    assert {row.role for row in everybody.people} == {"author", "clinician", "translator", "reviewer"}


def test_released_texts_and_reasons(released):
    """What is released as it is can be recalled; what changed since can't be released, and says why."""
    texts = {text.language.tag: text for text in ready_report(released.workspace, TODAY).texts}
    assert texts["es"].is_released
    assert not texts["es"].is_ready
    released.fill({"Call for help": "Pida ayuda ya"})
    texts = {text.language.tag: text for text in ready_report(released.workspace, TODAY).texts}
    assert {finding.code for finding in texts["es"].bars} == {"stale", "unapproved"}
    assert texts["en"].is_released


def test_what_happens_next(bench):
    """The page after a signature names whose turn it is, and the signer's next text."""
    path = bench.sign("en", "author", principal="alma-autora")
    case = bench.review_case("en")
    (record,) = case.signoffs("author")
    who = Identity("alma-autora", "Alma Autora", "licensed in a story")
    after = signed_next(bench.workspace, "signs", "en", record.id, who, TODAY)
    assert after.record == record
    assert after.seats == ((("clinician",), ("Cora Clinic",)),)
    assert not after.approved
    sheet = signature_sheet(case, path.name, path.read_bytes())
    assert sheet.mark == content_hash(path.read_bytes())
    assert sheet.numbers == (("Larkspur Clinic", "911"),)
    assert [(paper.product, len(paper.looks)) for paper in sheet.papers] == [("slip", 1)]
    assert SIGNOFF.read(path.read_text(encoding="utf-8"), path.name).id == record.id


@pytest.mark.parametrize(
    ("id", "asked", "role"),
    [
        ("rita-revisora", "", "reviewer"),
        ("rita-revisora", "clinician", "reviewer"),
        ("cora-clinic", "", None),
        ("mallory", "", None),
    ],
)
def test_the_role_of_a_reader(bench, id, asked, role):
    """A reader has a role that the list gives them in this language, whatever the address asks for."""
    reader = readership(bench.review_case("es"), Identity(id, "A Name", "licensed in a story"), asked).reader
    assert (reader.role if reader is not None else None) == role
