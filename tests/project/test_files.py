from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.project import Files, Read


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Three small files in two folders."""
    for name in ("a/one.txt", "a/two.txt", "b/three.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    return Files(tmp_path)


def test_a_value_is_made_once(files: Files) -> None:
    """A value is made again only after one of its files changed, also if it was made from another value."""
    made: list[str] = []

    def inner() -> str:
        made.append("inner")
        return files.text("a/one.txt").value or ""

    def outer() -> str:
        made.append("outer")
        return files.once("inner", inner) + (files.text("b/three.txt").value or "")

    assert files.once("outer", outer) == files.once("outer", outer) == "a/one.txtb/three.txt"
    assert made == ["outer", "inner"]
    files.changed(["a/two.txt"])
    files.once("outer", outer)
    assert made == ["outer", "inner"]
    (files.root / "a" / "one.txt").write_text("new", encoding="utf-8")
    files.changed([files.root / "a" / "one.txt"])
    assert files.once("outer", outer) == "newb/three.txt"
    assert made == ["outer", "inner", "outer", "inner"]
    files.changed(["b"])
    files.once("outer", outer)
    assert made[4:] == ["outer"]


def test_a_listing_changes_with_its_folder(files: Files) -> None:
    """A new file is in the listings of the folders above it, after it was named as changed."""
    assert [path.name for path in files.listing("a")] == ["one.txt", "two.txt"]
    (files.root / "a" / "new").mkdir()
    (files.root / "a" / "new" / "four.txt").touch()
    assert len(files.listing("a", "**/*.txt")) == 3
    (files.root / "a" / "five.txt").touch()
    assert len(files.listing("a", "**/*.txt")) == 3
    files.changed(["a/five.txt"])
    assert len(files.listing("a", "**/*.txt")) == 4
    assert files.listing("nowhere") == ()


@pytest.mark.parametrize("pattern", ["*.txt", "*/*.txt", "**/*.txt", "inner/*.txt"])
@pytest.mark.parametrize("where", ["a", "a/inner"])
@pytest.mark.parametrize("what", ["link", "dangling link", "file"])
def test_a_folder_that_cannot_be_searched(files: Files, where: str, what: str, pattern: str) -> None:
    """It is in the listing itself, where the pattern leads into it, so that reading it gives the reason."""
    folder = files.root / where
    if where == "a":
        folder.rename(files.root / "moved")
    if what == "file":
        folder.write_text("not a folder")
    else:
        folder.symlink_to(files.root / ("b" if what == "link" else "nowhere"))
    leads = where == "a" or pattern in ("**/*.txt", "inner/*.txt") or (pattern == "*/*.txt" and what != "file")
    # A file beside documents or records is nobody's folder.
    leads &= (where, what, pattern) != ("a/inner", "file", "**/*.txt")
    assert (folder in files.listing("a", pattern)) == leads
    assert what == "file" or not leads or files.data(folder).findings


def test_a_folder_that_may_not_be_read(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is in the listing itself."""

    def refuse(path: Path) -> None:
        raise PermissionError(path)

    (files.root / "a" / "inner").mkdir()
    monkeypatch.setattr(Path, "is_symlink", refuse)
    assert files.root / "a" / "inner" in files.listing("a", "**/*.md")
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert files.listing("b", "*.txt") == (files.root / "b",)


def test_what_failed_is_tried_again(files: Files) -> None:
    """A value that could not be made is not kept."""
    answers = iter([ValueError("no"), "yes"])

    def make() -> str:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    with pytest.raises(ValueError, match="no"):
        files.once("key", make)
    assert files.once("key", make) == "yes"


def test_an_absent_file(files: Files) -> None:
    """An absent file is a finding where it must be there, and is known to be there after it was written."""
    assert files.data("a/six.txt", optional=True) == Read(None)
    assert "no such file" in files.data("a/six.txt").findings[0].message
    assert files.hash_of("a/six.txt") == "absent"
    (files.root / "a" / "six.txt").touch()
    files.changed(["a/six.txt"])
    assert files.data("a/six.txt") == Read(b"")
    assert files.hash_of("a/six.txt").startswith("e3b0c442")


def test_a_file_with_new_bytes_leaves_a_listing_alone(tmp_path):
    """Values that only list a folder stay when a file in it is edited or replaced, and not when one is new or gone."""
    (tmp_path / "in").mkdir()
    for name in ("in/a.md", "in/b.md"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    files = Files(tmp_path)
    counted: list[int] = []

    def count() -> int:
        return files.once("count", lambda: counted.append(1) or len(files.listing("in", "*.md")))

    assert count() == 2
    (tmp_path / "in/a.md").write_text("other", encoding="utf-8")
    files.changed(["in/a.md"])
    assert (count(), len(counted)) == (2, 1)
    (tmp_path / "in/c.md").write_text("new", encoding="utf-8")
    files.changed(["in/c.md"])
    assert (count(), len(counted)) == (3, 2)
    (tmp_path / "in/b.md").unlink()
    files.changed(["in/b.md"])
    assert (count(), len(counted)) == (2, 3)
