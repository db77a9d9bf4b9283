"""The desk page is brought up to date by any command, and an interrupted recall is finished by the next one."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pressroom.approval import Recall, Withdrawal
from pressroom.approval.records import RECALL, WITHDRAWAL
from pressroom.approval.releases import RELEASE
from pressroom.cli.main import main
from pressroom.commands.building import build as building
from pressroom.commands.building import desk_page
from pressroom.commands.releasing import release as releasing
from pressroom.commands.releasing.editions import rollback
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing import desk, recalled_files
from pressroom.commands.signing.desk import catch_up, write_released_desk
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from pressroom.diagnostics import Diagnostic
from pressroom.publish import Store
from pressroom.publish.lock import output_lock
from pressroom.workspace.records import recalls_folder, signoff_folder, write_record
from tests.commands.conftest import ROOT, TODAY, Bench
from tests.desk_pages import desk_text, links_in, offered_files

LATER = date(2026, 11, 25)


def page(bench: Bench) -> str:
    """The pages of the desk as they are."""
    return desk_text(bench.output)


def plain(bench: Bench) -> str:
    """The words of the page."""
    return html.unescape(re.sub("<[^>]+>", "", page(bench)))


def offers(bench: Bench, locale: str = "es") -> bool:
    """True if a page leads to a file of the locale that is handed out alone."""
    return any(path.startswith(f"released/{locale}/") for path in offered_files(bench.output))


def pull_recall(bench: Bench, locale: str = "es", reason: str = "the number is wrong", dated: date = LATER) -> Path:
    """A recall that somebody else wrote arrives, as with `git pull`: it lists no files."""
    record = Recall(document="signs", locale=locale, dated=dated, name="Cora Clinic", reason=reason)
    return write_record(bench.workspace, recalls_folder(bench.project), *RECALL.write(record))


def run(bench: Bench, *arguments: str) -> Result:
    """A command on the project."""
    return CliRunner().invoke(main, ["--project", str(bench.root), *arguments])


def holds(bench: Bench, digests: set[str]) -> list[Path]:
    """The files below the project whose bytes have one of these hashes."""
    files = (path for path in bench.root.rglob("*") if path.is_file())
    return [path for path in files if hashlib.sha256(path.read_bytes()).hexdigest() in digests]


def spanish(bench: Bench) -> set[str]:
    """The hash of the released Spanish file."""
    (file,) = bench.offered("es")
    return {hashlib.sha256(file.read_bytes()).hexdigest()}


@pytest.mark.parametrize("command", [("status",), ("verify", "CRD-001"), ("editions",), ("locales",), ("check",)])
def test_any_command_notices_a_recall(released, command):
    """A recall that arrives with a pull takes the file out and rewrites the page at the next command, in one line."""
    digests = spanish(released)
    pull_recall(released)
    assert offers(released)
    result = run(released, *command)
    assert "the desk page was rewritten" in result.stderr
    assert "recalled files taken out of the edition: 1" in result.stderr
    assert not offers(released)
    assert offers(released, "en")
    assert holds(released, digests) == []
    assert "Recalled on 25 Nov 2026 by Cora Clinic: the number is wrong" in plain(released)
    assert "CRD-001 · es · 1.0" in page(released)
    assert "the desk page" not in run(released, *command).stderr


def test_a_withdrawal_is_noticed(released):
    """A signature that somebody else took back takes the file off the page, with the day, not out of the edition."""
    signed = [f"signs/es/{path.stem}" for path in (released.root / "locales/es/signoffs/signs").glob("reviewer-*.toml")]
    record = Withdrawal(
        kind="unsigned", document="signs", locale="es", dated=LATER, name="Rita", reason="x", voids=tuple(signed)
    )
    write_record(released.workspace, signoff_folder(released.project, "es", "signs"), *WITHDRAWAL.write(record))
    assert "the desk page was rewritten" in run(released, "status").stderr
    assert not offers(released)
    assert "A signature on it was taken back on 2026-11-25." in page(released)
    assert len(released.offered("es")) == 1


def test_a_recall_that_goes_is_noticed(released):
    """A recall that was deleted changes the mark too; its files do not come back by themselves."""
    record = pull_recall(released)
    run(released, "status")
    record.unlink()
    assert "the desk page was rewritten" in run(released, "status").stderr
    assert not offers(released)


def test_nothing_new_costs_nothing(released, monkeypatch):
    """While no record is new the page is not written and the records are not read."""
    monkeypatch.setattr(desk, "take_out_recalled", lambda *_: pytest.fail("it was done again"))
    before = (released.output / "desk.html").stat().st_mtime_ns
    assert catch_up(released.workspace, released.output, TODAY) is None
    assert (released.output / "desk.html").stat().st_mtime_ns == before


def test_a_project_without_releases_has_no_desk(built):
    """Where nothing was released no page is written."""
    assert run(built, "status").exit_code == 0
    assert not (built.output / "desk.html").exists()


def test_expiry_is_noticed_on_the_day_after(released):
    """On its last day a file is offered; on the next the page says that it expired and what to pull."""
    (last,) = {row.facts.review_by for r in released.workspace.records().records.releases for row in r.pieces}
    assert last == "2027-11"
    # A copy of the desk ends after a month, and is written again with the same words.
    assert catch_up(released.workspace, released.output, date(2027, 11, 30)).changed is False
    assert offers(released)
    assert catch_up(released.workspace, released.output, date(2027, 12, 1)) is not None
    assert not offers(released)
    assert "It expired: it was good until 2027-11. Pull CRD-001 · es · 1.0 from the rack." in plain(released)
    assert "There is no current English either" in page(released)


def test_a_clock_set_back_offers_nothing_and_is_tried_again(released):
    """With a clock before the newest record nothing is offered; once it is right, everything is, with no new record."""
    pull_recall(released, reason="misprint")
    catch_up(released.workspace, released.output, TODAY - timedelta(days=9))
    assert not offers(released, "en")
    assert not offers(released, "es")
    catch_up(released.workspace, released.output, LATER)
    assert offers(released, "en")
    assert not offers(released, "es")


def test_a_busy_output_is_a_warning(released):
    """While another command holds the output the page stays, and the command goes on with a warning."""
    pull_recall(released)
    with output_lock(released.output):
        result = run(released, "status")
    assert result.exit_code == 0, result.output
    assert result.stderr.count("warning[desk-outdated]") == 1
    assert "another build holds the output" in result.stderr
    assert offers(released)
    assert "the desk page was rewritten" in run(released, "status").stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_is_a_warning(released):
    """Where the output can't be written the command goes on with a warning."""
    pull_recall(released)
    released.output.chmod(0o555)
    try:
        result = run(released, "status")
    finally:
        released.output.chmod(0o755)
    assert "warning[desk-outdated]" in result.stderr


