"""The command `serve`: what it refuses before it listens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.cli.main import main

MINIMAL = Path(__file__).parents[1] / "projects" / "minimal"


@pytest.mark.parametrize(
    "origin",
    [
        "http://press.clinic.example",
        "https://192.168.1.20",
        "https://press.clinic.example/desk",
        "press.clinic.example",
    ],
)
def test_an_origin_that_no_passkey_can_have(origin):
    """An address without TLS, of numbers or with a path is refused, with the page that says what to do."""
    done = CliRunner().invoke(main, ["--project", str(MINIMAL), "serve", "--port", "0", "--origin", origin])
    assert done.exit_code == 2
    assert "docs/how-to/serve-a-clinic.md" in done.output


def test_commits_need_a_repository(tmp_path, monkeypatch):
    """Outside a git repository `--commit` is refused."""
    project = shutil.copytree(MINIMAL, tmp_path / "project")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    done = CliRunner().invoke(main, ["--project", str(project), "serve", "--port", "0", "--commit"])
    assert done.exit_code == 2
    assert "--commit needs git" in done.output
