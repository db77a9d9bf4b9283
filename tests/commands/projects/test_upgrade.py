"""An older project is brought to today's format, and a newer one is refused."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.catalog import migration
from pressroom.project import find_project
from pressroom.project.settings import FORMAT

Publish = Callable[..., Result]
SETTINGS = "pyproject.toml"


@pytest.fixture
def old(minimal: Path, edit: Callable[[Path, str, str], None]) -> Path:
    """A project from before there was a format, with layouts of its own."""
    edit(minimal / SETTINGS, "own-layouts = true\n", "")
    return minimal


def test_without_yes_nothing_is_written(old: Path, publish: Publish) -> None:
    """The steps are listed, and the project stays as it is."""
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    done = publish(old, "upgrade")
    assert done.exit_code == 0
    assert f"to do: write format = {FORMAT} and own-layouts = true into pyproject.toml" in done.output
    assert "upgrade --yes" in done.output
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_with_yes_it_is_done_once(old: Path, publish: Publish) -> None:
    """The project gets today's format, keeps its own layouts, and there is nothing to do a second time."""
    assert "done: " in publish(old, "upgrade", "--yes").output
    project = find_project(old)
    assert (project.format, project.own_layouts, project.locales) == (FORMAT, True, ("es",))
    assert (old / "setup/git-merge-po").is_file()
    assert "nothing to do" in publish(old, "upgrade").output


def test_a_clone_gets_the_merge_driver(old: Path, publish: Publish) -> None:
    """Git's setting is in no file of the project, so each clone is asked for it."""
    subprocess.run(["git", "init", "-q", str(old)], check=True)
    publish(old, "upgrade", "--yes")
    driver = subprocess.run(["git", "-C", str(old), "config", "merge.po.driver"], capture_output=True, check=True)
    assert driver.stdout.startswith(b"setup/git-merge-po")


def test_old_msgids_are_carried_over(
    old: Path, publish: Publish, edit: Callable[[Path, str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catalogs of an older msgid format are migrated, and no translation is lost."""
    catalog = old / "locales/es/LC_MESSAGES/visit.po"
    monkeypatch.setattr("pressroom.catalog.migration.CURRENT", 2)
    monkeypatch.setattr("pressroom.catalog.migration.STEPS", {1: lambda text: text})
    assert migration.CURRENT == 2
    assert "as migrate does" in publish(old, "upgrade").output
    assert publish(old, "upgrade", "--yes").exit_code == 0
    assert "X-Pressroom-Format: 2" in catalog.read_text("utf-8")


def test_what_only_a_person_can_do_is_named_at_its_line(old: Path, publish: Publish) -> None:
    """`allowed-signers` is no setting any more: who may sign is in people.toml, and nobody else can write it."""
    with (old / SETTINGS).open("a", encoding="utf-8") as settings:
        settings.write('allowed-signers = "signers"\n')
    line = (old / SETTINGS).read_text("utf-8").splitlines().index('allowed-signers = "signers"') + 1
    done = publish(old, "upgrade", "--yes")
    assert done.exit_code == 1
    assert f"pyproject.toml:{line}: error[project-settings]: allowed-signers" in done.output
    assert "people.toml" in done.output
    assert "upgrade" in publish(old, "check").output


def test_a_newer_project_is_refused(minimal: Path, publish: Publish, edit: Callable[[Path, str, str], None]) -> None:
    """An older program could misread it, so each command says what to do."""
    edit(minimal / SETTINGS, "own-layouts", f"format = {FORMAT + 1}\nown-layouts")
    for command in ("check", "upgrade"):
        done = publish(minimal, command)
        assert done.exit_code == 2
        assert f"is of format {FORMAT + 1}" in done.output
        assert "use a newer program" in done.output
