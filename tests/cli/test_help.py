"""What a person reads first: the screen without a command, the list of commands, and the help of each."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pressroom.cli.command_list import COMMANDS, GROUPS
from pressroom.cli.examples import EXAMPLES
from pressroom.cli.main import main

ROOT = Path(__file__).parents[2]


def every_command() -> Iterator[tuple[str, ...]]:
    """The name of every command, `people add` too."""
    context = main.make_context("pressroom", ["status"], resilient_parsing=True)
    for name in COMMANDS:
        command = main.get_command(context, name)
        yield (name,)
        if isinstance(command, click.Group):
            yield from ((name, inner) for inner in command.commands)


NAMES = [*every_command()]


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
@pytest.mark.parametrize("width", [60, 100])
def test_a_help_has_examples_and_fits(name: tuple[str, ...], width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command says what it does, what each option is for, and how it is called, in the width of the terminal."""
    monkeypatch.setenv("COLUMNS", str(width))
    result = CliRunner().invoke(main, [*name, "--help"], terminal_width=width)
    assert result.exit_code == 0
    assert "\nExamples:\n" in result.stdout
    lines = result.stdout.splitlines()
    calls = [line for line in lines if line.startswith("  main ") or "pressroom completion" in line]
    assert len(calls) >= len(EXAMPLES[" ".join(name)])
    wide = [line for line in lines if len(line) > width and line not in calls]
    assert not [line for line in wide if "[OPTIONS]" not in line]


def test_every_command_has_examples_and_no_other() -> None:
    """The table of examples names the commands that there are, and the program itself."""
    assert EXAMPLES.keys() == {"", *(" ".join(name) for name in NAMES)}
    assert all(1 <= len(examples) <= 3 for examples in EXAMPLES.values())


@pytest.mark.parametrize("call", [call for examples in EXAMPLES.values() for call, _ in examples])
def test_an_example_can_be_typed(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program understands the arguments of every example; files that one names exist."""
    inside = re.search(r"pressroom ([a-z ]+)", call)
    words = shlex.split(inside[1] if inside else call)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for place, word in enumerate(words):
        if word.startswith("~"):
            words[place] = str(Path(word).expanduser())
        if word.startswith("~") or Path(word).suffix in {".po", ".pub"}:
            Path(words[place]).parent.mkdir(parents=True, exist_ok=True)
            Path(words[place]).touch()
    if words[-1] == "--help":
        words.pop()
    context = main.make_context("pressroom", words)
    command: click.Command = main
    while isinstance(command, click.Group) and (rest := [*context._protected_args, *context.args]):
        name, found, rest = command.resolve_command(context, rest)
        assert name is not None
        assert found is not None
        command, context = found, found.make_context(name, rest, parent=context)


def test_examples_name_what_this_clinic_has() -> None:
    """The documents, products and sheets in the examples are this project's; the others are begun by `new-document`."""
    text = " ".join(call for examples in EXAMPLES.values() for call, _ in examples)
    documents = {path.stem for path in (ROOT / "source").rglob("*.md")} | {"knee-care", "sepsis"}
    verbs = "build|check|status|export|drafted|sheet|review|sign|waive|return|recall"
    named = re.findall(rf"(?:{verbs}) ([a-z]+-?[a-z]+)\b", text)
    assert {name for name in named if name not in COMMANDS} - documents - {"export"} == set()
    assert "[letter-id1]" in (ROOT / "layouts" / "sheets.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [48, 78, 100])
def test_the_list_of_commands_is_in_groups(width: int) -> None:
    """Each group has its title; every command is in one group, with a sentence that no width cuts off."""
    shown = CliRunner().invoke(main, ["--help"], terminal_width=width).stdout
    for title, commands in GROUPS.items():
        assert f"\n{title}:\n" in shown
        assert all(f"\n  {name} " in shown for name in commands)
    assert len(COMMANDS) == sum(map(len, GROUPS.values()))
    assert "..." not in shown.split("\nWrite:")[1]


def test_without_a_command_it_says_what_to_do(minimal: Path, tmp_path: Path) -> None:
    """In a project: its work, from first to last. Elsewhere: how to begin. A broken project: its line."""
    result = CliRunner().invoke(main, ["--project", str(minimal)])
    assert result.exit_code == 0
    assert "You are in the project" in result.stdout
    named = re.findall(r"main ([a-z][a-z-]*)", result.stdout)
    assert set(named) <= COMMANDS.keys()
    assert {"status", "check", "build", "sign"} <= set(named)
    outside = CliRunner().invoke(main, ["--project", str(tmp_path)])
    assert "There is no project in this folder" in outside.stdout
    assert "main --project FOLDER" in outside.stdout
    (minimal / "pyproject.toml").write_text("[", encoding="utf-8")
    assert "pyproject.toml:1: this is not TOML" in CliRunner().invoke(main, ["--project", str(minimal)]).stdout
