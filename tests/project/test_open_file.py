from __future__ import annotations

import os
from pathlib import Path

import pytest

from pressroom.diagnostics import Span
from pressroom.project import read_bytes, read_text, read_toml


def test_text(tmp_path: Path) -> None:
    """Text from Windows is read: its byte-order mark is passed over and its lines end as all others."""
    path = tmp_path / "a.md"
    path.write_bytes("\ufeffone\r\ntwo\rthree\n".encode())
    assert read_text(path, "a.md") == ("one\ntwo\nthree\n", [])


def test_not_utf8(tmp_path: Path) -> None:
    """A byte that is not UTF-8 is named, with its line."""
    path = tmp_path / "a.md"
    path.write_bytes(b"one\ntwo\nna\xefve\n")
    text, (problem,) = read_text(path, "source/a.md")
    assert text is None
    assert problem.span == Span("source/a.md", 3)
    assert "0xef" in problem.message


def _link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "not a file"),
        (os.mkfifo, "not a file"),
        (_link, "a link"),
        (lambda path: path.symlink_to(path.parent / "nowhere"), "a link"),
        (lambda path: None, "no such file"),
        (lambda path: path.write_bytes(b"a" * 4_000_001), "4,000,001 bytes"),
    ],
    ids=["folder", "pipe", "link", "dangling link", "missing", "too large"],
)
def test_only_files(make: object, said: str, tmp_path: Path) -> None:
    """What is no regular file of a sensible size is refused, and nothing waits for a pipe."""
    path = tmp_path / "a.md"
    make(path)
    data, (problem,) = read_bytes(path, "a.md")
    assert data is None
    assert said in problem.message
    assert problem.hint


def test_toml() -> None:
    """What is wrong with a TOML file is told with its line, at the end of the file too."""
    assert read_toml("a = 1\n") == ({"a": 1}, "", 0)
    assert read_toml("a = 1\nb = = 2\n")[1:] == ("this is not TOML: Invalid value", 2)
    assert read_toml("a = 1\n[b")[2] == 2
    assert read_toml("a = " + "[" * 5000)[0] is None
