"""Sheets of released cards: only what may be handed out today is imposed, and every sheet is known by what is on it."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner, Result

from pressroom.approval import ReleaseFacts
from pressroom.cli import main
from pressroom.commands.releasing.editions import rollback
from pressroom.commands.releasing.sheets import MadeSheet, SheetRelease, SheetRequest, make_sheet
from pressroom.commands.releasing.verify import identify, identify_line
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall, unsign
from pressroom.diagnostics import DiagnosticError
from pressroom.planning.named import UsageError
from pressroom.publish import Manifest, PieceRecord, Store
from pressroom.workspace.workspace import Workspace
from tests.papers import THREE_SLIPS

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)


def sheet(bench: Bench, *locales: str, today: date = TODAY) -> MadeSheet | DiagnosticError:
    """A sheet of released slips, or why there is none."""
    (bench.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS)
    request = SheetRequest("signs", "", locales, "larkspur-clinic", "desk", "long-edge")
    try:
        return make_sheet(bench.workspace, request, bench.output, SheetRelease(unlisted("Desk"), today))
    except DiagnosticError as error:
        return error


def written(made: MadeSheet, folder: Path) -> Path:
    """The sheet as a file under a name that says nothing."""
    path = folder / "found.pdf"
    path.write_bytes(made.pdf)
    return path


def verdict(bench: Bench, path: Path, today: date = TODAY) -> tuple[str, str]:
    """What is said of one file, and why."""
    (found,) = identify(bench.workspace, path, today).files
    return found.verdict, found.why


def codes(refusal: MadeSheet | DiagnosticError) -> set[str]:
    """Why there is no sheet; each reason with a next move."""
    assert isinstance(refusal, DiagnosticError)
    assert all(d.hint for d in refusal.problems)
    return {d.code for d in refusal.problems}


def test_a_sheet_of_two_languages(released, tmp_path):
    """A sheet of released cards bears no proof's mark, is logged card by card, and is known under any name."""
    made = sheet(released, "es", "en")
    assert made.name == "signs.es+en.desk.long-edge.larkspur-clinic.v1.0.pdf"
    assert made.log
    said = verdict(released, written(made, tmp_path))
    assert said == ("current", "a sheet of es, en: released on 2026-11-23 by Desk")
    assert sheet(released, "es", "en").log == ""
    assert verdict(released, released.offered()[0])[0] == "current"
    assert released.release().made == frozenset()


def test_a_sheet_is_what_its_worst_card_is(released, tmp_path):
    """A sheet with one card that is recalled, expired or stale is that, and names the language."""
    path = written(sheet(released, "en", "es"), tmp_path)
    assert verdict(released, path, date(2027, 12, 1))[0] == "expired"
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    why = "es on a sheet of en, es: the words changed since it was released"
    assert verdict(released, path) == ("stale", why)
    done = recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert [piece.what for _, piece in done.pull] == ["slip", "slip on desk"]
    assert verdict(released, path)[0] == "recalled"


def test_a_sheet_saved_again(released, tmp_path):
    """A sheet that was opened and saved again is not passed, though each of its lines is a release's."""
    path = written(sheet(released, "en", "es"), tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.docinfo["/Title"] = "Mine"
        document.save(path)
    assert verdict(released, path)[0] == "altered"


def test_what_is_not_imposed(released):
    """A card that is recalled, expired, touched or whose signature was taken back gives no sheet."""
    assert codes(sheet(released, "es", today=date(2027, 12, 1))) == {"card-unfit"}
    assert "clock" in codes(sheet(released, "es", today=date(2026, 11, 22)))
    file = released.offered()[0].resolve()
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data + b"%")
    assert codes(sheet(released, "es")) == {"card-unfit"}
    file.write_bytes(data)
    assert sheet(released, "es").pdf
    unsign(released.review_case("es"), "reviewer", "", "by mistake", TODAY)
    assert codes(sheet(released, "es")) == {"card-unfit"}
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert codes(sheet(released, "es")) == {"card-missing"}


