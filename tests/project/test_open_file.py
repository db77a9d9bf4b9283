from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pressroom.diagnostics import Span
from pressroom.project import file_bytes, file_text, toml_table
from pressroom.project.open_file import named_bytes


def test_text(tmp_path: Path) -> None:
    """Text from Windows is read: its byte-order mark is passed over and its lines end as all others."""
    path = tmp_path / "a.md"
    path.write_bytes("\ufeffone\r\ntwo\rthree\n".encode())
    assert file_text(tmp_path, path) == ("one\ntwo\nthree\n", ())


def test_not_utf8(tmp_path: Path) -> None:
    """A byte that is not UTF-8 is named, with its line."""
    path = tmp_path / "source" / "a.md"
    path.parent.mkdir()
    path.write_bytes(b"one\ntwo\nna\xefve\n")
    text, (problem,) = file_text(tmp_path, path)
    assert text is None
    assert problem.span == Span("source/a.md", 3)
    assert "0xef" in problem.message


def _link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (Path.mkdir, "not a file"),
        (os.mkfifo, "not a file"),
        (_socket, "not a file"),
        (_link, "a link"),
        (lambda path: path.symlink_to(path.parent / "nowhere"), "a link"),
        (lambda path: None, "no such file"),
        (lambda path: path.write_bytes(b"a" * 4_000_001), "larger than 4,000,000 bytes"),
    ],
    ids=["folder", "pipe", "socket", "link", "dangling link", "missing", "too large"],
)
def test_only_files(make: object, message: str, tmp_path: Path) -> None:
    """What is no regular file of a sensible size is refused, and nothing waits for a pipe."""
    path = tmp_path / "a.md"
    make(path)
    data, (problem,) = file_bytes(tmp_path, path)
    assert data is None
    assert message in problem.message
    assert problem.hint


def test_toml() -> None:
    """A fault of a TOML file is reported at its line, at the end of the file too."""
    assert toml_table("a = 1\n") == ({"a": 1}, "", 0)
    assert toml_table("a = 1\nb = = 2\n")[1:] == ("this value is neither a number nor a text in quotation marks", 2)
    assert toml_table("a = 1\n[b")[2] == 2
    assert toml_table("a = " + "[" * 5000)[0] is None


@pytest.mark.parametrize(
    "number",
    ["9" * 5000, "-" + "9" * 5000, "1_" * 2500 + "0", "9223372036854775808", "0x" + "F" * 5000, "0b" + "1" * 64],
)
@pytest.mark.parametrize("written", ["a = {}\n", "a={}", "a = [\n{},\n2]\n", "a = {{ b = 1, c = {} }}\n"])
def test_toml_of_long_numbers(written: str, number: str) -> None:
    """A number that 64 bits can't hold is a fault at its line, also one that Python refuses to read or to write."""
    # Hashes and texts in quotation marks have as many digits.
    head = f'hash = "{"1" * 64}"\ntext = "{"9" * 5000}"\n'
    table, wrong, line = toml_table(head + written.format(number))
    assert table is None
    assert "more digits" in wrong
    assert line == (4 if written.startswith("a = [") else 3)


@pytest.mark.parametrize("number", ["9223372036854775807", "-9223372036854775808", "0x7FFFFFFFFFFFFFFF", "1e400"])
def test_toml_of_numbers_that_fit(number: str) -> None:
    """The largest numbers of 64 bits are read."""
    table, wrong, _ = toml_table(f"a = {number}\n")
    assert table is not None
    assert not wrong


def test_links_above(tmp_path: Path) -> None:
    """A link in any folder below the root is refused by its name; links above the root are the user's own."""
    outside, root = tmp_path / "outside", tmp_path / "project"
    (outside / "inner").mkdir(parents=True)
    (outside / "inner" / "a.md").write_text("secret", encoding="utf-8")
    (root / "source").mkdir(parents=True)
    (root / "source" / "linked").symlink_to(outside)
    data, (problem,) = file_bytes(root, "source/linked/inner/a.md")
    assert (data, problem.span.path) == (None, "source/linked/inner/a.md")
    assert "linked is a link" in problem.message
    (tmp_path / "above").symlink_to(outside)
    assert file_bytes(tmp_path / "above", "inner/a.md") == (b"secret", ())


@pytest.mark.parametrize("path", ["../a.md", "source/../../a.md", "/etc/hostname", "a\0b", "", "..", "a" * 300])
def test_outside(path: str, tmp_path: Path) -> None:
    """A path that leads out of the project, or that no file can have, is refused."""
    data, (problem,) = file_bytes(tmp_path, path)
    assert data is None
    assert problem.code == "file-unreadable"
    assert problem.hint


def test_through_a_file(tmp_path: Path) -> None:
    """A file where a folder must be is named."""
    (tmp_path / "source").touch()
    _, (problem,) = file_bytes(tmp_path, "source/a.md")
    assert "source is not a folder" in problem.message


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses to open is an error, also where it may be absent."""
    (tmp_path / "a.md").touch()
    opened = os.open

    def refuse(path: str, flags: int, **options: int) -> int:
        if path == "a.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, **options)

    monkeypatch.setattr(os, "open", refuse)
    _, (problem,) = file_bytes(tmp_path, "a.md", optional=True)
    assert problem.message == "permission denied"


def test_optional(tmp_path: Path) -> None:
    """An absent file, or one in an absent folder, may be no finding."""
    assert file_text(tmp_path, "source/a.md", optional=True) == (None, ())


def test_a_file_that_the_user_names(tmp_path: Path) -> None:
    """A pipe, a device and a file above the limit are refused before they are read."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "file").write_bytes(b"12345")
    for name, limit in (("pipe", 9), ("zero", 9), ("file", 4), ("nowhere", 9)):
        with pytest.raises(OSError):  # noqa: PT011  whichever error it is
            named_bytes(tmp_path / name, limit)
    assert named_bytes(tmp_path / "file", 5) == b"12345"
