"""What a live view is made from: its piece, its fonts, and why it can't be drawn."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from pressroom.commands.building import live_fonts
from pressroom.commands.building.live_fonts import LiveFonts, common_letters
from pressroom.commands.building.live_view import LiveView, prepare_view
from pressroom.language import find_language
from pressroom.planning.named import UsageError
from pressroom.workspace.workspace import Workspace
from tests.conftest import PROJECTS

NEW = "龟"


@pytest.fixture
def walking(tmp_path: Path) -> Path:
    """A copy of an invented group's project, which has Chinese."""
    return Path(shutil.copytree(PROJECTS / "walking-group", tmp_path / "project"))


def view(project: Path, locale: str, **other: str) -> LiveView:
    """A view of the project's leaflet for its first clinic."""
    clinic = Workspace.open(project).clinics().value[0].id
    names = {"document": "after-your-visit", "product": "leaflet", "clinic": clinic} | other
    return LiveView(locale=locale, **names)


def test_a_view_is_a_task_for_a_worker(other_clinic: Path) -> None:
    """With the fonts of its language, which other commands of this process do not get."""
    before = os.environ.get("FONTCONFIG_FILE")
    prepared = prepare_view(Workspace.open(other_clinic), view(other_clinic, "fa"), LiveFonts())
    assert prepared.task is not None
    assert prepared.task.piece.language.tag == "fa"
    assert Path(prepared.task.fonts).is_file()
    assert os.environ.get("FONTCONFIG_FILE") == before


def test_a_view_is_another_picture_only_if_it_would_print_something_else(other_clinic: Path) -> None:
    """A comment in a catalog changes nothing."""
    workspace, fonts, asked = Workspace.open(other_clinic), LiveFonts(), view(other_clinic, "fa")
    first = prepare_view(workspace, asked, fonts)
    catalog = workspace.project.catalog_file("fa", asked.document)
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(text.replace('\nmsgid "', '\n# A remark\nmsgid "', 2), encoding="utf-8")
    workspace.changed([catalog])
    assert prepare_view(workspace, asked, fonts).is_drawn_as(first)


@pytest.mark.parametrize("name", ["document", "product", "clinic"])
def test_what_is_not_there_is_said_with_what_is(other_clinic: Path, name: str) -> None:
    """A bookmark can be older than the project."""
    with pytest.raises(UsageError, match="is called 'other'"):
        prepare_view(Workspace.open(other_clinic), view(other_clinic, "fa", **{name: "other"}), LiveFonts())


def test_a_document_that_is_broken_is_a_reason_not_an_error(other_clinic: Path) -> None:
    """Its view waits until it is right again."""
    asked, workspace = view(other_clinic, "fa"), Workspace.open(other_clinic)
    path, _ = workspace.documents().usable[asked.document]
    path.write_text("---\nnumber: [\n---\n", encoding="utf-8")
    workspace.changed([path])
    prepared = prepare_view(workspace, asked, LiveFonts())
    assert prepared.task is None
    assert prepared.reason is not None
    assert prepared.reason.span.path == workspace.relative(path)


def test_a_new_letter_needs_no_other_fonts_once_the_common_ones_are_made(
    walking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a translator of Chinese would wait for a new worker with each."""
    monkeypatch.setattr(live_fonts, "common_letters", lambda tag: frozenset(NEW))
    fonts, language = LiveFonts(), find_language("zh-Hans")
    narrow = fonts.of(Workspace.open(walking), language).value
    while not fonts.made["zh-Hans"]:
        time.sleep(0.05)
    wide = fonts.of(Workspace.open(walking), language).value
    assert wide != narrow
    catalog = next((walking / "locales" / "zh_Hans" / "LC_MESSAGES").glob("*.po"))
    catalog.write_text(catalog.read_text(encoding="utf-8").replace('msgstr "', f'msgstr "{NEW}', 3), encoding="utf-8")
    assert fonts.of(Workspace.open(walking), language).value == wide


def test_common_letters_are_those_of_a_character_set() -> None:
    """A language whose fonts are used uncut has none."""
    assert NEW in common_letters("zh-Hans")
    assert "龜" in common_letters("zh-Hant")
    assert "가" in common_letters("ko")
    assert not common_letters("ar")
