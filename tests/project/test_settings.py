from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.project import ProjectError, find_project


def _settings(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def test_climbs(tmp_path: Path) -> None:
    """The project is found from any folder in it, past a pyproject.toml that is not one's."""
    _settings(tmp_path, '[tool.pressroom]\nname = "A"\nlocales = ["es", "zh-Hans"]\n')
    inner = tmp_path / "source" / "cards"
    inner.mkdir(parents=True)
    _settings(inner, "[project]\n")
    project = find_project(inner)
    assert (project.root, project.name, project.locales) == (tmp_path, "A", ("es", "zh-Hans"))
    assert project.catalog_file("zh_Hans", "a") == tmp_path / "locales" / "zh_Hans" / "LC_MESSAGES" / "a.po"


def test_none(tmp_path: Path) -> None:
    """If there is no project, the message says how a project is recognised and what to do."""
    with pytest.raises(ProjectError) as caught:
        find_project(tmp_path)
    assert caught.value.problem.code == "project-missing"
    assert "--project" in caught.value.problem.hint


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("[tool.pressroom\n", "not TOML", 1),
        ("tool = 3\n[tool.pressroom]\n", "there twice", 2),
        ("[tool]\npressroom = 3\n", "not a table", 2),
        ('[tool.pressroom]\nlocals = ["es"]\n', "no setting 'locals'", 2),
        ('[tool.pressroom]\nlocales = "es"\n', "not a list", 2),
        ("[tool.pressroom]\nlocales = [1]\n", "not a list", 2),
    ],
)
def test_settings(text: str, message: str, line: int, tmp_path: Path) -> None:
    """Settings that can't be used are refused, a mistyped one with the one that was meant."""
    with pytest.raises(ProjectError) as caught:
        find_project(_settings(tmp_path, text))
    assert message in caught.value.problem.message
    assert caught.value.problem.span.line == line
