from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.project.kept import FOLDER, Kept


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a project."""
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def _files(root: Path) -> list[Path]:
    return sorted(path for path in (root / FOLDER).rglob("*") if path.is_file())


def test_kept(root: Path) -> None:
    """What one command keeps, the next one finds under its name, and nothing under another."""
    Kept.of(root).put("base", b"drawn once")
    assert (Kept.of(root).get("base"), Kept.of(root).get("imprint")) == (b"drawn once", None)


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:-1] + b"?", lambda data: b"", lambda d: d[3:]]
)
def test_damaged(spoil: Callable[[bytes], bytes], root: Path) -> None:
    """A value of which a byte differs does not count, and is written again."""
    kept = Kept.of(root)
    kept.put("base", b"drawn once")
    (path,) = _files(root)
    path.write_bytes(spoil(path.read_bytes()))
    assert kept.get("base") is None
    kept.put("base", b"drawn again")
    assert kept.get("base") == b"drawn again"


def test_another_name(root: Path) -> None:
    """A value that is moved to another name does not count there."""
    kept = Kept.of(root)
    kept.put("one", b"1")
    kept.put("two", b"2")
    first, second = _files(root)
    first.write_bytes(second.read_bytes())
    assert sorted([kept.get("one") or b"", kept.get("two") or b""])[0] == b""


def test_another_user(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that came with a project does not count: another user's key made its MACs."""
    Kept.of(root).put("base", b"drawn elsewhere")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "somebody-else"))
    assert Kept.of(root).get("base") is None


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_key_that_others_read(mode: int, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a key that others can read, or write, nothing is kept and nothing counts."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Kept.of(root).put("base", b"drawn once")
    (tmp_path / "state/pressroom/cache-key").chmod(mode)
    assert Kept.of(root).get("base") is None
    Kept.of(root).put("other", b"2")
    assert len(_files(root)) == 1


def test_no_key_in_the_project(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that is the user's own folder keeps nothing: its key would be brought with it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(root / ".state"))
    Kept.of(root).put("base", b"drawn once")
    assert (Kept.of(root).get("base"), (root / ".state").exists(), _files(root)) == (None, False, [])


def test_the_key_is_private(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its user can read the key, and it is made once."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    keys = {Kept.of(root).key for _ in range(2)}
    assert (len(keys), len(*keys)) == (1, 32)
    assert (tmp_path / "state/pressroom/cache-key").stat().st_mode & 0o777 == 0o600


def test_links(root: Path, tmp_path: Path) -> None:
    """No link in the cache is followed: nothing outside the project is read, written or deleted."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter").write_bytes(b"x" * 100)
    (root / FOLDER).mkdir(parents=True)
    (root / FOLDER / "ab").symlink_to(outside)
    (root / FOLDER / "cd").mkdir()
    (root / FOLDER / "cd" / "link").symlink_to(outside / "letter")
    assert Kept.of(root).prune(0) == 0
    assert (outside / "letter").read_bytes() == b"x" * 100
    (root / ".cache").rename(root / "other")
    (root / ".cache").symlink_to(outside)
    Kept.of(root).put("base", b"drawn once")
    assert (Kept.of(root).get("base"), [path.name for path in outside.iterdir()]) == (None, ["letter"])


def test_pruned(root: Path) -> None:
    """What was not used for longest is deleted first, until the rest is as small as is asked."""
    kept = Kept.of(root)
    for number in range(4):
        kept.put(f"value {number}", bytes(1000))
        newest = _files(root)
        for path in newest:
            os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 10**9))
    assert kept.get("value 0") == bytes(1000)
    assert kept.prune(2200) == 2064
    assert [kept.get(f"value {number}") is not None for number in range(4)] == [True, False, False, True]


def test_nothing_can_be_kept(root: Path) -> None:
    """A folder that can't be written costs time and nothing else."""
    (root / ".cache").write_text("a file in its place", encoding="utf-8")
    Kept.of(root).put("base", b"drawn once")
    assert Kept.of(root).get("base") is None
    assert Kept.of(root).prune() == 0
