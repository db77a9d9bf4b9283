from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pressroom.cli.main import COMMANDS, main

Publish = Callable[..., Result]
FOLDER = Path(__file__).parents[2] / "pressroom" / "cli" / "commands"


def test_every_command_is_listed() -> None:
    """Each command of a module in commands/ is listed with that module, and is in the help."""
    modules = {path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__"}
    assert modules == set(COMMANDS.values())
    for name in modules:
        module = importlib.import_module(f"pressroom.cli.commands.{name}")
        commands = {value.name: value for value in vars(module).values() if isinstance(value, click.Command)}
        subcommands = {
            inner for value in commands.values() if isinstance(value, click.Group) for inner in value.commands
        }
        assert commands.keys() - subcommands == {command for command, where in COMMANDS.items() if where == name}
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str) -> None:
    """Every command says what it does and what each of its options is for."""
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    context = main.make_context("publish.py", [name], resilient_parsing=True)
    command = main.get_command(context, name)
    assert command is not None
    assert command.help
    for option in command.params:
        if option.param_type_name == "option":
            assert getattr(option, "help", None), option.name


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "No such command 'bild'"),
        (["build", "--locale"], "requires an argument"),
        (["build", "--jobs", "0"], "0 is not in the range"),
        (["build", "--format", "xml"], "'xml' is not one of"),
        (["build", "no-such"], "no document is called 'no-such'\n  hint: there are visit"),
        (["build", "--locale", "fr"], "no locale of this project is called 'fr'"),
        (["build", "--clinic", "x"], "no clinic is called 'x'"),
        (["build", "--product", "x"], "no product is called 'x'"),
        (["update", "--locale", "xx"], "no language is called 'xx'"),
        (["update", "--locale", "fr"], "no locale of this project is called 'fr'\n  hint: there are es"),
        (["drafted"], "Missing option '--locale'"),
        (["drafted", "--locale", "en"], "no locale of this project is called 'en'"),
        (["drafted", "--locale", "es", "vist"], "no document is called 'vist'"),
    ],
)
def test_used_wrongly(arguments: list[str], said: str, minimal: Path, publish: Publish) -> None:
    """A command used wrongly exits 2, says what was wrong and writes nothing."""
    before = {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()}
    result = publish(minimal, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()} == before


def test_no_project(tmp_path: Path, publish: Publish) -> None:
    """Without a project a command exits 2 and says how one is known, in the format that was asked for."""
    result = publish(tmp_path, "build")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error[project-missing]" in result.stderr
    told = publish(tmp_path, "build", "--format", "json")
    assert [problem["code"] for problem in json.loads(told.stdout)["findings"]] == ["project-missing"]
    assert publish(tmp_path / "nowhere", "build").exit_code == 2


def test_update_twice(minimal: Path, publish: Publish) -> None:
    """Extract and update change nothing where nothing changed; what the program notes for itself is beside it."""

    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file() and ".cache" not in path.parts}

    before = state()
    assert "\n0 of 2 templates changed\n" in f"\n{publish(minimal, 'extract').stdout}"
    assert "0 of 4 catalogs changed\nnext: " in publish(minimal, "update").stdout
    assert state() == before


def test_drafted(minimal: Path, publish: Publish) -> None:
    """What a machine drafted is recorded and marked, once."""
    assert publish(minimal, "drafted", "--locale", "es").exit_code == 0
    catalog = (minimal / "locales" / "es" / "LC_MESSAGES" / "visit.po").read_text(encoding="utf-8")
    assert catalog.count("# machine draft: read every word") == 4
    assert publish(minimal, "drafted", "--locale", "es").stdout.startswith("0 of 4 files changed\n")
