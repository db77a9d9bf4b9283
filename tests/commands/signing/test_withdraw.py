from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from pressroom.approval import Waiver, text_hash
from pressroom.approval.records import WAIVER
from pressroom.cli.main import main
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.signer import Signer, unlisted
from pressroom.commands.signing.waivers import waivable_finding, write_waiver
from pressroom.commands.signing.withdraw import recall, return_messages, unsign
from pressroom.diagnostics import DiagnosticError
from pressroom.workspace.records import write_record
from tests.desk_pages import offered_files

TODAY = date(2026, 11, 23)


def state(bench, locale: str = "es") -> str:
    """The state of the piece, as it is said of it."""
    return bench.review_case(locale).cases()[0][1].name


def test_unsign(released):
    """A signature taken back stands no more, and the same person can sign the same words again."""
    unsign(released.review_case("es"), "reviewer", "", "signed by mistake", TODAY)
    assert state(released) == "translated"
    assert released.release("es").failed
    released.sign("es", "reviewer")
    assert state(released) == "approved"


@pytest.mark.parametrize(
    "asked", [("unsign", "--role", "reviewer", "--reason", "by mistake"), ("return", "--note", "too formal")]
)
def test_what_a_signature_was_taken_back_from_is_not_at_the_desk(released, asked):
    """The desk page no longer lists a file as soon as one who signed it takes that back."""
    assert [path.split("/")[1] for path in offered_files(released.output)] == ["en", "es"]
    command, *more = asked
    given = ["--project", str(released.root), command, "signs", "--locale", "es", *more]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 0, result.output
    assert [path.split("/")[1] for path in offered_files(released.output)] == ["en"]
    assert len(released.offered("es")) == 1


def test_return(released):
    """A returned message is fuzzy and bears the remark; removing the flag does not bring the signatures back."""
    count, _ = return_messages(released.review_case("es"), [2], unlisted("Rita Revisora"), "say it\nkindly", TODAY)
    assert count == 1
    text = released.catalog.read_text()
    assert "# returned 2026-11-23 by Rita Revisora: say it kindly\n" in text
    assert '#, fuzzy\nmsgid "Call for help"' in text
    assert state(released) == "missing"
    released.edit(released.catalog, '#, fuzzy\nmsgid "Call for help"', 'msgid "Call for help"')
    assert state(released) == "translated"
    assert released.review_case("es").signoffs() == []


def test_recall(released):
    """A recall takes the piece out of the edition, lists what to pull, and bars it until all sign again."""
    done = recall(
        released.workspace, "signs", "es", unlisted("Cora Clinic"), "the number is wrong", TODAY, released.output
    )
    assert [(p.number, p.locale, p.facts.version, str(r.dated)) for r, p in done.pull] == [
        ("CRD-001", "es", "1.0", "2026-11-23")
    ]
    assert done.withdrawn == 1
    assert released.offered("es") == []
    assert len(released.offered("en")) == 1
    report = released.release()
    assert {d.code for d in report.diagnostics if d.severity == "error"} == {"recalled", "unapproved"}
    assert {record.locale for record in report.released} == {"en"}


def test_after_a_recall(released):
    """A recalled piece comes back when every role has signed anew, as a new version, and can be recalled again."""
    versions = ("1.0", "1.1", "1.2")
    for before, version in itertools.pairwise(versions):
        recall(
            released.workspace, "signs", "es", unlisted("Cora Clinic"), "the number is wrong", TODAY, released.output
        )
        for role in ("translator", "reviewer"):
            released.sign("es", role)
        assert "recalled" in {d.code for d in released.release("es").diagnostics}, version
        released.sign("es", "clinician")
        released.edit(released.source, f'version: "{before}"', f'version: "{version}"')
        assert not released.release("es").failed
        released.build("es")
        assert [path.name for path in released.offered("es")] == [f"signs.es.slip.larkspur-clinic.v{version}.pdf"]


def test_an_answered_recall_does_not_bring_the_old_file_back(released):
    """Everybody signed anew and nothing else changed: the same paper would come out, and `verify` calls it recalled."""
    (file,) = released.offered("es")
    recalled = file.read_bytes()
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "the number is wrong", TODAY, released.output)
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role)
    report = released.release("es")
    (reason,) = [d for d in report.diagnostics if d.severity == "error"]
    assert (reason.code, "raise the version" in reason.hint) == ("recalled", True)
    assert released.offered("es") == []
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    assert not released.release("es").failed
    assert [found.verdict for found in identify(released.workspace, released.output / "released", TODAY).files] == [
        "current", "current",
    ]  # fmt: skip
    file = released.root / "old.pdf"
    file.write_bytes(recalled)
    assert [found.verdict for found in identify(released.workspace, file, TODAY).files] == ["recalled"]


