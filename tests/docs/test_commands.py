from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from tests.docs.conftest import Reader
from tests.docs.pages import PAGES, ROOT, Step, arguments, inline_commands, parts, read_steps

# The project that a page's reader has, by what was done in it before: `plain` where no line says otherwise.
PROJECTS = {
    "docs/how-to/release.md": "released",
    "docs/how-to/print-at-the-desk.md": "released",
    "docs/how-to/recall.md": "released",
    "docs/how-to/verify.md": "released",
    "docs/how-to/audit.md": "released",
    "docs/how-to/preflight.md": "released",
    "docs/how-to/sign.md": "with_people",
}
LAUNCHER = ("test", "lint")  # what ./press does itself


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _steps(page: Path) -> list[Step]:
    return read_steps(page.read_text(encoding="utf-8"))


def _calls(page: Path) -> Iterator[str]:
    """Every call of the program on a page, in blocks and within its text, those that can't run too."""
    yield from inline_commands(page.read_text(encoding="utf-8"))
    yield from (
        part
        for step in _steps(page)
        if step.kind in ("type", "not run")
        for line in step.commands()
        for part in parts(line)
    )


def _unknown(said: list[str]) -> str | None:
    """The first command or option that the program does not have."""
    from pressroom.cli import main

    command: click.Command = main
    words = [word for word in said if not word.startswith("-")]
    while isinstance(command, click.Group) and words:
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            return None if command.invoke_without_command or words[0].isupper() or words[0] == "…" else words[0]
        command = found
        words = words[1:]
    known = {option for parameter in (*command.params, *main.params) for option in parameter.opts}
    known |= {option for parameter in command.params for option in parameter.secondary_opts} | {"--help", "-h"}
    options = (word.partition("=")[0] for word in said if word.startswith("-") and word != "-")
    return next((option for option in options if option not in known), None)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_exist(page: Path) -> None:
    """Every command that a page names, and each of its options, is one of the program."""
    called = [(call, said) for call in _calls(page) if (said := arguments(call))]
    wrong = [call for call, said in called if said[0] not in LAUNCHER and _unknown(said) is not None]
    assert wrong == []


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != "tutorial.md" and any(step.kind == "type" for step in _steps(page))],
    ids=_name,
)
def test_commands_work(page: Path, reader_of: Callable[[str], Reader]) -> None:
    """The commands of a page, typed one after the other in a project, do what they say."""
    reader = reader_of(PROJECTS.get(_name(page), "plain"))
    for step in _steps(page):
        reader.does(step)


def test_commands_are_marked() -> None:
    """A command is in a block of `sh`, where this test finds it, never in an indented one."""
    lines = [(page, line) for page in PAGES for line in page.read_text(encoding="utf-8").splitlines()]
    assert [(_name(page), line) for page, line in lines if line.startswith("    ") and arguments(line.strip())] == []