def test_an_old_translation_goes_with_the_current_english(released):
    """A stale card is imposed only beside the English that is current."""
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    assert codes(sheet(released, "es")) == {"card-unfit"}
    assert sheet(released, "es", "en").pdf
    released.edit(released.source, "Call for help", "Call for help now")
    assert codes(sheet(released, "es", "en")) == {"card-unfit"}


def test_proofs_are_no_released_cards(built):
    """Nothing released, nothing imposed, whatever proofs there are."""
    assert codes(sheet(built, "es")) == {"card-missing"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("CRD-001 · es · 1.0 · 2026-11 · review by 2027-11 · {inputs}", "current"),
        ("{inputs}", "current"),
        ("crd-001 {inputs}", "current"),
        ("{INPUTS}", "current"),
        ("CRD-002 · es · 1.0 · 2026-11 · review by 2027-11 · {inputs}", "unknown"),
        ("CRD-001 · es · 1.0 · 2026-11 · review by 2029-11 · {inputs}", "unknown"),
        ("CRD-001 · en · 1.0 · 2026-11 · review by 2027-11 · {inputs}", "unknown"),
        ("CRD-001 · es · 9.0 · 2026-11 · review by 2027-11 · {inputs}", "unknown"),
        ("CRD-001 · es · PROOF · 2026-11 · review by 2027-11 · {inputs}", "proof"),
        ("CRD-001 es 1.0", "unknown"),
        ("deadbeef", "unknown"),
    ],
)
def test_a_line_read_from_paper(released, line, said):
    """The line of a card in somebody's hand is looked up, whole or by its end, and must agree in all it says."""
    inputs = of_spanish(released)
    (found,) = identify_line(released.workspace, line.format(inputs=inputs, INPUTS=inputs.upper()), TODAY).files
    assert found.verdict == said


def test_a_line_misread_by_one_sign(released):
    """A line that is off by a sign is no release's, and the one it may be is named."""
    inputs = of_spanish(released)
    wrong = inputs[:3] + ("a" if inputs[3] != "a" else "b") + inputs[4:]
    (found,) = identify_line(released.workspace, wrong, TODAY).files
    assert (found.verdict, f"es · 1.0 · {inputs}" in found.why) == ("unknown", True)
    for true, read in (("0", "O"), ("1", "l"), ("5", "S")):
        assert identify_line(released.workspace, inputs.replace(true, read), TODAY).files[0].verdict == "current"


def of_spanish(bench: Bench) -> str:
    """The hash at the end of the Spanish control line."""
    (inputs,) = [p.facts.inputs for p in bench.review_case("es").records.releases[0].pieces if p.locale == "es"]
    return inputs


@pytest.mark.parametrize("product", ["business-card-5371", "wallet-card-letter", "wallet-card-press", "web-page"])
def test_only_single_cards_go_on_a_sheet(product, tmp_path):
    """A sheet that is finished, a press file and a page for a screen are refused, with the cards that fit."""
    request = SheetRequest("dvt-pe", product, ("es",), "utah-vascular-clinic", "avery-5371", "long-edge")
    with pytest.raises(UsageError, match="not a single card") as caught:
        make_sheet(Workspace.open(ROOT), request, tmp_path)
    assert "business-card" in caught.value.hint
    assert "wallet-card" not in caught.value.hint
    with pytest.raises(UsageError, match="larger than a cell") as caught:
        make_sheet(Workspace.open(ROOT), replace(request, product="wallet-card"), tmp_path)
    assert "business-card" in caught.value.hint


