"""What a command prints for people and for programs: how much of it, in which colours, and what comes last."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.cli import shown
from pressroom.cli.shown import ShownToday
from pressroom.diagnostics import Span, diagnostic, documented_codes

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 30)
Publish = Callable[..., Result]

NO_PHONE = diagnostic("clinic-phone", Span("source/clinics.toml", 3), "larkspur has no phone number")
TOO_LONG = diagnostic("too-long", Span("locales/es/LC_MESSAGES/visit.po", 9), "this text is too long")
LOST = diagnostic("placeholder-undefined", Span("source/visit.md", 9), "nothing fills {x}")


@pytest.fixture
def no_phone(minimal: Path) -> Path:
    """A project whose clinic has no telephone number, a warning that every run finds."""
    path = minimal / "source" / "clinics.toml"
    text = re.sub(r'^phone = ".*"', 'phone = ""', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    return minimal


# ---- JSON ----

READING = ["check", "status", "locales", "products", "fonts", "editions", "update", "extract"]


@pytest.mark.parametrize("command", READING)
def test_json_is_one_object(command: str, minimal: Path, publish: Publish) -> None:
    """With --format json, standard output is one object of findings and data, and standard error is empty."""
    result = publish(minimal, command, "--format", "json")
    said = json.loads(result.stdout)
    assert said.keys() == {"findings", "data"}
    assert all(
        finding.keys() >= {"path", "line", "severity", "code", "message", "hint"} for finding in said["findings"]
    )
    assert said["data"]
    assert result.stderr == ""


def test_json_of_a_build_names_each_file(minimal: Path, publish: Publish) -> None:
    """The pieces of a build have their state and a path that exists; those made now are marked, once."""
    first = json.loads(publish(minimal, "build", "--format", "json").stdout)["data"]
    assert {(piece["document"], piece["locale"]) for piece in first["pieces"]} == {("visit", "en"), ("visit", "es")}
    for piece in first["pieces"]:
        assert Path(piece["path"]).is_file()
        assert (piece["pages"] > 0, len(piece["sha256"]), piece["made now"]) == (True, 64, True)
    again = json.loads(publish(minimal, "build", "--format", "json").stdout)["data"]
    assert [piece["made now"] for piece in again["pieces"]] == [False, False]
    assert Path(again["edition"]).is_dir()


def test_json_of_a_pdf_has_its_facts(minimal: Path, publish: Publish) -> None:
    """`preflight` gives the pages, the size, the language and the fonts of a file as numbers and words."""
    assert publish(minimal, "build", "--locale", "es").exit_code == 0
    (path,) = (minimal / "output" / "current").rglob("*.es.*.pdf")
    (file,) = json.loads(publish(minimal, "preflight", str(path), "--format", "json").stdout)["data"]["files"]
    assert (file["path"], file["language"], file["read"], file["errors"]) == (str(path), "es", True, 0)
    assert file["pages"] > 0
    assert file["fonts"]
    assert file["smallest type in pt"] >= 5


def test_the_documented_names_are_those_that_are_printed(minimal: Path, publish: Publish) -> None:
    """docs/reference/output.md lists every name of `data`."""
    text = (ROOT / "docs" / "reference" / "output.md").read_text(encoding="utf-8")
    for command in [*READING, "build"]:
        row = next(line for line in text.splitlines() if line.startswith("|") and f"`{command}`" in line.split("|")[1])
        data = json.loads(publish(minimal, command, "--format", "json").stdout)["data"]
        assert [name for name in data if f"`{name}`" not in row] == [], command


def test_used_wrongly_as_json(minimal: Path, publish: Publish) -> None:
    """A command used wrongly prints no JSON that a program could take for a result."""
    result = publish(minimal, "check", "vist", "--format", "json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean visit?" in result.stderr


# ---- How much ----


def test_a_warning_of_every_day_is_shown_once(no_phone: Path, publish: Publish) -> None:
    """The second run of a day counts it, above the last line; --verbose shows it; JSON always has it."""
    first = publish(no_phone, "check")
    assert "warning[clinic-phone]" in first.stderr
    assert "shown earlier" not in first.stderr
    second = publish(no_phone, "check")
    assert "clinic-phone" not in second.stderr
    assert re.search(r"(1 warning was|\d warnings were) shown earlier today; --verbose shows (it|them)", second.stderr)
    assert second.output.splitlines()[-2].endswith(("shows it", "shows them"))
    assert "warning[clinic-phone]" in publish(no_phone, "check", "--verbose").stderr
    assert "warning[clinic-phone]" in publish(no_phone, "--verbose", "check").stderr
    codes = [d["code"] for d in json.loads(publish(no_phone, "check", "--format", "json").stdout)["findings"]]
    assert "clinic-phone" in codes
    assert "clinic-phone" in publish(no_phone, "check", "--format", "github").stdout


def test_only_warnings_of_every_day_wait_for_the_next_day(tmp_path: Path) -> None:
    """Another warning, an error and another line are shown; on the next day all are."""
    today = ShownToday(tmp_path, DAY)
    assert today.new_of([NO_PHONE, TOO_LONG, LOST]) == [NO_PHONE, TOO_LONG, LOST]
    moved = diagnostic("clinic-phone", Span("source/clinics.toml", 4), NO_PHONE.message)
    assert today.new_of([NO_PHONE, TOO_LONG, LOST, moved]) == [TOO_LONG, LOST, moved]
    assert ShownToday(tmp_path, date(2026, 12, 1)).new_of([NO_PHONE]) == [NO_PHONE]


def test_nothing_that_bars_can_wait() -> None:
    """No code that bars a proof or a release, and none of an error, is one that repeats."""
    repeated = {name for name, code in documented_codes().items() if code.repeats}
    assert {"clinic-phone", "address-missing"} <= repeated
    assert not [
        name for name in repeated if documented_codes()[name].bars or documented_codes()[name].severity == "error"
    ]


@pytest.mark.parametrize("content", ["[", "{}", '{"day": "2026-11-30"}', '{"day": "2026-11-30", "marks": 3}', "[1]"])
def test_broken_notes_show_every_warning(content: str, tmp_path: Path) -> None:
    """Notes that can't be read are as good as none."""
    (tmp_path / ".cache" / "pressroom").mkdir(parents=True)
    (tmp_path / shown._FILE).write_text(content, encoding="utf-8")
    assert ShownToday(tmp_path, DAY).new_of([NO_PHONE]) == [NO_PHONE]


