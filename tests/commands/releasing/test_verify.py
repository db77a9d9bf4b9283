from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest
from click.testing import CliRunner

from pressroom.approval.releases import RELEASE
from pressroom.cli.main import main
from pressroom.commands.releasing.editions import editions, rollback
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from pressroom.publish.file_identity import read_identity
from pressroom.workspace.records import write_record

TODAY = date(2026, 11, 23)


def verdict(bench, path, today: date = TODAY) -> str:
    """What is said of one file."""
    (verified,) = identify(bench.workspace, path, today).files
    return verified.verdict


def handed_in(bench, tmp_path, locale: str = "es"):
    """A copy of the released piece under a name that says nothing."""
    return shutil.copy(bench.offered(locale)[0], tmp_path / "scan.pdf")


def test_a_released_file(released, tmp_path):
    """A released file is known for what it is under any name."""
    path = tmp_path / handed_in(released, tmp_path).name
    (verified,) = identify(released.workspace, path, TODAY).files
    assert (verified.verdict, verified.control.number, verified.control.version) == ("current", "CRD-001", "1.0")
    assert not identify(released.workspace, path, TODAY).failed


def test_expired_stale_superseded_recalled(released, tmp_path):
    """A file in a waiting room is told to be expired, stale, superseded or recalled, the gravest first."""
    path = tmp_path / handed_in(released, tmp_path).name
    assert verdict(released, path, date(2027, 12, 1)) == "expired"
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    assert verdict(released, path) == "stale"
    released.build("es")
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role)
    assert not released.release("es").failed
    assert verdict(released, path) == "superseded"
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert verdict(released, path) == "recalled"


def test_proof(released):
    """A proof is told to be one."""
    (path,) = (released.output / "current" / "es").glob("*.pdf")
    assert verdict(released, path) == "proof"


def test_altered(released, tmp_path):
    """A released file that was opened and saved again is not passed as the released one."""
    path = tmp_path / handed_in(released, tmp_path).name
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.docinfo["/Keywords"] = str(document.docinfo["/Keywords"]).replace("1.0", "9.0")
        document.save(path)
    assert verdict(released, path) == "altered"


def test_foreign(released, tmp_path):
    """What bears no control line, and what is no PDF, is not ours."""
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7\nnothing")
    blank = tmp_path / "y.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(blank)
    assert verdict(released, tmp_path / "x.pdf") == "foreign"
    assert verdict(released, blank) == "foreign"


def test_another_projects(released, tmp_path):
    """A control line that no release of this project has is unknown."""
    path = tmp_path / handed_in(released, tmp_path).name
    shutil.rmtree(released.root / "releases")
    assert verdict(released, path) == "unsure"
    # Without the edition, nothing says that there was a release.
    shutil.rmtree(released.output)
    assert verdict(released, path) == "unknown"


def test_a_folder(released):
    """An edition verifies as a whole; a missing and a strange file fail it."""
    edition = released.output / "released"
    assert not identify(released.workspace, edition, TODAY).failed
    extra = edition.resolve() / "es" / "extra.pdf"
    shutil.copy(released.offered()[0], extra)
    assert identify(released.workspace, edition, TODAY).failed
    extra.unlink()
    released.offered()[0].unlink()
    assert identify(released.workspace, edition, TODAY).failed


def another_edition(bench) -> None:
    """Release Spanish with another heading."""
    bench.edit(bench.catalog, "Pida ayuda", "Busque ayuda")
    bench.build("es")
    for role in ("translator", "reviewer", "clinician"):
        bench.sign("es", role)
    assert not bench.release("es").failed


def test_rollback(released):
    """An earlier edition comes back as it was."""
    before = released.offered()[0].read_bytes()
    another_edition(released)
    assert released.offered()[0].read_bytes() != before
    assert [e.number for e in editions(released.output) if e.channel == "released"] == [1, 2]
    assert rollback(released.workspace, released.output, 1, unlisted("Paula"), TODAY).reasons == ()
    assert released.offered()[0].read_bytes() == before
    assert [e.number for e in editions(released.output) if e.channel == "released" and e.current] == [1]


def test_rollback_brings_no_recalled_piece_back(released):
    """An edition with a piece that was recalled does not come back, nor an expired or an edited one."""
    another_edition(released)
    assert rollback(released.workspace, released.output, 1, unlisted("Paula"), date(2028, 1, 1)).reasons
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    for number in (1, 2):
        assert {
            d.code for d in rollback(released.workspace, released.output, number, unlisted("Paula"), TODAY).reasons
        } == {"rollback"}
    assert released.offered("es") == []