def test_a_disk_that_is_full_is_a_warning(released, monkeypatch):
    """A page that can't be written is a warning of the command, and its exit code is what it would be."""
    pull_recall(released)

    def full(path: Path, data: bytes) -> bool:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(desk_page, "write_if_changed", full)
        result = run(released, "status", "--format", "json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert [(d["severity"], d["code"]) for d in said["findings"]] == [("warning", "desk-outdated")]
    assert isinstance(said["data"]["documents"], list)
    assert released.offered("es") == []


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (desk, "open_verdicts"),
        (desk, "take_out"),
        (recalled_files.Store, "publish"),
        (recalled_files.Store, "delete"),
        (desk, "delete_copies"),
        (desk, "write_desk_of"),
        (desk_page, "_keep_only"),
        (desk_page, "_write_printer_page"),
        (desk_page, "_write_page"),
    ],
)
def test_a_killed_recall_is_finished_by_the_next_command(released, monkeypatch, module, step):
    """Killed before any of its steps, a recall has its record, and the next command does the rest."""
    digests = spanish(released)
    folder = released.output / "printers" / "front-desk" / "released" / "es"
    folder.mkdir(parents=True)
    (folder / "copy.pdf").write_bytes(b"a corrected copy")
    with monkeypatch.context() as patch:
        patch.setattr(module, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert len(list(recalls_folder(released.project).glob("*.toml"))) == 1
    assert run(released, "status").exit_code == 0
    assert not offers(released)
    assert holds(released, digests) == []
    assert not (folder / "copy.pdf").exists()
    assert "CRD-001 · es · 1.0" in page(released)


def test_a_recall_takes_the_files_out_itself(released):
    """A recall takes the file out of the edition and off the desk, and leaves nothing for the next command."""
    digests = spanish(released)
    result = run(released, "recall", "signs", "--locale", "es", "--reason", "misprint", "--name", "Cora")
    assert "files taken out of the edition: 1" in result.output
    assert holds(released, digests) == []
    assert not offers(released)
    assert offers(released, "en")
    assert "the desk page" not in run(released, "status").stderr


def test_a_recall_while_another_command_builds(released):
    """The record is written, the recall says what is left to do, and the next command takes the files out."""
    with output_lock(released.output):
        result = run(released, "recall", "signs", "--locale", "es", "--reason", "misprint", "--name", "Cora")
    assert result.exit_code == 75
    assert "the files are still in the edition" in result.stdout
    assert offers(released)
    run(released, "status")
    assert not offers(released)


def test_a_recall_during_a_release(released, monkeypatch):
    """A recall that arrives while a release is made is noticed at its end, not by the next command."""
    press = releasing.write_log

    def recalled_meanwhile(*arguments: object) -> str:
        pull_recall(released, dated=TODAY)
        return press(*arguments)

    monkeypatch.setattr(releasing, "write_log", recalled_meanwhile)
    released.release()
    assert not offers(released)
    assert released.offered("es") == []


def test_two_recalls(released):
    """A document can be recalled twice on a day; one of the recalls is on the page, and the file is gone once."""
    for reason in ("misprint", "the number is wrong"):
        done = recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), reason, TODAY, released.output)
        assert done.problem is None
    assert len(list(recalls_folder(released.project).glob("*.toml"))) == 2
    assert "Recalled on 23 Nov 2026 by Cora Clinic: " in plain(released)


