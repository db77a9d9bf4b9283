from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pressroom.project.atomic import sweep, write_atomic, write_if_changed


def test_a_write_that_fails_leaves_the_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step can't be taken, as on a full disk, the old bytes stand and the new copy is gone."""
    path = tmp_path / "card.po"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", _full)
    with pytest.raises(OSError, match="No space"):
        write_if_changed(path, b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"card.po": b"old"}


def test_what_a_killed_update_left_is_swept(tmp_path: Path) -> None:
    """Temporary files go; files with similar names stay."""
    kept = ["card.po", ".gitignore", "card.part-1", ".parted"]
    for name in (*kept, ".part-a_b1c2d3", ".part-00000000"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(kept)
    sweep(tmp_path / "nowhere")


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_that_holds_the_bytes_is_left_alone(tmp_path: Path) -> None:
    """Writing what is there changes nothing; a link with the same content is replaced by a file."""
    path = tmp_path / "locales" / "card.po"
    assert write_if_changed(path, b"words")
    before = path.stat()
    assert not write_if_changed(path, b"words")
    assert path.stat().st_ino == before.st_ino
    link = path.with_name("link.po")
    link.symlink_to(path)
    assert write_if_changed(link, b"words")
    assert not link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_full_disk_is_reported_as_that_of_the_file(tmp_path: Path, monkeypatch) -> None:
    """The error of a full disk, which names no file, names the one that was to be written; nothing is left over."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as refused:
        write_atomic(tmp_path / "review" / "a.html", b"words")
    assert refused.value.filename == str(tmp_path / "review" / "a.html")
    assert list((tmp_path / "review").iterdir()) == []


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    """A temporary file of hours ago goes with the next write in its folder; one of now may be another writer's."""
    old, new = tmp_path / ".part-old", tmp_path / ".part-new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    write_atomic(tmp_path / "a.html", b"words")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".part-new", "a.html"]