def test_rollback_of_an_edited_edition(released):
    """An edition in which a file was edited does not come back."""
    another_edition(released)
    first = next(e.path for e in editions(released.output) if e.channel == "released" and e.number == 1)
    (file,) = (first / "es").glob("*.pdf")
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"\n")
    assert rollback(released.workspace, released.output, 1, unlisted("Paula"), TODAY).reasons


def test_keep(released):
    """As many editions are kept as was asked for, the current one among them."""
    another_edition(released)
    released.edit(released.catalog, "Busque ayuda", "Llame ya")
    released.build("es")
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role)
    released.release("es", keep=2)
    numbers = [e.number for e in editions(released.output) if e.channel == "released"]
    assert numbers == [2, 3]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder(released):
    """A read-only output is told in a word, and the edition stays."""
    released.output.chmod(0o555)
    released.edit("layouts/slip/style.css", "{", "{ ")
    report = released.release("es")
    released.output.chmod(0o755)
    assert "output-unwritable" in {d.code for d in report.diagnostics}


def test_a_second_build(released):
    """A second release at the same time does nothing and says so."""
    from pressroom.publish import output_lock

    with output_lock(released.output):
        report = released.release("es")
    assert report.busy
    assert {d.code for d in report.diagnostics if d.severity == "error"} == {"output-busy"}


def test_the_manifest_does_not_decide(released):
    """A manifest edited by hand releases nothing: the records are asked every time."""
    path = released.output / "released" / "manifest.json"
    table = json.loads(path.read_text())
    for row in table["files"]:
        row["state"] = "approved"
    edition = path.parent.resolve()
    path.parent.unlink()
    # In a folder of another name: under its own it would be refused.
    edition.rename(path.parent)
    path.write_text(json.dumps(table))
    released.edit(released.catalog, "dé 2 pasos", "dé 2 saltos")
    report = released.release("es", today=TODAY + timedelta(days=1))
    assert {d.code for d in report.diagnostics if d.severity == "error"} == {"stale", "unapproved"}


@pytest.mark.parametrize(
    "path",
    [
        "source/signs.md", "source/clinics.toml", "layouts/products.toml", "layouts/slip/layout.toml",
        "layouts/words.toml", "locales/languages.toml", "locales/es/LC_MESSAGES/signs.po", "pyproject.toml",
    ],
)  # fmt: skip
def test_a_project_that_cannot_be_read(released, tmp_path, path):
    """By the log alone a release is found, and a recall is never hidden by a broken file."""
    paper = handed_in(released, tmp_path)
    line = read_identity(paper.read_bytes()).printed[0].inputs
    broken = shutil.copytree(released.root, tmp_path / "broken", symlinks=True)
    (broken / path).write_text("x = [\n", encoding="utf-8")
    for asked in (str(paper), line):
        done = CliRunner().invoke(main, ["--project", str(broken), "verify", asked])
        assert done.exit_code == 1, done.output
        assert "unread" in done.output
        assert f"released on {TODAY} by Paula Publisher, neither recalled nor replaced" in done.output
    recall(released.workspace, "signs", "es", unlisted("Cora"), "misprint", TODAY, released.output)
    broken = shutil.copytree(released.root, tmp_path / "recalled", symlinks=True)
    (broken / path).write_text("x = [\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["--project", str(broken), "verify", str(paper)])
    assert "recalled" in done.output
    assert "misprint" in done.output


def test_a_row_that_does_not_count(released, tmp_path):
    """A release that was dated back is told by its entry, and its files are not in the log."""
    paper = handed_in(released, tmp_path)
    (path,) = (released.root / "releases").glob("*.toml")
    true = RELEASE.read(path.read_text(encoding="utf-8"), path.name)
    path.unlink()
    shutil.rmtree(released.output)
    write_record(released.workspace, path.parent, *RELEASE.write(replace(true, dated=TODAY - timedelta(days=1))))
    (found,) = identify(released.workspace, paper, TODAY).files
    assert found.verdict == "unlogged"
    assert "that entry does not count: it is dated 2026-11-22" in found.why


def test_one_line_for_a_folder(released):
    """A folder's verdicts are counted in one line, the gravest first."""
    edition = released.output / "released"
    assert identify(released.workspace, edition, TODAY).summary == "2 files: 2 current. 2 may be handed out"
    released.edit(released.catalog, "dé 2 pasos", "dé 2 pasitos")
    report = identify(released.workspace, edition, TODAY)
    assert report.summary == "2 files: 1 stale, 1 current. 1 may be handed out"
