"""What the command line says where a file, a line or a disk is not what it should be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.cli import main

ROOT = Path(__file__).parents[2]


def run(root: Path, *words: str) -> tuple[int, str]:
    """A command's exit code and everything it says."""
    done = CliRunner().invoke(main, ["--project", str(root), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has this device")
def test_a_full_disk_under_the_output(minimal: Path) -> None:
    """Where nothing can be printed, standard output is named, without a traceback."""
    command = [sys.executable, str(ROOT / "publish.py"), "check"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=minimal, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("(standard output): error[output-unwritable]: it can't be written: no space left")


@pytest.mark.parametrize("line", ["x · y" * 20_000, "a" * 300, "CRD-001 · es · review by 2027/11", "a\x00b", "\n\n"])
def test_any_pasted_text(minimal: Path, line: str) -> None:
    """`verify` takes what no file can be called as a line from paper, and prints no more of it than a line has."""
    code, said = run(minimal, "verify", line)
    assert code == 1
    assert "it needs the eight letters and digits" in said
    assert max(map(len, said.splitlines())) < 500


def test_a_locale_in_a_list_of_several_lines(minimal: Path, edit) -> None:
    """A tag that means no language is reported at its own line."""
    edit(minimal / "pyproject.toml", 'locales = ["es"]', 'locales = [\n  "es",\n  "xx-none",\n]')
    _, said = run(minimal, "check")
    number = (minimal / "pyproject.toml").read_text().splitlines().index('  "xx-none",') + 1
    assert f"pyproject.toml:{number}: error[locale-unknown]" in said


@pytest.mark.parametrize("what", ["pipe", "zero", "itself", "folder"])
def test_what_is_no_picture_file(minimal: Path, what: str) -> None:
    """A pipe, a link to a device or to itself, and a folder in place of a picture are refused and not read."""
    picture, source = minimal / "source" / "x.png", minimal / "source" / "visit.md"
    source.write_text(f"{source.read_text()}\n![A door](x.png)\n")
    match what:
        case "pipe":
            os.mkfifo(picture)
        case "zero":
            picture.symlink_to("/dev/zero")
        case "itself":
            picture.symlink_to("x.png")
        case "folder":
            picture.mkdir()
    line = len(source.read_text().splitlines())
    for command in ("check", "build"):
        code, said = run(minimal, command, "--locale", "en")
        assert code == 1
        assert f"source/visit.md:{line}: error[image-missing]" in said


def test_a_folder_that_leads_out_is_not_written_to(minimal: Path, tmp_path: Path) -> None:
    """An update neither reads nor writes catalogs through a link to a folder."""
    outside, catalogs = tmp_path / "outside", minimal / "locales" / "es"
    catalogs.rename(outside)
    catalogs.symlink_to(outside)
    before = {path: path.read_bytes() for path in outside.rglob("*.po")}
    source = minimal / "source" / "visit.md"
    source.write_text(f"{source.read_text()}\nA new sentence.\n")
    code, said = run(minimal, "update")
    assert code == 1
    assert "es is a link, and links are not followed" in said
    assert {path: path.read_bytes() for path in outside.rglob("*.po")} == before
