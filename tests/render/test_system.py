"""A machine without Pango gets one finding with the command that installs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.data_files import data_table
from pressroom.render import system
from pressroom.render.system import library_problems


def test_a_machine_that_sets_pages_lacks_nothing() -> None:
    """Here WeasyPrint works, so its libraries are found."""
    assert library_problems() == ()


@pytest.mark.parametrize(
    ("tool", "line"),
    [("apt-get", "libpango-1.0-0"), ("brew", "brew install pango"), ("none", "docs/how-to/install.md")],
)
def test_a_missing_library_comes_with_the_command_of_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tool: str, line: str
) -> None:
    """All missing libraries are in one finding."""
    monkeypatch.setattr(system, "_refused", frozenset)
    (tmp_path / tool).write_text("#!/bin/sh\n")
    (tmp_path / tool).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = library_problems()
    assert found.code == "library-missing"
    assert all(name in found.message for name in data_table("render/system.toml")["libraries"])
    assert line in found.hint


def test_a_library_that_does_not_load_is_named() -> None:
    """The files are tried in another process, and only those that fail come back."""
    assert system._refused(["libnothing.so.7", "libc.so.6"]) == {"libnothing.so.7"}
