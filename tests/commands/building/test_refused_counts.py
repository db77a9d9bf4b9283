"""What can't be used is counted and named: a clinic with a faulty table is not one that does not exist."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

FAULTY = '\n[northside]\nname = "Northside"\naddress = ["1 Main Street"]\nemergency = 911\n'


@pytest.fixture
def with_faulty(minimal: Path) -> Path:
    """The minimal project with a second clinic, whose number lacks its quotation marks."""
    clinics = minimal / "source/clinics.toml"
    clinics.write_text(clinics.read_text(encoding="utf-8") + FAULTY, encoding="utf-8")
    return minimal


@pytest.mark.usefixtures("fonts")
def test_a_faulty_clinic(publish, with_faulty: Path) -> None:
    """The others' pieces are made; the total names the clinic without any, and its line is reported."""
    result = publish(with_faulty, "build", "--locale", "en")
    assert result.exit_code == 1
    assert "error[clinic]: emergency of northside is not text" in result.output
    assert "1 made, no piece of clinic northside; 1 proof in" in result.output


@pytest.mark.parametrize("command", ["build", "check"])
def test_named(publish, with_faulty: Path, command: str) -> None:
    """A build for that clinic says what is wrong with it; a check counts it among the errors."""
    options = ("--clinic", "northside") if command == "build" else ()
    result = publish(with_faulty, command, *options)
    assert result.exit_code == 1
    assert "is called" not in result.output
    assert "emergency of northside is not text" in result.output
    total = "nothing made, no piece of clinic northside" if command == "build" else "not clinic northside; 1 error,"
    assert total in result.output


def test_a_refused_document(publish, minimal: Path) -> None:
    """A document that can't be read is named in the totals, also if no piece is left."""
    shutil.move(minimal / "source/visit.md", minimal / "source/other.md")
    (minimal / "source/other.md").write_text("no front matter\n", encoding="utf-8")
    assert "nothing made, no piece of document other" in publish(minimal, "build").output
    assert "not document other; 1 error," in publish(minimal, "check").output
