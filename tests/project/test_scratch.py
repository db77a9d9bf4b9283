from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from pathlib import Path

import pytest

from pressroom.project.scratch import scratch_folder


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _killed() -> None:
    with scratch_folder("verify") as folder:
        (folder / "half").write_bytes(b"a")
        os.kill(os.getpid(), signal.SIGKILL)


def test_it_is_gone_afterwards(place: Path) -> None:
    """The folder is there in the block, and after it nothing is."""
    with scratch_folder("verify") as folder:
        (folder / "a").mkdir()
        assert list(place.iterdir()) == [folder]
    assert list(place.iterdir()) == []


def test_what_a_killed_command_left_is_swept(place: Path) -> None:
    """The next command of the kind removes it, if it is older than a minute; what is in use or of others stays."""
    process = multiprocessing.get_context("fork").Process(target=_killed)
    process.start()
    process.join()
    (left,) = place.iterdir()
    (other := place / "verify").mkdir()
    with scratch_folder("verify") as young:
        assert left.exists()
        for folder in (left, young, other):
            os.utime(folder, (0, 0))
        with scratch_folder("verify"):
            assert sorted(place.iterdir())[-1] == other
            assert young.exists()
            assert not left.exists()
