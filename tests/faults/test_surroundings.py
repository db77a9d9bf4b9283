"""What surrounds a command: limits, streams, variables, other commands, the clock."""

from __future__ import annotations

from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.cli import clock, main
from tests.faults.conftest import texts

BUILD = "$RUN build signs --locale en --jobs 1"


@pytest.mark.parametrize("command", ["status", "check --format json", "--help", "locales", "build --help"])
def test_standard_output_that_is_full(bench, shell, command: str) -> None:
    """What can't be printed is one finding with what to do, whatever was asked for."""
    assert shell(bench.root, f"$RUN {command} >/dev/full").refused() == ["(standard output)"]


@pytest.mark.parametrize("command", ["status", "check --format json", "--help"])
def test_a_reader_that_has_gone(bench, shell, command: str) -> None:
    """A pipe that nobody reads ends the command quietly."""
    done = shell(bench.root, f"{{ $RUN {command}; echo code $? >&2; }} | true")
    assert done.said.strip() in ("code 0", "code 1")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed(bench, shell, closed: str) -> None:
    """With its standard streams closed a command prints into no file of the project."""
    before = texts(bench.root)
    done = shell(bench.root, f"$RUN status {closed}; code=$?; $RUN update {closed}; exit $code")
    assert done.code == 0
    after = texts(bench.root)
    assert {name for name in before if before[name] != after[name]} == {
        "locales/signs.pot", "locales/es/LC_MESSAGES/signs.po",
    }  # fmt: skip
    assert b"take 2 steps back now" in after["locales/signs.pot"]


def test_no_home_and_odd_variables(bench, shell) -> None:
    """Neither a home, nor a known locale, nor a place for temporary files is needed; output is never ASCII alone."""
    plain = {"HOME": "", "LC_ALL": "xx_YY.nonsense", "LANG": "tlh", "TMPDIR": "/nowhere", "TERM": "dumb"}
    assert shell(bench.root, "unset HOME; $RUN check", **plain).code == 0
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = shell(bench.root, "$RUN status", **ascii_only)
    assert (done.code, "Traceback" in done.said) == (0, False)


@pytest.mark.parametrize(
    ("limit", "code", "said"),
    [
        ("-f 1", 1, "file too large"),
        ("-v 100000", 69, "too little memory"),
        ("-n 12", 0, ""),
        ("-s 256", 0, ""),
    ],
)
def test_limits(bench, shell, limit: str, code: int, said: str) -> None:
    """A limit of the system that is too low is said; nothing is half written."""
    before = texts(bench.root)
    done = shell(bench.root, f"ulimit {limit}; $RUN update")
    assert (done.code, "Traceback" in done.said) == (code, False), done.said
    assert said in done.said.lower()
    after = texts(bench.root)
    assert code != 1 or after == before
    assert not [name for name in after if Path(name).name.startswith(".part-")]


def test_a_limit_of_time(bench, shell, tmp_path: Path) -> None:
    """A worker that the system ends is a fault of the machine, said of its piece; the earlier proof stays."""
    # How long a piece takes depends on the machine, so these workers never get to one.
    busy = 'import sys\nwhile "pressroom.executor.worker" in sys.orig_argv: pass\n'
    (tmp_path / "sitecustomize.py").write_text(busy)
    done = shell(bench.root, f"ulimit -t 4; {BUILD}", PYTHONPATH=str(tmp_path))
    assert done.refused("machine-failed") == ["source/signs.md:1"]
    assert list((bench.output / "current" / "en").glob("*.pdf"))


def test_two_builds_at_once(bench, shell) -> None:
    """The second says that another one holds the output, and ends with 75."""
    lines = f"exec 9<output/.lock; flock 9; {BUILD}"
    done = shell(bench.root, lines)
    assert (done.code, "error[output-busy]" in done.said) == (75, True), done.said


@pytest.mark.parametrize("year", [1970, 2008, 2038, 2126, 9999])
def test_a_wrong_clock(bench, monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    """With a clock far behind or ahead no command fails, no paper is called current, and one behind is said."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime(year, 2, 28, 12, 0, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Clock)
    paper = next((bench.output / "released" / "es").glob("*.pdf"))
    for command in (["status"], ["check"], ["update"], ["verify", str(paper)]):
        done = CliRunner().invoke(main, ["--project", str(bench.root), *command])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "current" not in done.output.split()
    assert ("error[clock]" in done.output) is (year < 2026), done.output
