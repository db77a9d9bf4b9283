"""The record that a clinic pulled the papers of a recall."""

from __future__ import annotations

from datetime import date

import pytest

from pressroom.approval.confirmations import CONFIRMATION, Confirmation, recall_number
from pressroom.approval.records import RECALL
from pressroom.commands.signing.confirm import confirm_pulled
from pressroom.commands.signing.desk import catch_up
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from pressroom.planning.named import UsageError
from pressroom.workspace.confirmations import confirmations_folder, read_confirmations
from tests.commands.conftest import TODAY, Bench, make_bench

RECORD = Confirmation(recall="signs/es/signs-2026-11-23-0123456789abcdef", clinic="meadow", papers=12, name="Nora",
                      dated=date(2026, 11, 24), after=("releases/1",))  # fmt: skip


def test_written_and_read() -> None:
    """A confirmation is read as it was written, under the name that holds its hash."""
    name, text = CONFIRMATION.write(RECORD)
    assert name.startswith("meadow-2026-11-24-")
    read = CONFIRMATION.read(text, name)
    assert (read.papers, read.name, read.recall, read.file) == (12, "Nora", RECORD.recall, name)
    assert recall_number(RECORD.recall) == "0123456789abcdef"


@pytest.mark.parametrize(("old", "new"), [("= 12", "= 13"), ("Nora", "Nina"), ("= 12", "= -1"), ("= 12", '= "many"')])
def test_an_edited_one_does_not_count(old: str, new: str) -> None:
    """One that was edited is void."""
    name, text = CONFIRMATION.write(RECORD)
    with pytest.raises(ValueError, match=r"\w"):
        CONFIRMATION.read(text.replace(old, new), name)


@pytest.fixture
def recalled(tmp_path) -> tuple[Bench, str]:
    """A project with a recall of a document that was never released, and the recall's number."""
    bench = make_bench(tmp_path / "project")
    done = recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, bench.output)
    path = bench.root / done.path
    return bench, recall_number(RECALL.read(path.read_text(encoding="utf-8"), path.name).id)


def test_confirmed(recalled) -> None:
    """What a nurse types becomes a record that names the recall and the log's last entries."""
    bench, number = recalled
    path = confirm_pulled(bench.workspace, "larkspur-clinic", number, " 12 ", "  Nora   Nurse ", TODAY)
    assert path.parent == confirmations_folder(bench.project)
    (record,) = read_confirmations(bench.workspace).value
    assert (record.papers, record.name, recall_number(record.recall)) == (12, "Nora Nurse", number)
    assert record.after


@pytest.mark.parametrize(
    ("clinic", "number", "papers", "name"),
    [
        ("larkspur-clinic", "ffffffffffffffff", "1", "Nora"),
        ("nowhere", "", "1", "Nora"),
        ("larkspur-clinic", "", "one", "Nora"),
        ("larkspur-clinic", "", "-1", "Nora"),
        ("larkspur-clinic", "", "1000000", "Nora"),
        ("larkspur-clinic", "", "1", " "),
        ("larkspur-clinic", "", "1", "N" * 101),
        ("larkspur-clinic", "", "1", "Nora\u202eNurse"),
    ],
)
def test_what_can_not_be_right_is_not_written(recalled, clinic: str, number: str, papers: str, name: str) -> None:
    """An unknown recall or clinic, no number of papers, or no name: nothing is written, and a hint says what to do."""
    bench, known = recalled
    with pytest.raises(UsageError) as error:
        confirm_pulled(bench.workspace, clinic, number or known, papers, name, TODAY)
    assert error.value.hint
    assert read_confirmations(bench.workspace).value == ()


def test_a_broken_one_is_a_warning_alone(recalled) -> None:
    """A file that is no confirmation is reported and bars nothing; the others count."""
    bench, number = recalled
    path = confirm_pulled(bench.workspace, "larkspur-clinic", number, "3", "Nora", TODAY)
    path.write_text(path.read_text(encoding="utf-8").replace("papers = 3", "papers = 4"), encoding="utf-8")
    confirm_pulled(bench.workspace, "larkspur-clinic", number, "5", "Nora", TODAY)
    assert [one.papers for one in read_confirmations(bench.workspace).value] == [5]
    (finding,) = [d for d in bench.workspace.records().diagnostics if d.code == "confirmation-broken"]
    assert (str(finding.severity), finding.bars) == ("warning", "")
    assert catch_up(bench.workspace, bench.output, TODAY) is None
