"""How far a long command is, on a terminal and in a log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from pressroom.cli import progress
from pressroom.cli.console import console
from pressroom.cli.output import tell
from pressroom.cli.progress import progress_line


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the test: its last number is the time now, in seconds."""
    times = [100.0]
    for shown in (progress._Log, progress._Terminal):
        for name in ("began", "shown"):
            monkeypatch.setattr(shown.__dataclass_fields__[name], "default_factory", lambda: times[-1])
    monkeypatch.setattr(progress, "seconds", lambda: times[-1])
    return times


def _after(show: progress.Show, clock: list[float], passed: float, done: int, total: int = 420) -> None:
    clock.append(100.0 + passed)
    show(done, total, "services es")


@pytest.fixture
def running() -> click.Context:
    """A command that runs."""
    return click.Context(click.Command("build"), info_name="pressroom")


def test_a_log_gets_a_line_every_few_seconds(
    clock: list[float], running: click.Context, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing in the first seconds; then a plain line with the rate and the time left."""
    with running:
        show = progress._Log("piece", began=100.0, shown=100.0)
        for passed, done in ((1, 3), (4, 12), (5, 15), (6, 18), (10, 30)):
            _after(show, clock, passed, done)
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "15 of 420 pieces, 3.0 a second, about 2 minutes left",
        "30 of 420 pieces, 3.0 a second, about 2 minutes left",
    ]


def test_a_terminal_has_one_line(
    clock: list[float], running: click.Context, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It rewrites itself, is no wider than the terminal, and goes before anything else is printed and at the end."""
    monkeypatch.setenv("COLUMNS", "40")
    with running:
        show = progress._Terminal("piece", began=100.0, shown=100.0)
        _after(show, clock, 0.1, 0)
        assert capsys.readouterr().err == ""
        _after(show, clock, 10, 10)
        line = capsys.readouterr().err
        # Click leaves out what only a terminal understands.
        assert line.startswith("\r  10 of 420 pieces, 1.0 a second, ")
        assert "\n" not in line
        assert len(line.removeprefix("\r")) == 39
        tell("hello")
        said = capsys.readouterr()
        assert (said.err, said.out) == ("\r", "hello\n")
        _after(show, clock, 20, 20)
        _after(show, clock, 21, 420)
        assert capsys.readouterr().err.endswith("\r")
        assert not console().progress


@pytest.mark.parametrize(
    ("passed", "done", "text"),
    [
        (0.5, 1, "1 of 420 pieces"),
        (30, 0, "0 of 420 pieces"),
        (100, 10, "10 of 420 pieces, 6.0 a minute, about 68 minutes left"),
        (100, 400, "400 of 420 pieces, 4.0 a second, about 5 seconds left"),
        (100, 420, "420 of 420 pieces, 4.2 a second"),
        (100, 160, "160 of 420 pieces, 1.6 a second, about 3 minutes left"),
        (100, 262, "262 of 420 pieces, 2.6 a second, about 1 minute left"),
    ],
)
def test_rate_and_time_left(passed: float, done: int, text: str) -> None:
    """Both come from what was done so far, no more exact than they are known."""
    assert progress._line(done, 420, "piece", passed) == text


@pytest.mark.parametrize(("quiet", "form"), [(True, "text"), (False, "json")])
def test_none_for_programs(
    quiet: bool, form: str, running: click.Context, capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    """--quiet and --format json show no progress."""
    with running:
        console().quiet, console().form = quiet, form
        show = progress_line()
        _after(show, clock, 60, 20)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("command", ["check", "build", "lengths"])
def test_long_commands_show_it(
    command: str, minimal: Path, publish: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Build, check and lengths show how far they are: in a log, once the seconds have passed."""
    monkeypatch.setattr(progress, "_LOG", 0.0)
    result = publish(minimal, command)
    assert "of 2 " in result.stderr or "of 1 " in result.stderr
    assert " of " not in publish(minimal, command, "--quiet").stderr