def test_a_recall_answered_and_released_again(released):
    """The new version is offered, and the old paper stays among those to pull, as replaced."""
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    released.build()
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role)
    assert not released.release("es").failed
    assert offers(released)
    assert "replaced by a later version" in page(released)
    assert "CRD-001 · es · 1.0" in page(released)
    assert "Not to hand out now" not in page(released)


def test_corrected_words_need_a_new_version_after_a_recall(released):
    """Staff pull `CRD-001 · es · 1.0`: no paper that begins so is released again, with other words either."""
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    released.build()
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role)
    (bar,) = [d for d in released.release("es").diagnostics if d.severity == "error"]
    assert (bar.code, "version 1.0 was recalled" in bar.message) == ("recalled", True)
    assert not offers(released)
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    assert not released.release("es").failed
    assert offers(released)


def test_a_recall_of_a_renamed_document(released):
    """A document recalled under its old name on another machine is taken out under its new one."""
    digests = spanish(released)
    assert run(released, "rename", "signs", "warning").exit_code == 0
    pull_recall(released)
    run(released, "status")
    assert holds(released, digests) == []
    assert not offers(released)
    assert "CRD-001 · es · 1.0" in page(released)


def test_an_old_edition_holds_no_recalled_file(released):
    """Old editions lose the recalled file too, and no rollback leads to one that listed it."""
    digests = spanish(released)
    (edition,) = Store(released.output, "released").editions()
    number = int(edition.name.partition("-")[0])
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert holds(released, digests) == []
    found = {file.path[:2]: file for file in identify(released.workspace, edition, TODAY).files}
    assert (found["es"].verdict, found["en"].verdict) == ("recalled", "current")
    assert found["es"].why.endswith("misprint; its file was deleted")
    reasons = rollback(released.workspace, released.output, number, unlisted("Paula"), TODAY).reasons
    assert "recalled" in " ".join(reason.message for reason in reasons)
    assert all("manifest lists" not in reason.message for reason in reasons)