def test_a_recall_of_all(released):
    """A recall without a locale takes back every locale."""
    recall(released.workspace, "signs", "", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert released.offered("es") + released.offered("en") == []
    report = released.release()
    assert len(report.refused) == 2


def reviewer(name: str = "Rita Revisora") -> Signer:
    """Who waives."""
    return Signer("reviewer", name, "licensed in a story")


def with_a_word_for_a_number(bench) -> None:
    """Write a number as words that no table knows, as good Spanish may."""
    bench.edit(bench.catalog, "dé 2 pasos", "dé un par de pasos")
    bench.build("es")


def test_waive(built):
    """A reviewer's waiver of a number written as a word lets the text be signed and released."""
    with_a_word_for_a_number(built)
    assert "number-changed" in {d.code for d in built.offer("es", "translator").problems}
    review_case = built.review_case("es")
    finding = waivable_finding(review_case, reviewer(), "number-changed", 3, TODAY)
    write_waiver(review_case, reviewer(), finding, "a pair is two", TODAY)
    built.sign_all()
    report = built.release()
    assert not report.failed, [d.message for d in report.diagnostics]


def test_a_waiver_is_for_one_text(built):
    """A waiver excuses the very text it was given for and no other."""
    with_a_word_for_a_number(built)
    review_case = built.review_case("es")
    write_waiver(
        review_case, reviewer(), waivable_finding(review_case, reviewer(), "number-changed", 3, TODAY), "a word", TODAY
    )
    built.edit(built.catalog, "dé un par de pasos", "dé tres pasos")
    built.build("es")
    assert "number-changed" in {d.code for d in built.offer("es", "translator").problems}


def test_the_translator_waives_nothing(built):
    """A waiver by the one who translated the text excuses nothing."""
    with_a_word_for_a_number(built)
    review_case = built.review_case("es")
    write_waiver(
        review_case,
        reviewer("Tomás Traductor"),
        waivable_finding(review_case, reviewer(), "number-changed", 3, TODAY),
        "x",
        TODAY,
    )
    built.sign("es", "translator")
    assert "number-changed" in {d.code for d in built.offer("es", "reviewer").problems}


def test_what_nobody_waives(built):
    """A placeholder that is lost is never waived."""
    built.edit(built.catalog, "Llame al {emergency}", "Llame al 112")
    with pytest.raises(DiagnosticError) as refusal:
        waivable_finding(built.review_case("es"), reviewer(), "placeholder-lost", 4, TODAY)
    assert {d.code for d in refusal.value.problems} == {"waiver"}


@pytest.mark.parametrize("name", ["{emergency}", "{phone}"])
def test_nothing_is_waived_in_a_message_that_says_whom_to_call(built, name):
    """What a reviewer may waive elsewhere is never waived beside a number to call, by command or by record."""
    spoilt = f"Llame al {name} en 2 minutos"
    if name == "{phone}":
        built.edit(built.source, "Call {emergency}", "Call {phone}")
        built.update()
    built.fill({f"Call {name}": spoilt})
    code = "number-changed"
    assert code in {d.code for d in built.review_case("es").errors()}
    who = ["--name", "Rita Revisora", "--qualification", "licensed in a story", "--reason", "because"]
    asked = ["--project", str(built.root), "waive", "signs", "--locale", "es", "--code", code, "--message", "4", *who]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 1, result.output
    assert "error[waiver]" in result.output
    assert not list((built.root / "locales/es/signoffs").rglob("waiver-*"))
    forged = Waiver(
        document="signs", locale="es", code=code, message=text_hash(f"\x04Call {name}"), text=text_hash(spoilt),
        quoted=spoilt, reason="because", name="Rita Revisora", qualification="a story", dated=TODAY,
    )  # fmt: skip
    write_record(built.workspace, built.root / "locales/es/signoffs/signs", *WAIVER.write(forged))
    assert code in {d.code for d in built.review_case("es").errors()}


def test_a_past_recall_still_counts_after_a_day(released):
    """A recall does not wear off."""
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert "recalled" in {d.code for d in released.release("es", today=TODAY + timedelta(days=90)).diagnostics}
