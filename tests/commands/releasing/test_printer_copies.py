"""Released files corrected for the printer on the desk: known to `verify`, gone with their release."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from pressroom.commands.releasing.printer_copies import DeskPrinter, PrinterCopies, correct_released
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from pressroom.diagnostics import Diagnostic
from pressroom.postpress import printer
from pressroom.postpress.printer import Printer
from pressroom.publish import Store
from pressroom.units import mm
from tests.commands.conftest import TODAY
from tests.desk_pages import desk_text, offered_files

DESK = DeskPrinter("front-desk", Printer((mm(1), mm(0)), (mm(0), mm(0))), unlisted("Paula Publisher"), TODAY)


def corrected(bench):
    """The files of the released edition for the printer."""
    done = correct_released(bench.workspace, bench.release().released, Store(bench.output, "released"), DESK)
    assert isinstance(done, PrinterCopies)
    return done


def there(bench):
    """What lies in the printer's folder."""
    folder = bench.output / "printers" / "front-desk" / "released"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))


@pytest.fixture
def at_desk(released):
    """A released project, and its files for the printer."""
    done = corrected(released)
    assert len(done.files) == 2
    return released


def test_a_corrected_file_is_told(at_desk):
    """It has other bytes than the release, is logged, and is current as long as that is."""
    folder = at_desk.output / "printers" / "front-desk" / "released"
    assert {file.verdict for file in identify(at_desk.workspace, folder, TODAY).files} == {"current"}
    assert (folder / there(at_desk)[0]).read_bytes() != at_desk.offered("en")[0].read_bytes()


def test_the_page_beside_them(at_desk):
    """The printer's own page at the desk leads to its files and to nothing else."""
    folder = at_desk.output / "printers" / "front-desk"
    files = offered_files(folder)
    assert [path.split("/")[1] for path in files] == ["en", "es"]
    assert all((folder / path).is_file() for path in files)
    assert "PROOF" not in desk_text(folder)


def test_once_is_enough(at_desk):
    """The same files are not logged twice."""
    assert corrected(at_desk).log == ""


def test_a_recall_takes_it_away(at_desk):
    """What is recalled goes from the printer's folder at once, its page too, and a recall lists it."""
    done = recall(at_desk.workspace, "signs", "es", unlisted("Rita"), "wrong", TODAY, at_desk.output)
    assert [p.what for _, p in done.pull] == ["slip", "slip on front-desk"]
    assert [path.split("/")[0] for path in there(at_desk)] == ["en"]
    assert [path.split("/")[1] for path in offered_files(at_desk.output / "printers" / "front-desk")] == ["en"]


def test_a_later_release_takes_its_place(at_desk):
    """A file corrected from a release that was replaced goes, under the same name too."""
    at_desk.edit("layouts/brand.toml", '"#000"', '"#111"')
    at_desk.build()
    at_desk.sign("en", "clinician")
    at_desk.sign("es", "clinician")
    assert len(at_desk.release().made) == 2
    assert there(at_desk) == []
    assert len(corrected(at_desk).files) == 2


def test_a_proof_is_none(built):
    """What was not released is not corrected as if it were, whatever the manifest of the releases says."""
    built.build()
    proofs = Store(built.output).manifest().pieces
    done = correct_released(built.workspace, proofs, Store(built.output, "released"), DESK)
    assert isinstance(done, PrinterCopies)
    assert done.files == ()


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ((mm(20), mm(0)), "words would be"),
        ((mm(0), mm(-20)), "over the upper edge"),
        ((mm(-4.5), mm(0)), "too near to the left edge"),
    ],
)
def test_a_correction_that_cuts_words(released, front, said):
    """Nothing is written or logged for a printer whose offsets move words off the paper or out of their safe area."""
    desk = replace(DESK, profile=Printer(front))
    before = sorted((released.root / "source" / "releases").rglob("*"))
    done = correct_released(released.workspace, released.release().released, Store(released.output, "released"), desk)
    assert isinstance(done, Diagnostic)
    assert done.code == "printer-cut"
    assert said in done.message
    assert " mm " in done.message
    assert there(released) == []
    assert sorted((released.root / "source" / "releases").rglob("*")) == before


def test_a_copy_that_would_draw_something_else(released, monkeypatch):
    """A printer's copy draws what was released, moved: anything else is refused and nothing is written or logged."""
    true = printer.for_printer

    def spoilt(pdf, profile, flip):
        with pikepdf.open(io.BytesIO(true(pdf, profile, flip))) as document:
            page = document.pages[0]
            page.contents_add(b"q 1 g 0 0 900 90 re f Q")
            out = io.BytesIO()
            document.save(out)
            return out.getvalue()

    monkeypatch.setattr("pressroom.commands.building.printers.for_printer", spoilt)
    pieces = released.release().released
    done = correct_released(released.workspace, pieces, Store(released.output, "released"), DESK)
    assert isinstance(done, Diagnostic)
    assert done.code == "look-unsigned"
    assert there(released) == []
