from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from pressroom.commands.building import watch
from pressroom.planning.plan import Request, make_plan
from pressroom.workspace.workspace import Workspace

Edit = Callable[[Path, str, str], None]
Publish = Callable[..., Result]
SPANISH = "locales/es/LC_MESSAGES/visit.po"


@pytest.fixture
def asleep(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What happens each time that the watcher sleeps, one after the other; at last somebody presses Ctrl-C."""
    steps: list[Callable[[], object]] = []

    def sleep(seconds: float) -> None:
        if not steps:
            raise KeyboardInterrupt
        steps.pop(0)()

    # The watcher's own clock: other threads sleep as they do.
    monkeypatch.setattr(watch, "time", SimpleNamespace(sleep=sleep))
    return steps


def _nothing() -> None:
    """Nobody writes anything."""


def _read(root: Path) -> Workspace:
    workspace = Workspace.open(root)
    _read_again(workspace)
    return workspace


def _read_again(workspace: Workspace) -> None:
    for job in make_plan(workspace, Request()).jobs:
        assert job.key


def _all(changes: Iterator[tuple[str, ...]]) -> list[tuple[str, ...]]:
    found: deque[tuple[str, ...]] = deque()
    with pytest.raises(KeyboardInterrupt):
        found.extend(changes)
    return list(found)


def test_an_edit(minimal: Path, edit: Edit, asleep: list[Callable[[], object]]) -> None:
    """An edit is seen once, when nothing changed for a moment, and the workspace reads the file again."""
    workspace = _read(minimal)
    before = workspace.files.hash_of(SPANISH)
    asleep += [
        _nothing,
        lambda: edit(minimal / SPANISH, "ropa cómoda", "ropa"),
        lambda: edit(minimal / SPANISH, "Use ropa", "Use ropa ancha"),
        _nothing,
        _nothing,
    ]
    assert _all(watch.changes(workspace)) == [(SPANISH,)]
    assert workspace.files.hash_of(SPANISH) != before


def test_a_new_file(minimal: Path, asleep: list[Callable[[], object]]) -> None:
    """A document that is added is seen, by its folder."""
    workspace = _read(minimal)
    asleep += [lambda: (minimal / "source/other.md").write_text("", encoding="utf-8"), _nothing, _nothing]
    assert _all(watch.changes(workspace)) == [("source",)]
    assert minimal / "source/other.md" in workspace.sources()


def test_during_a_build(minimal: Path, edit: Edit, asleep: list[Callable[[], object]]) -> None:
    """What is written while a build runs is made next, also while the first one does."""
    workspace = _read(minimal)
    edit(minimal / SPANISH, "ropa cómoda", "ropa")
    changes = watch.changes(workspace)
    assert next(changes) == (str(minimal),)
    _read_again(workspace)
    edit(minimal / SPANISH, "Use ropa", "Use ropa ancha")
    asleep += [_nothing, _nothing]
    assert _all(changes) == [(SPANISH,)]


@pytest.mark.usefixtures("fonts")
def test_the_command(
    minimal: Path, publish: Publish, edit: Edit, asleep: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`build --watch` makes what changes, says which file that was, and ends as a signal ends every command."""
    from pressroom.cli.main import Stopped

    def stop() -> None:
        raise Stopped(signal.SIGINT)

    asleep += [lambda: edit(minimal / SPANISH, "ropa cómoda", "ropa"), _nothing, stop]
    with pytest.raises(Stopped):
        publish(minimal, "build", "--watch")
    text = next((minimal / "output/current/es").iterdir()).name
    assert text.startswith("visit.es")
    assert len(list((minimal / "output/generations").iterdir())) == 2


@pytest.mark.parametrize("other", [("--verify",), ("--release",), ("--format", "json")])
def test_alone(other: tuple[str, ...], minimal: Path, publish: Publish) -> None:
    """--watch goes on for ever, so it is refused with what has an end."""
    result = publish(minimal, "build", "--watch", *other)
    assert result.exit_code == 2
    assert "--watch makes proofs and goes on" in result.output