def test_notes_that_can_not_be_written(tmp_path: Path) -> None:
    """Where the cache can't be written, or is a link out of the project, each run shows the warning."""
    (tmp_path / ".cache").write_text("", encoding="utf-8")
    assert [ShownToday(tmp_path, DAY).new_of([NO_PHONE]) for _ in range(2)] == [[NO_PHONE]] * 2
    elsewhere, project = tmp_path / "elsewhere", tmp_path / "project"
    elsewhere.mkdir()
    project.mkdir()
    (project / ".cache").symlink_to(elsewhere)
    assert ShownToday(project, DAY).new_of([NO_PHONE]) == [NO_PHONE]
    assert not [*elsewhere.iterdir()]


@pytest.mark.parametrize("before", [True, False])
def test_quiet(before: bool, no_phone: Path, publish: Publish) -> None:
    """With --quiet, before or after the command, there are errors and what was asked for, and nothing else."""
    words = ["--quiet", "check"] if before else ["check", "-q"]
    assert publish(no_phone, *words).output == ""
    table = (
        publish(no_phone, *words[:-1], *(["status"] if before else ["-q"]))
        if before
        else publish(no_phone, "status", "-q")
    )
    assert table.stdout.startswith("document")
    assert "next" not in table.stdout
    source = no_phone / "source" / "visit.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nCall {phon}.\n", encoding="utf-8")
    failed = publish(no_phone, *words)
    assert failed.exit_code == 1
    assert "error[placeholder-undefined]" in failed.stderr
    assert "warning" not in failed.stderr
    assert "did you mean {phone}?" in failed.stderr


