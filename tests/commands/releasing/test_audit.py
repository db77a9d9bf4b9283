"""The audit: with the export and a paper in hand an inspector knows what it is, who signed it, what became of it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from pressroom.approval import Waiver
from pressroom.approval.records import WAIVER
from pressroom.commands.releasing.audit import audit
from pressroom.commands.releasing.audit_export import export_audit
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.verdicts import verdicts_on_released
from pressroom.commands.signing.withdraw import recall, unsign
from pressroom.compose.audit_sheet import Audit, AuditEntry
from pressroom.publish.file_identity import read_identity
from pressroom.workspace.records import write_record
from tests.commands.conftest import PEOPLE, TODAY, Bench

NEXT = TODAY + timedelta(days=1)
LAST = TODAY + timedelta(days=2)


@pytest.fixture
def history(released: Bench) -> Bench:
    """Spanish is recalled, corrected as version 1.1, signed and released again; then a signature is taken back."""
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", NEXT, released.output)
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    released.update()
    released.build()
    for locale, role in PEOPLE:
        released.sign(locale, role, today=NEXT)
    assert not released.release(today=NEXT).failed
    unsign(released.review_case("es", LAST), "clinician", "", "the wrong copy", LAST)
    return released


def of(bench: Bench) -> Audit:
    """The audit on the last day."""
    return audit(verdicts_on_released(bench.workspace, LAST))


def entries(bench: Bench, kind: str) -> list[AuditEntry]:
    """The entries of a kind, in the order of the log."""
    return [entry for entry in of(bench).entries if entry.kind == kind]


def test_a_paper_is_found_by_its_letters(released: Bench, tmp_path: Path) -> None:
    """The letters on a paper lead to one row: when and by whom it was released, who signed it, what became of it."""
    paper = released.offered()[0].read_bytes()
    marks = read_identity(paper)
    assert marks is not None
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", NEXT, released.output)
    (row,) = [file for file in of(released).files if file.letters == marks.printed[0].inputs]
    assert (row.number, row.locale, row.version) == ("CRD-001", "es", "1.0")
    assert (row.released, row.released_by) == (str(TODAY), "Paula Publisher")
    assert (row.today, row.why) == ("recalled", f"on {NEXT} by Cora Clinic: misprint")
    signed = [f"{role} {name}, licensed in a story, {TODAY}" for (tag, role), name in PEOPLE.items() if tag == "es"]
    assert row.signed_by == "; ".join(signed)
    assert row.sha256 == marks.sha256


def test_what_became_of_each_paper(history: Bench) -> None:
    """Recalled, replaced by which paper, a signature taken back, or current."""
    files = {(file.locale, file.version): file for file in of(history).files}
    assert files["es", "1.0"].today == "recalled"
    assert files["en", "1.0"].today == "replaced"
    assert files["en", "1.1"].letters in files["en", "1.0"].why
    assert files["es", "1.1"].today == "unapproved"
    assert files["en", "1.1"].today == "current"


def test_every_entry_is_a_row_in_the_order_of_the_log(history: Bench) -> None:
    """No entry is left out, and each comes after those that its author knew."""
    rows, log = of(history).entries, history.workspace.records().records.log
    place = {row.entry: row.order for row in rows}
    assert place.keys() == {id for id in log.entries if "output" not in id}
    assert all(place[known] < row.order for row in rows for known in filter(None, row.knew.split("; ")))
    recalled, taken = entries(history, "recall")[0], entries(history, "withdrawal")[0]
    assert recalled.takes_back == f"CRD-001 · es · 1.0 · {of(history).files[1].letters}"
    assert taken.who == "Carlos Clínico"
    (voided,) = [row for row in rows if row.taken_back_by == taken.entry]
    assert (voided.role, voided.locale, voided.entry) == ("clinician", "es", taken.takes_back)
    first = entries(history, "sign-off")[0]
    assert first.replaced_by in place
    assert all(recalled.entry in row.answers for row in entries(history, "sign-off")[5:] if row.locale == "es")


def test_keys_and_signatures(released_with_keys: Bench) -> None:
    """A row has the key's fingerprint and whether it signed exactly this entry."""
    good = {row.signature for row in of(released_with_keys).entries}
    assert good == {"valid"}
    assert all(row.key.startswith("SHA256:") and row.person for row in of(released_with_keys).entries)
    (record,) = (released_with_keys.root / "locales/es/signoffs/signs").glob("reviewer-*.toml")
    record.with_name(f"{record.name}.sig").unlink()
    (bad,) = [row for row in of(released_with_keys).entries if row.counts != "yes"]
    assert (bad.role, bad.locale, bad.signature) == ("reviewer", "es", "wrong")


def test_the_drawing_that_was_signed(released: Bench) -> None:
    """A released file and the sign-off that saw its look have the same hash of what is drawn."""
    (file,) = [file for file in of(released).files if file.locale == "es"]
    (seen,) = [row for row in entries(released, "sign-off") if (row.locale, row.role) == ("es", "reviewer")]
    assert file.drawing in seen.drawings
    assert len(file.drawing) == 65


