"""The demo shows one card in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.approval import DraftRecord
from pressroom.cli import main
from pressroom.commands.projects.demo import demo_languages
from pressroom.data_files import data_table
from pressroom.language import find_language
from pressroom.workspace.workspace import Workspace


def test_it_makes_two_cards_and_says_which_to_open(tmp_path: Path) -> None:
    """The card is translated whole, a proof in each language, with a picture of each page."""
    done = CliRunner().invoke(main, ["demo", str(tmp_path / "demo")], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    files = [Path(line) for line in done.stdout.splitlines() if line.endswith((".pdf", ".png"))]
    assert all(path.is_file() for path in files[:-1])
    assert {path.suffix for path in files} == {".pdf", ".png"}
    assert done.stdout.splitlines()[-1].startswith("open ")
    texts = Workspace.open(tmp_path / "demo").text("when-to-call", find_language("es"))
    assert texts.translation is not None
    assert texts.drafts != DraftRecord()


@pytest.mark.parametrize("tag", demo_languages())
def test_each_draft_keeps_its_marks(tag: str) -> None:
    """A draft has the placeholders and the bold words of its English."""
    for english, draft in data_table("commands/projects/demo.toml")[tag].items():
        assert english.count("**") == draft.count("**")
        assert ("{emergency}" in english) == ("{emergency}" in draft)


def test_another_language_is_refused(tmp_path: Path) -> None:
    """Nothing is made in a language that the card is not translated into."""
    done = CliRunner().invoke(main, ["demo", str(tmp_path / "demo"), "--language", "fr"])
    assert (done.exit_code, "there are es, ar" in done.output) == (2, True)
    assert not (tmp_path / "demo").exists()
