"""`serve --commit`: what is saved is committed with its author, and nothing of anybody else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pressroom.web.commits import Committer, address_of
from pressroom.web.sessions import Visitor

ANA = Visitor("ana-lopez", "Ana <López>\nX: y", "nurse")
ORIGIN = "https://press.clinic.example:8443"


def git(root: Path, *arguments: str) -> str:
    """What git says."""
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@b", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a commit, and a project in a folder of it."""
    git(tmp_path, "init", "-q", "-b", "main")
    project = tmp_path / "project"
    project.mkdir()
    (project / "old.po").write_text("one\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    return project


def test_only_these_files_are_committed(root):
    """New and changed files are committed in the name of their author; what others staged or changed stays theirs."""
    (root / "staged.md").write_text("of another\n", encoding="utf-8")
    git(root, "add", "staged.md")
    (root / "loose.md").write_text("of another\n", encoding="utf-8")
    (root / "old.po").write_text("two\n", encoding="utf-8")
    (root / "new*.toml").write_text("a\n", encoding="utf-8")
    (root / "newer.toml").write_text("not this\n", encoding="utf-8")
    committer = Committer(root, ORIGIN)
    assert committer.is_possible
    assert committer.commit(["new*.toml", root / "old.po"], "a record: saved\n\nX", ANA) is None
    assert git(root, "show", "--name-only", "--format=%an|%ae|%cn|%ce|%s|%b", "HEAD").split("\n") == [
        "Ana López X: y|ana-lopez@press.clinic.example|pressroom|pressroom@press.clinic.example|a record: saved X|",
        "",
        "project/new*.toml",
        "project/old.po",
    ]
    assert git(root, "status", "--porcelain").split("\n") == [
        "A  project/staged.md", "?? project/loose.md", "?? project/newer.toml",
    ]  # fmt: skip


def test_what_git_refuses_is_said_and_tried_again(root):
    """A hook that fails loses nothing: the reason is said, and the next save commits both."""
    hook = root.parent / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho the ward is closed >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    (root / "a.toml").write_text("a\n", encoding="utf-8")
    committer = Committer(root, ORIGIN)
    problem = committer.commit(["a.toml"], "a: saved", ANA)
    assert problem is not None
    assert (problem.code, "the ward is closed" in problem.message) == ("not-committed", True)
    assert committer.problem == problem
    assert (root / "a.toml").read_text(encoding="utf-8") == "a\n"
    hook.unlink()
    (root / "b.toml").write_text("b\n", encoding="utf-8")
    assert committer.commit(["b.toml"], "b: saved", Visitor("", "Bob Tall", "")) is None
    assert committer.problem is None
    assert git(root, "log", "--format=%s|%an|%ae").split("\n")[:2] == [
        "b: saved|Bob Tall|bob-tall@press.clinic.example", "a: saved|Ana López X: y|ana-lopez@press.clinic.example",
    ]  # fmt: skip


def test_nothing_new_is_no_error(root):
    """What was saved as it was committed needs no commit."""
    assert Committer(root, ORIGIN).commit(["old.po"], "again", ANA) is None
    assert git(root, "log", "--format=%s") == "first"


def test_the_first_commit_of_a_repository(tmp_path):
    """A repository without a commit gets its first one."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "a.toml").write_text("a\n", encoding="utf-8")
    assert Committer(tmp_path, "http://localhost:8017").commit(["a.toml"], "a", ANA) is None
    assert git(tmp_path, "log", "--format=%ae") == "ana-lopez@localhost"


def test_without_a_repository(tmp_path):
    """Outside a repository the command refuses to begin, and a commit says why it failed."""
    committer = Committer(tmp_path, ORIGIN)
    assert not committer.is_possible
    assert committer.commit(["a.toml"], "a", ANA) is not None


@pytest.mark.parametrize(
    ("name", "address"),
    [("ana-lopez", "ana-lopez"), ("Ana López", "ana-lopez"), ("a@b, <c>", "a-b-c"), ("李", "unknown"), ("", "unknown")],
)
def test_an_address_is_plain(name, address):
    """An author's address has letters, digits and hyphens alone."""
    assert address_of(name) == address
