"""A project that is built, signed and released once; the command line as its users run it, and what may go wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands.conftest import Bench, make_bench

ROOT = Path(__file__).parents[2]
FINDING = re.compile(r"^(?P<path>\S[^\n]*?): error\[(?P<code>[a-z-]+)\]: [^\n]+\n  hint: \S", re.M)
_NAMESPACE = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    said: str

    def refused(self, code: str = "output-unwritable") -> list[str]:
        """The paths of its errors with this code, each with a hint; it ended as refused, without a traceback."""
        assert self.code == 1, self.said
        assert "Traceback" not in self.said
        return [found["path"] for found in FINDING.finditer(self.said) if found["code"] == code]


@pytest.fixture(scope="session")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = make_bench(tmp_path_factory.mktemp("faults") / "project")
    assert not bench.build().failed
    bench.sign_all()
    assert not bench.release().failed
    return bench


@pytest.fixture
def bench(_released: Bench, tmp_path: Path) -> Bench:
    """A released project, whose English then changed."""
    bench = Bench(Path(shutil.copytree(_released.root, tmp_path / "project", symlinks=True)))
    bench.edit(bench.source, "take 2 steps back", "take 2 steps back now")
    return bench


@pytest.fixture
def shell() -> Callable[..., Done]:
    """Run lines of a shell, in which `$RUN` is the program, with the project as their folder.

    With `mounts` they run as root of a namespace of their own, where they may mount; skipped where that is not allowed.
    """

    def run(folder: Path, lines: str, *, mounts: bool = False, **environment: str) -> Done:
        words = [*_NAMESPACE, "sh", "-c"] if mounts else ["sh", "-c"]
        if mounts and not _may_mount():
            pytest.skip("this machine lets nobody mount in a namespace of their own")
        program = f"{sys.executable} {ROOT / 'publish.py'} --project ."
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(
            [*words, lines], cwd=folder, env={**known, "RUN": program, **environment}, capture_output=True, check=False
        )
        return Done(done.returncode, (done.stdout + done.stderr).decode())

    return run


def _may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    command = [*_NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def texts(folder: Path) -> dict[str, bytes]:
    """The files of a project by their paths, without caches and output; half-written ones are among them."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {str(name): p.read_bytes() for name, p in found.items() if name.parts[0] not in (".cache", "output")}
