from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.cli import build_answer
from pressroom.commands.building import settled
from pressroom.project import file_marks
from pressroom.project.file_marks import Watched, mark_of
from pressroom.workspace.workspace import Workspace

Edit = Callable[[Path, str, str], None]
Publish = Callable[..., Result]
SPANISH = "locales/es/LC_MESSAGES/visit.po"
pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture(autouse=True)
def _program_as_it_is() -> None:
    """A command looks at the program's files once. The tests' process is older: the files may have changed since."""
    settled.program_mark.cache_clear()


class _OpenedError(Exception):
    """The project was opened."""


@pytest.fixture
def unopened(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, a command that opens the project fails."""

    def refuse(folder: Path) -> Workspace:
        raise _OpenedError

    return lambda: monkeypatch.setattr(Workspace, "open", refuse)


def test_nothing_is_opened(minimal: Path, publish: Publish, unopened: Callable[[], None]) -> None:
    """After a build, one with nothing to do reads no text, and says what one that reads all says."""
    publish(minimal, "build")
    shutil.rmtree(minimal / ".cache/pressroom/kept")
    slow = publish(minimal, "build")
    unopened()
    fast = publish(minimal, "build")
    assert (fast.exit_code, fast.stdout, fast.stderr) == (slow.exit_code, slow.stdout, slow.stderr)
    assert "nothing to do, 2 unchanged" in fast.stdout


def test_after_a_build(minimal: Path, publish: Publish, edit: Edit, unopened: Callable[[], None]) -> None:
    """A build that made something remembers what the next one says, its errors too."""
    edit(minimal / SPANISH, "Use ropa cómoda", ("Use ropa muy cómoda y ancha para su visita de hoy. " * 22).strip())
    made = publish(minimal, "build")
    unopened()
    again = publish(minimal, "build")
    assert (made.exit_code, again.exit_code) == (1, 1)
    assert "overset" in again.stderr
    assert made.stdout.splitlines()[-1] == again.stdout.splitlines()[-1]


def _with_same_times(path: Path, old: bytes, new: bytes) -> None:
    """Another content of the same size, with the times set back."""
    facts = path.stat()
    data = path.read_bytes()
    assert old in data
    assert len(old) == len(new)
    path.chmod(0o644)
    path.write_bytes(data.replace(old, new))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a translation, its time set back": lambda root: _with_same_times(root / SPANISH, b"ropa", b"gorr"),
    "a new catalog": lambda root: shutil.copy(root / SPANISH, root / "locales/es/LC_MESSAGES/glossary.po"),
    "a new document": lambda root: shutil.copy(root / "source/visit.md", root / "source/other.md"),
    "a document in a new folder": lambda root: (root / "source/new").mkdir(),
    "a catalog that is gone": lambda root: (root / SPANISH).unlink(),
    "a style": lambda root: _with_same_times(root / "layouts/slip/style.css", b"0.4em", b"0.5em"),
    "the settings": lambda root: _with_same_times(root / "pyproject.toml", b"es", b"de"),
    "a lock of fonts": lambda root: (root / "fonts.lock").write_text("", encoding="utf-8"),
    "a proof, its time set back": lambda root: _with_same_times(
        next((root / "output/current/es").iterdir()), b"%PDF-1.7", b"%PDF-1.4"
    ),
    "a file among the proofs": lambda root: (root / "output/current/es/note.txt").write_text("", encoding="utf-8"),
    "a proof that is gone": lambda root: next((root / "output/current/es").iterdir()).unlink(),
    "an object that is gone": lambda root: next((root / "output/objects").iterdir()).unlink(),
    "another edition": lambda root: (root / "output/current").unlink(),
    "the page of proofs": lambda root: (root / "output/proofs.html").write_text("", encoding="utf-8"),
    "a released edition": lambda root: (root / "output/released").symlink_to("editions/00001-00000000"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changed(change: Callable[[Path], object], built: Path, publish: Publish, unopened: Callable[[], None]) -> None:
    """After any change of what was read or made, a build opens the project."""
    change(built)
    unopened()
    with pytest.raises(_OpenedError):
        publish(built, "build")


@pytest.fixture
def built(minimal: Path, publish: Publish) -> Path:
    """A project whose pieces are made."""
    assert publish(minimal, "build").exit_code == 0
    return minimal


@pytest.mark.parametrize(
    "arguments", [("visit",), ("--locale", "es"), ("--keep", "2"), ("--format", "json"), ("--output", "elsewhere")]
)
def test_another_question(
    arguments: tuple[str, ...], built: Path, publish: Publish, unopened: Callable[[], None]
) -> None:
    """What one build was asked answers no other one."""
    unopened()
    with pytest.raises(_OpenedError):
        publish(built, "build", *arguments)


def test_another_day(
    built: Path, publish: Publish, unopened: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer counts on its day alone: tomorrow something may expire."""
    monkeypatch.setattr(build_answer, "today", lambda: date(2100, 1, 1))
    unopened()
    with pytest.raises(_OpenedError):
        publish(built, "build")


def test_written_meanwhile(minimal: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that somebody writes while a build runs is read by the next one."""
    from pressroom.cli.commands import building

    shown = building.show_last

    def write(answer: build_answer.Answer) -> None:
        shown(answer)
        _with_same_times(minimal / SPANISH, b"ropa", b"gorr")

    with monkeypatch.context() as patch:
        patch.setattr(building, "show_last", write)
        publish(minimal, "build")
    assert "1 made, 1 unchanged" in publish(minimal, "build").stdout


def test_too_new(
    minimal: Path, publish: Publish, unopened: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the clock of the file system may not have gone on since the last write, nothing is remembered."""
    monkeypatch.setattr(file_marks, "TICK", 10**18)
    publish(minimal, "build")
    unopened()
    with pytest.raises(_OpenedError):
        publish(minimal, "build")


def test_a_cache_from_elsewhere(
    built: Path, publish: Publish, unopened: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An answer that came with the project does not count."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "somebody-else"))
    unopened()
    with pytest.raises(_OpenedError):
        publish(built, "build")


def test_another_program(
    minimal: Path, publish: Publish, unopened: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the program's files are no longer those that it started with, nothing is remembered."""
    monkeypatch.setattr(settled, "program_mark", lambda: "the one before")
    assert publish(minimal, "build").exit_code == 0
    monkeypatch.undo()
    unopened()
    with pytest.raises(_OpenedError):
        publish(minimal, "build")


def test_busy(built: Path, publish: Publish) -> None:
    """While another build holds the output, a build with nothing to do says so."""
    from pressroom.publish import output_lock

    with output_lock(built / "output"):
        assert publish(built, "build").exit_code == 75


def test_marks(tmp_path: Path) -> None:
    """A mark changes with each file's content and each name in a folder, and not when a file is read."""
    (tmp_path / "tree/inner").mkdir(parents=True)
    (tmp_path / "tree/inner/a").write_bytes(b"1")
    watched = Watched((str(tmp_path / "absent"),), (), (str(tmp_path / "tree"),))
    marks = [mark_of(watched).digest]
    (tmp_path / "tree/inner/a").read_bytes()
    assert mark_of(watched).digest == marks[0]
    for change in (
        lambda: (tmp_path / "tree/inner/a").chmod(0o600),
        lambda: (tmp_path / "tree/inner/b").write_bytes(b""),
        lambda: (tmp_path / "tree/inner/b").rename(tmp_path / "tree/inner/c"),
        lambda: (tmp_path / "absent").symlink_to("nowhere"),
    ):
        change()
        marks.append(mark_of(watched).digest)
    assert len(set(marks)) == len(marks)