def test_a_card_that_gave_way(tmp_path, monkeypatch):
    """Where a language needs another card, the hint names that card, not the build that would make the same again."""
    path = "km/dvt-pe.km.wallet-card-as-folded-card.utah-vascular-clinic.PROOF.pdf"
    record = PieceRecord(
        "dvt-pe",
        "km",
        "utah-vascular-clinic",
        "wallet-card",
        "machine",
        ReleaseFacts(key="k", sha256="0" * 64),
        path,
        2,
    )
    monkeypatch.setattr(Store, "manifest", lambda self: Manifest((record,), {}))
    request = SheetRequest("dvt-pe", "wallet-card", ("km",), "utah-vascular-clinic", "letter-id1", "long-edge")
    with pytest.raises(DiagnosticError) as refusal:
        make_sheet(Workspace.open(ROOT), request, tmp_path)
    (found,) = refusal.value.problems
    assert found.code == "card-missing"
    assert "--product folded-card" in found.hint
    assert "{command} build" not in found.hint


def test_a_recall_lists_every_sheet_by_path(released, tmp_path):
    """Sheets in the project are deleted, those elsewhere are named; `status` names them until they are gone."""
    (released.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS)
    inside, outside, moved = released.root / "desk" / "mine.pdf", tmp_path / "share.pdf", tmp_path / "moved.pdf"
    for target, locales in ((inside, ["es", "en"]), (outside, ["es"]), (moved, ["es", "es", "en"])):
        asked = [part for locale in locales for part in ("--locale", locale)]
        result = door(released, "sheet", "signs", "--on", "desk", *asked, "--release", "--to", str(target))
        assert result.exit_code == 0, result.output
    english = door(released, "sheet", "signs", "--on", "desk", "--locale", "en", "--release", "--to", "en.pdf")
    assert english.exit_code == 0, english.output
    moved.rename(tmp_path / "elsewhere.pdf")
    shown = door(released, "recall", "signs", "--locale", "es", "--reason", "misprint", "--name", "Cora").stdout
    lines = {line.split()[0]: line for line in shown.splitlines() if ".pdf" in line}
    assert "deleted" in lines["desk/mine.pdf"]
    assert "still there: delete it" in lines[str(outside)]
    assert "not here: destroy every copy" in lines[str(moved)]
    assert "en.pdf" not in lines
    assert (inside.exists(), outside.exists()) == (False, True)
    status = door(released, "status").stdout
    assert f"{outside}  signs, slip on desk" in status
    assert "still there: delete it" in status
    outside.unlink()
    assert "still there" not in door(released, "status").stdout


def test_the_same_sheet_elsewhere_is_logged_again(released, tmp_path):
    """A recall needs every path, so a sheet written to a second place is logged once more."""
    (released.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS)
    request = SheetRequest("signs", "", ("en",), "larkspur-clinic", "desk", "long-edge")
    for name, logged in (("a.pdf", True), ("b.pdf", True), ("a.pdf", False)):
        order = SheetRelease(unlisted("Desk"), TODAY, tmp_path / name)
        assert bool(make_sheet(released.workspace, request, released.output, order).log) == logged


def door(bench: Bench, *arguments: str) -> Result:
    """A command on the project, run in the project's folder."""
    with contextlib.chdir(bench.root):
        return CliRunner().invoke(main, ["--project", str(bench.root), *arguments])


def test_a_sheet_after_a_return_to_an_earlier_edition(released: Bench, tmp_path: Path) -> None:
    """A sheet of cards that came back by a rollback is logged again, and is current."""
    first = written(sheet(released, "es"), tmp_path)
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    assert not released.release().failed
    assert verdict(released, first)[0] == "superseded"
    assert not rollback(released.workspace, released.output, 1, unlisted("Paula"), TODAY).reasons
    assert verdict(released, written(sheet(released, "es"), tmp_path))[0] == "current"


def test_a_sheet_that_would_draw_more_than_its_cards(released, monkeypatch):
    """Whatever the engine does on the way from a released card to a sheet or a printer's copy, it draws the card."""
    (released.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS)
    monkeypatch.setattr("pressroom.postpress.impose.draw_note", lambda *_: b"q 1 g 0 0 900 900 re f Q\n")
    result = door(released, "sheet", "signs", "--on", "desk", "--locale", "es", "--release", "--to", "es.pdf")
    assert "look-unsigned" in result.output
    assert result.exit_code == 1
    assert not (released.root / "es.pdf").exists()
    assert len(released.workspace.records().records.releases) == 1