def test_a_copy_in_the_project_is_deleted_and_one_outside_is_not(released, tmp_path):
    """Only files with the recalled bytes are deleted, and only in the project and its output."""
    (file,) = released.offered("es")
    inside, outside, other = released.root / "mail" / "copy.pdf", tmp_path / "copy.pdf", released.root / "other.pdf"
    inside.parent.mkdir()
    inside.write_bytes(file.read_bytes())
    outside.write_bytes(file.read_bytes())
    other.write_bytes(file.read_bytes() + b" ")
    done = recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert [(copy.path, copy.found) for copy in done.copies] == [("mail/copy.pdf", "deleted")]
    assert not inside.exists()
    assert outside.exists()
    assert other.exists()


# ---- What the page says comes from the release ----


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("locales/languages.toml", None, '[es]\nautonym = "Castellano"\nenglish = "Castilian"\n'),
        ("layouts/products.toml", 'description = "', 'description = "Dose table, '),
        ("source/clinics.toml", 'name = "', 'name = "Another '),
        ("source/signs.md", "title: Warning signs", "title: Safe at home"),
        ("source/signs.md", "review-by: 2027-11", "review-by: 2039-11"),
        ("source/signs.md", "number: CRD-001", "number: CRD-002"),
    ],
)
def test_changed_sources_relabel_nothing(released, path, old, new):
    """What today's files call a language, product, clinic, document or date is not said of a released file."""
    file = released.root / path
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert old is None or old in text
    file.write_text(new if old is None else text.replace(old, new), encoding="utf-8")
    before = page(released)
    pull_recall(released, "", "misprint in the head")
    write_released_desk(released.workspace, Store(released.output, "released"), LATER)
    after = page(released)
    assert not any(
        word in after for word in ("Castellano", "Castilian", "Dose table", "Another", "Safe at home", "2039")
    )
    for known in ("Español", "Spanish", "Warning signs", "Larkspur"):
        assert known in before
        assert known in after


def test_a_changed_autonym_offers_nothing_under_its_name(released):
    """Fault 7: with another language's name in the project, a released file keeps the name it was released under."""
    text = '[es]\nautonym = "Castellano"\nenglish = "Castilian"\n'
    (released.root / "locales" / "languages.toml").write_text(text, encoding="utf-8")
    write_released_desk(released.workspace, Store(released.output, "released"), TODAY)
    released.release()
    assert "Castellano" not in page(released)
    assert "Español" in page(released)


def test_no_language_takes_the_name_of_another(released):
    """Fault 7 as it was tried: the name of French for Spanish is refused at its line, and the page stays as it was."""
    before = page(released)
    (released.root / "locales" / "languages.toml").write_text('[es]\nautonym = "Français"\n', encoding="utf-8")
    for command in (["status"], ["build"], ["build", "--release"]):
        result = run(released, *command)
        assert result.exit_code == 2
        message = "locales/languages.toml:2: error[languages]: the autonym of es, Français, is the name of fr"
        assert message in result.stderr
    assert page(released) == before


def test_an_edited_manifest_relabels_nothing(released):
    """The log's facts count, not those of a manifest: nobody reviews a manifest."""
    store = Store(released.output, "released")
    manifest = store.manifest()
    pieces = tuple(
        replace(p, facts=replace(p.facts, label=replace(p.facts.label, autonym="Français"), review_by="2039-11"))
        for p in manifest.pieces
    )
    store.publish(replace(manifest, pieces=pieces))
    write_released_desk(released.workspace, store, TODAY)
    assert "Français" not in page(released)
    assert "2039" not in page(released)
    assert offers(released)


def test_the_english_was_renewed(released):
    """A language whose English was released again says so with the day, and is handed out only with the new English.

    Until there were pages for each language, the old translation was not at the desk at all. The verdict always allowed
    it beside the English (`beside_english`), as sheets do.
    """
    released.edit(released.source, "Call for help", "Call for help now")
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    released.update()
    released.build("en")
    for role in ("author", "clinician"):
        released.sign("en", role, today=LATER)
    assert not released.release("en", today=LATER).failed
    assert not offers(released)
    assert "The English changed on 2026-11-25, and this translation is older." in page(released)
    assert "print both" in page(released)
    spanish = next((released.output / "desk").rglob("es.html"))
    (english, old) = [(path, tag) for path, tag in links_in(released.output, spanish) if path.endswith(".pdf")]
    assert (english[0].split("/")[1], "data-beside" in english[1]) == ("en", False)
    assert (old[0].split("/")[1], "data-beside" in old[1]) == ("es", True)


