"""Hints name the command as the reader typed it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pressroom.diagnostics import Span, diagnostic, filled, render, typed_command
from pressroom.diagnostics.command import LAUNCHER, command_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("script", "typed", "command"),
    [
        ("publish.py", ["python", "publish.py", "build"], "python publish.py"),
        ("../clinic/publish.py", ["python3", "../clinic/publish.py"], "python3 ../clinic/publish.py"),
        ("/lib/python3.11/site-packages/pressroom/__main__.py", ["python3", "-m", "pressroom"], "python3 -m pressroom"),
        ("/nowhere/bin/pressroom", ["/nowhere/bin/python", "/nowhere/bin/pressroom"], "/nowhere/bin/pressroom"),
        ("/usr/bin/pytest", ["python", "/usr/bin/pytest"], "pressroom"),
    ],
)
def test_the_command_is_the_typed_one(script: str, typed: list[str], command: str) -> None:
    """A script is named with its interpreter, a module with `-m`, an installed command by its name or path."""
    assert command_of(script, typed) == command


def test_an_installed_command_on_the_path_has_a_short_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system passes the full path of a command that was found on PATH; the reader typed its name."""
    program = tmp_path / "pressroom"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command_of(str(program), ["/usr/bin/python3", str(program)]) == "pressroom"


def test_a_launcher_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """`./press` runs publish.py, and the reader typed ./press."""
    monkeypatch.setenv(LAUNCHER, "./press")
    typed_command.cache_clear()
    try:
        assert filled("run: {command} build") == "run: ./press build"
    finally:
        typed_command.cache_clear()


def test_a_finding_is_printed_with_the_command() -> None:
    """Findings are kept with `{command}` and printed with the command, in each format."""
    finding = diagnostic("catalog-missing", Span("a.po"), "there is no such catalog", "run: {command} update")
    for form in ("text", "json", "github"):
        assert "run: pressroom update" in render([finding], form)


def test_messages_do_not_name_one_launcher() -> None:
    """A text says `{command}`. Heads of files under version control name publish.py, which every project has."""
    heads = {"documents.py", "fonts.py", "lengths.py", "machine_drafts.py", "records.py", "releases.py", "reference.py"}
    found = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "pressroom").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if ("publish.py " in node.value or "./press " in node.value) and path.name not in heads
    ]
    pages = [page.name for page in (ROOT / "pressroom").rglob("*.html") if "publish.py" in page.read_text("utf-8")]
    assert (found, pages) == ([], [])


def test_a_page_of_the_docs_is_named_where_the_reader_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout it is the short path; elsewhere it is the file that came with the program."""
    monkeypatch.chdir(ROOT)
    assert filled("see docs/how-to/keys.md") == "see docs/how-to/keys.md"
    monkeypatch.chdir(tmp_path)
    page = Path(filled("see docs/how-to/keys.md").removeprefix("see "))
    assert page.is_absolute()
    assert page.is_file()
    assert filled("see docs/how-to/no-such-page.md") == "see docs/how-to/no-such-page.md"
