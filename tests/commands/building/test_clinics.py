"""Many clinics in one build: each file is the one that its clinic's build alone would make."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.commands.building.build import build
from pressroom.planning.plan import Request
from pressroom.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("workers")

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30h-90z" fill="#0f4c5c"/></svg>'
CLINICS = """
[plain]
name = "Meadow Test Clinic"
address = ["1 Meadow Lane", "Larkspur"]
phone = "801-555-0142"
emergency = "911"

[silent]
name = "Brook"
address = ["9 Brook Road, Suite 100", "Larkspur, UT 84107"]
emergency = "911"

[long]
name = "The Very Long Name of an Invented Clinic Between the Meadow and the Brook"
address = ["2 Meadow Lane", "Larkspur"]
phone = "801-555-0143"
emergency = "112"

[marked]
name = "Marked Test Clinic"
address = ["3 Meadow Lane", "Larkspur"]
phone = "801-555-0144"
emergency = "911"
logo = "logos/marked.svg"
logo-text = "Marked: a square"
"""
NAMES = ("plain", "silent", "long", "marked")


@pytest.fixture
def project(minimal: Path) -> Path:
    """The smallest project with four invented clinics."""
    (minimal / "source" / "clinics.toml").write_text(CLINICS, encoding="utf-8")
    (minimal / "source" / "logos").mkdir()
    (minimal / "source" / "logos" / "marked.svg").write_text(LOGO, encoding="utf-8")
    return minimal


def hashes(project: Path, output: Path, *, jobs: int, clinics: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """What a build from nothing makes: the hash of each file."""
    request = Request(clinics=clinics)
    report = build(Workspace.open(project), request, output=output, jobs=jobs, progress=lambda *progress: None)
    assert all(piece.made for piece in report.pieces), report.diagnostics
    return {piece.id: piece.sha256 for piece in report.pieces}


def test_a_clinics_files_are_the_same_however_they_are_made(project: Path, tmp_path: Path) -> None:
    """All clinics at once by one worker or by three, or each clinic alone: every file is the same, byte for byte."""
    together = hashes(project, tmp_path / "one", jobs=1)
    assert len(together) == len(NAMES) * 2
    assert len(set(together.values())) == len(together)
    assert hashes(project, tmp_path / "three", jobs=3) == together
    alone = [hashes(project, tmp_path / name, jobs=1, clinics=(name,)) for name in NAMES]
    assert {id: digest for some in alone for id, digest in some.items()} == together


def test_a_clinic_added_later_changes_no_other(project: Path, tmp_path: Path) -> None:
    """A clinic's file does not depend on which clinic its base was drawn for."""
    together = hashes(project, tmp_path / "all", jobs=2)
    path = project / "source" / "clinics.toml"
    path.write_text(CLINICS[CLINICS.index("[silent]") :], encoding="utf-8")
    fewer = hashes(project, tmp_path / "fewer", jobs=2)
    assert fewer == {id: digest for id, digest in together.items() if "plain" not in id}