def test_the_english_is_being_changed(released):
    """A source that changed and was not released yet is said to be so."""
    released.edit(released.source, "Call for help", "Call for help now")
    write_released_desk(released.workspace, Store(released.output, "released"), TODAY)
    assert page(released).count("The English is being changed, and the new one is not released yet.") == 2


def test_the_clinics_number_changed(released):
    """The reason names the clinic's number, and what to pull."""
    released.edit("source/clinics.toml", 'emergency = "911"', 'emergency = "112"')
    write_released_desk(released.workspace, Store(released.output, "released"), TODAY)
    assert "The clinic's emergency number changed. Pull CRD-001 · es · 1.0 from the rack." in plain(released)


def test_a_document_that_is_gone_is_to_be_pulled(released):
    """A document that left the project leaves the page with a word."""
    released.source.unlink()
    write_released_desk(released.workspace, Store(released.output, "released"), TODAY)
    assert "The clinic no longer uses this document. Pull CRD-001 · es · 1.0 from the rack." in plain(released)


def test_a_recalled_english_takes_its_translations_with_a_reason(released):
    """With the English go its translations, from old editions too, and each says why."""
    digests = spanish(released)
    recall(released.workspace, "signs", "en", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert holds(released, digests) == []
    assert "Its English was recalled on 2026-11-23: misprint." in page(released)


def test_a_reason_that_hinders(released, monkeypatch):
    """What the system refuses is the result, not an exception."""
    pull_recall(released)
    monkeypatch.setattr(desk, "take_out", lambda *_: (_ for _ in ()).throw(OSError(30, "Read-only file system")))
    assert isinstance(catch_up(released.workspace, released.output, LATER), Diagnostic)


def test_a_renamed_language_is_released_only_when_that_is_signed(released):
    """A new version under another name of its language is refused, though its words and its page are signed."""
    text = '[es]\nautonym = "Castellano"\nenglish = "Castilian"\n'
    (released.root / "locales" / "languages.toml").write_text(text, encoding="utf-8")
    released.build("es")
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    report = released.release("es")
    (renamed,) = [d for d in report.diagnostics if d.code == "language-renamed"]
    assert "signed as es · Spanish · Español · ltr, and" in renamed.message
    assert "es · Castilian · Castellano · ltr" in renamed.message
    assert "Castellano" not in page(released)


def test_signing_the_same_words_after_a_recall_is_a_new_entry(released):
    """On the day of the recall, too, the same person's signature on the same words is a record of its own."""
    folder = released.root / "locales/es/signoffs/signs"
    before = set(folder.glob("reviewer-*.toml"))
    by = unlisted("Cora Clinic")
    recall(released.workspace, "signs", "es", by, "misprint", TODAY, released.output)
    first = released.sign("es", "reviewer")
    recall(released.workspace, "signs", "es", by, "misprint", TODAY, released.output)
    second = released.sign("es", "reviewer")
    assert len({*before, first, second}) == len(before) + 2
    recalls = [record.id for record in released.workspace.records().records.recalls]
    signed = {r.id.rpartition("/")[2]: r for r in released.workspace.records().records.signoffs}
    assert signed[second.stem].answers == tuple(recalls)
    assert set(signed[second.stem].after) != set(signed[first.stem].after)


def test_a_clock_that_was_ahead_empties_the_page_only_until_it_is_right(released):
    """A page written on a later day is written again on the right day, though no record is new."""
    catch_up(released.workspace, released.output, date(2030, 1, 1))
    assert not offers(released)
    catch_up(released.workspace, released.output, LATER)
    assert offers(released)


def test_a_recall_during_a_build_is_finished_at_its_end(released, monkeypatch):
    """A build that held the output while somebody recalled a file takes it out itself when it ends."""
    make = building.build

    def recalled_meanwhile(*arguments: object, **options: object) -> object:
        report = make(*arguments, **options)
        pull_recall(released)
        return report

    monkeypatch.setattr(building, "build", recalled_meanwhile)
    result = run(released, "build", "--locale", "en")
    assert result.exit_code == 0, result.output
    assert "the desk page was rewritten" in result.stderr
    assert not offers(released)


def test_a_new_emergency_number_is_noticed(released):
    """A clinic's number that changed takes its files off the page at the next command."""
    released.edit("source/clinics.toml", 'emergency = "911"', 'emergency = "112"')
    assert "the desk page was rewritten" in run(released, "status").stderr
    assert not offers(released)
    assert not offers(released, "en")


def test_a_closed_key_is_noticed(released):
    """A change of people.toml is judged at the next command."""
    assert catch_up(released.workspace, released.output, TODAY) is None
    (released.root / "source" / "people.toml").write_text("", encoding="utf-8")
    assert catch_up(released.workspace, released.output, TODAY) is not None


def test_a_logged_sheet_changes_nothing_that_is_shown(released):
    """A record that changes nothing on the page is noticed in silence."""
    (first,) = released.workspace.records().records.releases
    sheet = tuple(replace(row, sheet="desk", written="sheet.pdf") for row in first.pieces)
    record = replace(first, number=2, after=(first.id,), pieces=sheet)
    write_record(released.workspace, released.root / "releases", *RELEASE.write(record))
    before = page(released)
    assert "the desk page" not in run(released, "status").stderr
    assert page(released) != before
    assert page(released).count("href") == before.count("href")


def test_a_lost_log_leaves_no_empty_page(released):
    """Without the log nothing is offered, and the page says so for every language in the edition."""
    for path in (released.root / "releases").glob("*.toml"):
        path.unlink()
    run(released, "status")
    assert not offers(released)
    assert "Español" in page(released)
    assert "The log of releases does not have it" in page(released)


def test_a_document_renamed_twice_is_taken_out_of_old_editions(released):
    """Old editions know a document by its first name; a recall of its third one reaches them."""
    digests = spanish(released)
    for old, new in (("signs", "warning"), ("warning", "alarm")):
        assert run(released, "rename", old, new).exit_code == 0
    assert run(released, "recall", "alarm", "--locale", "es", "--reason", "misprint", "--name", "Cora").exit_code == 0
    assert holds(released, digests) == []
    assert not offers(released)


@pytest.mark.parametrize(
    "name", ["source/clinics.toml", "layouts/products.toml", "source/signs.md", "locales/es/LC_MESSAGES/signs.po"]
)
def test_a_file_that_cannot_be_read_empties_no_page(released, name):
    """What can't be judged stays as it was; a recall counts all the same; a repaired file is judged again."""
    path = released.root / name
    text = path.read_text(encoding="utf-8")
    path.write_text("= {{{\n" + text, encoding="utf-8")
    run(released, "status")
    assert offers(released)
    assert offers(released, "en")
    pull_recall(released)
    run(released, "status")
    assert not offers(released)
    assert offers(released, "en")
    assert released.offered("es") == []
    assert "CRD-001 · es · 1.0" in page(released)
    changed = text.replace("911", "112").replace("Call for help", "Call for help now")
    path.write_text(changed, encoding="utf-8")
    run(released, "status")
    assert offers(released, "en") == (changed == text or name.endswith(".po"))


def test_a_page_of_another_hand_offers_nothing_more(released):
    """A link that somebody wrote into the page is not taken for an offer."""
    (released.output / "desk.html").write_text(page(released) + '<a href="released/es/forged.pdf">', encoding="utf-8")
    released.source.write_text("= {{{", encoding="utf-8")
    pull_recall(released, "es")
    run(released, "status")
    assert "forged" not in page(released)


@pytest.mark.parametrize("step", ["take_out", "write_desk_of"])
def test_a_recall_that_the_system_kills(released, step):
    """A process that is killed in the middle, with no chance to clean up, leaves no lock and nothing undone."""
    digests = spanish(released)
    program = (
        f"import os; from pressroom.commands.signing import desk; desk.{step} = lambda *_: os.kill(os.getpid(), 9)"
    )
    asked = ["recall", "signs", "--locale", "es", "--reason", "misprint", "--name", "Cora"]
    code = f"{program}; from pressroom.cli import main; main({['--project', str(released.root), *asked]!r})"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == -9
    assert offers(released)
    assert run(released, "status").exit_code == 0
    assert not offers(released)
    assert holds(released, digests) == []


@pytest.mark.parametrize("name", ["locales/languages.toml", "layouts/brand.toml", "source/clinics.toml"])
def test_a_recall_reaches_a_project_that_cannot_be_read(released, name):
    """A recall that comes with a file that stops every command is done all the same; what it spares stays offered."""
    digests = spanish(released)
    (released.root / name).write_text("= {{{", encoding="utf-8")
    pull_recall(released)
    result = run(released, "build")
    assert result.exit_code in (1, 2)
    assert holds(released, digests) == []
    assert not offers(released)
    assert offers(released, "en")
    assert "Recalled on 25 Nov 2026 by Cora Clinic" in plain(released)


@pytest.mark.parametrize("name", ["locales/languages.toml", "layouts/brand.toml", "source/clinics.toml"])
def test_a_project_that_cannot_be_read_can_be_recalled(released, name):
    """Whatever is wrong with the project, what was released can be recalled."""
    digests = spanish(released)
    (released.root / name).write_text("= {{{", encoding="utf-8")
    result = run(released, "recall", "signs", "--locale", "es", "--reason", "misprint", "--name", "Cora")
    assert result.exit_code == 0, result.output
    assert "CRD-001  es" in result.stdout
    assert holds(released, digests) == []
    assert not offers(released)


def test_pictures_are_drawn_once_and_leave_with_their_file(released):
    """The desk has small pictures of what it offers; those of a recalled file are deleted with it."""
    folder = released.output / "desk" / "pictures"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert len(before) == 2
    assert all((folder / name).stat().st_size < 30_000 for name in before)
    write_released_desk(released.workspace, Store(released.output, "released"), LATER)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert len(list(folder.iterdir())) == 1


def test_a_copy_of_the_desk_ends(released):
    """Once the days of a copy are over the next command writes the desk again, with new days."""
    released.edit("pyproject.toml", 'locales = ["es"]', 'locales = ["es"]\ndesk-days = 7')
    write_released_desk(released.workspace, Store(released.output, "released"), TODAY)
    assert "This copy is good until 29 Nov 2026" in plain(released)
    assert catch_up(released.workspace, released.output, TODAY + timedelta(days=6)) is None
    done = catch_up(released.workspace, released.output, TODAY + timedelta(days=7))
    assert done is not None
    assert not done.changed
    assert "This copy is good until 6 Dec 2026" in plain(released)
    assert offers(released)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_first_page_is_written_last(released, monkeypatch, number: int):
    """Killed at any page, the desk does not say that it knows the newest records; the next command writes the rest."""
    pull_recall(released)
    write, left = desk_page.write_if_changed, [number]

    def killed_at(path: Path, data: bytes) -> bool:
        left[0] -= path.suffix == ".html"
        if not left[0]:
            raise KeyboardInterrupt
        return write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(desk_page, "write_if_changed", killed_at)
        with pytest.raises(KeyboardInterrupt):
            catch_up(released.workspace, released.output, LATER)
    assert catch_up(released.workspace, released.output, LATER) is not None
    assert catch_up(released.workspace, released.output, LATER) is None
    assert not offers(released)
    assert "Recalled on 25 Nov 2026 by Cora Clinic" in plain(released)


def test_a_desk_that_lost_its_folder_is_written_again(released):
    """A first page without the others, as of an earlier version, is no desk: the next command writes all of it."""
    shutil.rmtree(released.output / "desk")
    assert not offers(released)
    run(released, "status")
    assert offers(released)
