"""What the Tab key completes, and the manual page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import Result

from pressroom.cli.command import COMPLETE
from pressroom.cli.main import main
from pressroom.cli.man_page import man_page

ROOT = Path(__file__).parents[2]
Publish = Callable[..., Result]


def completed(*words: str) -> list[str]:
    """What a shell offers for the last of these words."""
    *before, incomplete = words
    items = ShellComplete(main, {}, "pressroom", COMPLETE).get_completions(before, incomplete)
    return [item.value for item in items if item.type == "plain"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["bu"], ["build"]),
        (["build", "vi"], ["visit"]),
        (["build", "--locale", ""], ["en", "es"]),
        (["build", "--clinic", "lark"], ["larkspur-clinic"]),
        (["build", "--product", ""], ["all", "gray", "press", "slip"]),
        (["build", "--form"], ["--format"]),
        (["build", "--format", "j"], ["json"]),
        (["check", "--format", "text", "v"], ["visit"]),
        (["handoff", "export", "--locale", "e"], ["en", "es"]),
        (["people", "v"], ["void"]),
        (["new", "zh-"], ["zh-Hans", "zh-Hant"]),
        (["waive", "--code", "number-c"], ["number-changed"]),
    ],
    ids=" ".join,
)
def test_names(words: list[str], offered: list[str], minimal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands, options, words of a choice and the project's own names are offered."""
    monkeypatch.chdir(minimal)
    assert completed(*words) == offered


def test_names_of_another_project(minimal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--project says whose names they are; where there is no project, or a broken one, there are none."""
    monkeypatch.chdir(tmp_path)
    assert completed("--project", str(minimal), "build", "") == ["visit"]
    assert completed("build", "--project", str(minimal), "") == ["visit"]
    (minimal / "source" / "clinics.toml").write_text("[", encoding="utf-8")
    assert completed("--project", str(minimal), "build", "--clinic", "") == []
    (minimal / "pyproject.toml").write_text("[", encoding="utf-8")
    assert completed("--project", str(minimal), "build", "") == []


def test_a_completion_is_quick(minimal: Path) -> None:
    """No library that reads documents, sets pages or knows languages is imported for it."""
    heavy = {
        "babel",
        "polib",
        "weasyprint",
        "markdown_it",
        "jinja2",
        "pikepdf",
        "fontTools",
        "cryptography",
        "rapidfuzz",
    }
    ask = f"import sys; from pressroom.cli import run\ntry: run()\nfinally: print([*{heavy!r} & sys.modules.keys()])"
    words = {"COMP_WORDS": "pressroom build v", "COMP_CWORD": "2", COMPLETE: "bash_complete", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", ask], cwd=minimal, env=os.environ | words, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["plain,visit", "[]"]


def test_a_help_is_quick() -> None:
    """The help of a command imports neither what reads a project nor anything heavier."""
    ask = "import sys; from pressroom.cli import run\ntry: run()\nfinally: print([*sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", ask, "build", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    ours = {name for name in re.findall(r"'([\w.]+)'", run.stdout) if name.startswith("pressroom.")}
    rooms = {name.split(".")[1] for name in ours}
    assert rooms <= {"cli", "counted", "diagnostics", "data_files", "nearest"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_reads(shell: str, publish: Publish, tmp_path: Path) -> None:
    """It completes both `pressroom` and `./press`."""
    script = publish(tmp_path, "completion", shell).stdout
    assert "pressroom" in script
    assert "_press_completion" in script
    assert script.count(COMPLETE) >= 2
    if shutil.which(shell) is not None:
        done = subprocess.run([shell, "-n", "/dev/stdin"], input=script, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_bash_completes(minimal: Path, publish: Publish) -> None:
    """A bash that has read the script offers the documents of the folder it is in."""
    program = minimal / "press"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} {ROOT}/publish.py "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = publish(minimal, "completion", "bash").stdout
    typed = 'COMP_WORDS=(./press build vi); COMP_CWORD=2; _press_completion ./press; echo "${COMPREPLY[@]}"'
    run = subprocess.run(["bash", "-c", f"{script}\n{typed}"], cwd=minimal, capture_output=True, text=True, check=True)
    assert run.stdout == "visit\n"


def test_a_shell_that_is_not_known(publish: Publish, tmp_path: Path) -> None:
    """The nearest one is named."""
    result = publish(tmp_path, "completion", "bsh")
    assert (result.exit_code, "Did you mean 'bash'?" in result.stderr) == (2, True)


def test_the_manual_page_is_well_formed() -> None:
    """Every command has a part, no line begins by accident with a request, and groff finds nothing wrong."""
    page = man_page(main)
    assert page == (ROOT / "docs" / "man" / "pressroom.1").read_text(encoding="utf-8")
    requests = {line.split()[0] for line in page.splitlines() if line.startswith(".")}
    assert requests == {".TH", ".SH", ".SS", ".B", ".TP", ".PP", ".RS", ".RE", ".nf", ".fi"}
    assert not [line for line in page.splitlines() if line.startswith("'")]
    assert ".SS people add\n" in page
    if shutil.which("groff") is not None:
        done = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-z"], input=page, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
