"""PDFs of other programs, some made to harm: each is one finding, and the files beside it are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pikepdf import Array, Dictionary, Name

from pressroom.cli import main
from pressroom.commands.building.preflight import preflight
from pressroom.executor.contained import contained
from pressroom.executor.process import Limits
from pressroom.executor.protocol import Fault
from pressroom.preflight.bounds import upright
from pressroom.preflight.check import examine_file
from pressroom.preflight.page_content import read_content
from pressroom.publish.file_identity import identity_of_file

LIMIT = 1_000_000


def pdf_file(path: Path, change: Callable[[pikepdf.Pdf], None], **saving: object) -> Path:
    """A PDF of one empty page, changed."""
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 100))
        page.obj.Resources = Dictionary()
        change(document)
        document.save(path, **saving)
    return path


def draws_itself(document: pikepdf.Pdf) -> None:
    """A form whose content draws the form."""
    form = document.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
    document.pages[0].Contents = document.make_stream(b"/F Do")


def draws_a_million(document: pikepdf.Pdf) -> None:
    """Six forms, each of which draws the next one ten times."""
    form = document.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    for _ in range(6):
        inner, content = form, b"/F Do " * 10
        form = document.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(F=inner))
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F=form))
    document.pages[0].Contents = document.make_stream(b"/F Do")


def unpacks_to_much(document: pikepdf.Pdf) -> None:
    """A page whose content of 100 kB unpacks to 101 MB."""
    document.pages[0].Contents = document.make_stream(b" " * 101_000_000)


def is_large(document: pikepdf.Pdf) -> None:
    """A page of five metres."""
    document.pages[0].MediaBox = Array([0, 0, 14400, 14400])


HARMFUL = {
    "form": (draws_itself, "a form in it draws itself"),
    "forms": (draws_a_million, "draws its forms 1,111,111 times"),
    "large": (is_large, "page 1 is 5080.00 × 5080.00 mm"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_would_take_all_memory_is_refused_before_it_is_drawn(tmp_path: Path, name: str) -> None:
    """`preflight` and `verify` say what is too much, with its measure."""
    change, reason = HARMFUL[name]
    path = pdf_file(tmp_path / "theirs.pdf", change)
    (finding,) = examine_file((str(path), LIMIT)).diagnostics
    assert finding.code == "preflight-unreadable"
    assert reason in finding.message
    assert reason in str(identity_of_file((str(path), LIMIT)))


def test_a_stream_that_unpacks_to_much(tmp_path: Path) -> None:
    """A packed stream is not unpacked beyond its limit."""
    path = pdf_file(tmp_path / "theirs.pdf", unpacks_to_much, compress_streams=True)
    (finding,) = examine_file((str(path), LIMIT)).diagnostics
    assert finding.code == "preflight-unreadable"


def test_a_locked_file(tmp_path: Path) -> None:
    """A file with a password is named as one."""
    locked = pikepdf.Encryption(user="u", owner="o")
    path = pdf_file(tmp_path / "theirs.pdf", lambda document: None, encryption=locked)
    (finding,) = examine_file((str(path), LIMIT)).diagnostics
    assert finding.message == "it is locked with a password"
    assert identity_of_file((str(path), LIMIT)) == "it is locked with a password"


def holds_itself(document: pikepdf.Pdf) -> None:
    """A structure tree whose element is its own child, twice."""
    element = document.make_indirect(Dictionary(S=Name("/H1")))
    element.K = Array([element, element])
    document.Root.StructTreeRoot = Dictionary(K=element)


def has_odd_annotations(document: pikepdf.Pdf) -> None:
    """Names where dictionaries belong."""
    document.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=Name.Foo), Name.Bar])
    document.Root.Names = Name.Foo
    document.Root.ViewerPreferences = Name.Foo


def has_a_nameless_font(document: pikepdf.Pdf) -> None:
    """A font descriptor without the name that it must have."""
    document.Root.X = document.make_indirect(Dictionary(Type=Name.FontDescriptor))


@pytest.mark.parametrize("change", [holds_itself, has_odd_annotations, has_a_nameless_font])
def test_what_is_only_odd_is_read(tmp_path: Path, change: Callable[[pikepdf.Pdf], None]) -> None:
    """A fault that no page shows does not keep the rest from being checked."""
    examined = examine_file((str(pdf_file(tmp_path / "theirs.pdf", change)), LIMIT))
    assert examined.facts is not None
    assert "preflight-title" in {finding.code for finding in examined.diagnostics}


def test_one_bad_file_does_not_end_the_run(tmp_path: Path) -> None:
    """Each of several files has its result."""
    paths = [pdf_file(tmp_path / f"{name}.pdf", change) for name, (change, _) in HARMFUL.items()]
    good = pdf_file(tmp_path / "good.pdf", lambda document: None)
    files = preflight([*paths, tmp_path / "none.pdf", good]).value
    assert [examined.facts is not None for _, examined in files] == [False, False, False, False, True]


@pytest.mark.usefixtures("workers")
def test_a_reader_that_dies_is_a_reason() -> None:
    """A worker that a file ends is not started again for it, and the next file has its result."""
    results = contained("tests.executor.work:always", ["kill", ""])
    assert isinstance(results[0], Fault)
    assert not isinstance(results[1], Fault)


@pytest.mark.usefixtures("workers")
def test_a_reader_is_limited() -> None:
    """A file that takes more CPU time than a file may is given up, once."""
    (result,) = contained("tests.executor.work:always", ["spin"], Limits(cpu=0.2))
    assert isinstance(result, Fault)
    assert "CPU time" in result.reason


def words(document: pikepdf.Pdf) -> None:
    """Small words near the foot of a page that is shown turned."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    document.pages[0].Contents = document.make_stream(b"0 1 -1 0 190 10 cm BT /F 12 Tf (words) Tj ET")
    document.pages[0].Rotate = 90


def test_a_turned_page_is_read_as_it_is_shown(tmp_path: Path) -> None:
    """A page with /Rotate has the size and the places that a reader sees, and its words are not hidden."""
    path = pdf_file(tmp_path / "theirs.pdf", words)
    examined = examine_file((str(path), LIMIT))
    assert examined.facts is not None
    (box,) = examined.facts.boxes
    assert (box[2] - box[0], box[3] - box[1]) == (100, 200)
    with upright(path.read_bytes()) as (_, shown):
        (run,) = read_content(shown).runs
    assert run.middle == pytest.approx(14, abs=3)
    assert not run.hidden
    assert "preflight-unseen" not in {finding.code for finding in examined.diagnostics}


@pytest.mark.parametrize("command", ["preflight", "verify"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, command: str, minimal: Path) -> None:
    """A named pipe, which would be read for ever, is refused."""
    os.mkfifo(tmp_path / "pipe.pdf")
    run = CliRunner().invoke(main, ["--project", str(minimal), command, str(tmp_path / "pipe.pdf")])
    assert run.exit_code == 1
    assert "this is not a file" in run.output