def test_what_changed_since(released: Bench) -> None:
    """A sign-off's row says what is not as it was signed, word by word."""
    assert {row.changed_since for row in entries(released, "sign-off")} == {""}
    released.edit(released.source, "take 2 steps", "take 3 steps")
    (author,) = [row for row in entries(released, "sign-off") if row.role == "author"]
    assert author.changed_since == "English: If your leg is **swollen**, take [-2 -]{+3 +}steps back."


def test_what_changed_since_while_a_program_runs(released: Bench) -> None:
    """In one workspace, as a server has it, an audit sees what was edited after an earlier one."""
    workspace = released.workspace
    verdicts = verdicts_on_released(workspace, LAST)
    assert all(verdicts.piece(id).case for id in verdicts.jobs)
    assert {entry.changed_since for entry in audit(verdicts).entries} == {""}
    released.edit(released.source, "take 2 steps back", "take 3 steps back")
    workspace.changed([released.source])
    assert "[-2 -]{+3 +}steps" in str(audit(verdicts_on_released(workspace, LAST)).entries)


def test_the_words_that_a_paper_prints(history: Bench) -> None:
    """A section has the words as they were signed, whatever the project says today."""
    history.edit(history.source, "Call for help", "Call for help now")
    (section,) = [s for s in of(history).sections if s.locale == "es"]
    (text,) = section.texts
    assert [line.text for line in text.lines][1] == "Pida ayuda"
    assert [line.english for line in text.lines][1] == "Call for help"
    assert text.filled == ("{emergency} is 911 for Larkspur Clinic",)
    assert [paper.split()[0] for paper in text.printed] == [file.letters for file in section.files]


def test_a_project_that_cannot_be_read(history: Bench) -> None:
    """With a broken source the export still has every paper and every signature."""
    whole = of(history)
    history.source.write_text("---\nnumber: [", encoding="utf-8")
    broken = of(history)
    assert [file.letters for file in broken.files] == [file.letters for file in whole.files]
    assert [file.today for file in broken.files] == ["replaced", "recalled", "unread", "unapproved"]
    assert [text.lines for s in broken.sections for text in s.texts] == [
        text.lines for s in whole.sections for text in s.texts
    ]


def test_a_log_that_is_not_whole(history: Bench) -> None:
    """What is missing is named on the first page."""
    (record,) = (history.root / "locales/es/signoffs/signs").glob(f"reviewer-{NEXT}-*.toml")
    record.unlink()
    assert [problem for problem in of(history).problems if record.stem in problem]


def test_the_tables(released: Bench, tmp_path: Path) -> None:
    """A spreadsheet reads one line an entry and one a file, and takes no cell for a formula."""
    said = Waiver(
        document="signs", locale="es", code="too-long", message="0" * 16, text="0" * 16, quoted="x", reason="+1 letter",
        name='=HYPERLINK("x")', qualification="a story", dated=TODAY,
    )  # fmt: skip
    write_record(released.workspace, released.root / "locales/es/signoffs/signs", *WAIVER.write(said))
    paths = export_audit(released.workspace, tmp_path, TODAY).value
    assert [path.name for path in paths] == ["audit.pdf", "audit-entries.csv", "audit-files.csv"]
    assert paths[0].read_bytes().startswith(b"%PDF")
    rows = list(csv.DictReader(io.StringIO(paths[1].read_bytes().decode("utf-8-sig"))))
    assert len(rows) == len(of(released).entries)
    (waiver,) = [row for row in rows if row["kind"] == "waiver"]
    assert waiver["who"] == '\'=HYPERLINK("x")'
    assert len(list(csv.DictReader(io.StringIO(paths[2].read_bytes().decode("utf-8-sig"))))) == 2


def test_a_paper_of_a_release_that_does_not_count_any_more(released_with_keys: Bench) -> None:
    """An inspector may hold one: it is in the list with what is wrong, with its signers, and a recall is said first."""
    (log,) = (released_with_keys.root / "releases").glob("*.toml")
    log.with_name(f"{log.name}.sig").unlink()
    files = of(released_with_keys).files
    assert {file.today for file in files} == {"does not count"}
    assert all("signature" in file.why for file in files)
    assert [file.signed_by.split(",")[0] for file in files] == ["author Alma Autora", "translator Tomás Traductor"]
    recall(released_with_keys.workspace, "signs", "es", unlisted("Cora"), "misprint", NEXT, released_with_keys.output)
    assert [file.today for file in of(released_with_keys).files] == ["does not count", "recalled"]


@pytest.mark.parametrize("path", ["locales/languages.toml", "source/clinics.toml", "layouts/products.toml"])
def test_a_broken_table(history: Bench, tmp_path: Path, path: str) -> None:
    """The tables are written whatever can't be read."""
    (history.root / path).write_text("x = [\n", encoding="utf-8")
    done = export_audit(history.workspace, tmp_path, LAST)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "audit-files.csv").read_bytes().decode("utf-8-sig"))))
    assert [row["today"] for row in rows][:2] == ["replaced", "recalled"]
    assert (tmp_path / "audit.pdf").exists() == (path != "locales/languages.toml")
    assert done.findings