def test_the_project_is_accepted_after_the_command(minimal: Path, tmp_path: Path, publish: Publish) -> None:
    """--project may be written after the name of the command, and counts before one written earlier."""
    assert publish(tmp_path, "products", "--project", str(minimal)).exit_code == 0


# ---- The last line ----


def test_the_last_line_says_what_to_do(minimal: Path, publish: Publish) -> None:
    """Each command ends with a file to open, a next command, or the first thing to fix."""
    last = {name: publish(minimal, name).stdout.splitlines()[-1] for name in ("check", "update", "status", "locales")}
    assert last["check"].startswith(("nothing to fix; next: pressroom build", "first to fix: "))
    assert last["update"] == "next: pressroom status shows what is left to translate"
    assert last["status"] == "everything is translated; next: pressroom build"
    assert last["locales"] == "next: pressroom new TAG begins a language"
    built = publish(minimal, "build").stdout.splitlines()[-1]
    assert built.startswith("open ")
    assert Path(built.removeprefix("open ")).is_file()
    one = publish(minimal, "build", "--locale", "es").stdout.splitlines()[-1]
    assert one.endswith(".pdf")
    assert Path(one.removeprefix("open ")).is_file()


def test_the_last_line_names_the_first_error(
    minimal: Path, publish: Publish, edit: Callable[[Path, str, str], None]
) -> None:
    """An error comes before a warning, wherever it is; a catalog with open messages is named by `update`."""
    catalog = minimal / "locales" / "es" / "LC_MESSAGES" / "visit.po"
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(re.sub(r'(msgid "Bring [^\n]*\n)msgstr "[^\n]*"', r'\1msgstr ""', text), encoding="utf-8")
    assert (
        publish(minimal, "update")
        .stdout.splitlines()[-1]
        .startswith("translate next: locales/es/LC_MESSAGES/visit.po (")
    )
    source = minimal / "source" / "visit.md"
    source.write_text(source.read_text(encoding="utf-8") + "\nCall {phon}.\n", encoding="utf-8")
    last = publish(minimal, "check").stdout.splitlines()[-1]
    assert last.startswith("first to fix: source/visit.md:")
    assert "{phon}" in last


# ---- A terminal ----


def on_terminal(project: Path, *words: str, **environment: str) -> str:
    """What a terminal of 60 columns receives from a command, on both outputs."""
    ours, theirs = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM", "COLUMNS"}}
    command = [sys.executable, "-m", "pressroom", "--project", str(project), *words]
    run = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, close_fds=True,
        env=plain | {"TERM": "xterm", "COLUMNS": "60"} | environment,
    )  # fmt: skip
    os.close(theirs)
    received = b""
    while True:
        try:
            block = os.read(ours, 4096)
        except OSError:
            break
        if not block:
            break
        received += block
    run.wait()
    os.close(ours)
    return received.decode()


def test_colours_are_for_terminals(no_phone: Path, publish: Publish) -> None:
    """A terminal shows the severity in colour; NO_COLOR, TERM=dumb, --no-color and a pipe show plain text."""
    assert "\x1b[33mwarning[clinic-phone]\x1b[0m" in on_terminal(no_phone, "check", "-v")
    for words, environment in (
        (["check", "-v"], {"NO_COLOR": "1"}),
        (["check", "-v"], {"TERM": "dumb"}),
        (["check", "-v", "--no-color"], {}),
        (["--no-color", "check", "-v"], {}),
    ):
        plain = on_terminal(no_phone, *words, **environment)
        assert "warning[clinic-phone]" in plain
        assert "\x1b[" not in plain
    assert "\x1b[33m" in on_terminal(no_phone, "check", "-v", NO_COLOR="")
    assert "\x1b" not in publish(no_phone, "check", "-v").output
